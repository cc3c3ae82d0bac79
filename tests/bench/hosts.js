// Where implementations run: workers in a real browser, and a native program. Each answers requests one by one.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { RANGE, preimage, target } from "./work.js";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
const CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

/** Serves this folder, the peers' packages and, under /modules/, our own modules; with the headers that give the
 * browser's finest clock. */
const server = (modules) =>
  createServer(async (request, response) => {
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-embedder-policy", "require-corp");
    const path = normalize(new URL(request.url, "http://localhost").pathname);
    if (path === "/") return response.setHeader("content-type", "text/html").end("<!doctype html><title>bench</title>");
    const file = path.startsWith("/modules/") ? join(modules, path.slice(9)) : join(HERE, path);
    try {
      const body = await readFile(file);
      response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream").end(body);
    } catch {
      response.writeHead(404).end();
    }
  });

/** A browser, `program`, with a page that starts workers. */
export const openBrowser = async ({ kind, program, modules }) => {
  const site = server(modules).listen(0, "127.0.0.1");
  await once(site, "listening");
  const args = kind === "chrome" ? CHROMIUM_FLAGS : [];
  const browser = await puppeteer.launch({ browser: kind, executablePath: program, headless: true, args });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${site.address().port}/`);
  return {
    version: await browser.version(),
    worker: (number) => ({ ask: (request) => ask(page, number, request) }),
    close: async () => {
      await browser.close();
      site.close();
    },
  };
};

/** Asks the page's worker `number`, which is started at the first request. */
const ask = async (page, number, request) => {
  const { answer, error } = await page.evaluate(
    (number, request) =>
      new Promise((resolve) => {
        self.workers ??= [];
        const worker = (self.workers[number] ??= new Worker("/worker.js", { type: "module" }));
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = () => resolve({ error: "the benchmark's worker could not be loaded" });
        worker.postMessage(request);
      }),
    number,
    request,
  );
  if (error) throw new Error(error);
  return answer;
};

/** The native program, which takes a line per request and answers with a line. */
export const openNative = (program) => {
  const child = spawn(program, [], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const say = async (line) => {
    child.stdin.write(`${line}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error("the native benchmark ended too early; its own words are above");
    const answer = JSON.parse(value);
    if (answer?.error) throw new Error(answer.error);
    return answer;
  };
  const hex = (bytes) => Buffer.from(bytes).toString("hex");
  const lineFor = {
    load: () => `load ${hex(preimage())} ${hex(target())} ${RANGE}`,
    warm: ({ index, ms }) => `warm ${index} ${ms}`,
    slice: ({ index, ms }) => `slice ${index} ${ms}`,
    prove: () => "prove",
  };
  return {
    ask: ({ request, ...rest }) => say(lineFor[request](rest)),
    close: () => child.stdin.end(),
  };
};
