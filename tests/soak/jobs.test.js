// A day of mining, compressed: as many changes of the job as a busy day brings, and nothing may be left of them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertCalm, assertMining, startMining, visit } from "../e2e/support/browser.js";
import { ask, deployHopeless } from "../e2e/support/chain.js";
import { reroute } from "../e2e/support/reroute.js";
import { stage } from "../e2e/support/stage.js";
import { installWallet } from "../e2e/support/wallet.js";

/** Changes of the job, and how many of them come before the first measurement. */
const CHANGES = Number(process.env.ATOMINE_JOBS ?? 100_000);
const WARM = Math.ceil(CHANGES / 20);
/** Changes between two looks at the event loop, as in bursts of a chain that catches up. */
const BURST = 25;
/** What may come and go besides: caches, compiled code. */
const SLACK_BYTES = 3_000_000;
const LOCAL = 31_337;
const on = stage({ flags: ["--enable-blink-features=ForceEagerMeasureMemory", "--js-flags=--expose-gc"] });

/** Lets the wallet change the account `count` times; each is another job for every worker. */
const changeJobs = (page, accounts, count) =>
  page.evaluate(
    async ([accounts, count, burst]) => {
      const ticked = () => new Promise((resolve) => setTimeout(resolve, 0));
      for (let change = 0; change < count; change += 1) {
        window.testWallet.share([accounts[(window.changed = (window.changed ?? 0) + 1) % accounts.length]]);
        if (change % burst === 0) await ticked();
        // The wallet's log of questions is the test's, not the page's.
        window.testWallet.asked.length = 0;
      }
      // The workers have taken over the last job when they report on it.
      await new Promise((resolve) => setTimeout(resolve, 3_000));
    },
    [accounts, count, BURST],
  );

/** What the page holds: bytes in all its threads, documents, nodes and listeners, and its workers. */
async function held(page, devtools) {
  for (let times = 0; times < 3; times += 1) await devtools.send("HeapProfiler.collectGarbage");
  const { bytes } = await page.evaluate(() => performance.measureUserAgentSpecificMemory());
  const { documents, nodes, jsEventListeners } = await devtools.send("Memory.getDOMCounters");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  return { bytes, heap: usedSize, documents, nodes, listeners: jsEventListeners, workers: page.workers().length };
}

test(`${CHANGES} changes of the job leave nothing behind`, { timeout: 4 * 3_600_000 }, async (context) => {
  const collection = await deployHopeless(on.demo);
  const accounts = (await ask(on.demo.rpc, "eth_accounts")).slice(4, 6);
  const wallet = installWallet({ rpc: on.demo.rpc, accounts: [accounts[0]], chainId: LOCAL, knownChains: [LOCAL] });
  const page = await visit(on.browser, on.demo.page, {
    prepare: async (context) => {
      await reroute({ collection: { kind: "pownft-v3", address: collection.collection } })(context);
      await wallet(context);
      await context.addInitScript(() => {
        window.jobs = 0;
        const { postMessage } = Worker.prototype;
        Worker.prototype.postMessage = function (...message) {
          window.jobs += 1;
          return postMessage.apply(this, message);
        };
      });
    },
  });
  await page.locator("#wallet-button").click();
  await page.locator("#wallet-list button", { hasText: "Test wallet" }).click();
  await page.locator("#wallet-button", { hasText: accounts[0].slice(-4) }).waitFor();
  await page.keyboard.press("Escape");
  await startMining(page);
  await assertMining(page);
  const devtools = await page.context().newCDPSession(page);

  await changeJobs(page, accounts, WARM);
  const before = await held(page, devtools);
  const sent = await page.evaluate(() => window.jobs);
  for (let done = 0; done < CHANGES; done += WARM) {
    await changeJobs(page, accounts, WARM);
    context.diagnostic(`${done + WARM} changes: ${JSON.stringify(await held(page, devtools))}`);
  }
  const after = await held(page, devtools);
  context.diagnostic(`before ${JSON.stringify(before)}, after ${JSON.stringify(after)}`);
  const jobs = (await page.evaluate(() => window.jobs)) - sent;
  assert.ok(jobs >= CHANGES * before.workers, `${jobs} jobs for ${before.workers} workers`);
  await assertMining(page);
  for (const count of ["documents", "workers"]) assert.equal(after[count], before[count], count);
  // A sentence more or less is on the page at the moment of looking.
  for (const count of ["nodes", "listeners"]) assert.ok(after[count] <= before[count] + 50, `${after[count]} ${count}, ${before[count]} before`);
  for (const kind of ["bytes", "heap"]) {
    assert.ok(after[kind] <= before[kind] + SLACK_BYTES, `${kind}: ${after[kind]}, ${before[kind]} before`);
  }
  assertCalm(page);
});
