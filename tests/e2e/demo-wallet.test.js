// The Demo wallet answers what MetaMask answers, so that what works with it works there too.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertCalm, connect, visit } from "./support/browser.js";
import { ask } from "./support/chain.js";
import { startDemo } from "./support/demo.js";
import { stage } from "./support/stage.js";

let page, accounts;
const on = stage({}, async (on) => {
  accounts = await ask(on.demo.rpc, "eth_accounts");
  page = await visit(on.browser, on.demo.page);
  await page.evaluate(() => {
    window.events = [];
    addEventListener("eip6963:announceProvider", ({ detail }) => {
      if (detail.info.rdns === "app.atomine.demo") window.wallet = detail;
    });
    dispatchEvent(new Event("eip6963:requestProvider"));
  });
  await page.waitForFunction(() => window.wallet);
  await page.evaluate(() => {
    window.wallet.provider.on("accountsChanged", (value) => window.events.push(value));
  });
});

/** What the wallet answers: a result, or the error's code and message. */
const request = (method, params) =>
  page.evaluate(
    (args) =>
      window.wallet.provider.request(args).then(
        (result) => ({ result }),
        ({ code, message, data }) => ({ code, message, data }),
      ),
    method === undefined ? undefined : { method, params },
  );
const code = async (method, params) => (await request(method, params)).code;
/** Sends a request whose dialog is then answered. */
const answered = async (answer, method, params) => {
  const pending = request(method, params);
  await page.locator(`#demo-wallet-${answer}`).click();
  return pending;
};

test("it announces itself completely, with an icon of its own", async () => {
  const info = await page.evaluate(() => window.wallet.info);
  assert.equal(info.name, "Demo wallet");
  assert.match(info.uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.match(info.icon, /^data:image\/svg\+xml,/);
});

test("before it is connected it names no account and sends nothing", async () => {
  assert.deepEqual((await request("eth_accounts")).result, []);
  assert.equal(await code("eth_sendTransaction", [{ from: accounts[0], to: accounts[1] }]), 4100);
});

test("a rejected connection is 4001", async () => {
  const { code, message } = await answered("reject", "eth_requestAccounts");
  assert.deepEqual([code, message], [4001, "User rejected the request."]);
});

test("a second question while one is open is -32002", async () => {
  const pending = request("eth_requestAccounts");
  await page.locator("#demo-wallet-confirm").waitFor();
  assert.equal(await code("eth_requestAccounts"), -32002);
  await page.locator("#demo-wallet-confirm").click();
  assert.deepEqual((await pending).result, [accounts[0]]);
});

test("what it does not know and what is malformed is refused by MetaMask's codes", async () => {
  assert.equal(await code("eth_sign", [accounts[0], "0x00"]), -32601);
  assert.equal(await code("wallet_doTheImpossible"), -32601);
  assert.equal(await code(undefined), -32600);
});

test("it knows the local chain alone", async () => {
  const add = (chainId, rpc) => code("wallet_addEthereumChain", [{ chainId, chainName: "x", rpcUrls: [rpc] }]);
  assert.equal((await request("eth_chainId")).result, "0x7a69");
  assert.equal((await request("wallet_switchEthereumChain", [{ chainId: "0x7a69" }])).result, null);
  assert.equal(await code("wallet_switchEthereumChain", [{ chainId: "0x1" }]), 4902);
  assert.equal(await code("wallet_switchEthereumChain", [{ chainId: "1" }]), -32602);
  assert.equal(await add("0x7a69", on.demo.rpc), undefined);
  assert.equal(await add("0x1", on.demo.rpc), -32602);
  assert.equal(await add("0x7a69", "https://example.org"), -32602);
  const transaction = { from: accounts[0], to: accounts[1], chainId: "0x1" };
  assert.equal(await code("eth_sendTransaction", [transaction]), -32602);
});

test("a transaction is sent only after its dialog, from the connected account alone", async () => {
  const transaction = { from: accounts[0], to: accounts[1], value: "0xde0b6b3a7640000", gas: "0x5208", chainId: "0x7a69" };
  const rejected = await answered("reject", "eth_sendTransaction", [transaction]);
  assert.deepEqual([rejected.code, rejected.message], [4001, "MetaMask Tx Signature: User denied transaction signature."]);
  assert.equal(await code("eth_sendTransaction", [{ ...transaction, from: accounts[1] }]), 4100);

  const pending = request("eth_sendTransaction", [transaction]);
  const shown = await page.locator("#demo-wallet-dialog dl").textContent();
  for (const text of [accounts[0], accounts[1], "1 ETH", "21,000"]) assert.ok(shown.includes(text), `${text} in ${shown}`);
  await page.locator("#demo-wallet-confirm").click();
  const { result } = await pending;
  const receipt = await ask(on.demo.rpc, "eth_getTransactionReceipt", result);
  assert.deepEqual([receipt.status, receipt.from, receipt.to], ["0x1", accounts[0], accounts[1]]);
});

test("a revert keeps its data where MetaMask has it", async () => {
  const zero = "0".repeat(64);
  const { code, data } = await request("eth_call", [{ to: on.demo.collection, data: `0x7e551b75${zero}` }, "latest"]);
  assert.equal(code, -32603);
  assert.match(data.data, /^0x[0-9a-f]{8}/);
});

test("another account and a revocation are told to the page", async () => {
  await page.evaluate(() => (window.events.length = 0));
  await page.locator("#demo-wallet-panel summary").click();
  await page.locator("#demo-wallet-account").selectOption(accounts[2]);
  assert.deepEqual((await request("eth_accounts")).result, [accounts[2]]);
  assert.equal((await request("wallet_revokePermissions", [{ eth_accounts: {} }])).result, null);
  assert.deepEqual(await page.evaluate(() => window.events), [[accounts[2]], []]);
  assert.deepEqual((await request("eth_accounts")).result, []);
});

test("a production page has no Demo wallet", async () => {
  const served = await startDemo({ more: ["--no-chain"] });
  try {
    assert.equal((await fetch(`${served.page}demo-wallet/wallet.js`)).status, 404);
    assert.doesNotMatch(await (await fetch(served.page)).text(), /demo-wallet/);
  } finally {
    await served.stop();
  }
});

test("the page heard all of this and stayed calm", async () => {
  await connect(page);
  assertCalm(page);
});
