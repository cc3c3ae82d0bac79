// A collection that is mined for ever: nothing is found while a test looks at what happens to the mining itself.
import { assertMining, connect, minedFact, startMining, visit } from "./browser.js";
import { competeWithoutWork } from "./chain.js";
import { installClock } from "./clock.js";
import { reroute } from "./reroute.js";

/** More than the page waits between two reads, whatever happened. */
export const NEXT_READ_MS = 61_000;

/**
 * A visitor who mines `collection` (see deployHopeless) over `rpcs` with a wallet over `wallet`. The page's clock can
 * be put forward; `prepare` gets the browser's context before the page is opened.
 */
export async function mineForEver(on, { collection, rpcs, wallet, prepare = () => {} }) {
  const page = await visit(on.browser, on.demo.page, {
    prepare: async (context) => {
      await installClock(context);
      await reroute({ rpcs, wallet, collection: { kind: "pownft-v3", address: collection.collection } })(context);
      await prepare(context);
    },
  });
  await connect(page);
  await startMining(page);
  await assertMining(page);
  return page;
}

/** Lets a competitor mint, and waits until the page has heard of it, which may take some `reads`. */
export async function assertHearsOfMint(page, collection, { reads = 1 } = {}) {
  const next = page.locator("#mine-facts > div", { hasText: "Next Atom" }).locator("dd");
  const news = `#${Number((await next.textContent()).replace("#", "")) + 1}`;
  await competeWithoutWork(collection);
  for (; reads > 0 && (await next.textContent()) !== news; reads -= 1) {
    await page.clock.fastForward(NEXT_READ_MS);
    await page.waitForTimeout(300);
  }
  await minedFact(page, "Next Atom", news);
  await assertMining(page);
}
