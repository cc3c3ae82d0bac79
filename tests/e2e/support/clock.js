// A clock of the page's own that tests put forward: hours pass at once, as for a computer that slept.

/** For visit's `prepare`: afterwards `page.clock` moves the page's time. It runs on by itself meanwhile. */
export async function installClock(context, options) {
  await context.clock.install(options);
  await context.addInitScript(shortenTimerIds);
}

/** The installed clock numbers its timers from 10^12 on; those of browsers are 32-bit, and the page relies on that. */
function shortenTimerIds() {
  const FIRST = 1e12;
  for (const kind of ["Timeout", "Interval"]) {
    const [set, clear] = [window[`set${kind}`], window[`clear${kind}`]];
    window[`set${kind}`] = (...args) => set(...args) - FIRST;
    window[`clear${kind}`] = (id) => clear(id + FIRST);
  }
}
