// The kernels' trial: on one core, for real, and only of what the browser runs.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FAILED_REQUEST, PATIENCE_MS, assertCalm, assertMining, practise, startMining, visit } from "./support/browser.js";
import { stage } from "./support/stage.js";

const on = stage({ more: ["--no-chain"] });
const HARDEST = 8;
const RATE = String.raw`[1-9][\d.]* [kM]H\/s`;

/** Mines in Practice, too hard to find anything soon; the page and the folders of the modules it has loaded. */
async function mine(url) {
  const folders = new Set();
  const prepare = (context) =>
    context.on("request", (request) => {
      const [, folder] = request.url().match(/\/pkg\/(worker[^/]*)\//) ?? [];
      if (folder) folders.add(folder);
    });
  const page = await visit(on.browser, url, { prepare });
  await practise(page, HARDEST);
  await startMining(page);
  return { page, folders };
}

test("all kernels that the browser runs are tried for real, and what they made of it is shown", async () => {
  const { page, folders } = await mine(on.demo.page);
  const tried = new RegExp(`^(relaxed-simd|simd128|portable) · .* · tried (relaxed-simd|simd128|portable) ${RATE}, `);
  await page.locator("#details", { hasText: tried }).waitFor({ timeout: PATIENCE_MS });
  const details = await page.locator("#details").textContent();
  const rates = Object.fromEntries([...details.matchAll(/([a-z\d-]+) ([\d.]+) ([kM])H\/s/g)].map(([, kernel, rate, unit]) => [kernel, rate * { k: 1e3, M: 1e6 }[unit]]));
  assert.deepEqual(Object.keys(rates).toSorted(), ["portable", "relaxed-simd", "simd128"]);
  const [kept, , trial] = details.split(" · ");
  // Three hundredths are noise, one more is lost in rounding what is shown.
  assert.ok(rates[kept] >= Math.max(...Object.values(rates)) / 1.04, details);
  assert.deepEqual([...folders].toSorted(), ["worker", "worker-relaxed", "worker-simd"]);
  await assertMining(page);

  await page.locator("#mine-button", { hasText: "Stop" }).click();
  await startMining(page);
  await assertMining(page);
  const [again, , same] = (await page.locator("#details").textContent()).split(" · ");
  assert.deepEqual([again, same], [kept, trial], "there is no second trial");
  assertCalm(page, FAILED_REQUEST);
});

test("the address line forces a kernel, and nothing else is loaded", async () => {
  const { page, folders } = await mine(`${on.demo.page}?kernel=portable`);
  await page.locator("#details", { hasText: /^portable · \d+ workers?$/ }).waitFor();
  await assertMining(page);
  assert.deepEqual([...folders], ["worker"]);
  assertCalm(page, FAILED_REQUEST);
});
