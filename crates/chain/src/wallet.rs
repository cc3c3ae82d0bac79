//! What is asked of a wallet beside transactions: accounts, chains, and showing an Atom.

use crate::provider::Ask;
use crate::rpc_url::is_safe_url;
use crate::value::{address, excerpt, hex_address, hex_quantity, object, quantity_u64};
use crate::{Chain, ChainError, CollectionKey, Provider};
use alloy_primitives::Address;
use atomine_protocol::TokenId;
use serde_json::{Value, json};

/// The accounts that the wallet shares with this page. `silent` never opens a dialog, and the list
/// may then be empty.
///
/// # Errors
/// [`ChainError::Rejected`], [`ChainError::AlreadyOpen`] and the other answers of wallets.
pub async fn accounts<P: Provider>(provider: &P, silent: bool) -> Result<Vec<Address>, ChainError> {
    let method = if silent {
        "eth_accounts"
    } else {
        "eth_requestAccounts"
    };
    parse_accounts(&provider.ask(method, json!([])).await?)
}

/// Reads a list of accounts, as `eth_accounts` answers it and `accountsChanged` brings it.
///
/// # Errors
/// [`ChainError::Nonsense`] where it is none.
pub fn parse_accounts(value: &Value) -> Result<Vec<Address>, ChainError> {
    value
        .as_array()
        .ok_or_else(|| {
            ChainError::Nonsense(format!("accounts that are no list: {}", excerpt(value)))
        })?
        .iter()
        .map(address)
        .collect()
}

/// The chain that the wallet or node is on.
///
/// # Errors
/// [`ChainError::Nonsense`], or what the provider answers.
pub async fn chain_id<P: Provider>(provider: &P) -> Result<u64, ChainError> {
    read_chain_id(provider).await
}

/// [`chain_id`] of a provider behind a pointer.
pub(crate) async fn read_chain_id(provider: &dyn Ask) -> Result<u64, ChainError> {
    parse_chain_id(&provider.ask("eth_chainId", json!([])).await?)
}

/// Reads a chain id, as `eth_chainId` answers it and `chainChanged` brings it.
///
/// # Errors
/// [`ChainError::Nonsense`] where it is none.
pub fn parse_chain_id(value: &Value) -> Result<u64, ChainError> {
    quantity_u64(value)
}

/// Asks the wallet to switch to this chain, and where it does not know it, to add it. Returns the
/// chain that it is on afterwards, as it says itself.
///
/// # Errors
/// [`ChainError::Rejected`], [`ChainError::AlreadyOpen`] and the other answers of wallets.
pub async fn switch_chain<P: Provider>(provider: &P, chain: &Chain) -> Result<u64, ChainError> {
    let params = json!([{ "chainId": hex_quantity(chain.id) }]);
    match provider.ask("wallet_switchEthereumChain", params).await {
        Ok(_) => chain_id(provider).await,
        Err(ChainError::UnknownChain) => add_chain(provider, chain).await,
        Err(error) => Err(error),
    }
}

/// Offers this chain to the wallet. Returns the chain that it is on afterwards, as it says itself.
///
/// # Errors
/// [`ChainError::Unsupported`] where the chain has no RPC that wallets take (https, or http on this
/// machine), [`ChainError::Rejected`], [`ChainError::AlreadyOpen`] and the other answers of wallets.
pub async fn add_chain<P: Provider>(provider: &P, chain: &Chain) -> Result<u64, ChainError> {
    let rpcs: Vec<_> = chain.rpcs.iter().filter(|url| is_safe_url(url)).collect();
    if rpcs.is_empty() {
        return Err(ChainError::Unsupported);
    }
    let currency = json!({ "name": chain.currency, "symbol": chain.currency, "decimals": 18 });
    // Exactly these keys: wallets refuse others.
    let mut parameter = object([
        ("chainId", hex_quantity(chain.id)),
        ("chainName", json!(chain.name)),
        ("nativeCurrency", currency),
        ("rpcUrls", json!(rpcs)),
    ]);
    if let Some(explorer) = chain.explorer.as_ref().filter(|url| is_safe_url(url)) {
        parameter.insert("blockExplorerUrls".into(), json!([explorer]));
    }
    provider
        .ask("wallet_addEthereumChain", json!([parameter]))
        .await?;
    chain_id(provider).await
}

/// Offers this Atom to the wallet's list of collectibles (EIP-747).
///
/// # Errors
/// [`ChainError::Rejected`] where the user or the wallet says no, and the other answers of wallets.
pub async fn watch_asset<P: Provider>(
    provider: &P,
    collection: CollectionKey,
    id: TokenId,
) -> Result<(), ChainError> {
    // The one wallet method whose parameters are an object rather than a list.
    let params = json!({
        "type": "ERC721",
        "options": { "address": hex_address(collection.address), "tokenId": id.to_string() },
    });
    match provider.ask("wallet_watchAsset", params).await? {
        Value::Bool(false) => Err(ChainError::Rejected),
        _ => Ok(()),
    }
}

/// Takes back the wallet's leave for this page to see accounts, where the wallet can do that.
///
/// # Errors
/// The answers of wallets other than that they lack the method.
pub async fn revoke<P: Provider>(provider: &P) -> Result<(), ChainError> {
    let params = json!([{ "eth_accounts": {} }]);
    match provider.ask("wallet_revokePermissions", params).await {
        Ok(_) | Err(ChainError::Unsupported) => Ok(()),
        Err(error) => Err(error),
    }
}
