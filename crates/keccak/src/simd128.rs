//! The kernel for WebAssembly's 128-bit vectors: two hashes side by side.
//!
//! In one Chromium 156 worker (98th percentile of 5 ms slices, MH/s; `cargo xtask bench`): this 5.1, the
//! portable kernel 2.9, hash-wasm 1.3. Keeping the state in memory between rounds, or carrying the columns' parities
//! from round to round, changed nothing there that could be measured.

use crate::{
    Best, Kernel, Outcome, Work,
    lane::Lane,
    reference::ROUND_CONSTANTS,
    rounds::{FirstRound, last_lane_0, round},
    tally::Tally,
};
use core::arch::wasm32::{
    i64x2_eq, i64x2_extract_lane, i64x2_shl, u64x2, u64x2_shr, u64x2_splat, v128, v128_and,
    v128_andnot, v128_any_true, v128_or, v128_xor,
};

impl Lane for v128 {
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
        v128_or(i64x2_shl(self, bits), u64x2_shr(self, 64 - bits))
    }
}

/// Two hashes at a time in 128-bit vectors.
#[derive(Debug, Default)]
pub struct Simd128;

impl Kernel for Simd128 {
    const NAME: &'static str = "simd128";

    fn search(&mut self, work: &Work, start: u64, count: u64, best: &mut Best) -> Outcome {
        let first = FirstRound::<v128>::new(work);
        let mut tally = Tally::new(work, best);
        let mut done = 0;
        while done < count {
            let counter = start.wrapping_add(done);
            let hashes = lanes_0(&first, u64x2(counter, counter.wrapping_add(1)));
            let masked = v128_and(hashes, u64x2_splat(tally.mask()));
            if v128_any_true(i64x2_eq(masked, u64x2_splat(0))) {
                let lanes = [
                    i64x2_extract_lane::<0>(masked),
                    i64x2_extract_lane::<1>(masked),
                ];
                for (i, lane) in (done..count).zip(lanes) {
                    let counter = start.wrapping_add(i);
                    if lane == 0 && tally.look(counter) {
                        return Outcome::found(i + 1, counter);
                    }
                }
            }
            done += 2;
        }
        Outcome::nothing(count)
    }
}

/// The first 8 bytes of the hashes at `counter`.
#[inline(always)]
fn lanes_0(first: &FirstRound<v128>, counter: v128) -> v128 {
    let [_, middle @ .., last] = &ROUND_CONSTANTS;
    let mut a = [u64x2_splat(0); 25];
    let mut b = [u64x2_splat(0); 25];
    first.at(counter, &mut a);
    for [odd, even] in middle.as_chunks().0 {
        round(&a, &mut b, u64x2_splat(*odd));
        round(&b, &mut a, u64x2_splat(*even));
    }
    last_lane_0(&a, u64x2_splat(*last))
}
