// The rest of the page's program, which is loaded when mining has begun or something of it is wanted.
import assert from "node:assert/strict";
import { test } from "node:test";
import { connect, startMining, visit } from "./support/browser.js";
import { stage } from "./support/stage.js";

const on = stage({});
const REST = "**/atomine_web_rest.wasm";

test("the rest that cannot be loaded is said, mining goes on without, and what waited for it is done when it comes", async () => {
  const page = await visit(on.browser, "about:blank");
  await page.route(REST, (route) => route.abort());
  await page.goto(on.demo.page);
  await connect(page);
  await startMining(page);
  const notice = page.locator(".notices .notice", { hasText: "Part of this page could not be loaded." });
  await notice.waitFor();
  assert.equal(await notice.count(), 1);
  await page.locator("#nav-gallery").click();
  await page.locator("#gallery-title").waitFor();
  assert.equal(await page.locator("#gallery-table > li").count(), 0);

  await page.unroute(REST);
  await page.locator("#gallery-cards > li").first().waitFor();
  await notice.waitFor({ state: "detached" });
  assert.ok(await page.locator("#gallery-table > li").count() > 100);
  await page.locator("#nav-mine").click();
  await page.locator("#finds > li").first().waitFor();
});

test("a rest of another build is refused instead of run", async () => {
  const page = await visit(on.browser, "about:blank");
  await page.route("**/atomine_web_bg.wasm", async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    // The mark of the build, by which the rest knows the first half, in another spelling.
    const at = body.indexOf("0x", body.indexOf("memory"));
    const mark = body.subarray(at, at + 66).toString();
    assert.match(mark, /^0x[0-9a-f]{64}$/);
    body[at + 65] ^= 1;
    await route.fulfill({ response, body });
  });
  await page.goto(`${on.demo.page}#/gallery`);
  await page.locator(".notices .notice", { hasText: "reload the page" }).waitFor();
});
