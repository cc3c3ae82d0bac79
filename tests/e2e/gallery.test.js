// The gallery: what was mined is found in it, by its element and in the grid, and plays from there.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertCalm, connect, mineOne, mint, visit } from "./support/browser.js";
import { stage } from "./support/stage.js";

const on = stage({});

const counted = (page) =>
  page.locator("#gallery-table .count").evaluateAll((counts) =>
    counts.reduce((sum, { textContent }) => sum + Number(textContent), 0));

test("an Atom that was just minted is in the gallery, with its element, and plays there", async () => {
  const page = await visit(on.browser, on.demo.page);
  await connect(page);
  const find = await mineOne(page);
  const id = (await find.locator("h3").textContent()).match(/#(\d+)/)[1];
  await mint(page, find);
  await page.locator("#mine-button", { hasText: "Stop" }).click();
  await page.locator("#nav-gallery").click();
  const first = page.locator("#gallery-cards > li").first();
  await first.locator(".name", { hasText: `#${id} ` }).waitFor();
  await page.locator("#gallery-status", { hasText: `${id} Atoms.` }).waitFor();
  assert.equal(await counted(page), Number(id));
  assert.equal(await page.locator("#gallery-cards > li").count(), Number(id));

  const symbol = await first.locator(".symbol span").textContent();
  await page.locator("#gallery-table button:not([disabled])", { has: page.getByText(symbol, { exact: true }) }).click();
  await page.locator("#gallery-status", { hasText: " of " }).waitFor();
  const symbols = await page.locator("#gallery-cards .symbol span").allTextContents();
  assert.ok(symbols.length > 0 && symbols.every((other) => other === symbol), symbols.join());

  await first.locator(".play").click();
  await first.locator(".play[data-plays]").waitFor();
  await page.locator("#player-title", { hasText: `#${id} ` }).waitFor();
  await page.waitForFunction(() => document.getElementById("player-time").textContent >= "0:01");
  await page.locator("#gallery-mine").click();
  await page.locator("#gallery-cards > li").first().waitFor();
  assertCalm(page);
});
