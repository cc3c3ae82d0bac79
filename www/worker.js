// Mines for the page, with the fastest module that this browser can run.
import { serve } from "./serve-miner.js";

// Modules of one function each, valid where the instruction is known: `i8x16.popcnt` for 128-bit vectors, and
// `i8x16.relaxed_swizzle`.
const HEAD = [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0];
const VECTORS = [...HEAD, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
const RELAXED = [...HEAD, 10, 15, 1, 13, 0, 65, 0, 253, 15, 65, 0, 253, 15, 253, 128, 2, 11];
const valid = (module) => WebAssembly.validate(Uint8Array.from(module));

// Benchmarks may force a kernel by its name: `?kernel=portable` in the page's address.
const FOLDERS = { portable: "worker", simd128: "worker-simd", "relaxed-simd": "worker-relaxed" };
const kernel = new URLSearchParams(location.search).get("kernel") ?? "";
const fastest = () => (valid(RELAXED) ? "worker-relaxed" : valid(VECTORS) ? "worker-simd" : "worker");

const load = async () => {
  const folder = FOLDERS[kernel] ?? fastest();
  const worker = await import(`./pkg/${folder}/atomine_worker.js`);
  await worker.default();
  worker.start();
  return worker;
};

serve(load);
