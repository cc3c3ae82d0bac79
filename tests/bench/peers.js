// Other implementations of Keccak-256 that a miner page could use, each called the way such a page calls it.
import { KeccakHasher } from "/node_modules/@blackhan-software/wasm-miner/dist/index.esm.min.js";
import { keccak_256 } from "/node_modules/@noble/hashes/sha3.js";
import { solidityPackedKeccak256 } from "/node_modules/ethers/dist/ethers.min.js";
import { utils as ethers5 } from "/node_modules/ethers-5/dist/ethers.esm.min.js";
import { createKeccak } from "/node_modules/hash-wasm/dist/index.esm.min.js";
import { keccak256 } from "/node_modules/js-sha3/build/sha3.mjs";
import { TARGET_WORD, firstWord, message, preimage } from "./work.js";
import { truthOf } from "./walk.js";

/** A step that hashes message by message; `wordAt(counter)` is the hash's first word. */
const stepping = (wordAt) => (start, end, found) => {
  let fold = 0;
  for (let counter = start; counter < end; counter++) {
    const word = wordAt(counter);
    fold ^= word;
    if (word < TARGET_WORD) found.push(counter);
  }
  return fold;
};

/** `hash(bytes)` gives the hash of a message as bytes. */
const ofBytes = (hash) => {
  const { bytes, count } = message();
  return (counter) => {
    count(counter);
    return firstWord(hash(bytes));
  };
};

/** `hash(types, values)` is ethers' packed hash, as the page of the first mineable NFT called it. */
const ofSolidity = (hash) => {
  const hex = (bytes) => `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  const { bytes } = message();
  const [sender, prevHash, nonce] = [bytes.slice(0, 20), bytes.slice(20, 52), bytes.slice(52)].map(hex);
  const types = ["address", "bytes32", "uint256"];
  const base = BigInt(nonce);
  return (counter) => {
    // The counter's three lowest bytes are bytes 20, 24 and 22 of the nonce.
    const high = ((counter & 0xff) << 16) | (counter >> 16);
    const low = (counter >> 8) & 0xff;
    const text = hash(types, [sender, prevHash, base + (BigInt(high) << 72n) + (BigInt(low) << 56n)]);
    return parseInt(text.slice(2, 10), 16);
  };
};

/** wasm-miner counts in the last 8 bytes of the message, big-endian, and tells of hashes with leading zero digits. */
const wasmMiner = async (hashWasm) => {
  const hasher = await KeccakHasher();
  const bytes = preimage();
  const step = (start, end, found) => {
    const callback = (nonce, _, hash) => firstWord(hash) < TARGET_WORD && found.push(Number(nonce));
    hasher.reduce(bytes, { callback, range: [BigInt(start), BigInt(end)], zeros: 4 });
  };
  const other = preimage();
  const view = new DataView(other.buffer);
  const wordAt = (counter) => {
    view.setBigUint64(76, BigInt(counter));
    return firstWord(hashWasm(other));
  };
  return { name: "@blackhan-software/wasm-miner", batch: 1_000, step, truth: truthOf(wordAt) };
};

/** The peers, and the truth about the range, which hash-wasm tells and all others must agree with. */
export const peers = async () => {
  const keccak = await createKeccak(256);
  const hashWasm = (bytes) => keccak.init().update(bytes).digest("binary");
  const { default: init, sha3_walk } = await import("/modules/peers/atomine_bench.js");
  await init();
  const sha3 = (start, end, found) => {
    const walked = sha3_walk(preimage(), start, end, TARGET_WORD);
    found.push(...walked.subarray(1));
    return walked[0] | 0;
  };
  const peers = [
    { name: "hash-wasm", batch: 250, step: stepping(ofBytes(hashWasm)) },
    await wasmMiner(hashWasm),
    { name: "sha3 (Rust, in wasm)", batch: 1_000, step: sha3 },
    { name: "js-sha3", batch: 50, step: stepping(ofBytes(keccak256.array)) },
    { name: "@noble/hashes", batch: 50, step: stepping(ofBytes(keccak_256)) },
    { name: "ethers 5 solidityKeccak256", batch: 10, step: stepping(ofSolidity(ethers5.solidityKeccak256)) },
    { name: "ethers 6 solidityPackedKeccak256", batch: 10, step: stepping(ofSolidity(solidityPackedKeccak256)) },
  ];
  return { peers: peers.map((peer) => ({ kind: "peer", ...peer })), truth: truthOf(ofBytes(hashWasm)) };
};
