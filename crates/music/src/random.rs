//! Chance that belongs to an Atom: numbers from its hash, one stream for each matter to be decided.

use crate::keccak::keccak256;
use atomine_protocol::AtomHash;

/// The numbers for one matter (its *domain*), so that a new matter never changes an old one's numbers.
///
/// The first eight numbers are the little-endian 32-bit words of `keccak256(hash ‖ domain)`; the next eight those of
/// the Keccak-256 of that, and so on.
pub(crate) struct Stream {
    block: [u8; 32],
    next: usize,
}

impl Stream {
    pub(crate) fn new(hash: &AtomHash, domain: &str) -> Self {
        Self {
            block: keccak256(&hash.0.0, domain.as_bytes()),
            next: 0,
        }
    }

    fn word(&mut self) -> u32 {
        if self.next == 32 {
            self.block = keccak256(&self.block, &[]);
            self.next = 0;
        }
        let word = self.block[self.next..]
            .first_chunk()
            .map_or(0, |&bytes| u32::from_le_bytes(bytes));
        self.next += 4;
        word
    }

    /// A number below `bound` (0 where the bound is 0).
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        let wide = u64::from(self.word()) * u64::from(bound);
        // The upper half of a product of two 32-bit numbers fits.
        (wide >> 32) as u32
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        low + self.below((high - low + 1).unsigned_abs()).cast_signed()
    }

    /// True in `percent` of all cases.
    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }

    /// One of `choices`, which must not be empty.
    pub(crate) fn pick(&mut self, choices: &[i8]) -> i32 {
        choices[self.below(choices.len() as u32) as usize].into()
    }
}
