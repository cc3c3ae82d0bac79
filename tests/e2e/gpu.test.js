// The GPU beside the cores: on a software GPU where the address line asks for one, and out of the way everywhere else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FAILED_REQUEST, PATIENCE_MS, assertCalm, assertMining, facts, launch, practise, startMining, visit } from "./support/browser.js";
import { gpuWorker, observed, spoiltGpu } from "./support/spoilt-gpu.js";
import { stage } from "./support/stage.js";

const on = stage({ more: ["--no-chain"], flags: ["--enable-unsafe-webgpu"] });
const HARDEST = 8;
/** Dispatches of the self-test. */
const SELF_TEST = 9;

test("a software GPU mines beside the cores where the address line asks for it", async () => {
  const page = await mine(on.browser, `${on.demo.page}?gpu=software`);
  await said(page, /swiftshader · [1-9][\d.]* k?H\/s/);
  await assertMining(page);

  await page.locator("#gpu").uncheck();
  await said(page, "Off.");
  await assertMining(page);
  await page.locator("#gpu").check();
  await page.locator("#gpu-power").fill("50");
  await said(page, /swiftshader · [1-9]/);
  assert.equal(await page.locator("#gpu-power-text").textContent(), "50 %");
  assertCalm(page, FAILED_REQUEST);
});

test("a software GPU is refused elsewhere, and the cores mine", async () => {
  const page = await mine(on.browser, on.demo.page);
  await said(page, "no real GPU");
  await assertMining(page);
  assert.equal(await page.locator("#gpu").isChecked(), false);
  assertCalm(page, FAILED_REQUEST);
});

test("where there is no GPU its module is not loaded, the reason is shown, and the cores mine", async () => {
  const browser = await launch();
  try {
    const loaded = [];
    const prepare = (context) => context.on("request", (request) => loaded.push(request.url()));
    const page = await mine(browser, on.demo.page, { prepare });
    await said(page, "this browser offers no GPU");
    await assertMining(page);
    assert.ok(loaded.some((url) => url.includes("/gpu-worker.js")), "it was looked for");
    assert.ok(!loaded.some((url) => url.includes("/pkg/gpu/")), "the module is for those who have one");
    assertCalm(page, FAILED_REQUEST);
  } finally {
    await browser.close();
  }
});

test("the fastest GPU is asked for, two dispatches are under way at a time, and one with its power held back", async (context) => {
  const page = await mine(on.browser, `${on.demo.page}?gpu=software`, { prepare: spoiltGpu(observed) });
  await said(page, /swiftshader · [1-9]/);
  await page.waitForTimeout(5_000);
  const { preferences, most, tookMs } = await gpuWorker(page).evaluate(() => globalThis.seen);
  assert.ok(preferences.length > 0 && preferences.every((preference) => preference === "high-performance"), preferences);
  assert.equal(most, 2);
  await page.locator("#gpu-power").fill("50");
  await page.waitForTimeout(1_000);
  await gpuWorker(page).evaluate(() => Object.assign(globalThis.seen, { most: 0 }));
  await page.waitForTimeout(1_000);
  assert.equal(await gpuWorker(page).evaluate(() => globalThis.seen.most), 1);
  // The self-test's questions are larger than a software GPU likes.
  const mined = tookMs.slice(SELF_TEST).sort((a, b) => a - b);
  const at = (share) => mined[Math.floor(share * (mined.length - 1))].toFixed(1);
  const late = mined.filter((ms) => ms > 50).length;
  context.diagnostic(
    `${mined.length} dispatches: median ${at(0.5)}, 95th percentile ${at(0.95)}, longest ${at(1)} ms; ${late} over 50 ms`,
  );
});

test("the benchmark measures a software GPU where the address line asks for it, and says elsewhere why not", async () => {
  for (const [query, row] of [
    ["?gpu=software", /^[1-9][\d.]* k?H\/s, \d+\.\d times one core, google swiftshader$/],
    ["", /^Not measured: there is no real GPU/],
  ]) {
    const page = await visit(on.browser, `${on.demo.page}${query}#/bench`);
    await page.locator("#measure").click();
    await page.locator("#bench-status", { hasText: "Done." }).waitFor({ timeout: PATIENCE_MS });
    const { GPU } = await facts(page.locator("#bench-results"));
    assert.match(GPU, row);
    assert.ok((await page.locator("#bench-text").inputValue()).includes(`\nGPU: ${GPU}\n`));
    assertCalm(page, FAILED_REQUEST);
  }
});

/** Mines in Practice, too hard to find anything soon. */
async function mine(browser, url, options) {
  const page = await visit(browser, url, options);
  await practise(page, HARDEST);
  await startMining(page);
  return page;
}

/** Waits until the GPU's row says this. */
function said(page, text) {
  return page.locator("#gpu-text", { hasText: text }).waitFor({ timeout: PATIENCE_MS });
}
