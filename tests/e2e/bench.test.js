// The hash-rate benchmark: its proofs catch whoever lies, and its answer for programs has the promised shape. Nothing
// here says how fast anything is.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { Walk, truthOf } from "../bench/walk.js";
import { TARGET_WORD } from "../bench/work.js";

const XTASK = process.env.ATOMINE_XTASK ?? "../target/debug/xtask";

/** Stands in for a hash: any first word does for the proofs, as long as a few solve the work. */
const wordAt = (counter) => (counter % 400 === 7 ? TARGET_WORD - 1 : TARGET_WORD + counter);
const truth = truthOf(wordAt, 2_000);

const honest = (start, end, found) => {
  let fold = 0;
  for (let counter = start; counter < end; counter++) {
    fold ^= wordAt(counter);
    if (wordAt(counter) < TARGET_WORD) found.push(counter);
  }
  return fold;
};

/** Goes through the whole range with `step` and a bit further. */
const walk = (step) => {
  const walking = new Walk("the tested one", step, { truth, batch: 300 });
  for (let batch = 0; batch < 9; batch++) walking.advance();
  walking.prove();
  return walking;
};

test("the honest pass", () => {
  assert.deepEqual(truth.solving, [7, 407, 807, 1207, 1607]);
  assert.equal(walk(honest).passes, 1);
  const kernel = (start, end, found) => void honest(start, end, found);
  assert.equal(walk(kernel).passes, 1);
});

test("a kernel that misses a nonce, invents one or hashes nothing is caught", () => {
  const liars = {
    misses: (start, end, found) => {
      honest(start, end, found);
      if (found.at(-1) === 1607) found.pop();
    },
    invents: (start, end, found) => {
      if (start === 300) found.push(301);
      honest(start, end, found);
    },
    idles: () => {},
  };
  for (const [name, step] of Object.entries(liars)) {
    assert.throws(() => walk((...range) => void step(...range)), /the tested one finds/, name);
  }
});

test("a peer with one wrong hash is caught", () => {
  const wrong = (start, end, found) => honest(start, end, found) ^ (start <= 1000 && 1000 < end ? 1 : 0);
  assert.throws(() => walk(wrong), /wrong hashes/);
});

test("the answer for programs", async () => {
  const { stdout } = await promisify(execFile)(XTASK, ["bench", "--json", "--rounds", "2"]);
  const { browser, rows, ...rest } = JSON.parse(stdout);
  assert.deepEqual(rest, {});
  assert.match(browser, /Chrome/);
  for (const row of rows) {
    assert.deepEqual(Object.keys(row), ["name", "kind", "median_hs", "p98_hs"]);
    assert.ok(row.p98_hs >= row.median_hs && row.median_hs > 0, JSON.stringify(row));
  }
  const named = (kind) => rows.filter((row) => row.kind === kind).map(({ name }) => name);
  assert.ok(named("kernel").some((name) => name.startsWith("worker/")), named("kernel").join());
  assert.ok(named("kernel").some((name) => name.startsWith("worker-simd/")), named("kernel").join());
  assert.deepEqual(named("peer").toSorted(), [
    "@blackhan-software/wasm-miner", "@noble/hashes", "ethers 5 solidityKeccak256",
    "ethers 6 solidityPackedKeccak256", "hash-wasm", "js-sha3", "sha3 (Rust, in wasm)",
  ]);
});
