// Nodes that fail while somebody mines: each way of failing is said, mining goes on, and all is well once the node is.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { FAILED_REQUEST, assertCalm, assertMining, hushed, noticed } from "./support/browser.js";
import { ask, deployHopeless } from "./support/chain.js";
import { faults, startFaultProxy } from "./support/fault-proxy.js";
import { NEXT_READ_MS, assertHearsOfMint, mineForEver } from "./support/hopeless.js";
import { stage } from "./support/stage.js";

let hopeless, node, walletsNode;
const on = stage({}, async (on) => {
  hopeless = await deployHopeless(on.demo);
});
beforeEach(async () => {
  [node, walletsNode] = await Promise.all([startFaultProxy(on.demo.rpc), startFaultProxy(on.demo.rpc)]);
});
afterEach(() => Promise.all([node.stop(), walletsNode.stop()]));

const miner = (options) => mineForEver(on, { collection: hopeless, rpcs: [node.url], wallet: walletsNode.url, ...options });

const NO_ANSWER = "The network's node does not answer. Mining goes on with what was read last.";
const NONSENSE = "The network's node gave an answer that cannot be true. Mining goes on with what was read last.";
const LIMITED = "The network's node takes no more questions from this page for 1 min. Mining goes on with what was read last.";
for (const [name, fault, said] of [
  ["is down", faults.down, NO_ANSWER],
  ["turns everybody away for a while", faults.limited(60), LIMITED],
  ["breaks off in the middle of its answers", faults.truncated, NONSENSE],
  ["sends 50 MB", faults.oversized, NONSENSE],
  ["answers other questions", faults.wrongIds, NONSENSE],
  ["lies", faults.lying, NONSENSE],
  ["sends web pages", faults.html, NONSENSE],
]) {
  test(`a node that ${name}`, async () => {
    const page = await miner();
    [node.fault, walletsNode.fault] = [fault, faults.down];
    await page.clock.fastForward(NEXT_READ_MS); 
    await noticed(page, said);
    await assertMining(page);
    assert.ok(node.mostMegabytes < 40, `the page took ${node.mostMegabytes} MB of one answer`);

    [node.fault, walletsNode.fault] = [undefined, undefined];
    await page.clock.fastForward(NEXT_READ_MS); 
    await hushed(page, "The network's node");
    await assertHearsOfMint(page, hopeless);
    assertCalm(page, FAILED_REQUEST);
  });
}

test("through nodes that fail half of the time the page still hears of a mint", async () => {
  const page = await miner();
  [node.fault, walletsNode.fault] = [faults.half, faults.half];
  await assertHearsOfMint(page, hopeless, { reads: 20 });
  assertCalm(page, FAILED_REQUEST);
});

test("through a node that takes five seconds for each answer the page still hears of a mint", async () => {
  const page = await miner();
  [node.fault, walletsNode.fault] = [faults.slow(5_000), faults.down];
  await assertHearsOfMint(page, hopeless);
  assertCalm(page, FAILED_REQUEST);
});

for (const [name, fault] of [
  ["never answers", faults.silent],
  ["begins an answer and never ends it", faults.stalled],
]) {
  test(`a node that ${name} is given up after ten seconds, and the next is asked`, async () => {
    const page = await miner({ rpcs: [node.url, on.demo.rpc], prepare: (context) => context.addInitScript(hurryLimits) });
    node.fault = fault;
    await assertHearsOfMint(page, hopeless);
    assert.deepEqual(await page.evaluate(() => [...window.limits]), [10_000]);
    assertCalm(page, FAILED_REQUEST);
  });
}

/** The time limits of requests pass ten times as fast; `window.limits` holds those asked for, in ms. */
function hurryLimits() {
  const limit = AbortSignal.timeout;
  window.limits = new Set();
  AbortSignal.timeout = (ms) => {
    window.limits.add(ms);
    return limit.call(AbortSignal, ms / 10);
  };
}

test("a node that falls back for a moment changes nothing", async () => {
  const page = await miner();
  await assertHearsOfMint(page, hopeless);
  const work = await page.locator("#mine-facts").textContent();
  const newest = Number(await ask(on.demo.rpc, "eth_blockNumber"));
  node.fault = faults.stale(newest - 1);
  const asked = node.requests;
  await page.clock.fastForward(NEXT_READ_MS); 
  await page.waitForTimeout(500);
  assert.ok(node.requests > asked, "it was asked");
  assert.equal(await page.locator("#mine-facts").textContent(), work);
  await assertMining(page);
});
