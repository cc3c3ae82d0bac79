// The page's budget: what it takes to show the page and start mining, as a host sends it (brotli).
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { minedFact, startMining, connect, visit } from "./support/browser.js";
import { stage } from "./support/stage.js";

// The aim is 150 kB; until the page's module gets there (it alone is about 170 kB), this keeps it from growing.
const PAGE_BUDGET = 208_800;
// What the page loads when mining has begun or something of it is wanted.
const REST = "/pkg/web/atomine_web_rest.wasm";
const REST_BUDGET = 84_500;
const WORKER_BUDGET = 11_000;
// Loaded only where there is a GPU, after mining has begun.
const GPU_BUDGET = 42_000;
const on = stage();

const weight = (bytes) => brotliCompressSync(bytes).length;
const served = async (path) => Buffer.from(await (await fetch(new URL(path, on.demo.page))).arrayBuffer());

test("everything loaded until mining begins fits the budget", async (context) => {
  const loaded = new Set();
  const page = await visit(on.browser, "about:blank");
  page.context().on("request", (request) => {
    const { origin, pathname } = new URL(request.url());
    if (`${origin}/` === on.demo.page && !pathname.startsWith("/demo-wallet/")) loaded.add(pathname);
  });
  await page.goto(on.demo.page);
  await minedFact(page, "Generation", "3");
  await connect(page);
  await startMining(page);
  await page.locator("#finds > li").first().waitFor();
  // Nothing of the rest is needed before a worker hashes: it is asked for last. Nor are the kernels that are tried
  // beside the first one, which mines meanwhile.
  const paths = [...loaded];
  const kernels = new Set(paths.filter((path) => path.startsWith("/pkg/worker")).map((path) => path.split("/")[2]));
  const [, ...tried] = kernels;
  const first = paths.filter((path) => path !== REST && !tried.includes(path.split("/")[2]));
  assert.ok(first.some((path) => path.endsWith("atomine_worker_bg.wasm")), "the worker was loaded");
  const worker = paths.findIndex((path) => path.startsWith("/pkg/worker"));
  assert.ok(paths.indexOf(REST) > worker, "the rest was loaded, after a worker");

  let total = 0;
  for (const path of first) {
    const bytes = weight(await served(path));
    context.diagnostic(`${path}: ${bytes} bytes`);
    total += bytes;
  }
  context.diagnostic(`together: ${total} bytes`);
  assert.ok(total <= PAGE_BUDGET, `${total} bytes are more than ${PAGE_BUDGET}`);
  const rest = weight(await served(REST));
  context.diagnostic(`${REST}, when mining has begun: ${rest} bytes`);
  assert.ok(rest <= REST_BUDGET, `${rest} bytes are more than ${REST_BUDGET}`);
});

test("each worker module fits its budget", async () => {
  for (const [file, budget] of [
    ["worker/atomine_worker_bg.wasm", WORKER_BUDGET],
    ["worker-simd/atomine_worker_bg.wasm", WORKER_BUDGET],
    ["worker-relaxed/atomine_worker_bg.wasm", WORKER_BUDGET],
    ["gpu/atomine_gpu_worker_bg.wasm", GPU_BUDGET],
  ]) {
    const bytes = weight(await readFile(new URL(`../../pkg/${file}`, import.meta.url)));
    assert.ok(bytes <= budget, `${file}: ${bytes} bytes are more than ${budget}`);
  }
});
