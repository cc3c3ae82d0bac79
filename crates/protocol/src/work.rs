//! The work itself: what is hashed, when it is enough, and which hash an Atom gets from it.

use crate::{AtomHash, Nonce, PrevHash, Target, WorkHash};
use alloy_primitives::{Address, keccak256};

/// Length of the hashed message in bytes: sender 20, previous hash 32, nonce 32.
pub const PREIMAGE_LEN: usize = 84;

/// The message a miner hashes: `sender ‖ prev ‖ nonce`, packed and big-endian.
pub fn preimage(sender: Address, prev: PrevHash, nonce: Nonce) -> [u8; PREIMAGE_LEN] {
    let mut message = [0; PREIMAGE_LEN];
    let (head, nonce_bytes) = message.split_at_mut(52);
    let (sender_bytes, prev_bytes) = head.split_at_mut(20);
    sender_bytes.copy_from_slice(sender.as_slice());
    prev_bytes.copy_from_slice(prev.0.as_slice());
    nonce_bytes.copy_from_slice(nonce.0.as_slice());
    message
}

/// Keccak-256 of the [`preimage`], by the reference implementation (not a mining kernel).
pub fn work_hash(sender: Address, prev: PrevHash, nonce: Nonce) -> WorkHash {
    WorkHash(keccak256(preimage(sender, prev, nonce)))
}

impl WorkHash {
    /// Whether this work is enough: strictly below `target`.
    pub fn meets(self, target: Target) -> bool {
        // Big-endian words order like the numbers they write.
        self.0 < target.0
    }
}

/// An Atom's own hash in an Atomine collection: `keccak256(work)`, known as soon as the nonce is.
pub fn atom_hash(work: WorkHash) -> AtomHash {
    AtomHash(keccak256(work.0))
}

/// An Atom's own hash in a `POWNFTv3` collection: `keccak256(work ‖ uint256(timestamp))`, where
/// `timestamp` is that of the block which includes the mint, in Unix seconds.
pub fn atom_hash_at(work: WorkHash, timestamp: u64) -> AtomHash {
    let mut message = [0; 64];
    let (work_bytes, rest) = message.split_at_mut(32);
    work_bytes.copy_from_slice(work.0.as_slice());
    rest[24..].copy_from_slice(&timestamp.to_be_bytes());
    AtomHash(keccak256(message))
}
