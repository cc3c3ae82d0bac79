//! What an account has.

use crate::call::Pinned;
use crate::provider::Ask;
use crate::value::{hex_address, quantity};
use crate::{ChainError, Collection, Provider};
use alloy_primitives::{Address, U256};
use serde_json::json;

/// Reads the account's balance on the collection's chain, in wei.
///
/// # Errors
/// [`ChainError::WrongChain`], [`ChainError::Nonsense`], or what the provider answers.
pub async fn read_balance<P: Provider>(
    provider: &P,
    collection: &Collection,
    account: Address,
) -> Result<U256, ChainError> {
    Pinned::newest(provider, collection.chain.id, collection.address).await?;
    let params = json!([hex_address(account), "latest"]);
    quantity(&provider.ask("eth_getBalance", params).await?)
}
