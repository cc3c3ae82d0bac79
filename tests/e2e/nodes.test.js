// Nodes that contradict each other, or want to be left alone.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { BROKEN_LINE, FAILED_REQUEST, assertCalm, assertMining, hushed, noticed } from "./support/browser.js";
import { ask, deployHopeless } from "./support/chain.js";
import { faults, startFaultProxy } from "./support/fault-proxy.js";
import { NEXT_READ_MS, assertHearsOfMint, mineForEver } from "./support/hopeless.js";
import { stage } from "./support/stage.js";

let hopeless, node, other;
const on = stage({}, async (on) => {
  hopeless = await deployHopeless(on.demo);
});
beforeEach(async () => {
  [node, other] = await Promise.all([startFaultProxy(on.demo.rpc), startFaultProxy(on.demo.rpc)]);
});
afterEach(() => Promise.all([node.stop(), other.stop()]));

test("a first node that stands still hides no Atom, and it is said", async () => {
  node.deaf = true;
  const page = await mineForEver(on, { collection: hopeless, rpcs: [node.url, other.url], wallet: node.url });
  node.fault = faults.stale(Number(await ask(on.demo.rpc, "eth_blockNumber")));
  await ask(on.demo.rpc, "anvil_mine", "0x2");
  await assertHearsOfMint(page, hopeless);
  await noticed(page, "One of the network's nodes lags behind another.");
  await noticed(page, "The page goes by the latest block that any of them knows");
  await assertHearsOfMint(page, hopeless);
  node.fault = undefined;
  await page.clock.fastForward(NEXT_READ_MS);
  await page.clock.fastForward(NEXT_READ_MS);
  await hushed(page, "lags behind");
  assertCalm(page, BROKEN_LINE);
});

for (const [name, retryAfter] of [
  ["seconds", () => "60"],
  ["a date", (now) => new Date(now + 60_000).toUTCString()],
]) {
  test(`a node that turns the page away is left alone as long as it says, in ${name}`, async () => {
    const page = await mineForEver(on, { collection: hopeless, rpcs: [node.url], wallet: other.url });
    [node.fault, other.fault] = [faults.limited(retryAfter(await page.evaluate(() => Date.now()))), faults.down];
    await page.clock.fastForward(13_000);
    await noticed(page, "The network's node takes no more questions from this page for");
    const asked = node.requests;
    await page.locator(".notices .retry:visible").click();
    await page.clock.fastForward(40_000);
    await page.waitForTimeout(500);
    assert.equal(node.requests, asked);
    await assertMining(page);
    [node.fault, other.fault] = [undefined, undefined];
    await page.clock.fastForward(NEXT_READ_MS);
    await hushed(page, "The network's node");
    assert.ok(node.requests > asked, "it is asked again");
    assertCalm(page, FAILED_REQUEST);
  });
}
