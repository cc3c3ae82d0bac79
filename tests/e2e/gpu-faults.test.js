// Whatever becomes of the GPU, the cores mine on and the visitor reads why it does not. It is a software GPU, whose
// worker sees a WebGPU that fails; the loss of the whole GPU process is real.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FAILED_REQUEST, PATIENCE_MS, assertCalm, assertMining, noticed, practise, startMining, visit } from "./support/browser.js";
import { atTheStart, gpuWorker, sound, spoiltGpu, watched } from "./support/spoilt-gpu.js";
import { stage } from "./support/stage.js";

const on = stage({ more: ["--no-chain"], flags: ["--enable-unsafe-webgpu"] });
const HARDEST = 8;
const MINES = /swiftshader · [1-9]/;

for (const [name, words] of [
  ["noAdapter", "this browser offers no GPU for computing"],
  ["refused", "the GPU cannot be used: "],
  ["invalid", "the GPU's driver does not accept the mining code: "],
  ["outOfMemory", "the GPU has no memory left"],
  ["internal", "the GPU or its driver failed in an unknown way"],
  ["blind", "the GPU made a mistake in its sums"],
]) {
  test(`a GPU that fails at the start (${name}) is left out quietly, and the reason is shown`, async () => {
    const page = await mine(atTheStart[name]);
    await said(page, `Off, the processor mines alone: ${words}`);
    assert.equal(await page.locator("#gpu").isChecked(), false);
    await assertMining(page);
    assert.equal(await page.locator(".notices .notice", { hasText: "GPU" }).count(), 0);
    assertCalm(page, FAILED_REQUEST);
  });
}

for (const [fault, words] of [
  ["wrong", "the GPU made a mistake in its sums"],
  ["full", "the GPU has no memory left"],
]) {
  test(`a GPU that fails while it mines (${fault}) is switched off, and that is said`, async () => {
    const page = await mine(sound);
    await said(page, MINES);
    await gpuWorker(page).evaluate((fault) => (globalThis.fault = fault), fault);
    await said(page, `Off, the processor mines alone: ${words}`);
    await noticed(page, "The GPU stopped mining.");
    await assertMining(page);
    assert.equal(gpuWorker(page), undefined, "its worker is gone");

    await page.locator("#gpu").check();
    await said(page, MINES);
    assertCalm(page, FAILED_REQUEST);
  });
}

test("a GPU that is taken away is opened again, and given up when that happens again and again", async () => {
  const page = await mine(watched);
  await said(page, MINES);
  const worker = gpuWorker(page);
  for (let opened = 1; opened <= 3; opened += 1) {
    await take(worker, opened);
    await worker.evaluate(again, opened + 1);
    await assertMining(page);
    assert.equal(await page.locator("#gpu").isChecked(), true);
  }
  await take(worker, 4);
  await said(page, "Off, the processor mines alone: the GPU was reset or taken away");
  await noticed(page, "The GPU stopped mining.");
  await assertMining(page);
  assertCalm(page, FAILED_REQUEST);
});

test("a GPU process that dies takes nothing with it, and the GPU mines again", async () => {
  const page = await mine(watched);
  await said(page, MINES);
  const chromium = await on.browser.newBrowserCDPSession();
  await chromium.send("Browser.crashGpuProcess");
  await gpuWorker(page).evaluate(again, 2);
  await said(page, MINES);
  await assertMining(page);
  assertCalm(page, FAILED_REQUEST);
});

/** Mines in Practice, too hard to find anything soon, on a GPU that was changed by `spoil`. */
async function mine(spoil) {
  const page = await visit(on.browser, `${on.demo.page}?gpu=software`, { prepare: spoiltGpu(spoil) });
  await practise(page, HARDEST);
  await startMining(page);
  return page;
}

/** Waits until the GPU's row says this. */
function said(page, text) {
  return page.locator("#gpu-text", { hasText: text }).waitFor({ timeout: PATIENCE_MS });
}

/** Takes the device away that was opened as the `opened`th. */
function take(worker, opened) {
  return worker.evaluate((opened) => globalThis.devices[opened - 1].destroy(), opened);
}

/** In the worker: waits until the `opened`th device mines, which it does not before its self-test of nine questions. */
async function again(opened) {
  while (!(globalThis.devices[opened - 1]?.asked > 12)) await new Promise((wake) => setTimeout(wake, 50));
}
