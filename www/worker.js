// Mines for the page, with the kernels that it names: `worker.js?kernels=simd128`. Several mine in turns, each by itself.
import { serve } from "./serve-miner.js";

const FOLDERS = { portable: "worker", simd128: "worker-simd", "relaxed-simd": "worker-relaxed" };

const load = async (kernel) => {
  const worker = await import(`./pkg/${FOLDERS[kernel]}/atomine_worker.js`);
  await worker.default();
  worker.start();
  return worker;
};

// The first mines before the next is loaded.
let before = Promise.resolve();
for (const kernel of new URLSearchParams(location.search).get("kernels").split(",")) {
  const loaded = before.then(() => load(kernel));
  serve(() => loaded);
  before = loaded;
}
