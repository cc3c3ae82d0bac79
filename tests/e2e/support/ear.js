// An ear in the page: takes down every sample that the player's worklet gives, and counts what it lacked.
const EAR = `registerProcessor("test-ear", class extends AudioWorkletProcessor {
  heard = [];
  process([[left, right]]) {
    if (!left) return true;
    for (let i = 0; i < left.length; i += 1) this.heard.push(left[i] * 32768, right[i] * 32768);
    if (this.heard.length >= 65536) this.port.postMessage(Float32Array.from(this.heard.splice(0)));
    return true;
  }
});`;

/** What a visitor's context needs for the ear: its code is none of the page's. */
export const EAR_OPTIONS = { bypassCSP: true };

/** Puts the ear into a page that is not open yet. */
export async function listenTo(page) {
  await page.addInitScript((url) => {
    window.ear = { chunks: [], missing: 0, frames: 0, contexts: [] };
    const addModule = AudioWorklet.prototype.addModule;
    AudioWorklet.prototype.addModule = async function (module) {
      await addModule.call(this, url);
      return addModule.call(this, module);
    };
    window.Worker = class extends Worker {
      constructor(...named) {
        super(...named);
        this.addEventListener("message", ({ data }) => (window.ear.frames = data.frames ?? window.ear.frames));
      }
    };
    const Node = AudioWorkletNode;
    window.AudioWorkletNode = class extends Node {
      constructor(context, name, options) {
        super(context, name, options);
        const ear = new Node(context, "test-ear");
        ear.port.onmessage = ({ data }) => window.ear.chunks.push(data);
        this.connect(ear).connect(context.destination);
        this.port.addEventListener("message", ({ data }) => (window.ear.missing = data.missing ?? window.ear.missing));
        window.ear.contexts.push(context);
      }
    };
  }, `data:text/javascript,${encodeURIComponent(EAR)}`);
}

/** What the player gave so far, as 16-bit samples in turn, from its first sound on. */
export async function heard(page) {
  const base64 = await page.evaluate(() => {
    const { chunks } = window.ear;
    const samples = new Int16Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let at = 0;
    for (const chunk of chunks) {
      samples.set(chunk, at);
      if (chunk.some((sample, index) => sample !== samples[at + index])) throw new Error("a sample is not one of 16 bits");
      at += chunk.length;
    }
    const bytes = new Uint8Array(samples.buffer);
    let text = "";
    for (let from = 0; from < bytes.length; from += 32_768) text += String.fromCharCode(...bytes.subarray(from, from + 32_768));
    return btoa(text);
  });
  const samples = new Int16Array(new Uint8Array(Buffer.from(base64, "base64")).buffer);
  const first = samples.findIndex((sample) => sample !== 0);
  return samples.subarray(first - (first % 2));
}

/** The length in frames of the piece composed last. */
export const length = (page) => page.evaluate(() => window.ear.frames);

/** Frames of silence where there should have been sound: what the worklet lacked, and what the device did. */
export function gaps(page) {
  return page.evaluate(() => ({
    missing: window.ear.missing,
    underruns: window.ear.contexts.map(({ playbackStats }) => playbackStats?.underrunEvents ?? 0).reduce((a, b) => a + b, 0),
    told: window.ear.contexts.every(({ playbackStats }) => playbackStats !== undefined),
  }));
}
