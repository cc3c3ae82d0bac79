//! What a kernel is asked to solve: a preimage with a hole for the counter, and a target.

use crate::reference::{self, Block};

/// Bytes of the preimage: sender (20), previous hash (32), nonce (32).
pub const PREIMAGE_BYTES: usize = 84;

/// The 8-byte lane of the message that a kernel counts in, little-endian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CounterLane {
    /// Message bytes 64..72, which are bytes 12..20 of the nonce.
    Eight,
    /// Message bytes 72..80, which are bytes 20..28 of the nonce.
    Nine,
}

impl CounterLane {
    /// The lane's index in the message.
    pub(crate) const fn index(self) -> usize {
        match self {
            Self::Eight => 8,
            Self::Nine => 9,
        }
    }
}

/// A preimage whose counter lane is open, and the bound its hash must stay below.
#[derive(Clone, Debug)]
pub struct Work {
    /// The padded message; the counter lane is zero.
    block: Block,
    counter_lane: CounterLane,
    target: [u8; 32],
}

impl Work {
    /// Work on `preimage`, whose bytes in `counter_lane` do not matter, for a hash below `target` (big-endian, strict).
    pub fn new(
        preimage: &[u8; PREIMAGE_BYTES],
        counter_lane: CounterLane,
        target: [u8; 32],
    ) -> Self {
        let mut block = reference::pad(preimage);
        block[counter_lane.index()] = 0;
        Self {
            block,
            counter_lane,
            target,
        }
    }

    /// The exact hash at `counter`, by the reference.
    pub fn hash(&self, counter: u64) -> [u8; 32] {
        let mut block = self.block;
        block[self.counter_lane.index()] = counter;
        reference::hash_block(block)
    }

    /// The lane that kernels count in.
    pub fn counter_lane(&self) -> CounterLane {
        self.counter_lane
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

    /// The padded message with the counter at zero.
    pub(crate) fn block(&self) -> &Block {
        &self.block
    }
}
