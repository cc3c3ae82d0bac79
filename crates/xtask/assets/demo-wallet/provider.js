// The Demo wallet's EIP-1193 provider. What it answers, and with which codes, is what MetaMask answers.
import { confirmConnect, confirmTransaction } from "./dialogs.js";

const LOCAL_CHAIN = 31337;
const LOCAL_HOSTS = new Set(["127.0.0.1", "localhost", "[::1]"]);
/** Methods that only read, and go to the chain as they are. */
const READS = new Set([
  "eth_blockNumber", "eth_call", "eth_estimateGas", "eth_feeHistory", "eth_gasPrice", "eth_getBalance",
  "eth_getBlockByHash", "eth_getBlockByNumber", "eth_getCode", "eth_getLogs", "eth_getStorageAt",
  "eth_getTransactionByHash", "eth_getTransactionCount", "eth_getTransactionReceipt", "eth_maxPriorityFeePerGas",
  "web3_clientVersion",
]);

/** An error as wallets throw it (EIP-1193). */
class WalletError extends Error {
  constructor(code, message, data) {
    super(message);
    this.code = code;
    if (data !== undefined) this.data = data;
  }
}

const hex = (number) => `0x${number.toString(16)}`;
const sameAccount = (a, b) => typeof a === "string" && a.toLowerCase() === b.toLowerCase();

export class DemoProvider {
  #chain;
  #selected = 0;
  #connected = false;
  #open = false;
  #online = true;
  #listeners = new Map();

  /** `chain`: {rpc, chainId, accounts}; refuses everything that is not the local test chain. */
  constructor(chain) {
    if (chain.chainId !== LOCAL_CHAIN || !LOCAL_HOSTS.has(new URL(chain.rpc).hostname)) {
      throw new Error("The Demo wallet's keys are public: it works on the local test chain alone.");
    }
    this.#chain = chain;
    /** What pages get: nothing but EIP-1193. */
    this.facade = Object.freeze({
      request: (args) => this.#request(args),
      on: (event, listener) => this.#on(event, listener),
      removeListener: (event, listener) => this.#removeListener(event, listener),
      isConnected: () => this.#online,
    });
  }

  get accounts() {
    return this.#chain.accounts;
  }

  get selected() {
    return this.#chain.accounts[this.#selected];
  }

  /** Makes another test account the active one; the page hears of it if it is connected. */
  select(account) {
    this.#selected = this.#chain.accounts.indexOf(account);
    if (this.#connected) this.#emit("accountsChanged", [this.selected]);
  }

  /** What the active account holds, in wei. */
  async balance() {
    return BigInt(await this.#ask("eth_getBalance", [this.selected, "latest"]));
  }

  async #request(args) {
    if (typeof args !== "object" || args === null || typeof args.method !== "string" || args.method === "") {
      throw new WalletError(-32600, "Expected a single, non-array, object argument with a method.");
    }
    const { method, params = [] } = args;
    if (READS.has(method)) return this.#ask(method, params);
    switch (method) {
      case "eth_chainId":
        return hex(LOCAL_CHAIN);
      case "net_version":
        return String(LOCAL_CHAIN);
      case "eth_accounts":
        return this.#connected ? [this.selected] : [];
      case "eth_requestAccounts":
        return this.#connect();
      case "eth_sendTransaction":
        return this.#send(params[0]);
      case "wallet_switchEthereumChain":
        return this.#switchChain(params[0]);
      case "wallet_addEthereumChain":
        return this.#addChain(params[0]);
      case "wallet_revokePermissions":
        return this.#revoke();
      default:
        throw new WalletError(-32601, `The method "${method}" does not exist / is not available.`);
    }
  }

  async #connect() {
    if (!this.#connected) {
      await this.#oneAtATime("eth_requestAccounts", async () => {
        if (!(await confirmConnect(this.selected))) throw new WalletError(4001, "User rejected the request.");
      });
      this.#connected = true;
      this.#emit("accountsChanged", [this.selected]);
    }
    return [this.selected];
  }

  async #send(transaction) {
    if (!this.#connected || !sameAccount(transaction?.from, this.selected)) {
      throw new WalletError(4100, "The requested account and/or method has not been authorized by the user.");
    }
    if (transaction.chainId !== undefined && Number(transaction.chainId) !== LOCAL_CHAIN) {
      throw new WalletError(-32602, "Invalid transaction params: the Demo wallet sends on the local test chain alone.");
    }
    if (transaction.gasPrice !== undefined && transaction.maxFeePerGas !== undefined) {
      throw new WalletError(-32602, "Invalid transaction params: specified gasPrice but also included maxFeePerGas.");
    }
    return this.#oneAtATime("eth_sendTransaction", async () => {
      const gas = transaction.gas ?? (await this.#ask("eth_estimateGas", [transaction]));
      const complete = { ...transaction, gas };
      if (!(await confirmTransaction(complete))) {
        throw new WalletError(4001, "MetaMask Tx Signature: User denied transaction signature.");
      }
      return this.#ask("eth_sendTransaction", [complete]);
    });
  }

  #switchChain(parameters) {
    const id = readChainId(parameters);
    if (id !== LOCAL_CHAIN) {
      throw new WalletError(4902, `Unrecognized chain ID "${hex(id)}". The Demo wallet knows the local test chain alone.`);
    }
    return null;
  }

  #addChain(parameters) {
    const id = readChainId(parameters);
    const urls = Array.isArray(parameters.rpcUrls) ? parameters.rpcUrls : [];
    if (id !== LOCAL_CHAIN || !urls.some((url) => URL.canParse(url) && LOCAL_HOSTS.has(new URL(url).hostname))) {
      throw new WalletError(-32602, "The Demo wallet adds no chain but the local test chain.");
    }
    return null;
  }

  #revoke() {
    this.#connected = false;
    this.#emit("accountsChanged", []);
    return null;
  }

  async #oneAtATime(method, work) {
    if (this.#open) {
      throw new WalletError(-32002, `Request of type '${method}' already pending for origin ${location.origin}. Please wait.`);
    }
    this.#open = true;
    try {
      return await work();
    } finally {
      this.#open = false;
    }
  }

  /** Asks the local chain; its errors keep their data, as wallets hand them on. */
  async #ask(method, params) {
    let answer;
    try {
      const response = await fetch(this.#chain.rpc, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      });
      answer = await response.json();
    } catch {
      this.#setOnline(false);
      throw new WalletError(-32603, "Failed to fetch");
    }
    this.#setOnline(true);
    if (answer.error) {
      const { code, message, data } = answer.error;
      throw new WalletError(-32603, "Internal JSON-RPC error.", { code, message, data });
    }
    return answer.result;
  }

  #setOnline(online) {
    if (online === this.#online) return;
    this.#online = online;
    if (online) this.#emit("connect", { chainId: hex(LOCAL_CHAIN) });
    else this.#emit("disconnect", new WalletError(1013, "Disconnected: the local chain does not answer."));
  }

  #on(event, listener) {
    if (!this.#listeners.has(event)) this.#listeners.set(event, new Set());
    this.#listeners.get(event).add(listener);
    return this.facade;
  }

  #removeListener(event, listener) {
    this.#listeners.get(event)?.delete(listener);
    return this.facade;
  }

  #emit(event, value) {
    for (const listener of this.#listeners.get(event) ?? []) {
      // A listener that throws must not keep the others from hearing.
      try {
        listener(value);
      } catch (error) {
        console.error(error);
      }
    }
  }
}

function readChainId(parameters) {
  const id = parameters?.chainId;
  if (typeof id !== "string" || !/^0x[1-9a-f][0-9a-f]*$/i.test(id)) {
    throw new WalletError(-32602, `Expected 0x-prefixed, unpadded, non-zero hexadecimal string 'chainId'. Received: ${id}`);
  }
  return Number(id);
}
