// Practice: no chain, no wallet, a real search, and an Atom that stays in this browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FAILED_REQUEST, PATIENCE_MS, assertCalm, atomPage, practise, startMining, visit } from "./support/browser.js";
import { cliAtom } from "./support/chain.js";
import { stage } from "./support/stage.js";

const on = stage({ more: ["--no-chain"] });

test("an Atom found in Practice is shown, and still there after a reload", async () => {
  const page = await visit(on.browser, on.demo.page);
  await practise(page, 0);
  await startMining(page);
  const newest = page.locator("#mine-newest a.card");
  await newest.waitFor({ timeout: PATIENCE_MS });
  await page.locator("#mine-button", { hasText: "Stop" }).click();
  const id = (await newest.locator(".name").textContent()).match(/^#(\d+)/)[1];
  await newest.click();
  const { title, card } = await atomPage(page, id);
  const computed = await cliAtom(id, card.Hash);
  assert.equal(title, computed.title);
  assert.ok(card.Element.startsWith(`${computed.name} (${computed.symbol})`), card.Element);

  await page.goto(`${on.demo.page}#/atoms`);
  await page.reload();
  await page.locator("#atoms-mine .name", { hasText: title }).first().waitFor();
  // The public nodes cannot be reached where the tests run.
  assertCalm(page, FAILED_REQUEST);
});
