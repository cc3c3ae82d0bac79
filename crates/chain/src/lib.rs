//! Talking to a collection contract: what collections there are, how a node is asked, and the life of a mint.
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod collection;
mod error;
mod provider;
mod types;

pub use collection::{Chain, Collection, CollectionKey, Kind};
pub use error::{ChainError, RpcError};
pub use provider::Provider;
pub use types::{CollectionState, MintOutcome, OwnedAtom, Transaction};
