// Starts the page: says in plain words what is missing, else hands over to WebAssembly.

// The one policy there can be: scripts from the page's own folder. No text ever becomes HTML or code.
const home = new URL(".", import.meta.url).href;
globalThis.trustedTypes?.createPolicy("default", {
  createScriptURL: (url) => (new URL(url, home).href.startsWith(home) ? url : null),
});

const say = (text) => {
  const boot = document.getElementById("boot");
  boot.hidden = false;
  boot.textContent = text;
};

const missing = () => {
  if (typeof WebAssembly !== "object") {
    return "This browser has no WebAssembly, or it is switched off (some lockdown modes do that). Atomine needs it.";
  }
  if (typeof Worker !== "function") {
    return "This browser has no Web Workers, in which Atomine does its work. Please use a current browser.";
  }
  return "";
};

const problem = missing();
if (problem) {
  say(problem);
} else {
  try {
    const { default: init, start, rest } = await import("./pkg/web/atomine_web.js");
    await init();
    start(rest);
  } catch (error) {
    say("Atomine could not start. Reload the page; if that does not help, try a current browser.");
    console.error(error);
  }
}
