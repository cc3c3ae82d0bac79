// A way through the range of counters, and the proof that what was met there is true.
import { RANGE, TARGET_WORD } from "./work.js";

/** What the range truly holds, by `wordAt(counter)`: the counters that solve the work, and all first words so far
 * folded into one (by xor), for each counter. */
export const truthOf = (wordAt, range = RANGE) => {
  const solving = [];
  const folds = new Int32Array(range + 1);
  for (let counter = 0; counter < range; counter++) {
    const word = wordAt(counter);
    folds[counter + 1] = folds[counter] ^ word;
    if (word < TARGET_WORD) solving.push(counter);
  }
  return { range, solving, folds };
};

/**
 * One implementation on its way through the range, again and again.
 *
 * `step(start, end, found)` hashes the counters from `start` to `end`, pushes those that solve the work, and returns the
 * xor of all their hashes' first words, or undefined when it sees no hash but the found ones (kernels).
 */
export class Walk {
  #fold = 0;
  #found = [];
  #position = 0;

  constructor(name, step, { truth, batch }) {
    Object.assign(this, { name, step, truth, batch });
    /** Whole ways through the range, each proven. */
    this.passes = 0;
  }

  /** Makes one batch; the hashes made. */
  advance() {
    const start = this.#position;
    const end = Math.min(start + this.batch, this.truth.range);
    const fold = this.step(start, end, this.#found);
    this.#fold = fold === undefined ? undefined : this.#fold ^ fold;
    this.#position = end;
    if (end === this.truth.range) {
      this.prove();
      [this.#position, this.#found, this.#fold] = [0, [], 0];
      this.passes++;
    }
    return end - start;
  }

  /** Throws unless every result since the range's beginning is the right one. */
  prove() {
    const { solving, folds } = this.truth;
    const due = solving.filter((counter) => counter < this.#position);
    if (this.#found.join() !== due.join()) {
      throw new Error(`${this.name} finds ${this.#found.join() || "nothing"}, not ${due.join() || "nothing"}`);
    }
    if (this.#fold !== undefined && this.#fold !== folds[this.#position]) {
      throw new Error(`${this.name} makes wrong hashes before counter ${this.#position}`);
    }
  }
}
