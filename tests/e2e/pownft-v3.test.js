// The same path on a contract of POWNFTv3's kind: next id, the first mint's rule, exact value, hash from `Mined`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertCalm, atomPage, connect, minedFact, mint, offered, startMining, visit } from "./support/browser.js";
import { cliAtom, deployV3, view } from "./support/chain.js";
import { EASY } from "./support/demo.js";
import { stage } from "./support/stage.js";

const LAST_HASH = `0x${"5e".repeat(32)}`;
let collection;
const on = stage({}, async (on) => {
  collection = await deployV3(on.demo, { migrated: 6, nextId: 257, hashes: EASY, lastHash: LAST_HASH });
});

test("the first Atoms of a POWNFTv3 collection are mined, minted and shown", async () => {
  const page = await visit(on.browser, `${on.demo.page}?collection=31337:${collection.collection}`);
  await minedFact(page, "Next Atom", "#257");
  await connect(page);
  await startMining(page);
  for (const id of [257, 258]) {
    const find = await offered(page);
    const minted = await mint(page, find);
    await minted.locator("a.card").first().click();
    const { title, card } = await atomPage(page, id);
    const hash = await view(collection, "hashOf", id);
    const computed = await cliAtom(id, hash);
    assert.equal(card.Hash, hash);
    assert.equal(title, computed.title);
    assert.ok(card.Element.startsWith(`${computed.name} (${computed.symbol})`), card.Element);
    await page.goBack();
  }
  assertCalm(page);
});
