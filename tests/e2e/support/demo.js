// A demo of its own for a test file: page, chain and collection on free ports, easy enough for a test's patience.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Expected hashes of the visitor's first Atom: under a second in a browser, yet real work. */
export const EASY = 400_000;
const XTASK = process.env.ATOMINE_XTASK ?? "../target/debug/xtask";
const START_LIMIT_MS = 60_000;

/** Starts `xtask demo` on what pkg/ holds; gives {page, rpc, collection, stop}. */
export async function startDemo({ hashes = EASY, more = [] } = {}) {
  const flags = ["demo", "--port", "0", "--rpc-port", "0", "--no-build", "--hashes", String(hashes), ...more];
  const child = spawn(XTASK, flags, { stdio: ["ignore", "pipe", "inherit"] });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, "exit");
  };
  const timer = setTimeout(() => child.kill(), START_LIMIT_MS);
  const said = {};
  for await (const line of createInterface({ input: child.stdout })) {
    const [, name, value] = line.match(/^ {2}(page|chain|collection) +(\S+)/) ?? [];
    if (name) said[name] = value;
    if (line.startsWith("Ctrl-C")) break;
  }
  clearTimeout(timer);
  if (!said.page) throw new Error("the demo did not start; its own words are above");
  child.stdout.resume();
  return { page: said.page, rpc: said.chain, collection: said.collection, stop };
}
