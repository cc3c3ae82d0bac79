// The page runs under exactly the policy that a host of it sends, never breaks it, and breaks whatever would.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { PATIENCE_MS, assertCalm, connect, mineOne, mint, visit } from "./support/browser.js";
import { stage } from "./support/stage.js";

const HOSTED = new URL("../../www/_headers", import.meta.url);
const on = stage({ flags: ["--enable-unsafe-webgpu"] });

/** The headers of www/_headers, which hosts read, name → value. */
async function hosted() {
  const lines = (await readFile(HOSTED, "utf8")).split("\n").slice(1).filter(Boolean);
  return lines.map((line) => line.trim().match(/^([^:]+): (.*)$/).slice(1));
}

/** A visitor whose page takes down which directives of its policy are broken. */
function watched(path) {
  const prepare = (context) =>
    context.addInitScript(() => {
      window.breaches = [];
      addEventListener("securitypolicyviolation", ({ effectiveDirective }) => window.breaches.push(effectiveDirective));
    });
  return visit(on.browser, on.demo.page + path, { prepare });
}

test("the page, its scripts and its modules come with the headers that production sends", async () => {
  for (const file of ["", "boot.js", "worker.js", "audio/worklet.js", "pkg/web/atomine_web.js", "pkg/worker/atomine_worker_bg.wasm"]) {
    const { headers } = await fetch(new URL(file, on.demo.page));
    for (const [name, value] of await hosted()) assert.equal(headers.get(name), value, `${name} of /${file}`);
  }
});

test("mining on all there is, minting, playing, writing down and painting never break the policy", async () => {
  const page = await watched("?gpu=software");
  await connect(page);
  const minted = await mint(page, await mineOne(page));
  await minted.locator("a.card").first().click();
  await page.locator("#atom-play").click();
  await page.waitForFunction((time) => time.textContent >= "0:01", await page.locator("#player-time").elementHandle(), { timeout: PATIENCE_MS });
  await page.locator("#atom-why li").first().waitFor({ state: "attached" });
  const saved = page.waitForEvent("download");
  await page.locator("[data-act=save-midi]").click();
  await saved;
  await page.evaluate(() => (location.hash = "#/gallery"));
  await page.locator("main > section:visible").waitFor();
  const scripts = new Set(page.workers().map((worker) => new URL(worker.url()).pathname));
  for (const script of ["/worker.js", "/gpu-worker.js", "/audio/synth-worker.js"]) assert.ok(scripts.has(script), script);
  assert.equal(await page.evaluate(() => crossOriginIsolated), true);
  assert.deepEqual(await page.evaluate(() => window.breaches), []);
  assertCalm(page);
});

// What code that got into the page by some hole would try; each is refused, and told.
const ATTACKS = [
  ["text as HTML", "require-trusted-types-for", () => (document.body.innerHTML += "<img src=x>")],
  ["text as a document", "require-trusted-types-for", () => document.write("<p>")],
  ["text as a handler", "require-trusted-types-for", () => document.body.setAttribute("onclick", "1")],
  ["text as code", "require-trusted-types-for", () => eval("1")],
  ["text as a timer's code", "require-trusted-types-for", () => setTimeout("1")],
  ["a second policy", "trusted-types", () => trustedTypes.createPolicy("other", { createHTML: (text) => text })],
  ["a worker made of text", "require-trusted-types-for", () => new Worker("data:text/javascript,1")],
  ["another site's script", "require-trusted-types-for", () => (document.createElement("script").src = "https://example.org/a.js")],
  ["another site's module", "script-src-elem", () => import("https://example.org/a.js")],
  ["a module made of text", "script-src-elem", () => import("data:text/javascript,1")],
  ["another site's picture", "img-src", () => (new Image().src = "https://example.org/a.png")],
  ["another site's style", "style-src-elem", () => document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "https://example.org/a.css" }))],
  ["a style in the page", "style-src-elem", () => document.head.append(Object.assign(document.createElement("style"), { textContent: "p{}" }))],
  ["another site's font", "font-src", () => new FontFace("f", "url(https://example.org/f.woff2)").load()],
  ["a frame", "frame-src", () => document.body.append(Object.assign(document.createElement("iframe"), { src: "https://example.org/" }))],
  ["plain http to another machine", "connect-src", () => fetch("http://192.0.2.1/")],
  ["a form to another site", "form-action", () => {
    const form = Object.assign(document.createElement("form"), { action: "https://example.org/", method: "post" });
    document.body.append(form);
    form.submit();
  }],
  ["another base for addresses", "base-uri", () => document.head.append(Object.assign(document.createElement("base"), { href: "https://example.org/" }))],
];

for (const [name, directive, attack] of ATTACKS) {
  test(`refused: ${name}`, async () => {
    const page = await watched("#/practice");
    // From a timer: what the test's own protocol evaluates may do more than the page may.
    await page.evaluate((code) => (window.attack = (0, eval)(code)), `${attack}`);
    await page.evaluate(() => setTimeout(window.attack, 0));
    await page.waitForFunction(() => window.breaches.length > 0);
    assert.deepEqual(new Set(await page.evaluate(() => window.breaches)), new Set([directive]));
    assert.equal(page.url(), `${on.demo.page}#/practice`);
  });
}
