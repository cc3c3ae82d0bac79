// One visitor, several tabs: one of them mines, and one at a time asks the wallet to mint.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertCalm, assertMining, connect, mineOne, open, startMining, visit } from "./support/browser.js";
import { deployHopeless, view } from "./support/chain.js";
import { mineForEver } from "./support/hopeless.js";
import { stage } from "./support/stage.js";

let collection;
const on = stage({}, async (on) => {
  collection = await deployHopeless(on.demo);
});

const says = (page, text) => page.locator("#mine-status", { hasText: text }).waitFor();
const ELSEWHERE = "Another tab of this browser is mining.";
const nextId = async () => Number(BigInt((await view(on.demo, "work")).slice(0, 66)));

/** Another tab of the same visitor, connected. */
async function anotherTab(page) {
  const other = await open(page.context(), on.demo.page);
  await connect(other);
  return other;
}

test("while one tab mines another says so, takes over when told to, and the first one stops", async () => {
  const page = await mineForEver(on, { collection });
  const other = await anotherTab(page);
  await says(other, ELSEWHERE);
  await other.locator("#mine-button", { hasText: "Mine here" }).click();
  await assertMining(other);
  await says(page, ELSEWHERE);
  assert.equal(page.workers().length, 0);
  await page.locator("#mine-button", { hasText: "Mine here" }).click();
  await assertMining(page);
  await says(other, ELSEWHERE);
  assertCalm(page);
  assertCalm(other);
});

test("a tab that is open already hears that another begins, and that it ends, be it closed", async () => {
  const page = await mineForEver(on, { collection });
  const other = await anotherTab(page);
  await page.locator("#mine-button").click();
  await says(other, "Ready to mine.");
  await startMining(other);
  await says(page, ELSEWHERE);
  await other.close();
  await says(page, "Ready to mine.");
  assertCalm(page);
});

test("while one tab asks the wallet to mint, another does not, and the find becomes one Atom", async () => {
  const page = await visit(on.browser, on.demo.page);
  await connect(page);
  const id = await nextId();
  const key = await (await mineOne(page)).getAttribute("data-key");
  const other = await anotherTab(page);
  const [here, there] = [page, other].map((tab) => tab.locator(`#finds > li[data-key="${key}"]`));
  await there.locator(".mint:visible").waitFor();
  await here.locator(".mint").click();
  await page.locator("#demo-wallet-confirm").waitFor();
  await there.locator(".mint").click();
  await there.locator(".status", { hasText: "Your wallet is already asking you something." }).waitFor();
  assert.equal(await other.locator("#demo-wallet-confirm:visible").count(), 0);
  await page.locator("#demo-wallet-confirm").click();
  await here.locator("h3", { hasText: "is yours" }).waitFor();
  await there.locator(".mint:visible").waitFor({ state: "detached" });
  assert.equal(await nextId(), id + 1);
  assertCalm(page);
  assertCalm(other);
});
