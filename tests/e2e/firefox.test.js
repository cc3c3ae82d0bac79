// The visitor's whole path in a second browser: Firefox, with MetaMask's own in-page provider.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ask, cliAtom, view } from "./support/chain.js";
import { startDemo } from "./support/demo.js";
import { assertCalm, click, launchFirefox, shown, visitFirefox } from "./support/firefox.js";
import { walletCode } from "./support/wallet.js";

const LOCAL = 31_337;
let demo, firefox;
before(async () => {
  demo = await startDemo();
  firefox = await launchFirefox();
});
after(async () => {
  await firefox?.close();
  await demo?.stop();
});

/** A visitor in Firefox whose wallet, which shares the `index`th account, is connected: the page and the account. */
async function connected(index) {
  const account = (await ask(demo.rpc, "eth_accounts"))[index];
  const wallet = await walletCode({ rpc: demo.rpc, accounts: [account], chainId: LOCAL, knownChains: [LOCAL] });
  const page = await visitFirefox(firefox, demo.page, { scripts: [wallet] });
  await click(page, "#wallet-button");
  await click(page, "#wallet-list button", "Test wallet");
  await shown(page, "#wallet-button", account.slice(-4));
  await page.keyboard.press("Escape");
  return { page, account };
}

/** Mines until the page offers to mint; the find's key. */
async function mineOne(page) {
  await click(page, "#mine-button:not([aria-disabled=true])", "Mine");
  await shown(page, "#finds > li .mint");
  return page.$eval("#finds > li:has(.mint:not([hidden]))", (find) => find.dataset.key);
}

test("in Firefox an Atom is mined, minted and shown, as the contract says", async () => {
  const { page, account } = await connected(4);
  assert.match(await firefox.version(), /^firefox\//i);
  const key = await mineOne(page);
  const foretold = await page.$eval(`#finds > li[data-key="${key}"] h3`, (head) => head.textContent);
  await click(page, `#finds > li[data-key="${key}"] .mint`);
  await shown(page, `#finds > li[data-key="${key}"] h3`, "is yours");
  await click(page, `#finds > li[data-key="${key}"] a.card`);

  await shown(page, "#atom-facts > [data-key=Number]", "#8");
  const hash = await view(demo, "hashOf", 8);
  const computed = await cliAtom(8, hash);
  await shown(page, "#atom-title", computed.title);
  await shown(page, "#atom-facts", hash);
  await shown(page, "#atom-facts", "(you)");
  assert.ok(foretold.includes(computed.title), foretold);
  assert.equal(`0x${(await view(demo, "ownerOf", 8)).slice(26)}`, account.toLowerCase());
  assertCalm(page);
});

test("in Firefox a find survives a reload", async () => {
  const { page } = await connected(5);
  const key = await mineOne(page);
  await page.reload();
  await shown(page, `#finds > li[data-key="${key}"]`);
  assertCalm(page);
});
