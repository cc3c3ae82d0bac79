//! The kernel for WebAssembly's 128-bit vectors: two hashes side by side.

#[cfg(target_feature = "relaxed-simd")]
use core::arch::wasm32::{i8x16_relaxed_swizzle, u8x16};
use core::arch::wasm32::{
    i64x2_eq, i64x2_shl, u64x2, u64x2_extract_lane, u64x2_shr, u64x2_splat, v128, v128_and,
    v128_andnot, v128_any_true, v128_or, v128_xor,
};

use crate::{Best, Kernel, Outcome, Work, lane::Lane, search::Memory};

impl Lane for v128 {
    const WIDTH: usize = 2;
    const IN_MEMORY: bool = true;

    #[inline(always)]
    fn from_fn(lane: impl Fn(usize) -> u64) -> Self {
        u64x2(lane(0), lane(1))
    }

    #[inline(always)]
    fn get(self, i: usize) -> u64 {
        if i == 0 {
            u64x2_extract_lane::<0>(self)
        } else {
            u64x2_extract_lane::<1>(self)
        }
    }

    #[inline(always)]
    fn any_without(self, mask: u64) -> bool {
        let masked = v128_and(self, u64x2_splat(mask));
        v128_any_true(i64x2_eq(masked, u64x2_splat(0)))
    }

    #[inline(always)]
    fn splat(value: u64) -> Self {
        u64x2_splat(value)
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        v128_xor(self, other)
    }

    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        v128_andnot(self, other)
    }

    #[inline(always)]
    fn rotate_left(self, bits: u32) -> Self {
        #[cfg(target_feature = "relaxed-simd")]
        match bits {
            8 => return i8x16_relaxed_swizzle(self, mask(&LEFT_8)),
            56 => return i8x16_relaxed_swizzle(self, mask(&LEFT_56)),
            _ => {}
        }
        v128_or(i64x2_shl(self, bits), u64x2_shr(self, 64 - bits))
    }
}

/// Where each byte comes from when both lanes are rotated left by 8 bits.
#[cfg(target_feature = "relaxed-simd")]
static LEFT_8: v128 = u8x16(7, 0, 1, 2, 3, 4, 5, 6, 15, 8, 9, 10, 11, 12, 13, 14);
/// The same for 56 bits.
#[cfg(target_feature = "relaxed-simd")]
static LEFT_56: v128 = u8x16(1, 2, 3, 4, 5, 6, 7, 0, 9, 10, 11, 12, 13, 14, 15, 8);

/// `mask`, loaded: engines make a constant anew at each use, in several instructions.
#[cfg(target_feature = "relaxed-simd")]
#[inline(always)]
#[expect(unsafe_code)]
fn mask(mask: &v128) -> v128 {
    // SAFETY: a reference may be read from.
    unsafe { core::ptr::read_volatile(mask) }
}

/// Two hashes at a time in 128-bit vectors.
#[derive(Debug, Default)]
pub struct Simd128(Memory<v128>);

impl Kernel for Simd128 {
    const NAME: &'static str = if cfg!(target_feature = "relaxed-simd") {
        "relaxed-simd"
    } else {
        "simd128"
    };

    // Out of line: a caller that is compiled for size would have it compiled so too.
    #[inline(never)]
    fn search(&mut self, work: &Work, start: u64, count: u64, best: &mut Best) -> Outcome {
        self.0.search(work, start, count, best)
    }
}
