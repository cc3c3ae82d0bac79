// Runs in one worker, in turns, slices of Atomine's kernel and of hash-wasm on the same work, and checks each against
// the other: both list the nonces they find, and the lists must be equal.
import { createKeccak } from "../node_modules/hash-wasm/dist/index.esm.min.js";

const SLICE_MS = 5;
// The work is the one that the module's `bench` knows: a preimage of zeros, one hash in 4096 found.
const COUNTER = 72;

/** Calls `batch` until the slice is over; hashes per second. */
const slice = (batch) => {
  const start = performance.now();
  let hashes = 0;
  let now = start;
  while (now - start < SLICE_MS) {
    hashes += batch();
    now = performance.now();
  }
  return (hashes / (now - start)) * 1000;
};

const ours = async (folder) => {
  const { default: init, bench } = await import(`/pkg/${folder}/atomine_worker.js`);
  await init();
  const found = [];
  let next = 0n;
  const batch = () => {
    const end = next + 1_000n;
    const from = next;
    while (next < end) {
      const counter = bench(next, end - next);
      if (counter !== undefined) found.push(counter);
      next = counter === undefined ? end : counter + 1n;
    }
    return Number(end - from);
  };
  return { found, batch, next: () => next };
};

const theirs = async () => {
  const keccak = await createKeccak(256);
  const message = new Uint8Array(84);
  const counter = new DataView(message.buffer);
  const found = [];
  let next = 0;
  const batch = () => {
    const end = next + 250;
    for (; next < end; next++) {
      counter.setUint32(COUNTER, next, true);
      counter.setUint32(COUNTER + 4, 0, true);
      const hash = keccak.init().update(message).digest("binary");
      if (hash[0] === 0 && hash[1] < 0x10) found.push(BigInt(next));
    }
    return 250;
  };
  return { found, batch, next: () => BigInt(next) };
};

/** Equal finds as far as both have come. */
const agree = (a, b) => {
  const end = a.next() < b.next() ? a.next() : b.next();
  const [left, right] = [a, b].map(({ found }) => found.filter((counter) => counter < end).join());
  if (left !== right || left === "") throw new Error("the two do not find the same nonces");
  return end;
};

onmessage = async ({ data: { folder, rounds } }) => {
  try {
    const [atomine, hashWasm] = [await ours(folder), await theirs()];
    const rates = { atomine: [], hashWasm: [] };
    // Half a second each until the optimised code is in place.
    for (let i = 0; i < 100; i++) [atomine, hashWasm].forEach(({ batch }) => slice(batch));
    for (let i = 0; i < rounds; i++) {
      rates.atomine.push(slice(atomine.batch));
      rates.hashWasm.push(slice(hashWasm.batch));
    }
    postMessage({ rates, compared: Number(agree(atomine, hashWasm)) });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
