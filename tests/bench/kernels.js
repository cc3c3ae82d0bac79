// Our own kernels, out of the modules that were built for the benchmark with the flags of each worker build.
import { preimage, target } from "./work.js";

/** Counters per call: a front end's set-up serves as many. */
const BATCH = 65_536;

/** The kernels of the build in `folder`, plainest first; none where this browser does not take the module. */
export const kernels = async (folder) => {
  const bytes = await (await fetch(`/modules/${folder}/atomine_bench_bg.wasm`)).arrayBuffer();
  if (!WebAssembly.validate(bytes)) return [];
  const { default: init, bench, bench_kernels } = await import(`/modules/${folder}/atomine_bench.js`);
  await init({ module_or_path: bytes });
  const names = bench_kernels(preimage(), target()).split("\n");
  return names.map((name, place) => ({ name: `${folder}/${name}`, kind: "kernel", batch: BATCH, step: searcher(bench, place) }));
};

const searcher = (bench, place) => (start, end, found) => {
  for (let next = start; next < end; ) {
    const counter = bench(place, BigInt(next), BigInt(end - next));
    if (counter === undefined) return;
    found.push(Number(counter));
    next = Number(counter) + 1;
  }
};
