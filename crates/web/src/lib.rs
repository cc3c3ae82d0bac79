//! The browser side of the page: carries effects out and shows the model. It decides nothing; that is `atomine-app`'s.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

mod browser;
mod crash;
pub mod effects;
mod error;
mod kernels;
mod listeners;
mod rest;
mod runtime;
mod start;
pub mod storage;
mod view;

pub use error::WebError;
pub use start::start;
