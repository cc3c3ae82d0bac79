//! What became of a mint that was sent.

use crate::abi::ICollection;
use crate::mint::expect_chain;
use crate::provider::Ask;
use crate::state::token_id;
use crate::value::{address, bytes, excerpt, quantity, quantity_u64, word};
use crate::{ChainError, Collection, MintOutcome, OwnedAtom, Provider};
use alloy_primitives::{Address, B256, Log, U256};
use alloy_sol_types::SolEvent;
use atomine_protocol::AtomHash;
use serde_json::{Value, json};

/// Looks for the transaction's receipt; the receipt's status decides.
///
/// # Errors
/// [`ChainError::WrongChain`] where the provider is on another chain, [`ChainError::Nonsense`]
/// where a receipt contradicts itself (successful without the account's new Atom among its logs,
/// say), or what the provider answers.
pub async fn read_outcome<P: Provider>(
    provider: &P,
    collection: &Collection,
    account: Address,
    transaction: B256,
) -> Result<MintOutcome, ChainError> {
    // A wallet on another chain knows nothing of the transaction, which must not look as if it were lost.
    expect_chain(provider, collection.chain.id).await?;
    let params = json!([transaction]);
    let receipt = provider
        .ask("eth_getTransactionReceipt", params.clone())
        .await?;
    if !receipt.is_null() {
        return from_receipt(&receipt, collection.address, account, transaction);
    }
    let known = provider.ask("eth_getTransactionByHash", params).await?;
    Ok(if known.is_null() {
        MintOutcome::Unknown
    } else {
        MintOutcome::Pending
    })
}

fn from_receipt(
    receipt: &Value,
    contract: Address,
    account: Address,
    transaction: B256,
) -> Result<MintOutcome, ChainError> {
    if word(field(receipt, "transactionHash")?)? != transaction {
        return Err(nonsense("the receipt of another transaction", receipt));
    }
    let block = quantity_u64(field(receipt, "blockNumber")?)?;
    let status = quantity(field(receipt, "status")?)?;
    if status.is_zero() {
        return Ok(MintOutcome::Reverted { block });
    }
    if status != U256::from(1) {
        return Err(nonsense("an unknown status", receipt));
    }
    let logs = contract_logs(receipt, contract)?;
    let atom = minted(&logs, account)?
        .ok_or_else(|| nonsense("a successful mint without its Atom", receipt))?;
    Ok(MintOutcome::Minted {
        atom,
        transaction,
        block,
    })
}

/// The Atom that came into being for this account: a `Transfer` from nobody and its `Mined`.
fn minted(logs: &[Log], account: Address) -> Result<Option<OwnedAtom>, ChainError> {
    let received: Vec<U256> = logs
        .iter()
        .filter_map(|log| ICollection::Transfer::decode_log_validate(log).ok())
        .filter(|transfer| transfer.from.is_zero() && transfer.to == account)
        .map(|transfer| transfer.tokenId)
        .collect();
    logs.iter()
        .filter_map(|log| ICollection::Mined::decode_log_validate(log).ok())
        .find(|mined| received.contains(&mined.tokenId))
        .map(|mined| {
            Ok(OwnedAtom {
                id: token_id(mined.tokenId)?,
                hash: AtomHash(mined.hash),
                owner: account,
            })
        })
        .transpose()
}

/// The receipt's logs that this contract wrote.
fn contract_logs(receipt: &Value, contract: Address) -> Result<Vec<Log>, ChainError> {
    let logs = field(receipt, "logs")?
        .as_array()
        .ok_or_else(|| nonsense("logs that are no list", receipt))?;
    let mut written = Vec::new();
    for log in logs {
        if address(field(log, "address")?)? != contract {
            continue;
        }
        let topics = field(log, "topics")?
            .as_array()
            .ok_or_else(|| nonsense("topics that are no list", log))?
            .iter()
            .map(word)
            .collect::<Result<Vec<_>, _>>()?;
        let data = bytes(field(log, "data")?)?;
        let log = Log::new(contract, topics, data).ok_or_else(|| nonsense("five topics", log))?;
        written.push(log);
    }
    Ok(written)
}

fn field<'a>(object: &'a Value, name: &str) -> Result<&'a Value, ChainError> {
    object
        .get(name)
        .ok_or_else(|| nonsense(&format!("an answer without {name}"), object))
}

fn nonsense(what: &str, value: &Value) -> ChainError {
    ChainError::Nonsense(format!("{what}: {}", excerpt(value)))
}
