//! Keccak-256 over the 84-byte preimage of an Atom, fast: search kernels behind one trait, and the plain reference
//! that has the last word on every nonce they find.
//!
//! A kernel walks a 64-bit counter that lies in one lane of the message ([`counter_bytes`]) and reports the first counter
//! whose hash is below the target, and the smallest hash it met. Kernels may be as clever as they like; each passes the
//! same checker (`tests/checker`), so all are exchangeable. [`visit_kernels`] shows those that this build has and this
//! machine can run.
#![no_std]
// A kernel is one loop over its rounds: where compilers left calls or loops inside, it ran at a third of the rate.
#![allow(clippy::inline_always)]

extern crate alloc;
// For what it knows of the processor.
#[cfg(target_arch = "x86_64")]
extern crate std;

mod front;
mod lane;
mod list;
mod portable;
mod reference;
mod rounds;
mod search;
#[cfg(target_feature = "simd128")]
mod simd128;
mod tally;
mod work;
#[cfg(target_arch = "x86_64")]
mod x86;

pub use list::{Baseline, Visitor, visit_kernels};
pub use portable::Portable;
pub use reference::{ROUND_CONSTANTS, keccak256};
#[cfg(target_feature = "simd128")]
pub use simd128::Simd128;
pub use tally::{Best, Outcome};
pub use work::{PREIMAGE_BYTES, Work, counter_bytes};

/// A way to search a range of counters. A value holds the kernel's scratch memory and nothing else: `search` depends on
/// its arguments alone.
pub trait Kernel: Default {
    /// What to call it in front of people, for example `simd128`; no other kernel's name.
    const NAME: &'static str;

    /// Hashes the counters `start`, `start + 1`, … (wrapping at 2^64), `count` of them, or fewer when one is found;
    /// `best` becomes the smallest hash met where that is smaller than what it holds.
    fn search(&mut self, work: &Work, start: u64, count: u64, best: &mut Best) -> Outcome;
}
