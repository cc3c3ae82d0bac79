//! Asking a node or a wallet: one trait, so that the same code runs over an EIP-1193 object, HTTP and a mock.

use crate::ChainError;
use core::future::Future;
use serde_json::Value;

/// Something that answers JSON-RPC: a wallet's EIP-1193 object, a node over HTTP, or a mock in tests.
pub trait Provider {
    /// Sends one request and waits for its result.
    ///
    /// # Errors
    /// Whatever the other side answers ([`ChainError::Rpc`] and the variants made from its code), or
    /// [`ChainError::Unreachable`] and [`ChainError::Nonsense`].
    fn request(&self, method: &str, params: Value) -> impl Future<Output = Result<Value, ChainError>>;

    /// Sends several requests, in one round trip where the transport can; results in the same order.
    ///
    /// # Errors
    /// The first error among them.
    fn batch(&self, requests: Vec<(&'static str, Value)>) -> impl Future<Output = Result<Vec<Value>, ChainError>> {
        async move {
            let mut results = Vec::with_capacity(requests.len());
            for (method, params) in requests {
                results.push(self.request(method, params).await?);
            }
            Ok(results)
        }
    }
}
