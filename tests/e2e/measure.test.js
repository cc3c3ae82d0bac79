// The benchmark's page, for real: its whole ten seconds, by keyboard, while the same visitor mines.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PATIENCE_MS, facts, startMining, visit } from "./support/browser.js";
import { stage } from "./support/stage.js";

const on = stage({ more: ["--no-chain"] });

/** Nothing went wrong but for the public nodes, which cannot be reached where the tests run. */
const assertCalm = (page) => assert.deepEqual(page.problems.filter((problem) => !problem.includes("net::ERR_")), []);

test("ten seconds, then figures to show around; mining rests and goes on by itself", async () => {
  const page = await visit(on.browser, on.demo.page, { permissions: ["clipboard-read", "clipboard-write"] });
  const practice = page.locator("#collection option", { hasText: "Practice" });
  await practice.waitFor({ state: "attached" });
  await page.locator("#collection").selectOption((await practice.textContent()).trim());
  // The hardest, so that nothing is found meanwhile.
  await page.locator("#practice-generation").selectOption({ label: (await page.locator("#practice-generation option").last().textContent()).trim() });
  await startMining(page);
  await page.locator("#mine-status", { hasText: "Mining Practice Atom" }).waitFor();

  await page.getByRole("link", { name: "How fast is this computer?" }).click();
  await page.locator("#bench-title:focus").waitFor();
  await page.locator("#bench-status", { hasText: "Mining rests while this measures" }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator("#bench-status", { hasText: "Measuring one core… Mining rests meanwhile." }).waitFor();
  await page.evaluate(() => (location.hash = "#/"));
  await page.locator("#mine-status", { hasText: "Mining rests while the benchmark measures" }).waitFor();
  await page.evaluate(() => (location.hash = "#/bench"));
  await page.locator("#bench-status", { hasText: "Done. Mining goes on." }).waitFor({ timeout: PATIENCE_MS });

  const { "One core": one, GPU, Kernel, Browser, ...rest } = await facts(page.locator("#bench-results"));
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  assert.match(one, /^[1-9][\d.]* [kM]H\/s$/);
  assert.equal(GPU, "Not measured: this browser offers no GPU for computing");
  assert.match(Kernel, /\w/);
  assert.match(Browser, /^Chrome \d+$/);
  if (cores > 1) assert.match(rest[`All ${cores} cores`], /^[1-9][\d.]* [kMG]H\/s, \d+\.\d times one core$/);

  const text = await page.locator("#bench-text").inputValue();
  assert.ok(text.startsWith(`Atomine benchmark\nOne core: ${one}\n`), text);
  await page.locator("#copy-result").click();
  await page.locator("#copy-result", { hasText: "Copied" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);

  await page.evaluate(() => (location.hash = "#/"));
  await page.locator("#mine-status", { hasText: "Mining Practice Atom" }).waitFor();
  assertCalm(page);
});

test("it can be stopped, and its page is ready for another try", async () => {
  const page = await visit(on.browser, `${on.demo.page}#/bench`);
  const button = page.locator("#measure");
  await button.click();
  await page.locator("#bench-status", { hasText: "Measuring one core…" }).waitFor();
  await page.getByRole("progressbar").waitFor();
  await button.filter({ hasText: "Stop" }).click();
  await button.filter({ hasText: "Measure" }).waitFor();
  await page.getByRole("progressbar").waitFor({ state: "hidden" });
  assert.equal(await page.locator("#bench-results > div").count(), 0);
  assertCalm(page);
});
