// A piece of music while pkg/synth's module renders it: its samples and its waveform, from any frame on, round to it.
const COLUMNS = 240;
const BLOCK = 4_096;
/** Frames rendered in one go: some 20 ms of work. */
const TURN = 4 * BLOCK;

export class Piece {
  constructor(synth, { piece, id, hash, layers, from }) {
    new Uint8Array(synth.memory.buffer, synth.hash(), 32).set(hash);
    const frames = synth.start(id, layers);
    if (from) synth.seek(from);
    Object.assign(this, { synth, number: piece, frames, from, made: 0 });
    this.samples = new Int16Array(2 * frames);
    this.levels = new Uint8Array(COLUMNS);
  }

  get finished() {
    return this.made === this.frames;
  }

  /** Renders a little more; the columns of the waveform that this changed. */
  render() {
    const at = (this.from + this.made) % this.frames;
    const count = Math.min(TURN, this.frames - this.made, this.frames - at);
    for (let frame = at; frame < at + count; frame += BLOCK) {
      const block = this.synth.render(Math.min(BLOCK, at + count - frame));
      this.samples.set(new Int16Array(this.synth.memory.buffer, this.synth.frames(), 2 * block), 2 * frame);
    }
    this.made += count;
    return this.draw(at, count);
  }

  draw(at, count) {
    const column = (frame) => Math.floor((frame * COLUMNS) / this.frames);
    for (let frame = at; frame < at + count; frame += 4) {
      const level = Math.abs(this.samples[2 * frame]) >> 7;
      this.levels[column(frame)] = Math.max(this.levels[column(frame)], level);
    }
    const [first, last] = [column(at), column(at + count - 1)];
    return { first, levels: this.levels.slice(first, last + 1) };
  }

  /** How many frames are rendered from `at` on; fewer than 0: so many are missing before it. */
  ready(at) {
    return this.made - ((at - this.from + this.frames) % this.frames);
  }

  /** Goes on rendering from `at`, which is wanted sooner than what lies before it. */
  jump(at) {
    this.synth.seek(at);
    Object.assign(this, { from: at, made: 0 });
  }

  /** At most `most` frames from `at` on, as many as are rendered and lie before the end; a copy. */
  copy(at, most) {
    const count = Math.max(0, Math.min(this.ready(at), this.frames - at, most));
    return this.samples.slice(2 * at, 2 * (at + count));
  }
}
