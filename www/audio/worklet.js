// Plays what the synth hands over, sample by sample, on the audio thread; says where it is and how much it lacked.
import { Take } from "./take.js";

/** Frames between two reports, and a fade's step. */
const REPORT = 8_820;
const FADE = 1 / 256;

registerProcessor("atomine-player", class extends AudioWorkletProcessor {
  constructor() {
    super();
    Object.assign(this, { takes: 0, level: 0, since: REPORT, missing: 0, playing: false, looped: false });
    this.port.onmessage = ({ data }) => this.told(data);
  }

  told({ synth, load, seek, ...wanted }) {
    Object.assign(this, wanted, { since: REPORT });
    if (synth) {
      this.synth = synth;
      synth.onmessage = ({ data }) => [this.now, this.next].find((take) => take?.id === data.take)?.receive(data);
    }
    if (seek !== undefined) load = { piece: (this.next ?? this.now).piece, at: seek, seamless: false };
    if (load) this.next = new Take((this.takes += 1), load);
  }

  /** Whether what is heard makes way for what comes next: at once, or where that goes on with it. */
  get leaves() {
    const { now, next } = this;
    return next && (!next.seamless || !now?.frames || (!next.filling && now.reached(next)));
  }

  process(_, [[left, right = left]]) {
    if (this.level === 0 && this.leaves) Object.assign(this, { now: this.next, next: undefined, since: REPORT });
    const { now, next } = this;
    if (now && !now.filling) this.play(now, left, right);
    (next ?? now)?.ask(this.synth);
    if (now && (this.since += left.length) >= REPORT) {
      this.since = 0;
      this.port.postMessage({ piece: now.piece, frame: now.at, waiting: now.filling, missing: this.missing });
    }
    return true;
  }

  play(now, left, right) {
    const goal = this.playing && !this.leaves ? 1 : 0;
    if (goal && now.at === 0) this.level = 1;
    for (let i = 0; i < left.length && (goal || this.level); i += 1) {
      this.level += Math.sign(goal - this.level) * FADE;
      if (!now.frame(i, this.level, left, right)) {
        Object.assign(this, { level: 0, missing: this.missing + left.length - i });
        return;
      }
      if (now.at > 0 || this.looped) continue;
      this.playing = false;
      this.port.postMessage({ piece: now.piece, ended: true });
    }
  }
});
