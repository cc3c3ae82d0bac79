// The Demo wallet: test accounts of the local chain, announced to the page like any wallet (EIP-6963).
import { DemoProvider } from "./provider.js";
import { showPanel } from "./dialogs.js";

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#2b2140"/>' +
    '<g fill="none" stroke="#c9b6ff" stroke-width="2"><ellipse cx="16" cy="16" rx="11" ry="4.5"/>' +
    '<ellipse cx="16" cy="16" rx="11" ry="4.5" transform="rotate(60 16 16)"/>' +
    '<ellipse cx="16" cy="16" rx="11" ry="4.5" transform="rotate(120 16 16)"/></g>' +
    '<circle cx="16" cy="16" r="2.6" fill="#fff"/></svg>',
)}`;

const chain = await (await fetch(new URL("chain.json", import.meta.url))).json();
const provider = new DemoProvider(chain);
const info = Object.freeze({
  uuid: crypto.randomUUID(),
  name: "Demo wallet",
  icon: ICON,
  rdns: "app.atomine.demo",
});
const detail = Object.freeze({ info, provider: provider.facade });
const announce = () => dispatchEvent(new CustomEvent("eip6963:announceProvider", { detail }));

addEventListener("eip6963:requestProvider", announce);
announce();
showPanel(provider);
