//! Mining without a browser: jobs, nonce partition, the search loop, odds and worker messages.
#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

pub mod codec;
mod kernels;
pub mod message;
mod miner;
#[cfg(feature = "std")]
pub mod native;
mod nonce;
pub mod odds;
mod pace;
mod rate;
mod running;
mod search;
mod trial;

pub use kernels::AnyKernel;
pub use miner::{Miner, Next};
pub use nonce::{NonceSpace, SEED_BYTES};
pub use pace::Pace;
pub use rate::{LONG_WINDOW_MS, RateMeter, SHORT_WINDOW_MS};
pub use running::{Host, Running};
pub use search::{Batch, KernelError, Search};

/// A count as a number for averages; exact up to 2^53, which no counter here will see.
#[expect(clippy::cast_precision_loss)]
fn to_f64(count: u64) -> f64 {
    count as f64
}

/// A number as a count: rounded down, and into 0..=2^64 − 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn to_u64(count: f64) -> u64 {
    count as u64
}
