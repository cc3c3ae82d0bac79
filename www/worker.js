// Mines for the page: loads the fastest module that this browser can run, and hands over what the page sends.

// A module whose only function is `i8x16.popcnt(i8x16.splat(0))`: valid where 128-bit vectors are known.
const VECTORS = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

const load = async () => {
  const folder = WebAssembly.validate(VECTORS) ? "worker-simd" : "worker";
  const worker = await import(`./pkg/${folder}/atomine_worker.js`);
  await worker.default();
  worker.start();
  return worker;
};

// Listening begins before the module is there, so that nothing the page sends is lost. Errors go to the page's
// `onerror`, which a rejected promise would never reach.
const loaded = load();
loaded.catch(reportError);
onmessage = async ({ data }) => {
  const worker = await loaded.catch(() => undefined);
  try {
    worker?.receive(data);
  } catch (error) {
    reportError(error);
  }
};
