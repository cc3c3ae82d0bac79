//! Reading Atoms: a run of the collection's, or a single one.

use crate::abi::{IAtomine, ICollection};
use crate::call::Pinned;
use crate::state::{read_v3_supply, token_id};
use crate::{ChainError, Collection, Kind, OwnedAtom, Provider};
use alloy_primitives::{Address, B256, U256};
use atomine_protocol::{AtomHash, TokenId};

/// Most Atoms that one call of `atoms` asks for: a page of some 64 kB.
pub(crate) const PAGE: u64 = 500;

/// Reads the Atoms `first..first + count` in order of their numbers, `count` at most 500. Numbers
/// beyond the newest are left out, and so are Atoms that a v3 contract does not hold (not migrated).
///
/// # Errors
/// As [`crate::read_state`].
pub async fn read_atoms<P: Provider>(
    provider: &P,
    collection: &Collection,
    first: TokenId,
    count: u32,
) -> Result<Vec<OwnedAtom>, ChainError> {
    let contract = Pinned::newest(provider, collection.chain.id, collection.address).await?;
    let count = u64::from(count).min(PAGE);
    let atoms = match collection.kind {
        Kind::Atomine => atomine_page(&contract, first, count).await,
        Kind::PownftV3 => {
            let ids = (first.get()..first.get().saturating_add(count)).filter_map(TokenId::new);
            pownft_v3_atoms(&contract, ids.collect()).await
        }
    };
    match atoms {
        Ok(atoms) => Ok(atoms),
        Err(error) => Err(contract.diagnose(error).await),
    }
}

/// Reads one Atom.
///
/// # Errors
/// [`ChainError::NoSuchAtom`] where the contract does not hold it, [`ChainError::NotMigrated`] where the one before it
/// does, else as [`crate::read_state`].
pub async fn read_atom<P: Provider>(
    provider: &P,
    collection: &Collection,
    id: TokenId,
) -> Result<OwnedAtom, ChainError> {
    let contract = Pinned::newest(provider, collection.chain.id, collection.address).await?;
    match pownft_v3_atoms(&contract, vec![id]).await {
        Ok(atoms) => match atoms.into_iter().next() {
            Some(atom) => Ok(atom),
            // A revert says that the contract has no such Atom, or no such function: ask one that it must have.
            None => match count_owned(&contract, collection.address).await {
                Ok(_) => Err(missing(&contract, collection.kind, id).await),
                Err(error) => Err(contract.diagnose(error).await),
            },
        },
        Err(error) => Err(contract.diagnose(error).await),
    }
}

/// Why a contract does not hold an Atom: v3 took over the numbers of the contract before it, and not all its Atoms
/// have come over.
async fn missing(contract: &Pinned<'_>, kind: Kind, id: TokenId) -> ChainError {
    if kind == Kind::Atomine {
        return ChainError::NoSuchAtom;
    }
    match read_v3_supply(contract).await {
        Ok(supply) if U256::from(id.get()) <= supply.v2_total => ChainError::NotMigrated,
        Ok(_) => ChainError::NoSuchAtom,
        Err(error) => contract.diagnose(error).await,
    }
}

/// One page of an Atomine collection.
pub(crate) async fn atomine_page(
    contract: &Pinned<'_>,
    first: TokenId,
    count: u64,
) -> Result<Vec<OwnedAtom>, ChainError> {
    let call = IAtomine::atomsCall {
        first: U256::from(first.get()),
        count: U256::from(count),
    };
    let page = contract.call(&call).await?;
    if page.len() as u64 > count {
        return Err(ChainError::Nonsense("more Atoms than asked for".into()));
    }
    (first.get()..)
        .zip(page)
        .map(|(id, atom)| owned_atom(token_id(U256::from(id))?, atom.hash, atom.owner))
        .collect()
}

/// Atoms by number, each asked for by itself; those that the contract does not hold are left out.
async fn pownft_v3_atoms(
    contract: &Pinned<'_>,
    ids: Vec<TokenId>,
) -> Result<Vec<OwnedAtom>, ChainError> {
    let owner_of = |id: &TokenId| ICollection::ownerOfCall {
        id: U256::from(id.get()),
    };
    let owners = contract.call_each(ids.iter().map(owner_of)).await?;
    let mut held = Vec::with_capacity(ids.len());
    for (id, owner) in ids.into_iter().zip(owners) {
        match owner {
            Ok(owner) => held.push((id, owner)),
            Err(ChainError::Reverted(_)) => {}
            Err(error) => return Err(error),
        }
    }
    with_hashes(contract, held).await
}

/// Adds their hashes to Atoms that the contract holds.
pub(crate) async fn with_hashes(
    contract: &Pinned<'_>,
    held: Vec<(TokenId, Address)>,
) -> Result<Vec<OwnedAtom>, ChainError> {
    let hash_of = |(id, _): &(TokenId, Address)| ICollection::hashOfCall {
        id: U256::from(id.get()),
    };
    let hashes = contract.call_each(held.iter().map(hash_of)).await?;
    held.into_iter()
        .zip(hashes)
        .map(|((id, owner), hash)| owned_atom(id, hash?, owner))
        .collect()
}

/// How many Atoms this account owns, as far as the contract can be believed.
pub(crate) async fn count_owned(contract: &Pinned<'_>, owner: Address) -> Result<u64, ChainError> {
    let count = contract.call(&ICollection::balanceOfCall { owner }).await?;
    Ok(u64::try_from(count).unwrap_or(u64::MAX))
}

/// An Atom, if that can be one: only Genesis has hash 0, and nobody is not an owner.
fn owned_atom(id: TokenId, hash: B256, owner: Address) -> Result<OwnedAtom, ChainError> {
    if owner.is_zero() || (hash.is_zero() && id != TokenId::GENESIS) {
        return Err(ChainError::Nonsense(format!(
            "Atom #{id} has hash {hash} and owner {owner}"
        )));
    }
    Ok(OwnedAtom {
        id,
        hash: AtomHash(hash),
        owner,
    })
}
