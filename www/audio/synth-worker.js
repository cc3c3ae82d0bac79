// Renders an Atom's music ahead of what is heard and hands it to the audio thread, past the page's own thread.
import { Piece } from "./piece.js";

/** The most frames handed over at once. */
const HANDFUL = 44_100;
/** The number of what will perhaps be played. */
const PREPARED = 0;
/** Rendering jumps to what is wanted if that is further away than this. */
const FAR = 2 * 44_100;

const loaded = fetch(new URL("../pkg/synth/atomine_synth.wasm", import.meta.url))
  .then((response) => response.arrayBuffer())
  .then((bytes) => WebAssembly.instantiate(bytes))
  .then(({ instance }) => instance.exports);
// Errors go to the page's `onerror`, which a rejected promise would never reach.
loaded.catch(reportError);
/** Between two turns this listens. */
const turns = new MessageChannel();
let audio, wish, piece;

/** Fulfils the audio thread's wish as far as it is rendered. */
const fulfil = () => {
  if (!piece || wish?.piece !== piece.number) return;
  const at = wish.at % piece.frames;
  if (piece.ready(at) < -FAR) piece.jump(at);
  const samples = piece.copy(at, HANDFUL);
  if (samples.length === 0) return;
  audio.postMessage({ take: wish.take, frames: piece.frames, samples }, [samples.buffer]);
  wish = undefined;
};

turns.port1.onmessage = ({ data: number }) => {
  if (number !== piece.number || piece.finished) return;
  postMessage({ piece: number, ...piece.render() });
  fulfil();
  // Of what is only prepared, the beginning is enough.
  if (number === PREPARED) return;
  turns.port2.postMessage(number);
};

onmessage = async ({ data }) => {
  if (data.audio) {
    audio = data.audio;
    audio.onmessage = ({ data }) => {
      wish = data;
      fulfil();
    };
    return;
  }
  const synth = await loaded.catch(() => undefined);
  if (!synth) return;
  const name = [data.id, data.hash, data.layers, data.from].join(" ");
  if (piece?.number === PREPARED && piece.name === name) piece.number = data.piece;
  else piece = Object.assign(new Piece(synth, data), { name });
  postMessage({ piece: piece.number, frames: piece.frames });
  if (piece.made > 0) postMessage({ piece: piece.number, first: 0, levels: piece.levels.slice() });
  turns.port2.postMessage(piece.number);
};
