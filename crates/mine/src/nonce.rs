//! How the 256 bits of a nonce are shared out, so that no two machines, tabs or workers repeat work.

use atomine_keccak::{Work, counter_bytes};
use atomine_protocol::{Address, Nonce, PrevHash, preimage};

use crate::message::Job;

/// Random bytes that one search of one worker needs.
pub const SEED_BYTES: usize = 24;

/// Where the counter lies in the nonce: message bytes 72..80, which are one lane of the hash's state.
const COUNTER: core::ops::Range<usize> = 20..28;

/// A nonce but for its counter: 24 random bytes around an 8-byte hole. Two searches with the same seed are as likely as
/// two equal 192-bit random numbers.
#[derive(Clone, Copy, Debug)]
pub struct NonceSpace {
    seed: [u8; SEED_BYTES],
}

impl NonceSpace {
    /// The space of `seed`, fresh randomness of the best kind the machine has.
    pub fn new(seed: [u8; SEED_BYTES]) -> Self {
        Self { seed }
    }

    /// The nonce at `counter`.
    pub fn nonce(&self, counter: u64) -> Nonce {
        let mut bytes = [0; 32];
        let (before, after) = self.seed.split_at(COUNTER.start);
        bytes[..COUNTER.start].copy_from_slice(before);
        bytes[COUNTER].copy_from_slice(&counter_bytes(counter));
        bytes[COUNTER.end..].copy_from_slice(after);
        Nonce::from(bytes)
    }

    /// The kernel's work for `job` in this space.
    pub fn work(&self, job: &Job) -> Work {
        let sender = Address::from(job.sender);
        let prev_hash = PrevHash::from(job.prev_hash);
        let preimage = preimage(sender, prev_hash, self.nonce(0));
        Work::new(&preimage, job.target)
    }
}
