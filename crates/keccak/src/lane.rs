//! The few operations that rounds need of a lane, so that scalars and vectors share one text.

/// One 64-bit lane, or several side by side that belong to different hashes.
pub(crate) trait Lane: Copy {
    /// The same value in every hash.
    fn splat(value: u64) -> Self;
    fn xor(self, other: Self) -> Self;
    /// `self & !other`.
    fn and_not(self, other: Self) -> Self;
    /// Each 64-bit part rotated left by `bits`, 0..64.
    fn rotate_left(self, bits: u32) -> Self;
}

impl Lane for u64 {
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
