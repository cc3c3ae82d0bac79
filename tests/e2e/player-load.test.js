// While every core mines at full power the music plays on without a gap, and to the last bit. Takes a minute or so.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { createKeccak } from "hash-wasm";
import { PATIENCE_MS, startMining, visit } from "./support/browser.js";
import { EAR_OPTIONS, gaps, heard, latency, length, listenTo, pointAt } from "./support/ear.js";
import { stage } from "./support/stage.js";

const SECONDS = 60;
const on = stage({ more: ["--no-chain"] });
const goldens = (await readFile(new URL("../goldens/music.csv", import.meta.url), "utf8"))
  .trim().split("\n").slice(1).map((line) => line.split(","));
const [id, hash, , pcm] = goldens[2];

/** Practice at its hardest, on all cores, all the time. */
async function mineWithAllMight(page) {
  const practice = page.locator("#collection option", { hasText: "Practice" });
  await practice.waitFor({ state: "attached" });
  await page.locator("#collection").selectOption({ label: (await practice.textContent()).trim() });
  await page.locator("#practice-generation").selectOption({ index: 8 });
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  await page.locator("#cores").evaluate((slider) => {
    slider.value = slider.max;
    slider.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await startMining(page);
  await page.locator("#details", { hasText: `${cores} worker` }).waitFor();
  await page.locator("#rate-unit", { hasText: /[kM]H\/s/ }).waitFor({ timeout: PATIENCE_MS });
}

test(`${SECONDS} s of music beside a miner on all cores: no gap, and every sample right`, async (context) => {
  const page = await visit(on.browser, "about:blank", EAR_OPTIONS);
  await listenTo(page);
  await page.goto(on.demo.page);
  await mineWithAllMight(page);
  await page.evaluate((fragment) => (location.hash = fragment), `#/practice/${id}/${hash}`);
  await pointAt(page, "#atom-play");
  await page.locator("#atom-play").click();
  const clicked = Date.now();
  context.diagnostic(`first sound ${await latency(page)} ms after the click, under load`);
  await page.locator("#player-loop").click();
  const frames = await length(page);
  await page.waitForTimeout(1_000 * Math.max(SECONDS, frames / 44_100 + 3) - (Date.now() - clicked));

  assert.match(await page.locator("#mine-button").textContent(), /Stop/, "it mines to the end");
  const { missing, underruns, told } = await gaps(page);
  context.diagnostic(`frames missing: ${missing}; underruns of the device: ${told ? underruns : "this browser does not say"}`);
  assert.equal(missing, 0);
  assert.equal(underruns, 0);

  const samples = (await heard(page)).subarray(0, 2 * frames);
  const keccak = await createKeccak(256);
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  assert.equal(`0x${keccak.update(bytes).digest("hex")}`, pcm);
});
