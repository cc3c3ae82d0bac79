// Chromium for the tests, and what a visitor does on the page.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];
/** Longest wait for anything that needs mining, in ms; expected times are seconds. */
export const PATIENCE_MS = 60_000;

/** A fresh browser. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
}

/** A fresh visitor at `url`; a page that reports an error or breaks its own policy fails the test. */
export async function visit(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") page.problems.push(message.text());
  });
  await page.goto(url);
  return page;
}

/** Nothing went wrong that the page did not handle. */
export function assertCalm(page) {
  assert.deepEqual(page.problems, []);
}

/** Connects the Demo wallet; its dialog is answered by `answer`: confirm or reject. */
export async function connect(page, answer = "confirm") {
  await page.locator("#wallet-button").click();
  await page.locator("#wallet-list button", { hasText: "Demo wallet" }).click();
  await page.locator(`#demo-wallet-${answer}`).click();
  if (answer === "confirm") await page.locator("#wallet-connected").waitFor({ state: "visible" });
  await page.keyboard.press("Escape");
}

/** Clicks Mine and waits until the page offers to mint; the find's list entry. */
export async function mineOne(page) {
  await page.locator("#mine-button:not([aria-disabled=true])").click();
  const find = page.locator("#finds > li").first();
  await find.locator(".mint").waitFor({ state: "visible", timeout: PATIENCE_MS });
  return find;
}

/** The facts of the Atom's page, label → value. */
export async function atomFacts(page) {
  await page.locator("#atom-facts > div").first().waitFor({ state: "visible" });
  const facts = await page.locator("#atom-facts > div").evaluateAll((rows) =>
    rows.map((row) => [row.querySelector("dt").textContent, row.querySelector("dd").textContent]),
  );
  return Object.fromEntries(facts);
}
