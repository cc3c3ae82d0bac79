// What a file of tests needs from beginning to end: a demo of its own and a browser.
import { after, afterEach, before, beforeEach } from "node:test";
import { launch } from "./browser.js";
import { startDemo } from "./demo.js";

/**
 * The demo (see startDemo) and the browser (with `flags`) of this file, once its tests run; both are taken down after the last.
 * `prepare` gets them before the first: a `before` of the file's own would not wait for them.
 * Visitors of a single test leave with it, so that none goes on mining beside the next.
 */
export function stage({ flags, ...options } = {}, prepare = () => {}) {
  const set = {};
  let staying = [];
  before(async () => {
    set.demo = await startDemo(options);
    set.browser = await launch(flags);
    await prepare(set);
  });
  beforeEach(() => {
    staying = set.browser.contexts();
  });
  afterEach(async () => {
    const leaving = set.browser.contexts().filter((context) => !staying.includes(context));
    await Promise.all(leaving.map((context) => context.close()));
  });
  after(async () => {
    await set.browser?.close();
    await set.demo?.stop();
  });
  return set;
}
