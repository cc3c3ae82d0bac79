//! Which of the mining worker's builds this browser can run.

use atomine_app::Kernel;
use js_sys::{Uint8Array, WebAssembly};

/// A module with one function, without that function's code: a 128-bit vector is what it gives.
const HEAD: [u8; 19] = [
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0,
];
/// Its code where 128-bit vectors are known: `i8x16.popcnt`.
const VECTORS: [u8; 12] = [10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11];
/// Its code where relaxed SIMD is known: `i8x16.relaxed_swizzle`.
const RELAXED: [u8; 17] = [
    10, 15, 1, 13, 0, 65, 0, 253, 15, 65, 0, 253, 15, 253, 128, 2, 11,
];

/// The kernels whose instructions the browser takes, the one that should be the fastest first.
pub(crate) fn runnable() -> &'static [Kernel] {
    Kernel::runnable(is_valid(&VECTORS), is_valid(&RELAXED))
}

fn is_valid(code: &[u8]) -> bool {
    let module = [&HEAD, code].concat();
    WebAssembly::validate(&Uint8Array::from(module.as_slice())).unwrap_or(false)
}
