//! An Atom in motion, as a wasm module that imports nothing and is loaded only where an Atom is looked at: what is to be
//! drawn at any time, and how the electrons glow with the notes that they play.
//!
//! How it is used: write the hash's 32 bytes at `hash()` and call `prepare(id)`; then `part(n)` writes at `drawing()` what stands still, and `outline()` has the
//! numbers that never change.
//! `draw(ms, frame)` leaves so many dots as it returns at `dots()`, those behind the nucleus first.
#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

mod glow;
#[cfg(target_arch = "wasm32")]
pub mod module;
mod portrait;

pub use glow::Glow;
pub use portrait::{Dot, OUTLINE, Portrait};
