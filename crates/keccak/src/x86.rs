//! The kernels for x86-64: two, four or eight hashes side by side, as the processor's vectors are wide.
//!
//! For AVX-512 the compiler makes one instruction of each rotation, and of the two of χ: this text needs no other.
#![expect(unsafe_code)]

use core::{
    arch::x86_64::{
        __m128i, __m256i, __m512i, _mm_and_si128, _mm_andnot_si128, _mm_cvtsi32_si128,
        _mm_cvtsi128_si64, _mm_or_si128, _mm_set1_epi64x, _mm_sll_epi64, _mm_srl_epi64,
        _mm_unpackhi_epi64, _mm_xor_si128, _mm256_and_si256, _mm256_andnot_si256,
        _mm256_cmpeq_epi64, _mm256_movemask_epi8, _mm256_or_si256, _mm256_set1_epi64x,
        _mm256_setzero_si256, _mm256_sll_epi64, _mm256_srl_epi64, _mm256_xor_si256,
        _mm512_andnot_si512, _mm512_or_si512, _mm512_set1_epi64, _mm512_sll_epi64,
        _mm512_srl_epi64, _mm512_testn_epi64_mask, _mm512_xor_si512,
    },
    array, mem,
};

use crate::{Best, Kernel, Outcome, Work, lane::Lane, search::Memory};

/// A kernel over `$vector`, which is `$width` lanes wide, for processors with `$feature`.
macro_rules! kernel {
    (
        $(#[$doc:meta])* $kernel:ident = $name:literal with $feature:literal: $width:literal in $vector:ty,
        $xor:ident, $andnot:ident, $or:ident, $left:ident, $right:ident, $splat:ident,
        any_without: |$lanes:ident, $mask:ident| $any_without:expr
    ) => {
        // SAFETY, for every block below: vectors of this kind exist only within the kernel, which runs only where
        // `visit_kernels` has found the feature; and vectors are plain numbers, which arrays of the same size are too.
        impl Lane for $vector {
            const WIDTH: usize = $width;
            const IN_MEMORY: bool = true;

            #[inline(always)]
            fn from_fn(lane: impl Fn(usize) -> u64) -> Self {
                unsafe { mem::transmute::<[u64; $width], Self>(array::from_fn(lane)) }
            }

            #[inline(always)]
            fn get(self, i: usize) -> u64 {
                let lanes = unsafe { mem::transmute::<Self, [u64; $width]>(self) };
                lanes[i]
            }

            #[inline(always)]
            fn any_without(self, mask: u64) -> bool {
                let ($lanes, $mask) = (self, Self::splat(mask));
                unsafe { $any_without }
            }

            #[inline(always)]
            fn splat(value: u64) -> Self {
                unsafe { $splat(value.cast_signed()) }
            }

            #[inline(always)]
            fn xor(self, other: Self) -> Self {
                unsafe { $xor(self, other) }
            }

            #[inline(always)]
            fn and_not(self, other: Self) -> Self {
                unsafe { $andnot(other, self) }
            }

            #[inline(always)]
            fn rotate_left(self, bits: u32) -> Self {
                let bits = bits.cast_signed();
                unsafe {
                    let left = $left(self, _mm_cvtsi32_si128(bits));
                    $or(left, $right(self, _mm_cvtsi32_si128(64 - bits)))
                }
            }
        }

        $(#[$doc])*
        #[derive(Debug, Default)]
        pub(crate) struct $kernel(Memory<$vector>);

        impl Kernel for $kernel {
            const NAME: &'static str = $name;

            fn search(&mut self, work: &Work, start: u64, count: u64, best: &mut Best) -> Outcome {
                #[target_feature(enable = $feature)]
                fn search(
                    memory: &mut Memory<$vector>,
                    work: &Work,
                    start: u64,
                    count: u64,
                    best: &mut Best,
                ) -> Outcome {
                    memory.search(work, start, count, best)
                }
                // SAFETY: this type has no name outside the crate; `visit_kernels` shows it where the feature is there.
                unsafe { search(&mut self.0, work, start, count, best) }
            }
        }
    };
}

kernel! {
    /// Two hashes at a time, on every x86-64 processor.
    Sse2 = "sse2" with "sse2": 2 in __m128i,
    _mm_xor_si128, _mm_andnot_si128, _mm_or_si128, _mm_sll_epi64, _mm_srl_epi64, _mm_set1_epi64x,
    any_without: |vector, mask| {
        // There is no comparison of 64 bits yet.
        let masked = _mm_and_si128(vector, mask);
        _mm_cvtsi128_si64(masked) == 0 || _mm_cvtsi128_si64(_mm_unpackhi_epi64(masked, masked)) == 0
    }
}

kernel! {
    /// Four hashes at a time.
    Avx2 = "avx2" with "avx2": 4 in __m256i,
    _mm256_xor_si256, _mm256_andnot_si256, _mm256_or_si256, _mm256_sll_epi64, _mm256_srl_epi64,
    _mm256_set1_epi64x,
    any_without: |vector, mask| {
        let masked = _mm256_and_si256(vector, mask);
        _mm256_movemask_epi8(_mm256_cmpeq_epi64(masked, _mm256_setzero_si256())) != 0
    }
}

kernel! {
    /// Eight hashes at a time.
    Avx512 = "avx512" with "avx512f": 8 in __m512i,
    _mm512_xor_si512, _mm512_andnot_si512, _mm512_or_si512, _mm512_sll_epi64, _mm512_srl_epi64,
    _mm512_set1_epi64,
    any_without: |vector, mask| _mm512_testn_epi64_mask(vector, mask) != 0
}
