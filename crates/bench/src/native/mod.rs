//! The native side: our kernels and their peers, what they are asked, and the proof of their answers.

pub mod count;
mod peers;
mod request;
mod runner;
mod task;
#[cfg(all(feature = "xkcp", unix, target_arch = "x86_64"))]
mod xkcp;

pub use request::{Bench, BenchError};
pub use runner::{Kind, Runner, runners};
pub use task::Task;
