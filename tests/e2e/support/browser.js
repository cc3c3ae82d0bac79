// Chromium for the tests, and what a visitor does on the page.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];
/** Longest wait for anything that needs mining, in ms; expected times are seconds. */
export const PATIENCE_MS = 120_000;

/** Chromium and what it is started with. */
export const PROGRAM = { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS };

/** A fresh browser, with `flags` besides those that all need. */
export function launch(flags = []) {
  return chromium.launch({ ...PROGRAM, args: [...FLAGS, ...flags] });
}

/** A browser that finds in the folder `profile` what it left there before; its only context. */
export function launchAgain(profile) {
  return chromium.launchPersistentContext(profile, PROGRAM);
}

/**
 * A fresh visitor at `url`; what the page reports as an error, and where it breaks its own policy, is kept for
 * assertCalm. `prepare` gets the browser's context before the page is opened; the other options are the context's.
 */
export async function visit(browser, url, { prepare = () => {}, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  await prepare(context);
  return open(context, url);
}

/** Another tab of the same visitor. */
export async function open(context, url) {
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

/** Nothing went wrong that the page did not handle; the browser itself reports what `expected` matches. */
export function assertCalm(page, expected = /(?!)/) {
  assert.deepEqual(page.problems.filter((problem) => !expected.test(problem)), []);
}

/** How browsers report a request that failed, or that asked for a websocket. */
export const FAILED_REQUEST = /^(Failed to load resource: |WebSocket connection to .* failed: )/;

/** How they report a websocket that broke. */
export const BROKEN_LINE = /^WebSocket connection to /;

/** Waits until the page says this in a notice. */
export async function noticed(page, text) {
  const notices = page.locator(".notices .notice");
  try {
    await notices.filter({ hasText: text }).first().waitFor();
  } catch {
    assert.fail(`“${text}” is not said; what is: ${JSON.stringify(await notices.allTextContents())}`);
  }
}

/** Waits until no notice says this any more. */
export function hushed(page, text) {
  return page.locator(".notices .notice", { hasText: text }).waitFor({ state: "detached" });
}

/** Sees the workers go on: the count of all hashes rises, and the button still offers to stop. */
export async function assertMining(page) {
  const total = await page.locator("#total").textContent();
  await page.waitForFunction((before) => document.getElementById("total").textContent !== before, total);
  await page.locator("#mine-button", { hasText: "Stop" }).waitFor();
}

/** Connects the Demo wallet; its dialog is answered by `answer`: confirm or reject. */
export async function connect(page, answer = "confirm") {
  await page.locator("#wallet-button").click();
  await page.locator("#wallet-list button", { hasText: "Demo wallet" }).click();
  await page.locator(`#demo-wallet-${answer}`).click();
  if (answer === "confirm") await page.locator("#wallet-button", { hasText: "0x" }).waitFor();
}

/** Clicks Mine and waits until the page offers to mint; the newest find's list entry. */
export async function mineOne(page) {
  await startMining(page);
  return offered(page);
}

/** Chooses Practice, at its `difficulty`th difficulty. */
export async function practise(page, difficulty) {
  const option = page.locator("#collection option", { hasText: "Practice" });
  await option.waitFor({ state: "attached" });
  await page.locator("#collection").selectOption({ label: (await option.textContent()).trim() });
  await page.locator("#practice-generation").selectOption({ index: difficulty });
}

/** Clicks Mine, as soon as it can be clicked. */
export async function startMining(page) {
  await page.locator("#mine-button:not([aria-disabled=true])", { hasText: "Mine" }).click();
}

/** Waits until the page offers to mint; the list entry, that of `account` where one is named. */
export async function offered(page, account = "") {
  const find = page.locator("#finds > li", { has: page.locator(".mint:visible"), hasText: account }).first();
  await find.waitFor({ timeout: PATIENCE_MS });
  return find;
}

/** Mints `find` through the Demo wallet; resolves once the page says that it is on the chain. */
export async function mint(page, find) {
  const key = await find.getAttribute("data-key");
  await find.locator(".mint").click();
  await page.locator("#demo-wallet-confirm").click();
  const same = page.locator(`#finds > li[data-key="${key}"]`);
  await same.locator("h3", { hasText: "is yours" }).waitFor({ timeout: PATIENCE_MS });
  return same;
}

/** Chooses another of the Demo wallet's accounts; the account. */
export async function switchAccount(page, index) {
  await page.locator("#demo-wallet-panel summary").click();
  const select = page.locator("#demo-wallet-account");
  await select.selectOption({ index });
  const account = await select.inputValue();
  await page.locator("#demo-wallet-panel summary").click();
  return account;
}

/** The facts of a list, label → value. */
export async function facts(list) {
  await list.locator("div").first().waitFor();
  const pairs = await list.locator("div").evaluateAll((rows) =>
    rows.map((row) => [row.querySelector("dt").textContent, row.querySelector("dd").textContent]),
  );
  return Object.fromEntries(pairs);
}

/** The Atom's page, once it has read the Atom: its title and facts. */
export async function atomPage(page, id) {
  await page.locator("#atom-facts > [data-key=Number]", { hasText: `#${id}` }).waitFor();
  return { title: await page.locator("#atom-title").textContent(), card: await facts(page.locator("#atom-facts")) };
}

/** Waits until what is mined has this fact. */
export function minedFact(page, label, value) {
  const row = page.locator("#mine-facts > div", { has: page.locator("dt", { hasText: label }) });
  return row.locator("dd", { hasText: value }).waitFor({ timeout: PATIENCE_MS });
}
