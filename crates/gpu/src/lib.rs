//! Mining on the graphics card: the WGSL kernel, and what drives it in the browser and natively.
//!
//! The kernel (`search.wgsl`) looks at a run of counters and reports those whose hash may be small enough; everything
//! it reports is hashed again here before anybody hears of it. [`Miner`] is the worker's side of the conversation, as
//! `atomine_mine::Miner` is for the processor: it plans dispatches and judges what comes back, and never touches a GPU.
//! [`Gpu`] is one, through wgpu: WebGPU in the browser, else Vulkan, Metal or Direct3D.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing))]

mod device;
mod error;
mod kernel;
mod miner;
#[cfg(not(target_arch = "wasm32"))]
pub mod native;
mod pace;
mod search;
mod self_test;

pub use device::{Choice, Gpu, Pending};
pub use error::GpuError;
pub use kernel::{Bound, CAPACITY, Found, Grid, Query, WGSL};
pub use miner::{Dispatch, Miner, Plan};
pub use search::{judge, next_query};
pub use self_test::self_test;
