// When the page's mining workers say what, counted from the click on Mine.

/** In the page, before anything else: keeps in `watch.heard` when workers are spawned and what they say. */
export function stopwatch() {
  const watch = (globalThis.watch = { clicked_ms: 0, workers: 0, heard: [], reset: () => (watch.heard = []) });
  addEventListener(
    "click",
    ({ target, timeStamp }) => {
      if (target.closest("#mine-button")) watch.clicked_ms = timeStamp;
    },
    true,
  );
  const number = (bytes, place) => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[place++];
      value += (byte & 127) * scale;
      if (byte < 128) return [value, place];
    }
  };
  // A version, the kind of message, and of progress the job and the hashes.
  const read = (bytes) => {
    const what = ["ready", "progress", "measured", "found", "failed"][bytes[1]];
    const [, place] = number(bytes, 2);
    return what === "progress" ? { what, hashes: number(bytes, place)[0] } : { what };
  };
  globalThis.Worker = class extends Worker {
    constructor(...rest) {
      super(...rest);
      const worker = (watch.workers += 1);
      const note = (message) => watch.heard.push({ worker, after_ms: performance.now() - watch.clicked_ms, ...message });
      note({ what: "spawned" });
      this.addEventListener("message", ({ data }) => {
        if (data instanceof Uint8Array) note(read(data));
      });
    }
  };
}

/** The first time that this happens to a worker. */
export async function heard(page, what) {
  const find = (what) => globalThis.watch.heard.find((message) => message.what === what);
  return (await page.waitForFunction(find, what)).jsonValue();
}
