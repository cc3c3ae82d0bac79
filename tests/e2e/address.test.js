// What a visitor may have in the page's address: Atoms and collections that are none.
import { test } from "node:test";
import { assertCalm, hushed, minedFact, noticed, visit } from "./support/browser.js";
import { deployOther } from "./support/chain.js";
import { stage } from "./support/stage.js";

const NOBODY = "0x00000000000000000000000000000000000000a1";
let other;
const on = stage({}, async (on) => {
  other = await deployOther(on.demo);
});

test("an Atom that does not exist is said not to", async () => {
  const page = await visit(on.browser, `${on.demo.page}#/atom/31337/${on.demo.collection}/4000`);
  await page.locator("#atom-status", { hasText: "There is no such Atom." }).waitFor();
  assertCalm(page);
});

for (const [name, address] of [
  ["that is no number", "one"],
  ["zero", "0"],
  ["beyond all numbers", "99999999999999999999999"],
]) {
  test(`an Atom's number ${name} leads nowhere, and says so`, async () => {
    const page = await visit(on.browser, `${on.demo.page}#/atom/31337/${on.demo.collection}/${address}`);
    await page.locator("#page-not-found h1", { hasText: "There is nothing at this address" }).waitFor();
    await page.locator("#page-not-found a", { hasText: "mining panel" }).click();
    await minedFact(page, "Generation", "3");
    assertCalm(page);
  });
}

for (const [name, query, said] of [
  ["an account without a contract", () => `31337:${NOBODY}`, "There is no contract at this collection's address."],
  ["another contract", () => `31337:${other}`, "is not a collection that can be mined."],
  ["no address", () => "31337:nonsense", "The collection in the page's address could not be read."],
]) {
  test(`a collection that is ${name} is refused, and the page goes on with its own`, async () => {
    const page = await visit(on.browser, `${on.demo.page}?collection=${query()}`);
    await noticed(page, said);
    await minedFact(page, "Generation", "3");
    assertCalm(page);
  });
}

test("a collection on a chain that the page knows no node of is waited for, until another one is chosen", async () => {
  const page = await visit(on.browser, `${on.demo.page}?collection=424242:${NOBODY}`);
  await noticed(page, "This page knows no node of network 424242.");
  await page.locator("#collection").selectOption({ index: 0 });
  await minedFact(page, "Generation", "3");
  await hushed(page, "This page knows no node of network 424242.");
  assertCalm(page);
});
