// A find is kept through whatever happens to the page, the browser, its storage or the chain, until its owner throws it
// away.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import {
  FAILED_REQUEST, assertCalm, connect, launchAgain, mineOne, mint, noticed, open, visit,
} from "./support/browser.js";
import { ask, startChain, view } from "./support/chain.js";
import { installClock } from "./support/clock.js";
import { faults, startFaultProxy } from "./support/fault-proxy.js";
import { NEXT_READ_MS } from "./support/hopeless.js";
import { reroute } from "./support/reroute.js";
import { stage } from "./support/stage.js";

const on = stage();
let node;
beforeEach(async () => {
  node = await startFaultProxy(on.demo.rpc);
});
afterEach(() => node.stop());

const nextId = async () => Number(BigInt((await view(on.demo, "work")).slice(0, 66)));

/** How many finds the browser keeps for the page. */
const stored = (page) =>
  page.evaluate(async () => {
    const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await done(indexedDB.open("atomine"));
    const count = await done(database.transaction("finds").objectStore("finds").count());
    database.close();
    return count;
  });

/** A visitor with a find on offer; page and wallet reach the chain over `node`. */
async function finder({ prepare = () => {} } = {}) {
  const page = await visit(on.browser, on.demo.page, {
    prepare: async (context) => {
      await installClock(context);
      await reroute({ rpcs: [node.url], wallet: node.url })(context);
      await prepare(context);
    },
  });
  await connect(page);
  const find = await mineOne(page);
  return { page, find, key: await find.getAttribute("data-key") };
}

/** The find of this key, once it is on offer; `page` may be another one than that which found it. */
async function offeredAgain(page, key) {
  const find = page.locator(`#finds > li[data-key="${key}"]`, { has: page.locator(".mint:visible") });
  await find.waitFor();
  return find;
}

/** Sees that the find is there, and mints it. */
async function assertMints(page, key) {
  const id = await nextId();
  await mint(page, await offeredAgain(page, key));
  assert.equal(await nextId(), id + 1);
}

test("a tab that crashed", async () => {
  const { page, key } = await finder();
  const crashed = page.waitForEvent("crash");
  page.goto("chrome://crash").catch(() => {});
  await crashed;
  const next = await open(page.context(), on.demo.page);
  await connect(next);
  await assertMints(next, key);
  assertCalm(next);
});

test("a browser that was closed and opened again", async () => {
  const profile = await mkdtemp(join(tmpdir(), "atomine-"));
  let context = await launchAgain(profile);
  try {
    let page = await open(context, on.demo.page);
    await connect(page);
    const key = await (await mineOne(page)).getAttribute("data-key");
    await context.close();
    context = await launchAgain(profile);
    page = await open(context, on.demo.page);
    await connect(page);
    await assertMints(page, key);
    assertCalm(page);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
});

test("a node and a wallet that reach nothing just when it is minted", async () => {
  const { page, find, key } = await finder();
  node.fault = faults.down;
  await find.locator(".mint").click();
  await find.locator(".status", { hasText: "The wallet does not reach its network." }).waitFor();
  node.fault = undefined;
  await page.clock.fastForward(NEXT_READ_MS);
  // Until then the button is that of the failed try, and goes away while the mint is tried anew.
  await find.locator(".status", { hasText: "The wallet does not reach its network." }).waitFor({ state: "hidden" });
  await assertMints(page, key);
  assertCalm(page, FAILED_REQUEST);
});

test("a chain that was started anew, and empty", async () => {
  const { page, find, key } = await finder();
  const empty = await startChain();
  try {
    node.target = empty.rpc;
    await page.clock.fastForward(NEXT_READ_MS);
    await noticed(page, "There is no contract at this collection's address.");
    await find.waitFor();
  } finally {
    await empty.stop();
  }
  node.target = on.demo.rpc;
  await page.clock.fastForward(NEXT_READ_MS);
  await assertMints(page, key);
  assertCalm(page, FAILED_REQUEST);
});

test("a chain that takes the mint back, and forgets its transaction", async () => {
  const { page, find, key } = await finder();
  const id = await nextId();
  await mint(page, find);
  await ask(on.demo.rpc, "anvil_reorg", 1, []);
  assert.equal(await nextId(), id);
  await page.clock.fastForward(NEXT_READ_MS);
  await noticed(page, `The network took your Atom #${id} back.`);
  // Its transaction may be in the next block, so that it is watched for a while before the find is offered again.
  await page.clock.fastForward(NEXT_READ_MS);
  const row = page.locator(`#finds > li[data-key="${key}"]`);
  await row.locator(".status", { hasText: "the network does not show it yet" }).waitFor();
  await page.clock.fastForward(130_000);
  await assertMints(page, key);
  assertCalm(page);
});

test("storage that is refused: it is said, and the find can be minted", async () => {
  const refuse = () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("The user denied permission to access the database.", "SecurityError");
    };
  };
  const { page, find, key } = await finder({ prepare: (context) => context.addInitScript(refuse) });
  await find.locator(".status", { hasText: "This browser could not store it: keep this tab open." }).waitFor();
  await assertMints(page, key);
});

test("storage that is full: it is said, and the find can be minted", async () => {
  const page = await visit(on.browser, on.demo.page);
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin: new URL(on.demo.page).origin, quotaSize: 1 });
  await connect(page);
  const find = await mineOne(page);
  await find.locator(".status", { hasText: "This browser could not store it: keep this tab open." }).waitFor();
  await assertMints(page, await find.getAttribute("data-key"));
});

test("thrown away by its owner, after a question, and by nobody else", async () => {
  const { page, key } = await finder();
  const find = await offeredAgain(page, key);
  await find.locator(".discard").click();
  await page.locator("#discard-dialog button", { hasText: "Keep it" }).click();
  await find.locator(".mint").waitFor();
  await find.locator(".discard").click();
  await page.locator("#discard-confirm").click();
  const row = page.locator(`#finds > li[data-key="${key}"]`);
  await row.waitFor({ state: "detached" });
  while ((await stored(page)) > 0) await sleep(20);
  await page.reload();
  await connect(page);
  await page.locator("#mine-button:not([aria-disabled=true])").waitFor();
  assert.equal(await row.count(), 0);
  assertCalm(page);
});
