// Rebuilds the contracts and writes what the Rust side embeds, or with --check compares instead:
// ABI, creation code and runtime code of each contract in `artifacts/`.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const ARTIFACTS = {
  "artifacts/Atomine.json": "out/Atomine.sol/Atomine.json",
  "artifacts/test/PownftV3.json": "out/PownftV3.sol/PownftV3.json",
};

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))));
execFileSync("node_modules/.bin/forge", ["build", "--quiet"], { stdio: ["ignore", "inherit", "inherit"] });

let stale = false;
for (const [artifact, built] of Object.entries(ARTIFACTS)) {
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
