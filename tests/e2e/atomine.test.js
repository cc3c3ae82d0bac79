// The visitor's whole path on an Atomine collection: connect, mine with the real workers, mint, read the card.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { test } from "node:test";
import { assertCalm, atomPage, connect, mineOne, minedFact, mint, visit } from "./support/browser.js";
import { cliAtom, tokenUri, view } from "./support/chain.js";
import { stage } from "./support/stage.js";

const OUTPUT = new URL("output/", import.meta.url);
const on = stage();

test("an Atom is mined, minted and shown, and everyone says the same of it", async () => {
  const page = await visit(on.browser, on.demo.page);
  await connect(page);
  const find = await mineOne(page);
  const foretold = await find.locator("h3").textContent();
  const minted = await mint(page, find);
  await mkdir(OUTPUT, { recursive: true });
  await page.screenshot({ path: new URL("minted.png", OUTPUT).pathname });
  await minedFact(page, "Next Atom", "#9");

  await minted.locator("a.card").first().click();
  const { title, card } = await atomPage(page, 8);
  await page.screenshot({ path: new URL("atom.png", OUTPUT).pathname });

  const hash = await view(on.demo, "hashOf", 8);
  const [told, computed] = await Promise.all([tokenUri(on.demo, 8), cliAtom(8, hash)]);
  assert.equal(card.Hash, hash);
  assert.ok(foretold.includes(computed.title), foretold);
  assert.equal(title, told.name);
  assert.equal(title, computed.title);
  assert.ok(card.Element.startsWith(`${computed.name} (${computed.symbol})`), card.Element);
  assert.deepEqual(told.attributes, computed.attributes);
  assert.match(card.Owner, /\(you\)$/);
  assertCalm(page);
});

test("without a wallet the collection is shown, down to Genesis", async () => {
  const page = await visit(on.browser, `${on.demo.page}#/atoms`);
  await page.locator("#atoms-newest .name", { hasText: "#1 Genesis" }).waitFor();
  const names = await page.locator("#atoms-newest .name").allTextContents();
  for (const id of [1, 2, 3, 4, 5, 6, 7]) {
    const { name } = await tokenUri(on.demo, id);
    assert.ok(names.includes(name), `${name} is not among ${names}`);
  }
  assertCalm(page);
});

test("nothing sticks out of a phone's screen or of a desktop's", async () => {
  for (const width of [360, 1440]) {
    const page = await visit(on.browser, on.demo.page, { viewport: { width, height: 800 } });
    await minedFact(page, "Generation", "3");
    for (const fragment of ["#/", "#/atoms", `#/atom/31337/${on.demo.collection}/7`]) {
      await page.evaluate((next) => (location.hash = next), fragment);
      await page.locator("main > section:visible").waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${fragment} is ${wide} px wide on a screen of ${width} px`);
    }
    assertCalm(page);
  }
});
