//! The music on paper, as a wasm module that imports nothing and is loaded only when somebody wants it: the MIDI file,
//! a WAV file's header, the sound's hash, and in plain words why it sounds so.
//!
//! How it is used: write the hash's 32 bytes at `hash()` and call `write(id)`; from then on `words()`, `midi_file()` and
//! `header()` tell where what they are called lies. The sound's hash: leave samples at `samples()` and call
//! `absorb(bytes)`, as often as one likes, then `digest()`; its 32 bytes lie at `hash()`.
#![cfg_attr(target_arch = "wasm32", no_std)]

extern crate alloc;

#[cfg(target_arch = "wasm32")]
pub mod module;

mod why;

pub use why::why;
