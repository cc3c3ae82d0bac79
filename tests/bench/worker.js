// Runs in a worker of the browser: holds all implementations and does what it is asked, one request after the other.
import { kernels } from "./kernels.js";
import { peers } from "./peers.js";
import { Walk } from "./walk.js";

let walks = [];

/** Calls batches until `ms` are over; hashes per second. */
const slice = (walk, ms) => {
  const start = performance.now();
  let hashes = 0;
  let now = start;
  while (now - start < ms) {
    hashes += walk.advance();
    now = performance.now();
  }
  return (hashes / (now - start)) * 1000;
};

const requests = {
  /** Loads everything; names and kinds. */
  load: async ({ folders }) => {
    const { peers: others, truth } = await peers();
    const own = (await Promise.all(folders.map(kernels))).flat();
    walks = [...own, ...others].map(({ name, kind, step, batch, truth: its = truth }) =>
      Object.assign(new Walk(name, step, { batch, truth: its }), { kind }),
    );
    return walks.map(({ name, kind }) => ({ name, kind }));
  },
  /** Hashes until the optimised code is in place; a kernel until it has been through the whole range. */
  warm: ({ index, ms }) => {
    const walk = walks[index];
    slice(walk, ms);
    while (walk.kind === "kernel" && walk.passes === 0) walk.advance();
  },
  slice: ({ index, ms }) => slice(walks[index], ms),
  /** Every result since the last proof. */
  prove: () => walks.forEach((walk) => walk.prove()),
};

onmessage = async ({ data: { id, request, ...rest } }) => {
  try {
    postMessage({ id, answer: await requests[request](rest) });
  } catch (error) {
    postMessage({ id, error: error.message ?? String(error) });
  }
};
