//! The few operations that rounds need of a lane, so that scalars and vectors of any width share one text.

use core::fmt::Debug;

/// One 64-bit lane, or several side by side that belong to different hashes.
pub(crate) trait Lane: Copy + Debug {
    /// How many lie side by side: a power of two up to 16.
    const WIDTH: usize;
    /// Whether the state is better kept in memory than in variables: where the registers hold little more than a row,
    /// compilers only move it there and back again.
    const IN_MEMORY: bool;

    /// The values of `lane` at 0, 1, … `WIDTH` − 1.
    fn from_fn(lane: impl Fn(usize) -> u64) -> Self;
    /// The value in hash `i` of the `WIDTH`.
    fn get(self, i: usize) -> u64;
    /// Whether any of the values has no bit in common with `mask`.
    fn any_without(self, mask: u64) -> bool;

    /// The same value in every hash.
    fn splat(value: u64) -> Self;
    fn xor(self, other: Self) -> Self;
    /// `self & !other`.
    fn and_not(self, other: Self) -> Self;
    /// Each 64-bit part rotated left by `bits`, 0..64.
    fn rotate_left(self, bits: u32) -> Self;
}

impl Lane for u64 {
    const WIDTH: usize = 1;
    const IN_MEMORY: bool = false;

    #[inline(always)]
    fn from_fn(lane: impl Fn(usize) -> u64) -> Self {
        lane(0)
    }

    #[inline(always)]
    fn get(self, _: usize) -> u64 {
        self
    }

    #[inline(always)]
    fn any_without(self, mask: u64) -> bool {
        self & mask == 0
    }

    #[inline(always)]
    fn splat(value: u64) -> Self {
        value
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        self ^ other
    }

    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        self & !other
    }

    #[inline(always)]
    fn rotate_left(self, bits: u32) -> Self {
        self.rotate_left(bits)
    }
}
