// What a visitor's own computer does to a page that mines: its clock, its sleep, its hidden tabs, its dying workers.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertCalm, assertMining, noticed } from "./support/browser.js";
import { deployHopeless } from "./support/chain.js";
import { assertHearsOfMint, mineForEver } from "./support/hopeless.js";
import { stage } from "./support/stage.js";

const MINUTES = 60_000;
const HOURS = 60 * MINUTES;
let collection;
const on = stage({}, async (on) => {
  collection = await deployHopeless(on.demo);
});
const miner = (prepare) => mineForEver(on, { collection, prepare });

for (const [name, offset] of [
  ["fast", 10 * MINUTES],
  ["slow", -10 * MINUTES],
]) {
  test(`a clock that is ten minutes ${name} changes nothing`, async () => {
    const page = await miner((context) => context.clock.setSystemTime(Date.now() + offset));
    await assertHearsOfMint(page, collection);
    assertCalm(page);
  });

  test(`a clock that is put right by ten minutes while it was ${name} changes nothing`, async () => {
    const page = await miner((context) => context.clock.setSystemTime(Date.now() + offset));
    await page.clock.setSystemTime(Date.now());
    await assertHearsOfMint(page, collection);
    assertCalm(page);
  });
}

test("after a night asleep the page reads the chain at once, and its figures stay figures", async () => {
  const page = await miner();
  await page.clock.fastForward(8 * HOURS);
  await assertHearsOfMint(page, collection);
  assert.doesNotMatch(await page.locator(".readout").textContent(), /NaN|Infinity|undefined/);
  assertCalm(page);
});

test("a hidden tab whose timers stand still hears of a mint through its workers", async () => {
  const page = await miner((context) => context.addInitScript(holdTimers));
  await page.evaluate(() => window.hide());
  await assertHearsOfMint(page, collection, { reads: 0 });
  assertCalm(page);
});

/** `window.hide()` hides the tab and holds back its timers for good, as browsers do at worst. */
function holdTimers() {
  const set = window.setTimeout;
  let hidden = false;
  window.setTimeout = (callback, ...rest) => set((...args) => hidden || callback(...args), ...rest);
  window.hide = () => {
    hidden = true;
    Object.defineProperty(document, "hidden", { get: () => true });
    Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
    document.dispatchEvent(new Event("visibilitychange"));
  };
}

test("a worker that throws is replaced, and that is said", async () => {
  const page = await miner();
  const [worker] = page.workers();
  const another = page.waitForEvent("worker");
  await worker.evaluate(() => void setTimeout(() => { throw new Error("out of memory"); }));
  await another;
  await noticed(page, "Another one takes its place; nothing is lost.");
  await assertMining(page);
  assertCalm(page, /out of memory/);
});

test("a worker that is gone without a word is replaced, and that is said", async () => {
  const page = await miner();
  const [worker] = page.workers();
  const another = page.waitForEvent("worker");
  await worker.evaluate(() => close());
  await page.clock.runFor(1 * MINUTES);
  await another;
  await noticed(page, "Another one takes its place; nothing is lost.");
  await assertMining(page);
  assertCalm(page);
});
