// Draws an Atom in motion, off the page's thread: pkg/portrait's module says what is where, a brush paints it.
import { Brush } from "./brush.js";

const NUMBERS = 6;
/** Samples in a ms, and the size of the picture in its own units. */
const RATE = 44.1;
const SIZE = 512;

const loaded = fetch(new URL("../pkg/portrait/atomine_portrait.wasm", import.meta.url))
  .then((response) => response.arrayBuffer())
  .then((bytes) => WebAssembly.instantiate(bytes))
  .then(({ instance }) => instance.exports);
// Errors go to the page's `onerror`, which a rejected promise would never reach.
loaded.catch(reportError);
let pen, brush, heard, begun, frames, awaited;

const now = () => performance.timeOrigin + performance.now();

const paint = (module) => {
  const frame = heard ? Math.round(heard.frame + (now() - heard.at) * RATE) : -1;
  const count = module.draw(now() - begun, frame);
  const numbers = new Float32Array(module.memory.buffer, module.dots(), NUMBERS * count);
  const { width } = pen.canvas;
  const scale = (width / SIZE) * module.size();
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, width, width);
  pen.setTransform(scale, 0, 0, scale, width / 2, width / 2);
  brush.arcs(Math.PI, 0.35);
  for (let at = 0; at < numbers.length; at += NUMBERS) {
    const dot = numbers.subarray(at, at + NUMBERS);
    brush.dot(dot);
    // In front of the nucleus is all that comes after it.
    if (dot[4] < 0) brush.arcs(0, 0.8);
  }
  if (frames === 0) postMessage("drawn");
  frames += 1;
  awaited = requestAnimationFrame(() => paint(module));
};

onmessage = async ({ data: { canvas, atom, frame, hidden } }) => {
  if (canvas) pen = canvas.getContext("2d");
  heard = frame === undefined ? undefined : { frame, at: now() };
  const module = await loaded.catch(() => undefined);
  if (!module) return;
  if (atom) {
    new Uint8Array(module.memory.buffer, module.hash(), 32).set(atom.hash);
    module.prepare(atom.id);
    brush = new Brush(pen, new Float32Array(module.memory.buffer, module.outline(), 57));
    [begun, frames] = [now(), 0];
  }
  cancelAnimationFrame(awaited);
  if (!hidden && brush) paint(module);
};
