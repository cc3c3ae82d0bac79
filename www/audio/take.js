// What is heard from some frame of a piece on: what of it is in hand, and what is still to be asked for.
/** Frames kept in hand, and frames enough to begin with. */
const LEAD = 4 * 44_100;
const START = 8_192;

export class Take {
  constructor(id, { piece, at, seamless }) {
    Object.assign(this, { id, piece, at, seamless, chunks: [], held: 0, used: 0, asked: false, filling: true });
  }

  /** Asks the synth for more, unless it owes something or enough is in hand. */
  ask(synth) {
    if (this.asked || this.held >= LEAD) return;
    this.asked = true;
    synth.postMessage({ take: this.id, piece: this.piece, at: this.at + this.held });
  }

  receive({ frames, samples }) {
    this.chunks.push(samples);
    this.frames = frames;
    this.held += samples.length / 2;
    this.asked = false;
    if (this.held >= START) this.filling = false;
  }

  /** Whether it has reached `other`, which goes on with what is heard here. */
  reached(other) {
    return (this.at - other.at + this.frames) % this.frames < this.frames / 2;
  }

  /** Gives the next frame; false where there is none. */
  frame(i, level, left, right) {
    const [chunk] = this.chunks;
    if (!chunk) return false;
    left[i] = (level * chunk[this.used]) / 32_768;
    right[i] = (level * chunk[this.used + 1]) / 32_768;
    this.used += 2;
    this.held -= 1;
    this.at = (this.at + 1) % this.frames;
    if (this.used === chunk.length) {
      this.chunks.shift();
      this.used = 0;
    }
    return true;
  }
}
