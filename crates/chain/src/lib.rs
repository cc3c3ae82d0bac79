//! Talking to a collection contract: what collections there are, how a node is asked, and the life of a mint.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

mod abi;
mod atoms;
mod balance;
mod call;
mod catalogue;
mod collection;
mod error;
mod fallback;
mod fields;
mod http;
mod identify;
mod jsonrpc;
mod mint;
#[cfg(test)]
mod mock;
mod news;
mod outcome;
mod owned;
mod provider;
mod query;
mod refusal;
mod rpc_error;
mod rpc_url;
mod state;
#[cfg(test)]
mod tests;
mod types;
mod value;
pub mod wallet;

pub use atoms::{read_atom, read_atoms};
pub use balance::read_balance;
pub use catalogue::{CatalogueError, parse_catalogue};
pub use collection::{Chain, Collection, CollectionKey, Kind};
pub use error::ChainError;
pub use fallback::Fallback;
pub use http::{HttpResponse, JsonRpc, Post};
pub use identify::identify;
pub use jsonrpc::MAX_RESPONSE_BYTES;
pub use mint::{mine_transaction, send, simulate};
pub use news::{News, read_news, subscriptions};
pub use outcome::read_outcome;
pub use owned::{OwnedPage, OwnedRest, read_owned};
pub use provider::Provider;
pub use query::{CollectionQuery, parse_collection_query};
pub use rpc_error::{RpcError, code};
pub use state::read_state;
pub use types::{CollectionState, MintOutcome, OwnedAtom, Transaction};
