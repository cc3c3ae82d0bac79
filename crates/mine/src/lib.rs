//! Mining without a browser: jobs, nonce partition, the search loop, odds and worker messages.
#![no_std]

extern crate alloc;

pub mod message;
