// A collection of very many Atoms: a node's answers, changed so that they tell of it.
import { word } from "./chain.js";

const WORK = "0x322e9f04";
const ATOMS = "0x5fba357c";
/** An Atom's hash, as random as any: multiples of an odd number differ in every bit. */
const STEP = 0x9e3779b97f4a7c15f39cc0605cedc8341082276bf3a27251f86c6a11d0c18e95n;
const OWNER = word(0xa11ce);

const atom = (id) => (id === 1n ? word(0) : word((id * STEP) % (1n << 256n))) + OWNER;

/** For a fault proxy: the contract's next Atom has the number `count` + 1, and all before it are there. */
export const multitude = (count) => async ({ proxy, response, body, forward }) => {
  const asked = JSON.parse(body);
  const told = JSON.parse(await forward());
  const change = (answer) => {
    const { params: [call] = [] } = [asked].flat().find(({ id }) => id === answer.id);
    const data = call?.data ?? call?.input ?? "";
    if (data.startsWith(WORK)) return { ...answer, result: `0x${word(count + 1)}${answer.result.slice(66)}` };
    if (!data.startsWith(ATOMS)) return answer;
    const [first, most] = [10, 74].map((at) => BigInt(`0x${data.slice(at, at + 64)}`));
    const ids = [];
    for (let id = first; id < first + most && id <= count; id += 1n) ids.push(id);
    proxy.runs = (proxy.runs ?? 0) + 1;
    return { jsonrpc: "2.0", id: answer.id, result: `0x${word(32)}${word(ids.length)}${ids.map(atom).join("")}` };
  };
  const text = JSON.stringify(Array.isArray(told) ? told.map(change) : change(told));
  response.writeHead(200, { "access-control-allow-origin": "*", "content-type": "application/json" }).end(text);
};
