// Plays one Atom with the wasm module: its bytes as PCM, and how long that took in milliseconds. It imports nothing, so
// that a browser can be given it as text.
export async function render(module, id, hash) {
  const { instance } = await WebAssembly.instantiate(module, {});
  const synth = instance.exports;
  const digits = hash.slice(2).match(/../g).map((pair) => parseInt(pair, 16));
  new Uint8Array(synth.memory.buffer).set(digits, synth.hash());
  const begin = performance.now();
  const frames = synth.start(BigInt(id), 255);
  const bytes = new Uint8Array(frames * 4);
  for (let done = 0; done < frames; ) {
    const count = synth.render(Math.min(4096, frames - done));
    bytes.set(new Uint8Array(synth.memory.buffer, synth.frames(), count * 4), done * 4);
    done += count;
  }
  return { bytes, elapsed: performance.now() - begin };
}
