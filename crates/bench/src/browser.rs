//! What the benchmark in the browser calls.

use std::cell::RefCell;

use atomine_keccak::{PREIMAGE_BYTES, Work, counter_bytes};
use sha3::{Digest, Keccak256};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::kernels::{self, Measured};

thread_local! {
    static BENCH: RefCell<Option<(Work, Vec<Measured>)>> = const { RefCell::new(None) };
}

/// Prepares every kernel of this build for [`bench`]: a `preimage` of 84 bytes, a `target` of 32, big-endian. Gives the
/// kernels' names, a line each; none when these are not that long.
#[wasm_bindgen]
pub fn bench_kernels(preimage: &[u8], target: &[u8]) -> String {
    let (Ok(preimage), Ok(target)) = (
        <&[u8; PREIMAGE_BYTES]>::try_from(preimage),
        target.try_into(),
    ) else {
        return String::new();
    };
    let work = Work::new(preimage, target);
    let kernels = kernels::kernels();
    let names: Vec<&str> = kernels.iter().map(|kernel| kernel.name).collect();
    let names = names.join("\n");
    BENCH.set(Some((work, kernels)));
    names
}

/// The first of `count` counters from `start` that solves the work, by the kernel at `place` in the list of
/// [`bench_kernels`].
#[wasm_bindgen]
pub fn bench(place: usize, start: u64, count: u64) -> Option<u64> {
    BENCH.with_borrow_mut(|bench| {
        let (work, kernels) = bench.as_mut()?;
        (kernels.get_mut(place)?.search)(work, start, count)
    })
}

/// The crate `sha3`, as a miner would use it: hashes `message` with the counters from `start` to `end` in bytes 72..80. Gives the xor of the hashes' first words, then the counters whose first word is below `target_word`.
#[wasm_bindgen]
pub fn sha3_walk(message: &[u8], start: u32, end: u32, target_word: u32) -> Vec<u32> {
    let mut message = message.to_vec();
    let mut walked = vec![0];
    let mut fold = 0;
    for counter in start..end {
        message[72..80].copy_from_slice(&counter_bytes(counter.into()));
        let hash = Keccak256::digest(&message);
        let word = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
        fold ^= word;
        if word < target_word {
            walked.push(counter);
        }
    }
    walked[0] = fold;
    walked
}
