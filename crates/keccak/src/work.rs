//! What a kernel is asked to solve: a preimage with a hole for the counter, and a target.

use crate::reference::{self, Block};

/// Bytes of the preimage: sender (20), previous hash (32), nonce (32).
pub const PREIMAGE_BYTES: usize = 84;

/// The lane of the message that holds the counter: message bytes 72..80, which are bytes 20..28 of the nonce.
const COUNTER_LANE: usize = 9;

/// The counter as it stands in message bytes 72..80: little-endian, with bytes 1 and 4 swapped.
///
/// The swap brings the counter's 16 lowest bits to bits 0 to 7 and 32 to 39 of their lane, which the kernels' front end
/// needs (`front`).
pub const fn counter_bytes(counter: u64) -> [u8; 8] {
    let [b0, b1, b2, b3, b4, b5, b6, b7] = counter.to_le_bytes();
    [b0, b4, b2, b3, b1, b5, b6, b7]
}

/// A preimage whose counter lane is open, and the bound its hash must stay below.
#[derive(Clone, Debug)]
pub struct Work {
    /// The padded message; the counter lane is zero.
    block: Block,
    target: [u8; 32],
}

impl Work {
    /// Work on `preimage`, whose bytes 72..80 do not matter, for a hash below `target` (big-endian, strict).
    pub fn new(preimage: &[u8; PREIMAGE_BYTES], target: [u8; 32]) -> Self {
        let mut block = reference::pad(preimage);
        block[COUNTER_LANE] = 0;
        Self { block, target }
    }

    /// The exact hash at `counter`, by the reference.
    pub fn hash(&self, counter: u64) -> [u8; 32] {
        reference::hash_block(self.block_at(counter))
    }

    /// The bound: a hash solves the work when it is smaller.
    pub fn target(&self) -> &[u8; 32] {
        &self.target
    }

    /// Round 1 up to χ at counter 0, lane (x, y) at `x + 5 * y`: what a kernel in another language starts from. θ, ρ and
    /// π are linear, so another counter is xored into eleven of these lanes, rotated.
    pub fn before_first_chi(&self) -> [u64; 25] {
        reference::theta_rho_pi(&self.block)
    }

    /// The padded message at `counter`.
    pub(crate) fn block_at(&self, counter: u64) -> Block {
        let mut block = self.block;
        block[COUNTER_LANE] = u64::from_le_bytes(counter_bytes(counter));
        block
    }
}
