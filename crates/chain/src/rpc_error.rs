//! An error answer, as wallets and nodes phrase it, read into one form.

use crate::value::{bytes, excerpt};
use alloy_primitives::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Error codes that mean something to the page.
pub mod code {
    /// EIP-1193: the user said no.
    pub const USER_REJECTED: i64 = 4001;
    /// EIP-1193: the page may not use this account.
    pub const UNAUTHORIZED: i64 = 4100;
    /// EIP-1193: the wallet lacks this method.
    pub const UNSUPPORTED_METHOD: i64 = 4200;
    /// EIP-1193: the wallet reaches no chain.
    pub const DISCONNECTED: i64 = 4900;
    /// EIP-1193: the wallet does not reach this chain.
    pub const CHAIN_DISCONNECTED: i64 = 4901;
    /// EIP-3326: the wallet does not know this chain.
    pub const UNKNOWN_CHAIN: i64 = 4902;
    /// EIP-1474, from wallets: such a dialog is open already.
    pub const RESOURCE_UNAVAILABLE: i64 = -32002;
    /// JSON-RPC: not a request.
    pub const INVALID_REQUEST: i64 = -32600;
    /// JSON-RPC: parameters that the other side does not take.
    pub const INVALID_PARAMS: i64 = -32602;
    /// JSON-RPC: no such method.
    pub const METHOD_NOT_FOUND: i64 = -32601;
    /// JSON-RPC: anything; wallets wrap the real error in it.
    pub const INTERNAL: i64 = -32603;
    /// Geth's, and of most nodes after it: the call reverted.
    pub const REVERTED: i64 = 3;
}

/// An answer that is an error, from a wallet (EIP-1193, EIP-1474 codes) or a node (JSON-RPC).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{message} ({code})")]
pub struct RpcError {
    /// For example 4001 (the user said no), -32002 (a dialog is open already), -32603 (internal).
    pub code: i64,
    /// The other side's words; shown under details only, as text.
    pub message: String,
    /// Revert data, where there is any.
    pub data: Option<Bytes>,
}

impl RpcError {
    /// Reads an error object `{code, message, data}`: the `error` of a JSON-RPC answer, or what an
    /// EIP-1193 `request` throws. Where an internal error (-32603) wraps the one that matters
    /// (`data.originalError`), that one's code and message are taken. Anything else that was thrown
    /// becomes an internal error; an endless message is cut.
    pub fn from_json(error: &Value) -> Self {
        let outer_code = error.get("code").and_then(Value::as_i64);
        let original = error
            .pointer("/data/originalError")
            .filter(|original| original.get("code").is_some_and(Value::is_i64));
        let source = match original {
            Some(original) if outer_code.is_none_or(|code| code == code::INTERNAL) => original,
            _ => error,
        };
        Self {
            code: source
                .get("code")
                .and_then(Value::as_i64)
                .unwrap_or(code::INTERNAL),
            message: source
                .get("message")
                .or_else(|| error.get("message"))
                .map_or_else(|| excerpt(error), excerpt),
            data: revert_data(error),
        }
    }

    /// Whether the contract (rather than the node) said no.
    pub(crate) fn is_revert(&self) -> bool {
        self.code == code::REVERTED
            || self.data.is_some()
            || self.message.to_ascii_lowercase().contains("revert")
    }
}

/// Revert data, at any of the places where nodes and wallets put it.
fn revert_data(error: &Value) -> Option<Bytes> {
    ["/data", "/data/data", "/data/originalError/data"]
        .into_iter()
        .filter_map(|place| error.pointer(place))
        .find_map(|data| bytes(data).ok())
}
