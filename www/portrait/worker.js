// Draws an Atom in motion, off the page's thread: pkg/portrait's module says what is where, a brush paints it.
import { Brush } from "./brush.js";
import { Model } from "./model.js";
import { Tails } from "./tails.js";

/** Samples in a ms, and the size of the picture in its own units. */
const RATE = 44.1;
const SIZE = 512;

const loaded = fetch(new URL("../pkg/portrait/atomine_portrait.wasm", import.meta.url))
  .then((response) => response.arrayBuffer())
  .then((bytes) => WebAssembly.instantiate(bytes))
  .then(({ instance }) => new Model(instance.exports));
// Errors go to the page's `onerror`, which a rejected promise would never reach.
loaded.catch(reportError);
let pen, brush, tails, heard, begun, frames, awaited;

const now = () => performance.timeOrigin + performance.now();

const paint = (model) => {
  const dots = model.dots(now() - begun, heard ? Math.round(heard.frame + (now() - heard.at) * RATE) : -1);
  const { width } = pen.canvas;
  const scale = (width / SIZE) * model.size;
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, width, width);
  pen.globalAlpha = 1;
  pen.drawImage(brush.still, 0, 0);
  pen.setTransform(scale, 0, 0, scale, width / 2, width / 2);
  brush.put(brush.lace, 0, 0, SIZE / 2, 1);
  tails.paint(dots);
  for (const dot of dots) brush.dot(dot);
  if (frames === 0) postMessage("drawn");
  frames += 1;
  awaited = requestAnimationFrame(() => paint(model));
};

onmessage = async ({ data: { canvas, atom, frame, hidden } }) => {
  if (canvas) pen = canvas.getContext("2d");
  heard = frame === undefined ? undefined : { frame, at: now() };
  const model = await loaded.catch(() => undefined);
  if (!model) return;
  if (atom) {
    model.prepare(atom);
    tails = new Tails(pen, model.outline);
    brush = new Brush(pen, [0, 1, 2].map((number) => model.part(number)), tails.shells.length);
    [begun, frames] = [now(), 0];
  }
  cancelAnimationFrame(awaited);
  if (!hidden && brush) paint(model);
};
