//! The bare kernel for the hash-rate benchmark, which must measure the very module that ships.

use atomine_keccak::{Best, CounterLane, Fastest, Kernel, Work};
use wasm_bindgen::prelude::wasm_bindgen;

/// A search over lane 9 without the messages and turns around it.
#[wasm_bindgen]
pub struct Bench {
    work: Work,
    kernel: Fastest,
    best: Best,
}

#[wasm_bindgen]
impl Bench {
    /// Work on an 84-byte preimage for a hash below a 32-byte target; `None` for other lengths.
    pub fn start(preimage: &[u8], target: &[u8]) -> Option<Self> {
        let (preimage, target) = (preimage.try_into().ok()?, target.try_into().ok()?);
        Some(Self {
            work: Work::new(preimage, CounterLane::Nine, target),
            kernel: Fastest::default(),
            best: Best::NONE,
        })
    }

    /// The first of `count` counters from `start` whose hash is below the target.
    pub fn search(&mut self, start: u64, count: u64) -> Option<u64> {
        let outcome = self.kernel.search(&self.work, start, count, &mut self.best);
        outcome.found
    }
}
