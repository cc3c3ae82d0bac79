// Plays the goldens with the wasm module in Node and, where it is, in Chromium, and compares every sample's hash with
// what the native build gave: node goldens.mjs MODULE [CHROMIUM]
import { readFileSync, existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { createKeccak } from "hash-wasm";
import { render } from "./render.mjs";

const module = readFileSync(process.argv[2]);
const browserPath = process.argv[3] ?? "/usr/bin/chromium";
const goldens = readFileSync(new URL("../goldens/music.csv", import.meta.url), "utf8")
  .trim().split("\n").slice(1).map((line) => line.split(","));

async function keccak(bytes) {
  const hasher = await createKeccak(256);
  return "0x" + hasher.update(bytes).digest("hex");
}

async function check(engine, play) {
  let seconds = 0;
  let frames = 0;
  for (const [id, hash, , pcm] of goldens) {
    const { bytes, elapsed } = await play(id, hash);
    const heard = await keccak(bytes);
    if (heard !== pcm) throw new Error(`${engine}: #${id} ${hash} is ${heard}, not ${pcm}`);
    seconds += elapsed / 1000;
    frames += bytes.length / 4;
  }
  const rate = (frames / 44100 / seconds).toFixed(0);
  console.log(`${engine}: ${goldens.length} goldens equal, ${rate} times as fast as they play`);
}

await check("Node", async (id, hash) => render(module, id, hash));

if (existsSync(browserPath)) {
  const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  const browser = await chromium.launch({ executablePath: browserPath, args: flags });
  const page = await browser.newPage();
  const source = render.toString();
  await page.evaluate(([source, bytes]) => {
    globalThis.render = new Function(`return ${source}`)();
    globalThis.module = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0));
  }, [source, module.toString("base64")]);
  await check("Chromium", async (id, hash) => {
    const { text, elapsed } = await page.evaluate(async ([id, hash]) => {
      const { bytes, elapsed } = await globalThis.render(globalThis.module, id, hash);
      let text = "";
      for (let i = 0; i < bytes.length; i += 32768) {
        text += String.fromCharCode(...bytes.subarray(i, i + 32768));
      }
      return { text: btoa(text), elapsed };
    }, [id, hash]);
    return { bytes: Buffer.from(text, "base64"), elapsed };
  });
  await browser.close();
}
