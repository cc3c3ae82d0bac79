// Measures all kernels and their peers in one browser session, in turns; `cargo xtask bench` builds what it needs and
// calls it. Every result is checked: one wrong hash, and there are no figures.
import { readdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import { rowsOf, table, quantile } from "./figures.js";
import { openBrowser, openNative } from "./hosts.js";

/** Long enough for a kernel's batch, short enough for the machine's quiet moments. */
const SLICE_MS = 20;
const WARM_MS = 500;
const SCALING_SLICE_MS = 200;
const SCALING_ROUNDS = 30;

const { values: options } = parseArgs({
  options: {
    browser: { type: "string", default: "chrome" },
    program: { type: "string" },
    modules: { type: "string" },
    native: { type: "string" },
    rounds: { type: "string", default: "100" },
    json: { type: "boolean", default: false },
  },
});
const rounds = Number(options.rounds);
// In short runs, too, everything must have been through the range once.
const warmMs = Math.min(WARM_MS, rounds * SLICE_MS);

/** What `host` offers, ready to be measured. */
const runnersOf = async (host, folders) => {
  const offered = await host.ask({ request: "load", folders });
  const runners = offered.map(({ name, kind }, index) => ({ name, kind, rates: [], host, index }));
  for (const { index } of runners) await host.ask({ request: "warm", index, ms: warmMs });
  return runners;
};

/** How much faster two workers with the fastest kernel are than one, either of them. */
const scaling = async (browser, { name, index }, folders) => {
  const [one, other] = [browser.worker(0), browser.worker(1)];
  await other.ask({ request: "load", folders });
  await other.ask({ request: "warm", index, ms: WARM_MS });
  const slice = (worker) => worker.ask({ request: "slice", index, ms: SCALING_SLICE_MS });
  const [alone, together] = [[], []];
  for (let round = 0; round < SCALING_ROUNDS; round++) {
    alone.push(await slice(round % 2 ? one : other));
    const [left, right] = await Promise.all([slice(one), slice(other)]);
    together.push(left + right);
  }
  await other.ask({ request: "prove" });
  const ratio = (q) => (quantile(together, q) / quantile(alone, q)).toFixed(2);
  return `Two workers with ${name}: ${ratio(0.5)} × one by their medians, ${ratio(0.98)} × by their 98th percentiles.`;
};

const folders = (await readdir(options.modules)).filter((folder) => folder.startsWith("worker")).sort();
const browser = await openBrowser({ kind: options.browser, program: options.program, modules: options.modules });
const native = options.native && openNative(options.native);
try {
  const hosts = native ? [browser.worker(0), native] : [browser.worker(0)];
  const runners = [];
  for (const host of hosts) runners.push(...(await runnersOf(host, folders)));
  for (let round = 0; round < rounds; round++) {
    for (const { host, index, rates } of runners) rates.push(await host.ask({ request: "slice", index, ms: SLICE_MS }));
  }
  for (const host of hosts) await host.ask({ request: "prove" });
  const rows = rowsOf(runners);
  if (options.json) {
    console.log(JSON.stringify({ browser: browser.version, rows }));
  } else {
    const place = rows.indexOf(rows.filter(({ kind }, i) => kind === "kernel" && runners[i].host === hosts[0]).toSorted((a, b) => b.median_hs - a.median_hs)[0]);
    console.log(`${browser.version}: ${rounds} slices of ${SLICE_MS} ms each in turn. Every hash and every nonce found was checked.\n`);
    console.log(table(rows));
    console.log(`\n${await scaling(browser, runners[place], folders)}`);
  }
} finally {
  native?.close();
  await browser.close();
}
