// The one search that everything measured here does: the 84 bytes of an Atom's preimage with a counter in bytes 72..80,
// and a target that a few counters of the range meet.

/** Counters from 0 to here, over and over: a kernel keeps nothing of one search for the next. */
export const RANGE = 1 << 20;
/** A hash solves the work when its first 4 bytes, big-endian, are below this and the rest may be anything. */
export const TARGET_WORD = 0x8000;
/** Where the counter's bytes lie in the message, the lowest first: the kernels' way (`counter_bytes`). */
const COUNTER = [72, 76, 74, 75];

/** Bytes 0, 1, 2, …: nothing in them is zero that could be left out. */
export const preimage = () => Uint8Array.from({ length: 84 }, (_, i) => i);

export const target = () => {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(0, TARGET_WORD);
  return bytes;
};

/** The message, and how to set its counter. */
export const message = () => {
  const bytes = preimage();
  bytes.fill(0, 72, 80);
  const [first, second, third, fourth] = COUNTER;
  const count = (counter) => {
    bytes[first] = counter;
    bytes[second] = counter >> 8;
    bytes[third] = counter >> 16;
    bytes[fourth] = counter >> 24;
  };
  return { bytes, count };
};

/** A hash's first 4 bytes as one number: what a miner compares with its target. */
export const firstWord = (hash) => ((hash[0] << 24) | (hash[1] << 16) | (hash[2] << 8) | hash[3]) >>> 0;
