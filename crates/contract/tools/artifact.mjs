// Rebuilds the contracts and writes what the Rust side embeds, or with --check compares instead:
// ABI, creation code and runtime code of each contract in `artifacts/`.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";

const CONTRACTS = [
  { source: "src/Atomine.sol", name: "Atomine", artifact: "artifacts/Atomine.json" },
  { source: "test/PownftV3.sol", name: "PownftV3", artifact: "artifacts/test/PownftV3.json" },
];

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
const sources = CONTRACTS.map(({ source }) => source);
execFileSync("node_modules/.bin/forge", ["build", "--quiet", ...sources], { stdio: "inherit" });

let stale = false;
for (const { source, name, artifact } of CONTRACTS) {
  const built = `out/${basename(source)}/${name}.json`;
  const { abi, bytecode, deployedBytecode } = JSON.parse(readFileSync(built, "utf8"));
  const text = `${JSON.stringify(
    { abi, bytecode: { object: bytecode.object }, deployedBytecode: { object: deployedBytecode.object } },
    null,
    1,
  )}\n`;
  if (!process.argv.includes("--check")) {
    writeFileSync(artifact, text);
    console.log(`wrote ${artifact}`);
  } else if (readFileSync(artifact, "utf8") === text) {
    console.log(`${artifact} is what its source compiles to`);
  } else {
    console.error(`${artifact} differs from its source: run \`npm run artifact\` and commit the result`);
    stale = true;
  }
}
process.exit(stale ? 1 : 0);
