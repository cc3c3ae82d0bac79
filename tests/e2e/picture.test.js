// What a visitor sees while it mines: a rate, odds, and the last find. The README's picture is taken here.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { assertCalm, connect, launch, mineOne, minedFact, mint, visit } from "./support/browser.js";
import { startDemo } from "./support/demo.js";

/** Hard enough that mining is still going on when the picture is taken. */
const HASHES = 8_000_000;
const PICTURE = new URL("output/screenshot.png", import.meta.url);
let demo, browser;
before(async () => {
  demo = await startDemo({ hashes: HASHES });
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await demo?.stop();
});

test("while it mines, the page shows a rate and honest odds", async () => {
  const page = await visit(browser, demo.page, { viewport: { width: 1280, height: 1120 }, colorScheme: "dark" });
  await connect(page);
  const find = await mineOne(page);
  await mint(page, find);
  await minedFact(page, "Next Atom", "#9");
  await page.locator("#rate-unit", { hasText: /MH\/s|kH\/s/ }).waitFor();
  await mkdir(new URL(".", PICTURE), { recursive: true });
  await page.screenshot({ path: PICTURE.pathname });
  assert.match(await page.locator("#odds").textContent(), /\d/);
  assertCalm(page);
});
