// The page with the real MetaMask extension, from the unpacked folder that ATOMINE_METAMASK names. `cargo xtask test`
// runs this where it is named, and says loudly that it did not run where it is not.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { PATIENCE_MS, PROGRAM, mineOne, noticed, open } from "../e2e/support/browser.js";
import { startDemo } from "../e2e/support/demo.js";

const EXTENSION = process.env.ATOMINE_METAMASK;
/** The local chain's public test phrase, and a password for this profile alone. */
const PHRASE = "test test test test test test test test test test test junk";
const PASSWORD = "a local test";
/** What the extension's dialogs call their buttons, by kind of question: connect, add or switch a chain, sign. */
const YES = ["confirm-btn", "confirmation-submit-button", "page-container-footer-next", "confirm-footer-button"];
const NO = ["cancel-btn", "confirmation-cancel-button", "page-container-footer-cancel", "confirm-footer-cancel-button"];
/** Its first start, in whatever order it asks: what is shown, and what is done with it. */
const FIRST_START = {
  "onboarding-get-started-button": (control) => control.click(),
  "onboarding-import-wallet": (control) => control.click(),
  "onboarding-import-with-srp-button": (control) => control.click(),
  "srp-input-import__srp-note": (control) => control.pressSequentially(PHRASE),
  "import-srp-confirm": (control) => control.click(),
  "create-password-new-input": (control) => control.fill(PASSWORD),
  "create-password-confirm-input": (control) => control.fill(PASSWORD),
  "create-password-terms": (control) => control.click(),
  "create-password-submit": (control) => control.click(),
  "metametrics-i-agree": (control) => control.click(),
  "download-app-continue": (control) => control.click(),
  "onboarding-complete-done": (control) => control.click(),
};

let demo, context, extension, page, profile;

before(async () => {
  assert.ok(EXTENSION, "ATOMINE_METAMASK names no folder");
  demo = await startDemo();
  profile = await mkdtemp(join(tmpdir(), "atomine-metamask-"));
  context = await chromium.launchPersistentContext(profile, {
    ...PROGRAM,
    args: [...PROGRAM.args, `--disable-extensions-except=${EXTENSION}`, `--load-extension=${EXTENSION}`],
    ignoreDefaultArgs: ["--disable-extensions"],
  });
  const [worker] = context.serviceWorkers();
  extension = new URL((worker ?? (await context.waitForEvent("serviceworker"))).url()).origin;
  await setUp();
  page = await open(context, demo.page);
});
after(async () => {
  await context?.close();
  await demo?.stop();
  if (profile) await rm(profile, { recursive: true });
});

/** Goes through the extension's first start; each control once, as it comes. */
async function setUp() {
  const wallet = await context.newPage();
  await wallet.goto(`${extension}/home.html`);
  const left = new Map(Object.entries(FIRST_START));
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wallet.waitForTimeout(300)) {
    if (await wallet.getByTestId("account-menu-icon").isVisible()) return wallet.close();
    for (const [name, use] of left) {
      const control = wallet.getByTestId(name);
      if (!(await control.isVisible()) || !(await control.isEnabled())) continue;
      await use(control);
      left.delete(name);
      break;
    }
  }
  throw new Error(`MetaMask's first start came to no end; not seen: ${[...left.keys()]}`);
}

/** Answers the extension's open question with one of `buttons`. */
async function answer(buttons) {
  const dialog = await context.newPage();
  await dialog.goto(`${extension}/notification.html`);
  const button = dialog.locator(buttons.map((name) => `[data-testid="${name}"]`).join(", ")).first();
  await button.click({ timeout: PATIENCE_MS });
  await dialog.close();
  await page.bringToFront();
}

async function choose() {
  await page.locator("#wallet-button").click();
  await page.locator("#wallet-list button", { hasText: "MetaMask" }).click();
}

test("MetaMask's connection is rejected, and tried again", async () => {
  await choose();
  await answer(NO);
  await noticed(page, "You said no in the wallet, so it is not connected.");
  await choose();
  await answer(YES);
  await page.locator("#wallet-button", { hasText: "0x" }).waitFor();
});

test("MetaMask takes the demo's chain", async () => {
  await page.locator("#switch-chain").click();
  await answer(YES);
  await page.locator("#switch-chain").waitFor({ state: "hidden", timeout: PATIENCE_MS });
});

test("MetaMask's mint is rejected, stays on offer, and is confirmed", async () => {
  const find = await mineOne(page);
  const key = await find.getAttribute("data-key");
  const same = page.locator(`#finds > li[data-key="${key}"]`);
  await find.locator(".mint").click();
  await answer(NO);
  await same.locator(".status", { hasText: "You said no in the wallet." }).waitFor();
  await same.locator(".mint:visible").click();
  await answer(YES);
  await same.locator("h3", { hasText: "is yours" }).waitFor({ timeout: PATIENCE_MS });
});

test("MetaMask, once locked, shares no account any more", async () => {
  const wallet = await context.newPage();
  await wallet.goto(`${extension}/home.html`);
  await wallet.getByTestId("account-options-menu-button").click();
  await wallet.getByTestId("global-menu-lock").click();
  await wallet.close();
  await page.locator("#wallet-hint", { hasText: "shares no account with this page now" }).waitFor();
});
