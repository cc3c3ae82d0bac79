// Firefox for the tests, over WebDriver BiDi: puppeteer speaks it, Playwright does not.
import assert from "node:assert/strict";
import puppeteer from "puppeteer-core";
import { PATIENCE_MS } from "./browser.js";

const PROGRAM = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

/** A fresh Firefox without a window; `prefs` are set in it as in about:config. Close it when done. */
export function launchFirefox(prefs = {}) {
  return puppeteer.launch({ browser: "firefox", executablePath: PROGRAM, headless: true, extraPrefsFirefox: prefs });
}

/**
 * A fresh visitor at `url`, before whose page the `scripts` run. `page.problems` keeps what the page reports as an
 * error, and where it breaks its own policy.
 */
export async function visitFirefox(browser, url, { scripts = [] } = {}) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.setViewport({ width: 1280, height: 900 });
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") page.problems.push(message.text());
  });
  await page.evaluateOnNewDocument(tellViolations);
  for (const script of scripts) await page.evaluateOnNewDocument(script);
  await page.goto(url);
  return page;
}

/** How Firefox reports a websocket that the page, or its other end, closes before it is open. */
const BROKEN_LINE = /^(Firefox can’t establish a|The) connection to (the server at )?ws:/;

/** Nothing went wrong that the page did not handle. */
export function assertCalm(page) {
  assert.deepEqual(page.problems.filter((problem) => !BROKEN_LINE.test(problem)), []);
}

/** Firefox tells nobody but the page itself. */
function tellViolations() {
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
    console.error(`the policy's ${effectiveDirective} refused ${blockedURI}`),
  );
}

/** Waits until something that `selector` names is seen and says `text`, in whatever case; a handle of it. */
export function shown(page, selector, text = "", timeout = PATIENCE_MS) {
  return page.waitForFunction(
    (selector, text) =>
      [...document.querySelectorAll(selector)].find((element) => element.checkVisibility() && element.textContent.toLowerCase().includes(text)),
    { timeout, polling: 100 },
    selector,
    text.toLowerCase(),
  );
}

/** Clicks it, as soon as it is seen. */
export async function click(page, selector, text) {
  await (await shown(page, selector, text)).click();
}
