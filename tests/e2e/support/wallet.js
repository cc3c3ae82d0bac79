// The test wallet for a visitor: MetaMask's in-page provider, bundled once, over a backend that tests script.
import { build } from "esbuild-wasm";
import { fileURLToPath } from "node:url";

const ENTRY = fileURLToPath(new URL("../../wallet/inpage.js", import.meta.url));
const SHIMS = fileURLToPath(new URL("../../wallet/shims.js", import.meta.url));
let bundle;

/** What puts a wallet that begins with this `script` (see wallet/inpage.js) into a page that is not open yet. */
export async function walletCode(script) {
  bundle ??= build({
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    format: "iife",
    platform: "browser",
    mainFields: ["browser", "module", "main"],
    inject: [SHIMS],
    define: { global: "globalThis", "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
  const { outputFiles } = await bundle;
  return `window.testWalletScript = ${JSON.stringify(script)};\n${outputFiles[0].text}`;
}

/** For visit's `prepare`: the page finds that wallet. */
export function installWallet(script) {
  return async (context) => {
    await context.addInitScript(await walletCode(script));
  };
}
