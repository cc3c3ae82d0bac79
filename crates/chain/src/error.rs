//! What can go wrong between the page and a chain.

use crate::RpcError;
use crate::rpc_error::code;
use serde::{Deserialize, Serialize};

/// Why something about a chain could not be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ChainError {
    /// The node or wallet answered with an error that fits nothing below.
    #[error(transparent)]
    Rpc(#[from] RpcError),
    /// No answer at all: the node is down, too slow, or the network is.
    #[error("no answer: {0}")]
    Unreachable(String),
    /// An answer that cannot be true: wrong length, id 0, HTML instead of JSON, absurd numbers.
    #[error("the node's answer makes no sense: {0}")]
    Nonsense(String),
    /// The node is on another chain.
    #[error("expected chain {expected}, the node is on chain {actual}")]
    WrongChain {
        /// The collection's chain.
        expected: u64,
        /// The node's.
        actual: u64,
    },
    /// There is no contract at that address on that chain.
    #[error("there is no contract at this address")]
    NoContract,
    /// There is a contract, but not of a kind that the page knows.
    #[error("the contract is not a collection that can be mined: {0}")]
    NotACollection(String),
    /// The work is not below the target: somebody else minted, or the nonce is for another account.
    #[error("the work no longer counts")]
    Stale,
    /// The value sent is not the price.
    #[error("the price has changed")]
    WrongCost,
    /// The account cannot pay for value and gas.
    #[error("not enough funds")]
    InsufficientFunds,
    /// The contract refuses for another reason.
    #[error("the contract refuses: {0}")]
    Reverted(String),
    /// There is no such Atom.
    #[error("there is no such Atom")]
    NoSuchAtom,
    /// The Atom was mined in the collection's previous contract and has not been moved to this one.
    #[error("this Atom is still in the previous contract")]
    NotMigrated,
    /// The user said no in the wallet (4001).
    #[error("declined in the wallet")]
    Rejected,
    /// The wallet has a dialog open already (-32002).
    #[error("the wallet has a dialog open already")]
    AlreadyOpen,
    /// The wallet does not let this page use this account (4100).
    #[error("the wallet is not connected to this account")]
    NotAuthorized,
    /// The wallet does not know the chain (4902).
    #[error("the wallet does not know this chain")]
    UnknownChain,
    /// The node takes no more questions from this page for so long (HTTP 429), at most five minutes.
    #[error("asked too often, to be left alone for {seconds} s")]
    Limited {
        /// From now on.
        seconds: u32,
    },
    /// The wallet does not offer this method (4200, -32601).
    #[error("the wallet cannot do this")]
    Unsupported,
}

impl ChainError {
    /// What a wallet's error answer means (EIP-1193 and EIP-1474 codes, as wallets really use them).
    pub fn from_rpc(error: RpcError) -> Self {
        match error.code {
            code::USER_REJECTED => Self::Rejected,
            code::UNAUTHORIZED => Self::NotAuthorized,
            code::RESOURCE_UNAVAILABLE => Self::AlreadyOpen,
            code::UNKNOWN_CHAIN => Self::UnknownChain,
            code::UNSUPPORTED_METHOD | code::METHOD_NOT_FOUND => Self::Unsupported,
            // What a wallet says while its own node is down.
            code::INTERNAL if error.message.contains("Failed to fetch") => {
                Self::Unreachable(error.message)
            }
            _ => Self::Rpc(error),
        }
    }

    /// Whether another node may do better: this one is down, lies, limits or is on another chain,
    /// rather than telling what the contract or the user says.
    pub fn is_nodes_fault(&self) -> bool {
        match self {
            Self::Rpc(error) => !error.is_revert(),
            Self::Unreachable(_)
            | Self::Limited { .. }
            | Self::Nonsense(_)
            | Self::WrongChain { .. }
            | Self::NoContract
            | Self::NotACollection(_)
            | Self::Unsupported => true,
            _ => false,
        }
    }
}
