// The local chain as the tests see it, beside the page: asks, calls, and mints of its own.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

export const CLI = process.env.ATOMINE_CLI ?? "../target/debug/atomine";
const ANVIL = process.env.ATOMINE_ANVIL ?? "node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil";
const V3_ARTIFACT = new URL("../../../crates/contract/artifacts/test/PownftV3.json", import.meta.url);
const SELECTORS = { hashOf: "0x7e551b75", tokenURI: "0xc87b56dd", ownerOf: "0x6352211e", mine: "0x4d474898", work: "0x322e9f04" };
const run = promisify(execFile);

export const word = (number) => BigInt(number).toString(16).padStart(64, "0");

/** Asks a node. */
export async function ask(rpc, method, ...params) {
  const response = await fetch(rpc, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  const { result, error } = await response.json();
  if (error) throw new Error(`${method}: ${error.message}`);
  return result;
}

/** Starts an empty chain of its own: {rpc, stop}. */
export async function startChain() {
  const child = spawn(ANVIL, ["--port", "0", "--chain-id", "31337"], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  for await (const line of lines) {
    const [, address] = line.match(/^Listening on (\S+)/) ?? [];
    if (!address) continue;
    child.stdout.resume();
    const stop = async () => {
      child.kill();
      await once(child, "exit");
    };
    return { rpc: `http://${address}`, stop };
  }
  throw new Error("anvil did not start; its own words are above");
}

/** Calls a view function that takes one number; the raw answer. */
export function view(chain, name, id) {
  return ask(chain.rpc, "eth_call", { to: chain.collection, data: SELECTORS[name] + (id === undefined ? "" : word(id)) }, "latest");
}

/** The contract's own description of an Atom, parsed. */
export async function tokenUri(chain, id) {
  const answer = await view(chain, "tokenURI", id);
  const length = Number(BigInt(`0x${answer.slice(66, 130)}`));
  const uri = Buffer.from(answer.slice(130, 130 + 2 * length), "hex").toString();
  const [, encoding, body] = uri.match(/^data:application\/json(?:;charset=utf-8|;utf8)?(;base64)?,(.*)$/s);
  return JSON.parse(encoding ? Buffer.from(body, "base64").toString() : decodeURIComponent(body));
}

/** What `atomine atom --json` says. */
export async function cliAtom(id, hash) {
  const { stdout } = await run(CLI, ["atom", String(id), hash, "--json"]);
  return JSON.parse(stdout);
}

/** Mines and mints the next Atom for `miner`, a test account, as a competitor would; its number. */
export async function compete(chain, miner) {
  const answer = await view(chain, "work");
  const [id, prev, target, cost] = [0, 1, 2, 3].map((n) => `0x${answer.slice(2 + 64 * n, 66 + 64 * n)}`);
  const { stdout } = await run(CLI, ["mine", "--sender", miner, "--prev", prev, "--target", target]);
  const data = SELECTORS.mine + stdout.trim().slice(2);
  await mined(chain, { from: miner, to: chain.collection, value: `0x${BigInt(cost).toString(16)}`, data });
  return Number(BigInt(id));
}

/** Deploys the POWNFTv3 stand-in with `migrated` Atoms and the next id `nextId`, easy to mine; the collection. */
export function deployV3(chain, { migrated, nextId, hashes, lastHash }) {
  const generation = BigInt(nextId.toString(2).length - 1);
  const baseTarget = ((1n << 256n) / BigInt(hashes)) * 3n ** generation;
  return deployStandIn(chain, { baseTarget, nextId, migrated, lastHash });
}

/**
 * Deploys a POWNFTv3 stand-in that no visitor's computer finds an Atom of: by the original's rules, the next one takes
 * some 5e12 hashes. The contract itself takes any nonce, for competeWithoutWork.
 */
export function deployHopeless(chain) {
  return deployStandIn(chain, { baseTarget: 0n, nextId: 20_000, migrated: 1, lastHash: `0x${"5e".repeat(32)}` });
}

async function deployStandIn(chain, { baseTarget, nextId, migrated, lastHash }) {
  const { bytecode } = JSON.parse(await readFile(V3_ARTIFACT, "utf8"));
  const unmigrated = nextId - 1 - migrated;
  const data = bytecode.object + word(baseTarget) + word(unmigrated) + word(nextId - 1) + lastHash.slice(2);
  const deployer = (await ask(chain.rpc, "eth_accounts")).at(-1);
  const { contractAddress } = await mined(chain, { from: deployer, data });
  return { rpc: chain.rpc, collection: contractAddress };
}

/** Deploys a contract that is no collection: it answers every question with the number 1; its address. */
export async function deployOther(chain) {
  // return(0, 32) after mstore(0, 1), and before it the code that returns these ten bytes.
  const data = "0x600a600c600039600a6000f3600160005260206000f3";
  const deployer = (await ask(chain.rpc, "eth_accounts")).at(-1);
  return (await mined(chain, { from: deployer, data })).contractAddress;
}

/** The data of a call that mints with this nonce. */
export const mineCall = (nonce) => SELECTORS.mine + word(nonce);

/** Mints the next Atom of a hopeless stand-in, as a competitor would. */
export async function competeWithoutWork(chain) {
  const miner = (await ask(chain.rpc, "eth_accounts")).at(-1);
  const value = `0x${((2n ** 14n - 1n) * 45_000_000_000_000n).toString(16)}`;
  await mined(chain, { from: miner, to: chain.collection, value, data: mineCall(0) });
}

/** Sends a transaction and waits for its receipt. */
async function mined(chain, transaction) {
  const hash = await ask(chain.rpc, "eth_sendTransaction", transaction);
  for (;;) {
    const receipt = await ask(chain.rpc, "eth_getTransactionReceipt", hash);
    if (receipt?.status === "0x1") return receipt;
    if (receipt) throw new Error(`transaction ${hash} failed`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
