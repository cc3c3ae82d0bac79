// The line over which a node tells news by itself: new Atoms are heard of at once, and what breaks is opened again.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { BROKEN_LINE, assertCalm, assertMining, connect, mineOne, minedFact, visit } from "./support/browser.js";
import { ask, competeWithoutWork, deployHopeless, mineCall } from "./support/chain.js";
import { startFaultProxy } from "./support/fault-proxy.js";
import { NEXT_READ_MS, assertHearsOfMint, mineForEver } from "./support/hopeless.js";
import { reroute } from "./support/reroute.js";
import { stage } from "./support/stage.js";

const ROUNDS = 20;
let hopeless, node;
const on = stage({}, async (on) => {
  hopeless = await deployHopeless(on.demo);
});
beforeEach(async () => {
  node = await startFaultProxy(on.demo.rpc);
});
afterEach(() => node.stop());

const miner = (options) => mineForEver(on, { collection: hopeless, rpcs: [node.url], ...options });
const told = (page) => page.locator("#details", { hasText: "the network tells of new blocks by itself" });

/** Notes in each worker when it gets a job; `window.jobs` has the times, as the clock of the wall tells them. */
function noteJobs() {
  const post = Worker.prototype.postMessage;
  window.jobs = [];
  Worker.prototype.postMessage = function (message, ...rest) {
    // A job is by far the longest message.
    if (message.byteLength > 80) window.jobs.push(performance.timeOrigin + performance.now());
    return post.call(this, message, ...rest);
  };
}

test("after a new Atom every worker has the new job at once", async (context) => {
  const page = await visit(on.browser, on.demo.page, {
    prepare: async (context) => {
      await reroute({ rpcs: [node.url], collection: { kind: "pownft-v3", address: hopeless.collection } })(context);
      await context.addInitScript(noteJobs);
    },
  });
  await connect(page);
  await page.locator("#mine-button:not([aria-disabled=true])").click();
  await assertMining(page);
  const workers = page.workers().length;
  const delays = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.evaluate(() => window.jobs.splice(0));
    // The node cannot know of it any earlier.
    const sent = Date.now();
    await competeWithoutWork(hopeless);
    await page.waitForFunction((count) => window.jobs.length >= count, workers);
    delays.push(Math.max(...(await page.evaluate(() => window.jobs))) - sent);
  }
  delays.sort((a, b) => a - b);
  context.diagnostic(`from the Atom's transaction to the last of ${workers} workers' new job: median ${delays[ROUNDS / 2].toFixed(0)} ms, longest ${delays.at(-1).toFixed(0)} ms of ${ROUNDS}`);
  // Asked every four seconds, half of all would take two.
  assert.ok(delays[ROUNDS / 2] < 1_000, "told, not asked for");
  assertCalm(page);
});

test("a line that breaks is opened again, and until then the page asks", async () => {
  const page = await miner();
  await assertHearsOfMint(page, hopeless, { reads: 0 });
  await told(page).waitFor();
  const { lines } = node;
  node.deaf = true;
  node.cut();
  await told(page).waitFor({ state: "detached" });
  await assertHearsOfMint(page, hopeless);
  node.deaf = false;
  await page.clock.fastForward(NEXT_READ_MS);
  await assertHearsOfMint(page, hopeless);
  await assertHearsOfMint(page, hopeless, { reads: 0 });
  await told(page).waitFor();
  assert.ok(node.lines > lines, "it was opened again");
  assertCalm(page, BROKEN_LINE);
});

test("a node without a line is asked every few seconds", async () => {
  node.deaf = true;
  const page = await miner();
  await assertHearsOfMint(page, hopeless);
  assert.equal(await told(page).count(), 0);
  assertCalm(page, BROKEN_LINE);
});

test("somebody else's mint that waits for a block is told of before the wallet is asked", async () => {
  const page = await visit(on.browser, on.demo.page, { prepare: reroute({ rpcs: [node.url] }) });
  await connect(page);
  const find = await mineOne(page);
  await ask(on.demo.rpc, "evm_setAutomine", false);
  try {
    const rival = (await ask(on.demo.rpc, "eth_accounts")).at(-1);
    const waiting = { from: rival, to: on.demo.collection, gas: "0x100000", value: "0x0", data: mineCall(0) };
    await ask(on.demo.rpc, "eth_sendTransaction", waiting);
    await find.locator(".status", { hasText: "Somebody else's mint of" }).waitFor();
    await find.locator(".mint:visible").waitFor();
  } finally {
    await ask(on.demo.rpc, "evm_setAutomine", true);
    await ask(on.demo.rpc, "evm_mine");
  }
  assertCalm(page);
});
