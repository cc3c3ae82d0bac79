// MetaMask's own in-page provider, answering what the real extension answers: what the page makes of each answer.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FAILED_REQUEST, PATIENCE_MS, assertCalm, mineOne, noticed, startMining, visit } from "./support/browser.js";
import { ask } from "./support/chain.js";
import { installClock } from "./support/clock.js";
import { faults, startFaultProxy } from "./support/fault-proxy.js";
import { stage } from "./support/stage.js";
import { installWallet } from "./support/wallet.js";

const LOCAL = 31_337;
const MAINNET = 1;
const DENIED = { code: 4001, message: "User rejected the request." };
let accounts;
const on = stage({}, async (on) => {
  accounts = (await ask(on.demo.rpc, "eth_accounts")).slice(4, 6);
});

/** A visitor who has the wallet, on `chainId`; `answers` are the wallet's next ones. */
async function visitor({ chainId = LOCAL, knownChains = [MAINNET, LOCAL], rpc = on.demo.rpc, prepare = () => {} } = {}) {
  const wallet = installWallet({ rpc, accounts: [accounts[0]], chainId, knownChains });
  const page = await visit(on.browser, on.demo.page, {
    prepare: async (context) => {
      await wallet(context);
      await prepare(context);
    },
  });
  page.answers = (method, ...answers) =>
    page.evaluate(([name, list]) => (window.testWallet.answers[name] = list), [method, answers]);
  page.asked = (method) =>
    page.evaluate((name) => window.testWallet.asked.filter((asked) => asked.method === name).map(({ params }) => params), method);
  return page;
}

async function chooseWallet(page) {
  await page.locator("#wallet-button").click();
  await page.locator("#wallet-list button", { hasText: "Test wallet" }).click();
}

/** Connects; the account is shown. */
async function connected(options) {
  const page = await visitor(options);
  await chooseWallet(page);
  await page.locator("#wallet-button", { hasText: accounts[0].slice(-4) }).waitFor();
  await page.keyboard.press("Escape");
  return page;
}

const hinted = (page, text) => page.locator("#wallet-hint", { hasText: text }).waitFor();
const status = async (find, text) => {
  const said = find.locator(".status");
  await said.filter({ hasText: text }).waitFor().catch(async () => assert.fail(`“${text}” is not said, but “${await said.textContent()}”`));
};

test("the wallet's icon and name are shown, and an Atom is minted with the very transaction that was simulated", async () => {
  const page = await visitor();
  await page.locator("#wallet-button").click();
  await page.locator('#wallet-list button:has(img[src^="data:image/svg+xml"])', { hasText: "Test wallet" }).waitFor();
  await page.keyboard.press("Escape");
  await chooseWallet(page);
  const find = await mineOne(page);
  const key = await find.getAttribute("data-key");
  await find.locator(".mint").click();
  await page.locator(`#finds > li[data-key="${key}"] h3`, { hasText: "is yours" }).waitFor({ timeout: PATIENCE_MS });
  const [[sent]] = await page.asked("eth_sendTransaction");
  const { from, to, value, data, gas, chainId } = sent;
  const simulated = (await page.asked("eth_call")).filter(([call, block]) => block === "pending" && call.data === data);
  assert.ok(simulated.length > 1, "when it was found, and when it was sent");
  for (const [call] of simulated) assert.deepEqual(call, { from, to, value, data });
  assert.equal(Number(chainId), LOCAL);
  const { gasUsed } = await ask(on.demo.rpc, "eth_getTransactionReceipt", await page.locator(`#finds > li[data-key="${key}"] .transaction a`).textContent());
  assert.ok(Number(gas) >= 1.2 * Number(gasUsed), `${gas} leaves no margin over ${gasUsed}`);
  assert.equal(sent.gasPrice ?? sent.maxFeePerGas, undefined, "fees are the wallet's affair");
  assertCalm(page);
});

test("a connection that is rejected can be tried again", async () => {
  const page = await visitor();
  await page.answers("eth_requestAccounts", { error: DENIED });
  await chooseWallet(page);
  await noticed(page, "You said no in the wallet, so it is not connected. Connect it whenever you like");
  await chooseWallet(page);
  await page.locator("#wallet-button", { hasText: accounts[0].slice(-4) }).waitFor();
  assertCalm(page);
});

for (const [code, message, said] of [
  [-32002, "Request of type 'wallet_requestPermissions' already pending for origin.", "Your wallet is already asking you something. Open your wallet"],
  [-32601, "The method does not exist / is not available.", "Your wallet cannot do this."],
  [-32600, "Expected a single, non-array, object argument.", "Your wallet did not understand what this page asked."],
  [-32603, "Failed to fetch", "The wallet does not reach its network."],
]) {
  test(`a connection that is answered ${code}`, async () => {
    const page = await visitor();
    await page.answers("eth_requestAccounts", { error: { code, message } });
    await chooseWallet(page);
    await noticed(page, said);
    assertCalm(page);
  });
}

test("a wallet that never says on which chain it is is given up after thirty seconds", async () => {
  const page = await visitor({ prepare: installClock });
  await page.answers("eth_chainId", "open", "open", "open");
  await chooseWallet(page);
  await page.waitForFunction(() => window.testWallet.asked.some(({ method }) => method === "eth_chainId"));
  await page.clock.fastForward(29_000);
  await hinted(page, "Open your wallet and answer its question there.");
  await page.clock.fastForward(2_000);
  await noticed(page, "Something went wrong inside your wallet.");
  assertCalm(page);
});

test("a wallet on another chain: said plainly, and switched on a click", async () => {
  const page = await connected({ chainId: MAINNET });
  await hinted(page, "Your wallet is on Ethereum. Mining works all the same; to mint, switch it to Atomine demo chain.");
  await page.locator("#switch-chain", { hasText: "Switch to Atomine demo chain" }).click();
  await page.locator("#switch-chain").waitFor({ state: "hidden" });
  assert.deepEqual(await page.asked("wallet_addEthereumChain"), []);
  assertCalm(page);
});

test("a wallet that does not know the chain gets it, with exactly what wallets take", async () => {
  const page = await connected({ chainId: MAINNET, knownChains: [MAINNET] });
  await page.locator("#switch-chain").click();
  await page.locator("#switch-chain").waitFor({ state: "hidden" });
  assert.deepEqual(await page.asked("wallet_addEthereumChain"), [
    [{
      chainId: "0x7a69",
      chainName: "Atomine demo chain",
      nativeCurrency: { name: "ETH", symbol: "ETH", decimals: 18 },
      rpcUrls: [on.demo.rpc],
    }],
  ]);
  assertCalm(page);
});

for (const [name, error, said] of [
  ["rejected", DENIED, "You said no in the wallet, so it stays on its network."],
  ["asked for twice", { code: -32002, message: "already pending" }, "Your wallet is already asking you something."],
  ["refused for its data", { code: -32602, message: "Expected an array" }, "Your wallet does not accept this network's details."],
]) {
  test(`a chain that is ${name} leaves all as it was`, async () => {
    const page = await connected({ chainId: MAINNET, knownChains: [MAINNET] });
    await page.answers("wallet_addEthereumChain", { error });
    await page.locator("#switch-chain").click();
    await noticed(page, said);
    await hinted(page, "Your wallet is on Ethereum.");
    assertCalm(page);
  });
}

test("the network and the accounts that are changed in the wallet are followed, and so is a revocation", async () => {
  const page = await connected();
  await page.evaluate(() => window.testWallet.moveTo(1));
  await hinted(page, "Your wallet is on Ethereum.");
  await page.evaluate(() => window.testWallet.moveTo(31_337));
  await page.locator("#switch-chain").waitFor({ state: "hidden" });
  await page.evaluate((account) => window.testWallet.share([account]), accounts[1]);
  await page.locator("#wallet-button", { hasText: accounts[1].slice(-4) }).waitFor();
  await page.evaluate(() => window.testWallet.share([]));
  await hinted(page, "Test wallet shares no account with this page now");
  assertCalm(page);
});

test("a wallet that is forgotten is let go of, and not asked by itself again", async () => {
  const page = await connected();
  await page.locator("#wallet-button").click();
  await page.locator("#forget-wallet").click();
  await page.locator("#wallet-button", { hasText: "Wallet" }).waitFor();
  await page.waitForFunction(() => window.testWallet.asked.some(({ method }) => method === "wallet_revokePermissions"));
  await page.reload();
  await hinted(page, "Connect a wallet");
  assert.deepEqual(await page.asked("eth_accounts"), []);
  assertCalm(page);
});

for (const [name, answer, said] of [
  ["rejected", { error: { code: 4001, message: "MetaMask Tx Signature: User denied transaction signature." } }, "You said no in the wallet."],
  ["not allowed", { error: { code: 4100, message: "The requested account and/or method has not been authorized by the user." } }, "The wallet does not let this page use this account."],
  ["asked for while another question is open", { error: { code: -32002, message: "already pending" } }, "Your wallet is already asking you something."],
]) {
  test(`a mint that is ${name} leaves the find on offer`, async () => {
    const page = await connected();
    const find = await mineOne(page);
    await page.answers("eth_sendTransaction", answer);
    await find.locator(".mint").click();
    await status(find, said);
    await find.locator(".mint:visible").waitFor();
    assertCalm(page);
  });
}

test("a mint whose dialog stays open is waited for, and no second one is asked for", async () => {
  const page = await connected();
  const find = await mineOne(page);
  const key = await find.getAttribute("data-key");
  await page.answers("eth_sendTransaction", "open");
  await find.locator(".mint").click();
  const same = page.locator(`#finds > li[data-key="${key}"]`);
  await status(same, "Open your wallet and confirm there.");
  await same.locator(".mint").waitFor({ state: "hidden" });
  assert.equal((await page.asked("eth_sendTransaction")).length, 1);
  assertCalm(page);
});

test("a mint for an account that the wallet no longer shares, and never said so, is refused and stays on offer", async () => {
  const page = await connected();
  const find = await mineOne(page);
  await page.evaluate((account) => (window.testWallet.accounts = [account]), accounts[1]);
  await find.locator(".mint").click();
  await status(find, "The wallet does not let this page use this account.");
  const [[{ from }]] = await page.asked("eth_sendTransaction");
  assert.equal(from, accounts[0].toLowerCase());
  await find.locator(".mint:visible").waitFor();
  assertCalm(page);
});

test("a wallet that went to another chain, and never said so, is not asked for a mint", async () => {
  const page = await connected();
  const find = await mineOne(page);
  const key = await find.getAttribute("data-key");
  await page.evaluate((chainId) => (window.testWallet.chainId = chainId), MAINNET);
  await find.locator(".mint").click();
  await status(page.locator(`#finds > li[data-key="${key}"]`), "The answer came from network 1 instead of 31337.");
  assert.deepEqual(await page.asked("eth_sendTransaction"), []);
  assertCalm(page);
});

test("a mint that the wallet queues, since it went to another chain meanwhile, is waited for with the right chain in it", async () => {
  const page = await connected();
  const find = await mineOne(page);
  const key = await find.getAttribute("data-key");
  await page.answers("eth_sendTransaction", "open");
  await find.locator(".mint").click();
  const same = page.locator(`#finds > li[data-key="${key}"]`);
  await status(same, "Open your wallet and confirm there.");
  await page.evaluate((chainId) => window.testWallet.moveTo(chainId), MAINNET);
  await hinted(page, "Your wallet is on Ethereum.");
  await status(same, "Open your wallet and confirm there.");
  const sent = await page.asked("eth_sendTransaction");
  assert.deepEqual(sent.map(([{ chainId }]) => Number(chainId)), [LOCAL]);
  assertCalm(page);
});

test("a chain that the wallet says it added, but did not go to, is not taken for the collection's", async () => {
  const page = await connected({ chainId: MAINNET, knownChains: [MAINNET] });
  // MetaMask opens its dialog for a chain id that is not the RPC's, too, and stays where it was.
  await page.answers("wallet_addEthereumChain", { result: null });
  await page.locator("#switch-chain").click();
  await page.waitForFunction(() => window.testWallet.asked.some(({ method }) => method === "wallet_addEthereumChain"));
  await hinted(page, "Your wallet is on Ethereum.");
  await page.locator("#switch-chain", { hasText: "Switch to Atomine demo chain" }).waitFor();
  await startMining(page);
  await status(page.locator("#finds > li").first(), "Switch your wallet to Atomine demo chain to mint it.");
  assert.equal(await page.locator("#finds .mint:visible").count(), 0);
  assert.deepEqual(await page.asked("eth_sendTransaction"), []);
  assertCalm(page);
});

test("a contract that would refuse is never asked for with money", async () => {
  const page = await connected();
  const find = await mineOne(page);
  const key = await find.getAttribute("data-key");
  // MetaMask wraps what the node said of a revert with the string "difficulty".
  const data = `0x08c379a0${"20".padStart(64, "0")}${"a".padStart(64, "0")}${Buffer.from("difficulty").toString("hex").padEnd(64, "0")}`;
  const revert = { error: { code: -32603, message: "Internal JSON-RPC error.", data: { code: 3, message: "execution reverted", data } } };
  await page.answers("eth_call", ...Array(100).fill(revert));
  await find.locator(".mint").click();
  await status(page.locator(`#finds > li[data-key="${key}"]`), "Somebody else's mint of");
  assert.deepEqual(await page.asked("eth_sendTransaction"), []);
  assertCalm(page);
});

test("a wallet that loses its node says so, and comes back by itself", async () => {
  const node = await startFaultProxy(on.demo.rpc);
  try {
    const page = await connected({ rpc: node.url });
    const find = await mineOne(page);
    node.fault = faults.down;
    await find.locator(".mint").click();
    await hinted(page, "Your wallet does not reach its network at the moment; it comes back by itself.");
    node.fault = undefined;
    await page.evaluate(() => window.testWallet.moveTo(31_337));
    await page.locator("#wallet-hint", { hasText: "does not reach" }).waitFor({ state: "detached" });
    assertCalm(page, FAILED_REQUEST);
  } finally {
    await node.stop();
  }
});
