// What may come in between: a visitor who says no, another account, another miner.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  PATIENCE_MS, assertCalm, connect, facts, mineOne, minedFact, mint, offered, startMining, switchAccount, visit,
} from "./support/browser.js";
import { ask, compete, view } from "./support/chain.js";
import { stage } from "./support/stage.js";

const on = stage();

const ownerOf = async (id) => `0x${(await view(on.demo, "ownerOf", id)).slice(26)}`;
const nextId = async () => Number(BigInt((await view(on.demo, "work")).slice(0, 66)));

test("a rejected connection changes nothing, and can be tried again", async () => {
  const page = await visit(on.browser, on.demo.page);
  await connect(page, "reject");
  await page.locator(".notices .notice").first().waitFor();
  await page.locator("#wallet-button", { hasText: "Wallet" }).waitFor();
  await connect(page);
  assertCalm(page);
});

test("a rejected mint leaves the find, which can be minted later, even after a reload", async () => {
  const page = await visit(on.browser, on.demo.page);
  await connect(page);
  const id = await nextId();
  const find = await mineOne(page);
  await find.locator(".mint").click();
  await page.locator("#demo-wallet-reject").click();
  await (await offered(page)).locator(".mint:not([disabled])").waitFor();
  assert.equal(await nextId(), id);

  await page.reload();
  await connect(page);
  await mint(page, await offered(page));
  assert.equal(await nextId(), id + 1);
  assertCalm(page);
});

test("another account, chosen while mining, mines for itself at once", async () => {
  const page = await visit(on.browser, on.demo.page);
  await connect(page);
  const id = await nextId();
  await startMining(page);
  const account = await switchAccount(page, 1);
  await minedFact(page, "For", account.slice(-4));
  await mint(page, await offered(page, account));
  assert.equal((await ownerOf(id)).toLowerCase(), account.toLowerCase());
  assertCalm(page);
});

test("when another miner is first, the find is called stale and mining goes on", async () => {
  const page = await visit(on.browser, on.demo.page);
  await connect(page);
  const find = await mineOne(page);
  const key = await find.getAttribute("data-key");
  const rival = (await ask(on.demo.rpc, "eth_accounts")).at(-1);
  const id = await compete(on.demo, rival);
  await minedFact(page, "Next Atom", `#${id + 1}`);
  await page.locator(`#finds > li[data-key="${key}"] .mint:visible`).waitFor({ state: "detached", timeout: PATIENCE_MS });
  assert.equal((await ownerOf(id)).toLowerCase(), rival.toLowerCase());

  const next = await offered(page);
  assert.notEqual(await next.getAttribute("data-key"), key);
  const { Account } = await facts(next.locator("dl"));
  await mint(page, next);
  assert.equal((await ownerOf(id + 1)).toLowerCase(), Account.toLowerCase());
  assertCalm(page);
});
