// Writes down an Atom's music, or renders all of it: one answer to one question, then the page ends this worker.
const load = async (name) => {
  const response = await fetch(new URL(`../pkg/${name}/atomine_${name}.wasm`, import.meta.url));
  const { instance } = await WebAssembly.instantiate(await response.arrayBuffer());
  return instance.exports;
};

const bytes = (module, at, length) => new Uint8Array(module.memory.buffer, at, length);

/** Puts the Atom's hash where the module looks for it. */
const name = (module, hash) => bytes(module, module.hash(), 32).set(hash);

/** The samples of the whole piece, a block at a time; each is gone with the next. */
async function* sound({ id, hash }) {
  const synth = await load("synth");
  name(synth, hash);
  for (let left = synth.start(id, 255); left > 0; ) {
    const count = synth.render(Math.min(4_096, left));
    left -= count;
    yield bytes(synth, synth.frames(), 4 * count);
  }
}

const write = {
  words: (sheet) => ({ words: new TextDecoder().decode(bytes(sheet, sheet.words(), sheet.words_length())) }),
  midi: (sheet, { length }) => ({ file: new Blob([bytes(sheet, sheet.midi_file(), length)], { type: "audio/midi" }) }),
  wav: async (sheet, question) => {
    const parts = [bytes(sheet, sheet.header(), 44).slice()];
    for await (const block of sound(question)) parts.push(block.slice());
    return { file: new Blob(parts, { type: "audio/wav" }) };
  },
  sound: async (sheet, question) => {
    for await (const block of sound(question)) {
      bytes(sheet, sheet.samples(), block.length).set(block);
      sheet.absorb(block.length);
    }
    sheet.digest();
    return { sound: bytes(sheet, sheet.hash(), 32).slice() };
  },
};

const answer = async (question) => {
  const sheet = await load("sheet");
  name(sheet, question.hash);
  const length = sheet.write(question.id);
  postMessage(await write[question.what](sheet, { ...question, length }));
};

// Errors go to the page's `onerror`, which a rejected promise would never reach.
onmessage = ({ data }) => answer(data).catch(reportError);
