// The music: what is heard is, sample by sample, what the same Atom sounds like everywhere.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { CLI } from "./support/chain.js";
import { PATIENCE_MS, assertCalm, visit } from "./support/browser.js";
import { EAR_OPTIONS, gaps, heard, heardSincePause, latency, listenTo, pointAt } from "./support/ear.js";
import { stage } from "./support/stage.js";

const on = stage({});
const run = promisify(execFile);
const goldens = (await readFile(new URL("../goldens/music.csv", import.meta.url), "utf8"))
  .trim().split("\n").slice(1).map((line) => line.split(","));

/** The page of an Atom that everybody knows, with an ear in it. */
async function atomPage([id, hash]) {
  const page = await visit(on.browser, "about:blank", EAR_OPTIONS);
  await listenTo(page);
  await page.goto(`${on.demo.page}#/practice/${id}/${hash}`);
  await page.locator("#atom-play").waitFor();
  return page;
}

/** What the command line renders: the file's bytes. */
async function rendered([id, hash], flag) {
  const folder = await mkdtemp(join(tmpdir(), "atomine-"));
  try {
    const file = join(folder, "out");
    await run(CLI, ["render", id, hash, flag, file]);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const seconds = async (locator) => {
  const [minutes, rest] = (await locator.textContent()).split(":");
  return Number(minutes) * 60 + Number(rest);
};

test("a click plays the Atom, sample by sample as the command line renders it", async (context) => {
  const page = await atomPage(goldens[2]);
  await pointAt(page, "#atom-play");
  await page.locator("#atom-play").click();
  context.diagnostic(`first sound ${await latency(page)} ms after the click`);
  const time = page.locator("#player-time");
  await page.waitForFunction((element) => element.textContent >= "0:04", await time.elementHandle());
  assert.equal(await page.locator("#atom-play").getAttribute("data-plays"), "");
  await page.locator("#player-toggle").click();
  await page.locator("#atom-play:not([data-plays])").waitFor();

  const samples = (await heard(page)).subarray(0, 3 * 2 * 44_100);
  const wav = await rendered(goldens[2], "--wav");
  const golden = new Int16Array(wav.buffer, wav.byteOffset + 44, samples.length);
  assert.ok(samples.length > 44_100 && samples.some((sample) => Math.abs(sample) > 1_000), "there is sound");
  assert.deepEqual(samples, golden);
  assert.equal((await gaps(page)).missing, 0);
  assertCalm(page);
});

test("sound is let out within the click itself, as telephones demand", async () => {
  const page = await visit(on.browser, "about:blank");
  await page.addInitScript(() => {
    window.order = [];
    const resume = AudioContext.prototype.resume;
    AudioContext.prototype.resume = function () {
      window.order.push("resume");
      return resume.call(this);
    };
    // Whatever comes after the click's own listeners is too late: a task of its own tells when they are done.
    addEventListener("click", () => {
      window.order.push("click");
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.order.push("over");
      port2.postMessage(undefined);
    }, true);
  });
  await page.goto(`${on.demo.page}#/practice/${goldens[2][0]}/${goldens[2][1]}`);
  await page.locator("#atom-play").click();
  await page.waitForFunction(() => window.order.includes("over"));
  assert.deepEqual(await page.evaluate(() => window.order.slice(0, 3)), ["click", "resume", "over"]);
  assertCalm(page);
});

test("a seek on the waveform lands where it says, and goes on from there frame by frame", async () => {
  const page = await atomPage(goldens[2]);
  await page.locator("#atom-play").click();
  await page.waitForFunction(() => window.ear.rendered, null, { timeout: PATIENCE_MS });
  await page.locator("#player-toggle").click();
  await page.locator("#atom-play:not([data-plays])").waitFor();
  await page.locator("#player-seek").fill("20");
  await page.locator("#player-time", { hasText: "0:20" }).waitFor();
  await page.waitForTimeout(500);
  await page.locator("#player-toggle").click();
  await page.waitForFunction(() => document.getElementById("player-time").textContent >= "0:23");

  const wav = await rendered(goldens[2], "--wav");
  const golden = new Int16Array(wav.buffer, wav.byteOffset + 44, (wav.length - 44) / 2);
  // The first 256 frames are let in softly, so that nothing clicks.
  const played = (await heardSincePause(page)).subarray(2 * 256, 2 * 44_100);
  const wanted = 2 * (20 * 44_100 + 256);
  const isAt = (at) => played.every((sample, n) => sample === golden[at + n]);
  // Where the softest of them were silent, the rest begins so much later.
  const late = Array.from({ length: 256 }, (_, frame) => frame).find((frame) => isAt(wanted + 2 * frame));
  assert.ok(late !== undefined, "it is the piece, from 20 s on");
  assertCalm(page);
});

test("sound, score and the sound's hash are those of the command line, and the link leads back", async () => {
  const page = await atomPage(goldens[2]);
  const [id, hash, , pcm] = goldens[2];
  await page.locator("#atom-why li", { hasText: "nm; some forty octaves lower" }).waitFor();
  for (const [act, flag, ending] of [["save-wav", "--wav", "wav"], ["save-midi", "--midi", "mid"]]) {
    const saving = page.waitForEvent("download", { timeout: PATIENCE_MS });
    await page.locator(`[data-act=${act}]`).click();
    const download = await saving;
    assert.match(download.suggestedFilename(), new RegExp(`^atomine-${id}-[a-z]+\\.${ending}$`));
    const saved = await readFile(await download.path());
    assert.ok(saved.equals(await rendered(goldens[2], flag)), `${ending}: the same bytes`);
  }
  await page.locator("#atom-music summary").click();
  await page.locator("#atom-sound-ask").click();
  await page.locator("#atom-sound", { hasText: pcm }).waitFor({ timeout: PATIENCE_MS });
  assert.equal((await run(CLI, ["verify", id, hash])).stdout.trim(), pcm);

  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.locator("[data-act=share]").click();
  await page.locator("#atom-music-note", { hasText: "clipboard" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
  assertCalm(page);
});

test("the Atom moves, and stands still for who wants no motion", async () => {
  const page = await atomPage(goldens[9]);
  const portrait = page.locator("#atom-canvas");
  await portrait.waitFor();
  const first = await portrait.screenshot();
  await page.waitForTimeout(400);
  assert.ok(!first.equals(await portrait.screenshot()), "it has moved");
  assertCalm(page);

  const still = await visit(on.browser, `${on.demo.page}#/practice/${goldens[9][0]}/${goldens[9][1]}`, { reducedMotion: "reduce" });
  await still.locator("#atom-picture").waitFor();
  await still.waitForTimeout(400);
  assert.equal(await still.locator("#atom-canvas").isVisible(), false);
  assertCalm(still);
});
