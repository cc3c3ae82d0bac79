// What the provider's streams expect of Node.
export { Buffer } from "buffer";
export { default as process } from "process/browser.js";
