//! What everything measured here searches, and what there truly is to find.

use atomine_keccak::{PREIMAGE_BYTES, Work, counter_bytes};
use sha3::{Digest, Keccak256};

/// Where the counter lies in the message.
pub(super) const COUNTER: std::ops::Range<usize> = 72..80;

/// A message with a hole for the counter, a target, and how far to count.
#[derive(Clone, Debug)]
pub struct Task {
    pub(super) message: [u8; PREIMAGE_BYTES],
    pub(super) target: [u8; 32],
    /// Counters are searched from 0 to here, again and again.
    pub(super) range: u64,
    pub(super) work: Work,
    /// All counters in the range that solve the work, by the crate `sha3`.
    pub(super) solving: Vec<u64>,
}

impl Task {
    /// The task, and the truth about it: about half a second's work for 2^20 counters.
    pub fn new(message: [u8; PREIMAGE_BYTES], target: [u8; 32], range: u64) -> Self {
        let mut task = Self {
            message,
            target,
            range,
            work: Work::new(&message, target),
            solving: Vec::new(),
        };
        let solves = |counter: &u64| {
            let hash: [u8; 32] = Keccak256::digest(task.at(*counter)).into();
            hash < target
        };
        task.solving = (0..range).filter(solves).collect();
        task
    }

    /// The message at `counter`.
    pub(super) fn at(&self, counter: u64) -> [u8; PREIMAGE_BYTES] {
        let mut message = self.message;
        message[COUNTER].copy_from_slice(&counter_bytes(counter));
        message
    }
}
