// The test wallet within the page: MetaMask's own in-page provider over a scripted backend. What it answers, and with
// which codes, is what the real extension was seen to answer.
import { initializeProvider } from "@metamask/providers/initializeInpageProvider";
import { Duplex } from "readable-stream";

const INFO = {
  uuid: "5f0b9dc1-3f2c-4c3a-9d1e-5b6f1f8a7c11",
  name: "Test wallet",
  icon: "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>",
  rdns: "org.example.wallet",
};
const UNAUTHORISED = { code: 4100, message: "The requested account and/or method has not been authorized by the user." };
const hex = (number) => `0x${number.toString(16)}`;

/**
 * `script`: {rpc, accounts, chainId, knownChains}; all can be changed later through `window.testWallet`. There,
 * `answers[method]` holds what the next calls of a method are answered instead of the usual: {error}, {result}, or
 * "open" for a dialog that nobody answers; `asked` lists every request that was made.
 */
class Backend {
  answers = {};
  asked = [];
  connected = false;

  constructor(script) {
    Object.assign(this, script);
    const write = (request, _, done) => {
      this.#receive(request);
      done();
    };
    this.stream = new Duplex({ objectMode: true, read() {}, write });
  }

  tell(method, params) {
    this.stream.push({ jsonrpc: "2.0", method, params });
  }

  /** As when the visitor chooses other accounts for this page in the wallet; none revokes its leave. */
  share(accounts) {
    this.accounts = accounts;
    this.connected = accounts.length > 0;
    this.tell("metamask_accountsChanged", accounts);
  }

  /** As when the visitor switches the network in the wallet. */
  moveTo(chainId, isConnected = true) {
    this.chainId = chainId;
    this.tell("metamask_chainChanged", { chainId: hex(chainId), networkVersion: String(chainId), isConnected });
  }

  async #receive({ id, method, params }) {
    this.asked.push({ method, params });
    const scripted = this.answers[method]?.shift();
    if (scripted === "open") return;
    const answer = scripted ?? (await this.#usual(method, params).then((result) => ({ result }), (error) => ({ error })));
    this.stream.push({ jsonrpc: "2.0", id, ...answer });
  }

  async #usual(method, params) {
    switch (method) {
      case "metamask_getProviderState":
        return { accounts: [], chainId: hex(this.chainId), networkVersion: String(this.chainId), isConnected: true, isUnlocked: true };
      case "metamask_sendDomainMetadata":
        return true;
      case "eth_chainId":
        return hex(this.chainId);
      case "eth_accounts":
        return this.connected ? this.accounts : [];
      case "eth_requestAccounts":
        this.connected = true;
        return this.accounts;
      case "wallet_switchEthereumChain":
        return this.#switch(Number(params[0].chainId));
      case "wallet_addEthereumChain":
        return this.#add(params[0]);
      case "wallet_revokePermissions":
        this.share([]);
        return null;
      case "eth_sendTransaction":
        if (!this.connected || !this.accounts.includes(params[0].from)) throw UNAUTHORISED;
        return this.#ask(method, params);
      default:
        if (!method.startsWith("eth_")) throw { code: -32601, message: `The method "${method}" does not exist / is not available.` };
        return this.#ask(method, params);
    }
  }

  #switch(chainId) {
    if (!this.knownChains.includes(chainId)) {
      throw { code: 4902, message: `Unrecognized chain ID "${hex(chainId)}". Try adding the chain using wallet_addEthereumChain first.` };
    }
    if (chainId !== this.chainId) this.moveTo(chainId);
    return null;
  }

  #add(chain) {
    const keys = ["chainId", "chainName", "nativeCurrency", "rpcUrls", "blockExplorerUrls", "iconUrls"];
    const other = Object.keys(chain).filter((key) => !keys.includes(key));
    const local = (url) => ["127.0.0.1", "localhost"].includes(new URL(url).hostname);
    if (other.length > 0) throw { code: -32602, message: `Received unexpected keys on object parameter: ${other}` };
    if (chain.nativeCurrency?.decimals !== 18) throw { code: -32602, message: "Expected the number 18 for 'nativeCurrency.decimals'." };
    if (!chain.rpcUrls?.every((url) => url.startsWith("https:") || local(url))) {
      throw { code: -32602, message: "Expected an array with at least one valid string HTTPS url 'rpcUrls'." };
    }
    this.knownChains.push(Number(chain.chainId));
    return this.#switch(Number(chain.chainId));
  }

  /** The chain's own answer; its errors as MetaMask wraps them. */
  async #ask(method, params) {
    let answer;
    try {
      const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
      const response = await fetch(this.rpc, { method: "POST", headers: { "content-type": "application/json" }, body });
      answer = await response.json();
    } catch {
      this.moveTo(this.chainId, false);
      throw { code: -32603, message: "Failed to fetch" };
    }
    if (!answer.error) return answer.result;
    const { code, message, data } = answer.error;
    throw { code: -32603, message: "Internal JSON-RPC error.", data: { code, message, data } };
  }
}

window.testWallet = new Backend(window.testWalletScript);
initializeProvider({ connectionStream: window.testWallet.stream, providerInfo: INFO, shouldAnnounceCaip294: false });
