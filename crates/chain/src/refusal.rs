//! Why a node or a contract refuses a transaction, from the many ways in which they say so.

use crate::abi::IAtomine;
use crate::{ChainError, RpcError};
use alloy_sol_types::{Panic, Revert, SolError};

/// How nodes say that an account cannot pay: geth, anvil and erigon; Nethermind; Besu.
const NO_FUNDS: [&str; 4] = [
    "insufficient funds",
    "insufficient balance",
    "insufficient sender balance",
    "exceeds account balance",
];

/// What a failed dry run of a mint means; errors that are no refusal stay as they are.
pub(crate) fn refusal(error: ChainError) -> ChainError {
    let ChainError::Rpc(error) = error else {
        return error;
    };
    match error.data.as_deref() {
        Some(data) if !data.is_empty() => from_data(data),
        _ if says_no_funds(&error) => ChainError::InsufficientFunds,
        _ if error.is_revert() => from_reason(reason_in(&error.message)),
        _ => ChainError::Rpc(error),
    }
}

fn says_no_funds(error: &RpcError) -> bool {
    let message = error.message.to_ascii_lowercase();
    NO_FUNDS.iter().any(|words| message.contains(words))
}

/// Reads revert data: a custom error, a reason in words, or a panic.
fn from_data(data: &[u8]) -> ChainError {
    if IAtomine::WorkTooWeak::abi_decode(data).is_ok() {
        ChainError::Stale
    } else if IAtomine::WrongCost::abi_decode(data).is_ok() {
        ChainError::WrongCost
    } else if let Ok(revert) = Revert::abi_decode(data) {
        from_reason(&revert.reason)
    } else if let Ok(panic) = Panic::abi_decode(data) {
        ChainError::Reverted(panic.to_string())
    } else {
        let selector = data.get(..4).unwrap_or(data);
        ChainError::Reverted(format!(
            "error {}",
            alloy_primitives::hex::encode_prefixed(selector)
        ))
    }
}

/// Reads a reason in words; `difficulty` and `cost` are those of `POWNFTv3`.
fn from_reason(reason: &str) -> ChainError {
    match reason {
        "difficulty" => ChainError::Stale,
        "cost" => ChainError::WrongCost,
        "" => ChainError::Reverted("it gives no reason".into()),
        reason => ChainError::Reverted(reason.chars().take(200).collect()),
    }
}

/// The reason within a message such as `execution reverted: difficulty` or
/// `reverted with reason string 'difficulty'`.
fn reason_in(message: &str) -> &str {
    let after = message
        .split_once("reverted")
        .map_or(message, |(_, after)| after)
        .trim_start_matches(':')
        .trim();
    after
        .strip_prefix("with reason string")
        .unwrap_or(after)
        .trim_matches([' ', '\'', '"'])
}
