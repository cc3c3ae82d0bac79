//! Measures the kernels beside other implementations of Keccak-256, on the same 84-byte work, and checks what they find.
//!
//! In a browser (`tests/bench`) this is a module per worker build, made with that build's flags; natively it is a
//! program that the same benchmark talks to, so that all are measured in turns.

#[cfg(target_arch = "wasm32")]
pub mod browser;
mod kernels;
#[cfg(not(target_arch = "wasm32"))]
pub mod native;
