// An ear in the page: takes down every sample that the player's worklet gives, and counts what it lacked.
const EAR = `registerProcessor("test-ear", class extends AudioWorkletProcessor {
  heard = [];
  process([[left, right]]) {
    if (!left) return true;
    if (!this.began && left.some((sample) => sample !== 0)) this.port.postMessage({ began: (this.began = Date.now()) });
    for (let i = 0; i < left.length; i += 1) this.heard.push(left[i] * 32768, right[i] * 32768);
    if (this.heard.length >= 65536) this.port.postMessage(Float32Array.from(this.heard.splice(0)));
    return true;
  }
});`;

/** Columns of the waveform: the last one is drawn when the piece is rendered. */
const COLUMNS = 240;
/** From resting on a button to clicking it. */
const POINTED_MS = 400;
/** Frames of silence that are more than any in a piece. */
const PAUSE = 15_000;

/** What a visitor's context needs for the ear: its code is none of the page's. */
export const EAR_OPTIONS = { bypassCSP: true };

/** Puts the ear into a page that is not open yet. */
export async function listenTo(page) {
  await page.addInitScript(([url, COLUMNS]) => {
    window.ear = { chunks: [], missing: 0, frames: 0, contexts: [] };
    addEventListener("click", () => (window.ear.clicked = Date.now()), true);
    const addModule = AudioWorklet.prototype.addModule;
    AudioWorklet.prototype.addModule = async function (module) {
      await addModule.call(this, url);
      return addModule.call(this, module);
    };
    window.Worker = class extends Worker {
      constructor(...named) {
        super(...named);
        this.addEventListener("message", ({ data: { frames, first, levels } }) => {
          window.ear.frames = frames ?? window.ear.frames;
          window.ear.rendered ||= first + levels?.length === COLUMNS;
        });
      }
    };
    const Node = AudioWorkletNode;
    window.AudioWorkletNode = class extends Node {
      constructor(context, name, options) {
        super(context, name, options);
        const ear = new Node(context, "test-ear");
        ear.port.onmessage = ({ data }) => (data.began ? (window.ear.began = data.began) : window.ear.chunks.push(data));
        this.connect(ear).connect(context.destination);
        this.port.addEventListener("message", ({ data }) => (window.ear.missing = data.missing ?? window.ear.missing));
        window.ear.contexts.push(context);
      }
    };
  }, [`data:text/javascript,${encodeURIComponent(EAR)}`, COLUMNS]);
}

/** What the player gave so far, as 16-bit samples in turn, from its first sound on. */
export async function heard(page) {
  const samples = await taken(page);
  if (!samples.every(Number.isInteger)) throw new Error("a sample is not one of 16 bits");
  const first = samples.findIndex((sample) => sample !== 0);
  return Int16Array.from(samples.subarray(first - (first % 2)));
}

/** The same, from the first sound after the last pause on; what is faded is not of 16 bits, and rounded. */
export async function heardSincePause(page) {
  const samples = await taken(page);
  const sounds = (at) => samples[at] !== 0 || samples[at + 1] !== 0;
  let [first, silent] = [0, Infinity];
  for (let at = 0; at < samples.length; at += 2) {
    if (sounds(at) && silent > PAUSE) first = at;
    silent = sounds(at) ? 0 : silent + 1;
  }
  return Int16Array.from(samples.subarray(first));
}

/** Every sample so far. */
async function taken(page) {
  const base64 = await page.evaluate(async () => {
    const bytes = new Uint8Array(await new Blob(window.ear.chunks).arrayBuffer());
    let text = "";
    for (let from = 0; from < bytes.length; from += 32_768) text += String.fromCharCode(...bytes.subarray(from, from + 32_768));
    return btoa(text);
  });
  return new Float32Array(new Uint8Array(Buffer.from(base64, "base64")).buffer);
}

/** Points at a play button as long as people do before they click. */
export async function pointAt(page, button) {
  await page.locator(button).hover();
  await page.waitForTimeout(POINTED_MS);
}

/** How many ms after the last click before it the first sound left the worklet. */
export async function latency(page) {
  await page.waitForFunction(() => window.ear.began, null, { polling: 20 });
  return page.evaluate(() => window.ear.began - window.ear.clicked);
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
