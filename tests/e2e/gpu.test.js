// The GPU beside the cores: on a software GPU where the address line asks for one, and out of the way everywhere else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FAILED_REQUEST, PATIENCE_MS, assertCalm, assertMining, launch, practise, startMining, visit } from "./support/browser.js";
import { stage } from "./support/stage.js";

const on = stage({ more: ["--no-chain"], flags: ["--enable-unsafe-webgpu"] });
const HARDEST = 8;

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
