//! What is read from a collection and what is sent to it.

use alloy_primitives::{Address, B256, Bytes, U256};
use atomine_protocol::{AtomHash, PrevHash, Target, TokenId};
use serde::{Deserialize, Serialize};

/// Everything a miner needs to know of a collection, read at one block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionState {
    /// The block it was read at.
    pub block: u64,
    /// The id of the Atom to be mined next.
    pub next_id: TokenId,
    /// What the next work builds on.
    pub prev_hash: PrevHash,
    /// What the next work hash must stay below.
    pub target: Target,
    /// What the next mint costs, exactly, in wei.
    pub cost_wei: U256,
}

/// An Atom as the chain knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnedAtom {
    /// Its number.
    pub id: TokenId,
    /// Its own hash, from which all traits come.
    pub hash: AtomHash,
    /// Who owns it now.
    pub owner: Address,
}

/// A transaction as it is simulated, shown to the user, and sent: the very same in all three.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// EIP-155 chain id; always sent.
    pub chain_id: u64,
    /// The account that signs.
    pub from: Address,
    /// The contract.
    pub to: Address,
    /// Wei sent along.
    pub value_wei: U256,
    /// Calldata.
    pub data: Bytes,
}

/// What became of a mint that was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MintOutcome {
    /// Not in a block yet.
    Pending,
    /// In a block and successful: the Atom it made.
    Minted {
        /// The new Atom, as the receipt's logs tell.
        atom: OwnedAtom,
        /// The transaction that made it.
        transaction: B256,
        /// The block it is in.
        block: u64,
    },
    /// In a block and failed: no Atom, the gas is spent.
    Reverted {
        /// The block it is in.
        block: u64,
    },
    /// The node no longer knows the transaction.
    Unknown,
}
