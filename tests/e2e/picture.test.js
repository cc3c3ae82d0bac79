// What a visitor sees while it mines: a rate, odds, and the last find. The README's picture is taken here; to renew it:
// `cp tests/e2e/output/screenshot.png docs/`.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { test } from "node:test";
import { assertCalm, connect, mineOne, minedFact, mint, offered, visit } from "./support/browser.js";
import { stage } from "./support/stage.js";

/** Some five seconds of one core: mostly, the second Atom is still being mined when the picture is taken. */
const HASHES = 16_000_000;
const PICTURE = new URL("output/screenshot.png", import.meta.url);
const on = stage({ hashes: HASHES });

test("while it mines, the page shows a rate and honest odds", async () => {
  const page = await visit(on.browser, on.demo.page, { viewport: { width: 1280, height: 1120 }, colorScheme: "dark" });
  await connect(page);
  let find = await mineOne(page);
  const rate = page.locator("#rate-unit", { hasText: /[kM]H\/s/ });
  for (let next = 9; ; next += 1) {
    await mint(page, find);
    await minedFact(page, "Next Atom", `#${next}`);
    // Luck may find the next one before there is a rate to show.
    await rate.or(page.locator("#finds .mint:visible")).first().waitFor();
    if (await rate.isVisible()) break;
    find = await offered(page);
  }
  await mkdir(new URL(".", PICTURE), { recursive: true });
  await page.screenshot({ path: PICTURE.pathname });
  assert.match(await page.locator("#odds").textContent(), /\d/);
  assertCalm(page);
});
