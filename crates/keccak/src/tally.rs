//! What a search has met so far, and the cheap test that tells a kernel which hashes deserve an exact look.

use core::hint::black_box;

use crate::work::Work;

/// What a search of a range found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Counters hashed: all that were asked for, or up to and including the one found.
    pub hashes: u64,
    /// The first counter whose hash is below the target.
    pub found: Option<u64>,
}

impl Outcome {
    pub(crate) fn nothing(hashes: u64) -> Self {
        Self {
            hashes,
            found: None,
        }
    }

    pub(crate) fn found(hashes: u64, counter: u64) -> Self {
        Self {
            hashes,
            found: Some(counter),
        }
    }
}

/// The smallest hash met so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Best {
    /// Where it was met; 0 before the first.
    pub counter: u64,
    /// The hash, big-endian; all 0xff before the first.
    pub hash: [u8; 32],
}

impl Best {
    /// Nothing met yet.
    pub const NONE: Self = Self {
        counter: 0,
        hash: [0xff; 32],
    };
}

/// Judges candidates exactly and keeps the best.
///
/// Kernels compute lane 0 of the hash only. A hash can matter only where it has at least the leading zeros of the best
/// so far (or of the target, should that be larger), so `lane_0 & mask() != 0` dismisses it with two instructions. What
/// passes is hashed again by the reference: about two hashes for every doubling of the number searched.
pub(crate) struct Tally<'a> {
    work: &'a Work,
    best: &'a mut Best,
    mask: u64,
}

impl<'a> Tally<'a> {
    pub(crate) fn new(work: &'a Work, best: &'a mut Best) -> Self {
        let mask = mask(work, best);
        Self { work, best, mask }
    }

    /// Bits that are zero in lane 0 of every hash worth a look.
    pub(crate) fn mask(&self) -> u64 {
        self.mask
    }

    /// Hashes `counter` exactly; true when it solves the work.
    #[cold]
    #[inline(never)]
    pub(crate) fn look(&mut self, counter: u64) -> bool {
        let hash = self.work.hash(counter);
        if below(&hash, &self.best.hash) {
            *self.best = Best { counter, hash };
            self.mask = mask(self.work, self.best);
        }
        below(&hash, self.work.target())
    }
}

/// Whether `hash` is the smaller number; one function, of a length that the compiler does not know, because the
/// comparison is long where it is inlined.
#[inline(never)]
fn below(hash: &[u8; 32], bound: &[u8; 32]) -> bool {
    let bytes = 0..black_box(32);
    hash[bytes.clone()] < bound[bytes]
}

/// The bits of lane 0 that are zero wherever the hash has the leading zeros of the best or of the target.
fn mask(work: &Work, best: &Best) -> u64 {
    let bound = top(&best.hash).max(top(work.target()));
    let open = u64::MAX
        .checked_shr(bound.leading_zeros())
        .unwrap_or_default();
    // The hash begins with lane 0's lowest byte, hence the swap.
    (!open).swap_bytes()
}

/// The most significant 64 bits of a hash or target.
fn top(word: &[u8; 32]) -> u64 {
    word.first_chunk().copied().map_or(0, u64::from_be_bytes)
}
