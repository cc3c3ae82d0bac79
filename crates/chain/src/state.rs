//! Reading everything a miner needs to know of a collection, at one block.

use crate::abi::{IAtomine, ICollection, IPownftV3};
use crate::call::{Pinned, returns};
use crate::{ChainError, Collection, CollectionState, Kind, Provider};
use alloy_primitives::{B256, U256};
use atomine_protocol::{PrevHash, PrevHashSource, Rules, TokenId, V3Supply};

/// Ids from here on are a lie: even at one mint a second they are 10^11 years away.
const ABSURD_ID: u64 = 1 << 63;

/// Reads the next Atom's number, what its work builds on, its target and its price.
///
/// # Errors
/// [`ChainError::WrongChain`], [`ChainError::NoContract`], [`ChainError::NotACollection`],
/// [`ChainError::Nonsense`], and whatever the provider answers.
pub async fn read_state<P: Provider>(
    provider: &P,
    collection: &Collection,
) -> Result<CollectionState, ChainError> {
    let contract = Pinned::newest(provider, collection.chain.id, collection.address).await?;
    let state = match collection.kind {
        Kind::Atomine => atomine_state(&contract).await,
        Kind::PownftV3 => pownft_v3_state(&contract).await,
    };
    match state {
        Ok(state) => checked(state),
        Err(error) => Err(contract.diagnose(error).await),
    }
}

async fn atomine_state(contract: &Pinned<'_>) -> Result<CollectionState, ChainError> {
    let work = contract.call(&IAtomine::workCall {}).await?;
    Ok(CollectionState {
        block: contract.block,
        next_id: token_id(work.id)?,
        prev_hash: PrevHash(work.prevHash),
        target: work.target.into(),
        cost_wei: work.cost,
    })
}

async fn pownft_v3_state(contract: &Pinned<'_>) -> Result<CollectionState, ChainError> {
    let supply = read_v3_supply(contract).await?;
    let next_id = supply
        .next_id()
        .filter(|&id| is_sane(id))
        .ok_or_else(|| absurd("more Atoms than there can be"))?;
    let prev_hash = match supply.prev_hash_source() {
        Some(PrevHashSource::HashOf(newest)) => {
            let id = U256::from(newest.get());
            contract.call(&ICollection::hashOfCall { id }).await?
        }
        Some(PrevHashSource::PrevChainLastHash) => {
            let call = IPownftV3::PREV_CHAIN_LAST_HASHCall {};
            contract.call(&call).await?
        }
        None => return Err(absurd("fewer Atoms than v2 had")),
    };
    Ok(CollectionState {
        block: contract.block,
        next_id,
        prev_hash: PrevHash(prev_hash),
        target: Rules::POWNFT.target(next_id),
        cost_wei: Rules::POWNFT.cost_wei(next_id),
    })
}

/// The three counters of a v3 contract.
pub(crate) async fn read_v3_supply(contract: &Pinned<'_>) -> Result<V3Supply, ChainError> {
    let [v2_total, unmigrated, total_supply] = contract
        .answers([
            contract.request(&IPownftV3::V2_TOTALCall {}),
            contract.request(&IPownftV3::UNMIGRATEDCall {}),
            contract.request(&IPownftV3::totalSupplyCall {}),
        ])
        .await?;
    Ok(V3Supply {
        v2_total: returns::<IPownftV3::V2_TOTALCall>(v2_total)?,
        unmigrated: returns::<IPownftV3::UNMIGRATEDCall>(unmigrated)?,
        total_supply: returns::<IPownftV3::totalSupplyCall>(total_supply)?,
    })
}

/// A number that a contract gave for an Atom.
pub(crate) fn token_id(id: U256) -> Result<TokenId, ChainError> {
    u64::try_from(id)
        .ok()
        .and_then(TokenId::new)
        .filter(|&id| is_sane(id))
        .ok_or_else(|| absurd(&format!("Atom #{id}")))
}

fn is_sane(id: TokenId) -> bool {
    id.get() < ABSURD_ID
}

/// The state, if it can be true.
fn checked(state: CollectionState) -> Result<CollectionState, ChainError> {
    let id = state.next_id;
    // Genesis is there from the start, so nobody mines it.
    if id == TokenId::GENESIS {
        return Err(absurd(&format!("the next Atom is #{id}")));
    }
    if state.target.0 == B256::ZERO {
        return Err(absurd("target 0"));
    }
    // Only Genesis has hash 0.
    if state.prev_hash.0 == B256::ZERO && id.get() > 2 {
        return Err(absurd(&format!("hash 0 before Atom #{id}")));
    }
    Ok(state)
}

fn absurd(what: &str) -> ChainError {
    ChainError::Nonsense(what.into())
}
