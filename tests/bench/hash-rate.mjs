// Measures the mining worker against hash-wasm in one Chromium worker: `node tests/bench/hash-rate.mjs [worker-simd|worker]`
// after `cargo xtask build`. CHROMIUM names another browser than /usr/bin/chromium, ROUNDS another number than 500.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

const serve = async (request, response) => {
  const path = normalize(new URL(request.url, "http://localhost").pathname);
  if (path === "/") return response.setHeader("content-type", "text/html").end("<!doctype html><title>bench</title>");
  try {
    const body = await readFile(join(ROOT, path));
    response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream").end(body);
  } catch {
    response.writeHead(404).end();
  }
};

const measure = ({ folder, rounds }) =>
  new Promise((resolve, reject) => {
    const worker = new Worker("/tests/bench/slices.js", { type: "module" });
    worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data));
    worker.onerror = () => reject(new Error("the benchmark's worker could not be loaded"));
    worker.postMessage({ folder, rounds });
  });

const quantile = (values, q) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];
const mega = (rate) => (rate / 1e6).toFixed(2).padStart(6);

const folder = process.argv[2] ?? "worker-simd";
const rounds = Number(process.env.ROUNDS ?? 500);
const server = createServer(serve).listen(0, "127.0.0.1");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const { rates, compared } = await page.evaluate(measure, { folder, rounds });
  const [median, high] = [0.5, 0.98].map((q) => ({
    ours: quantile(rates.atomine, q),
    theirs: quantile(rates.hashWasm, q),
  }));
  console.log(`One worker, ${rounds} slices of 5 ms each in turn; ${compared} hashes agree.`);
  console.log("MH/s                   median    98th percentile");
  console.log(`pkg/${folder.padEnd(14)} ${mega(median.ours)}    ${mega(high.ours)}`);
  console.log(`hash-wasm          ${mega(median.theirs)}    ${mega(high.theirs)}`);
  console.log(`ratio              ${(median.ours / median.theirs).toFixed(2).padStart(6)}    ${(high.ours / high.theirs).toFixed(2).padStart(6)}`);
} finally {
  await browser.close();
  server.close();
}
