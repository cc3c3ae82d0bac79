// Mines for the page: loads the fastest module this browser can run and passes on what the page sends.

// The smallest module with a vector instruction: a function of type [] -> [v128] that returns i32x4.splat(0)… or not.
const VECTORS = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, // magic, version
  1, 5, 1, 96, 0, 1, 123, // type: () -> v128
  3, 2, 1, 0, // one function of it
  10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11, // i32.const 0, i8x16.splat, i8x16.popcnt
]);

const load = async () => {
  const folder = WebAssembly.validate(VECTORS) ? "worker-simd" : "worker";
  const { default: init, Worker } = await import(`./pkg/${folder}/atomine_worker.js`);
  await init();
  return new Worker();
};

const worker = load();

// Not awaited at the top: what the page sends before the module is there must not be lost.
onmessage = ({ data }) => {
  worker.then((worker) => worker.receive(data)).catch(reportError);
};
worker.catch(reportError);
