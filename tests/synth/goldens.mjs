// Plays the goldens with the wasm module in Node, Chromium and Firefox, and compares every sample's hash with what the
// native build gave: node goldens.mjs MODULE CHROMIUM, with FIREFOX in the environment
import { readFile } from "node:fs/promises";
import { createKeccak } from "hash-wasm";
import { chromium } from "playwright-core";
import { launchFirefox } from "../e2e/support/firefox.js";
import { render } from "./render.mjs";

const [file, chromiumPath] = process.argv.slice(2);
const module = await readFile(file);
const goldens = (await readFile(new URL("../goldens/music.csv", import.meta.url), "utf8"))
  .trim().split("\n").slice(1).map((line) => line.split(","));
// What a page has not by itself: it hashes where it renders, so that no sound need cross over.
const keccakSource = await readFile(new URL("../node_modules/hash-wasm/dist/keccak.umd.min.js", import.meta.url), "utf8");

/** Plays every golden; `play` gives its hash, its frames and how many ms it took. */
async function check(engine, play) {
  let [ms, frames] = [0, 0];
  for (const [id, hash, , pcm] of goldens) {
    const heard = await play(id, hash);
    if (heard.pcm !== pcm) throw new Error(`${engine}: #${id} ${hash} is ${heard.pcm}, not ${pcm}`);
    ms += heard.elapsed;
    frames += heard.frames;
  }
  const rate = ((frames / 44_100) * (1000 / ms)).toFixed(0);
  console.log(`${engine}: ${goldens.length} goldens equal, ${rate} times as fast as they play`);
}

/** Makes a page ready: runs in it. */
function prepare(render, keccak, base64) {
  const evaluate = (source) => new Function("globalThis", source)(globalThis);
  evaluate(`globalThis.render = ${render}`);
  new Function(keccak).call(globalThis);
  globalThis.module = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Plays one golden: runs in a page. */
async function playHere(id, hash) {
  const { bytes, elapsed } = await globalThis.render(globalThis.module, id, hash);
  const hasher = await globalThis.hashwasm.createKeccak(256);
  return { pcm: `0x${hasher.update(bytes).digest("hex")}`, frames: bytes.length / 4, elapsed };
}

const forPage = [render.toString(), keccakSource, module.toString("base64")];

await check("Node", async (id, hash) => {
  const { bytes, elapsed } = await render(module, id, hash);
  const hasher = await createKeccak(256);
  return { pcm: `0x${hasher.update(bytes).digest("hex")}`, frames: bytes.length / 4, elapsed };
});

const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: chromiumPath, args: flags });
try {
  const page = await browser.newPage();
  await page.evaluate(`(${prepare})(...${JSON.stringify(forPage)})`);
  await check("Chromium", (id, hash) => page.evaluate(`(${playHere})("${id}", "${hash}")`));
} finally {
  await browser.close();
}

const firefox = await launchFirefox();
try {
  const page = await firefox.newPage();
  await page.evaluate(prepare, ...forPage);
  await check("Firefox", (id, hash) => page.evaluate(playHere, id, hash));
} finally {
  await firefox.close();
}
