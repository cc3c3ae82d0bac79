// The gallery with ten thousand Atoms: what is in the document stays small, wherever one scrolls to.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { PATIENCE_MS, assertCalm, visit } from "./support/browser.js";
import { startFaultProxy } from "./support/fault-proxy.js";
import { multitude } from "./support/multitude.js";
import { reroute } from "./support/reroute.js";
import { stage } from "./support/stage.js";

const ATOMS = 10_000;
/** Tiles and elements in the document, at most: what one screen holds and some more. */
const MOST_TILES = 240;
const MOST_ELEMENTS = 6_000;
let node;
const on = stage({}, async (on) => {
  node = await startFaultProxy(on.demo.rpc);
  node.fault = multitude(ATOMS);
});
after(() => node?.stop());

/** Scrolls down the whole page in `steps`; how long each frame took, in ms, and the most tiles and elements there were. */
const scroll = (page, steps) =>
  page.evaluate(async (steps) => {
    const frame = () => new Promise(requestAnimationFrame);
    const seen = { frames: [], tiles: 0, elements: 0 };
    let before = await frame();
    for (let step = 1; step <= steps; step += 1) {
      scrollTo(0, (document.documentElement.scrollHeight * step) / steps);
      const now = await frame();
      seen.frames.push(now - before);
      before = now;
      seen.tiles = Math.max(seen.tiles, document.querySelectorAll("#gallery-cards > li").length);
      seen.elements = Math.max(seen.elements, document.querySelectorAll("*").length);
    }
    return seen;
  }, steps);

test(`${ATOMS} Atoms are all there, and a screenful of them is in the document`, async (context) => {
  const page = await visit(on.browser, `${on.demo.page}#/gallery`, { prepare: reroute({ rpcs: [node.url] }) });
  await page.locator("#gallery-status", { hasText: `${ATOMS.toLocaleString("en")} Atoms.` }).waitFor({ timeout: PATIENCE_MS });
  const counts = await page.locator("#gallery-table .count").allTextContents();
  assert.equal(counts.reduce((sum, count) => sum + Number(count.replaceAll(/\D/g, "")), 0), ATOMS);

  const { frames, tiles, elements } = await scroll(page, 100);
  frames.sort((a, b) => a - b);
  const share = (part) => frames[Math.floor(part * (frames.length - 1))].toFixed(0);
  context.diagnostic(`a frame of scrolling takes ${share(0.5)} ms, one in twenty ${share(0.95)} ms, at most ${share(1)} ms`);
  context.diagnostic(`${tiles} tiles and ${elements} elements at most; ${node.runs} runs read`);
  assert.ok(tiles > 0 && tiles <= MOST_TILES, `${tiles} tiles`);
  assert.ok(elements <= MOST_ELEMENTS, `${elements} elements`);
  await page.locator("#gallery-cards .name", { hasText: "#1 Genesis" }).waitFor();
  assertCalm(page);
});
