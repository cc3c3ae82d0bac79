//! A collection the page can mine: which contract on which chain, and where it is read from.

use crate::rpc_url::is_safe_socket;
use alloy_primitives::Address;
use serde::{Deserialize, Serialize};

/// Which contract interface a collection speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// `POWNFTv3`: an Atom's hash depends on the block's timestamp, so it is unknown before inclusion.
    PownftV3,
    /// Our own contract: an Atom's hash is known the moment its nonce is found.
    Atomine,
}

/// A chain as `wallet_addEthereumChain` wants it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Chain {
    /// EIP-155 chain id.
    pub id: u64,
    /// Shown to people, for example `Ethereum`.
    pub name: String,
    /// The native currency's symbol, for example `ETH`; it has 18 decimals.
    pub currency: String,
    /// Read RPCs over http(s), tried in turn, and over ws(s) to be told of new blocks.
    pub rpcs: Vec<String>,
    /// Block explorer's base URL, without a trailing slash.
    #[serde(default)]
    pub explorer: Option<String>,
}

impl Chain {
    /// The RPCs over http(s), in their order.
    pub fn nodes(&self) -> impl Iterator<Item = &str> {
        let all = self.rpcs.iter().map(String::as_str);
        all.filter(|url| !is_safe_socket(url))
    }

    /// The websocket of a node that tells of new blocks by itself: the first of the RPCs over ws(s); development nodes
    /// on this machine have theirs where they answer.
    pub fn socket(&self) -> Option<String> {
        let listed = self.rpcs.iter().find(|url| is_safe_socket(url)).cloned();
        let local = || {
            Some(format!(
                "ws://{}",
                self.nodes().next()?.strip_prefix("http://")?
            ))
        };
        listed.or_else(local)
    }
}

/// One collection of `www/collections.json`, or one that a visitor brought along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Collection {
    /// Shown to people, for example `POW NFT`.
    pub name: String,
    /// The contract's interface.
    pub kind: Kind,
    /// The contract.
    pub address: Address,
    /// The chain it lives on.
    pub chain: Chain,
    /// A marketplace's page of the collection.
    #[serde(default)]
    pub marketplace: Option<String>,
}

/// What identifies a collection everywhere: in routes, storage and messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CollectionKey {
    /// EIP-155 chain id.
    pub chain_id: u64,
    /// The contract.
    pub address: Address,
}

impl Collection {
    /// The collection's identity.
    pub fn key(&self) -> CollectionKey {
        CollectionKey {
            chain_id: self.chain.id,
            address: self.address,
        }
    }
}
