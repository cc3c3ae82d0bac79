//! The rules of mineable Atoms: what every miner, page and contract must agree on, exactly.
#![no_std]

mod types;

pub use types::{AtomHash, Nonce, PrevHash, Target, TokenId, WorkHash};
