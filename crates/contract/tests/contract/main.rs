//! The committed contracts in a real EVM, held against the protocol crate.

mod economy;
mod evm;
mod metadata;
mod rules;
mod v3;
