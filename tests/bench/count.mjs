// Prints how many instructions each build's kernel executes for so many hashes, twice: name, first count, second count.
// `cargo xtask count` gives it a folder with the builds, each with a meter: `<build>.mjs` and `<build>.wasm`.
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import v8 from "node:v8";
import { preimage } from "./work.js";

// Older releases of Node know relaxed SIMD only by this name.
v8.setFlagsFromString("--experimental-wasm-relaxed-simd");
const [folder, ...hashes] = process.argv.slice(2);
const target = new Uint8Array(32);

for (const file of (await readdir(folder)).filter((file) => file.endsWith(".wasm")).sort()) {
  const module_or_path = await readFile(join(folder, file));
  const { default: init, bench, bench_kernels } = await import(pathToFileURL(join(folder, file.replace(".wasm", ".mjs"))));
  const { executed } = await init({ module_or_path });
  for (const [place, name] of bench_kernels(preimage(), target).split("\n").entries()) {
    const counts = hashes.map((count) => {
      const before = executed.value;
      if (bench(place, 0n, BigInt(count)) !== undefined) throw new Error(`${name} claims to have found something`);
      return executed.value - before;
    });
    console.log([name, ...counts].join(" "));
  }
}
