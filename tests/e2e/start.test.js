// How soon a click on Mine becomes hashing, and how soon at full speed. It prints what it measured; what it demands is
// that it happens at all, for how long it takes is the machine's affair.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PATIENCE_MS, practise, startMining, visit } from "./support/browser.js";
import { heard, stopwatch } from "./support/stopwatch.js";
import { stage } from "./support/stage.js";

const on = stage({ more: ["--no-chain"] });
const HARDEST = 8;
const VISITS = 6;

const visitor = () => visit(on.browser, on.demo.page, { prepare: (context) => context.addInitScript(stopwatch) });

test("a click on Mine leads to a first hash", async (context) => {
  const page = await visitor();
  for (let number = 1; number <= VISITS; number += 1) {
    // Easy enough for the first batch of the first worker to solve it.
    await practise(page, 0);
    await startMining(page);
    const steps = [await heard(page, "spawned"), await heard(page, "ready"), await heard(page, "found")];
    const [spawned, ready, found] = steps.map(({ after_ms }) => after_ms);
    assert.ok(0 < spawned && spawned <= ready && ready <= found);
    context.diagnostic(
      `visit ${number}: a worker is spawned after ${spawned.toFixed(0)} ms, ready after ${ready.toFixed(0)} ms, and its first ` +
        `hashes are there after ${found.toFixed(0)} ms`,
    );
    // Nothing is cached by the server that the tests use: a worker always loads its module anew.
    await page.reload();
  }
});

test("a worker comes to its full speed", async (context) => {
  const page = await visitor();
  await practise(page, HARDEST);
  await startMining(page);
  await page.waitForFunction(() => globalThis.watch.heard.filter(({ what }) => what === "progress").length >= 40, null, {
    timeout: PATIENCE_MS,
  });
  const all = (await page.evaluate(() => globalThis.watch.heard)).filter(({ what }) => what !== "spawned");
  // Of one worker alone, each report being about a quarter of a second later than the one before.
  const [first] = all;
  const reports = all.filter(({ what, worker }) => what === "progress" && worker === first.worker);
  const rates = reports.map(({ hashes, after_ms }, i) => hashes / (after_ms - (reports[i - 1] ?? first).after_ms));
  assert.ok(rates.every((rate) => rate > 0), rates);
  const settled = rates.slice(8).sort((a, b) => a - b);
  const full = settled[settled.length >> 1];
  const early = reports.slice(0, 6).map(({ after_ms }, i) => `${after_ms.toFixed(0)} ms: ${((100 * rates[i]) / full).toFixed(0)} %`);
  context.diagnostic(`full speed ${(full / 1000).toFixed(2)} MH/s; up to … after the click: ${early.join(", ")}`);
});
