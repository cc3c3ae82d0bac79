//! A mint's way to the chain: the transaction, its dry run, and sending it.

use crate::abi::ICollection;
use crate::call::has_code;
use crate::provider::Ask;
use crate::refusal::refusal;
use crate::value::{hex_address, hex_quantity, object, quantity_u64, word};
use crate::{ChainError, Collection, Provider, Transaction};
use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolCall;
use atomine_protocol::Nonce;
use core::ops::RangeInclusive;
use serde_json::{Map, Value, json};

/// Gas that a mint may be estimated at: from that of an empty transaction to far beyond any mint's
/// 0.2 million.
const SANE_GAS: RangeInclusive<u64> = 21_000..=10_000_000;

/// The transaction that mints with this nonce. `cost_wei` must be the price exactly.
pub fn mine_transaction(
    collection: &Collection,
    account: Address,
    nonce: Nonce,
    cost_wei: U256,
) -> Transaction {
    let call = ICollection::mineCall {
        nonce: nonce.to_u256(),
    };
    Transaction {
        chain_id: collection.chain.id,
        from: account,
        to: collection.address,
        value_wei: cost_wei,
        data: call.abi_encode().into(),
    }
}

/// Runs the very transaction on the pending block (on the newest where a node has no pending one)
/// without sending it. Returns the gas limit to send it with: the estimate and a quarter more.
///
/// # Errors
/// [`ChainError::Stale`], [`ChainError::WrongCost`], [`ChainError::InsufficientFunds`] or
/// [`ChainError::Reverted`] where the mint would fail; [`ChainError::WrongChain`] and
/// [`ChainError::NoContract`] where it would do nothing; or what the provider answers.
pub async fn simulate<P: Provider>(
    provider: &P,
    transaction: &Transaction,
) -> Result<u64, ChainError> {
    expect_chain(provider, transaction.chain_id).await?;
    // A call to an address without code succeeds and does nothing.
    if !has_code(provider, transaction.to).await? {
        return Err(ChainError::NoContract);
    }
    let call = call_object(transaction);
    let block = match dry_run(provider, &call, "pending").await {
        Ok(()) => "pending",
        // Not a refusal of the mint, but of the word "pending".
        Err(ChainError::Rpc(_)) => {
            dry_run(provider, &call, "latest").await?;
            "latest"
        }
        Err(error) => return Err(error),
    };
    let estimate = provider
        .ask("eth_estimateGas", json!([call, block]))
        .await
        .map_err(refusal)?;
    let gas = quantity_u64(&estimate)?;
    if !SANE_GAS.contains(&gas) {
        return Err(ChainError::Nonsense(format!("{gas} gas for a mint")));
    }
    Ok(gas + gas / 4)
}

/// Sends the transaction: the wallet opens its dialog, and the answer may take hours. Fees are the
/// wallet's business.
///
/// # Errors
/// [`ChainError::WrongChain`], [`ChainError::Rejected`] and the other answers of wallets.
pub async fn send<P: Provider>(
    provider: &P,
    transaction: &Transaction,
    gas: u64,
) -> Result<B256, ChainError> {
    expect_chain(provider, transaction.chain_id).await?;
    let mut sent = call_object(transaction);
    sent.insert("chainId".into(), hex_quantity(transaction.chain_id));
    sent.insert("gas".into(), hex_quantity(gas));
    let answer = provider
        .ask("eth_sendTransaction", json!([sent]))
        .await
        .map_err(refusal)?;
    word(&answer)
}

async fn dry_run(
    provider: &dyn Ask,
    call: &Map<String, Value>,
    block: &str,
) -> Result<(), ChainError> {
    provider
        .ask("eth_call", json!([call, block]))
        .await
        .map_err(refusal)?;
    Ok(())
}

pub(crate) async fn expect_chain(provider: &dyn Ask, expected: u64) -> Result<(), ChainError> {
    match crate::wallet::read_chain_id(provider).await? {
        actual if actual == expected => Ok(()),
        actual => Err(ChainError::WrongChain { expected, actual }),
    }
}

/// What is the same in the dry run and in the wallet's dialog.
fn call_object(transaction: &Transaction) -> Map<String, Value> {
    object([
        ("from", hex_address(transaction.from)),
        ("to", hex_address(transaction.to)),
        ("value", hex_quantity(transaction.value_wei)),
        ("data", json!(transaction.data)),
    ])
}
