// The page for everyone: no serious finding of axe-core, in either colour scheme, on a phone and on a desktop.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { assertCalm, connect, minedFact, startMining, visit } from "./support/browser.js";
import { stage } from "./support/stage.js";

let axe;
const on = stage({}, async () => {
  axe = await readFile(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
});

/** Ends what moves for a moment: text that is still fading in has too little contrast, and soon has enough. */
function settle() {
  for (const animation of document.getAnimations()) {
    if (Number.isFinite(animation.effect.getComputedTiming().endTime)) animation.finish();
  }
}

/** What axe-core finds serious on the page as it is now. */
async function findings(page) {
  await page.evaluate(axe);
  await page.evaluate(settle);
  const { violations } = await page.evaluate(() => window.axe.run(document));
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`);
}

for (const colorScheme of ["dark", "light"]) {
  for (const width of [360, 1440]) {
    test(`${colorScheme}, ${width} px wide`, async () => {
      const page = await visit(on.browser, on.demo.page, { viewport: { width, height: 800 }, colorScheme });
      await minedFact(page, "Generation", "3");
      for (const fragment of ["#/", "#/atoms", "#/gallery", "#/bench", `#/atom/31337/${on.demo.collection}/7`, "#/nowhere"]) {
        await page.evaluate((next) => (location.hash = next), fragment);
        await page.locator("main > section:visible").waitFor();
        assert.deepEqual(await findings(page), [], fragment);
      }
      assertCalm(page);
    });
  }
}

test("a find on offer, and the wallet's dialog", async () => {
  const page = await visit(on.browser, on.demo.page);
  await connect(page);
  await startMining(page);
  const mint = page.locator("#finds .mint:visible").first();
  await mint.waitFor();
  assert.deepEqual(await findings(page), []);
  await mint.click();
  await page.locator("#demo-wallet-confirm").waitFor();
  assert.deepEqual(await findings(page), []);
});

test("the whole path can be gone by keyboard alone", async () => {
  const page = await visit(on.browser, on.demo.page);
  await minedFact(page, "Next Atom", "#8");
  const press = async (selector) => {
    await page.locator(selector).focus();
    await page.keyboard.press("Enter");
  };
  await press("#wallet-button");
  await press("#wallet-list button");
  await page.locator("#demo-wallet-confirm:focus").waitFor();
  await page.keyboard.press("Enter");
  await page.locator("#wallet-button", { hasText: "0x" }).waitFor();
  await press("#mine-button");
  await page.locator("#finds .mint:visible").first().waitFor();
  await press("#finds .mint");
  await page.locator("#demo-wallet-confirm:focus").waitFor();
  await page.keyboard.press("Enter");
  await page.locator("#finds h3", { hasText: "is yours" }).waitFor();
  assertCalm(page);
});
