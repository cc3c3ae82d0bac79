//! Reading one account's Atoms, page by page: an account may own thousands.

use crate::abi::{IAtomine, IPownftV3};
use crate::atoms::{PAGE, atomine_page, count_owned, with_hashes};
use crate::call::Pinned;
use crate::state::token_id;
use crate::{ChainError, Collection, Kind, OwnedAtom, Provider};
use alloy_primitives::{Address, U256};
use atomine_protocol::TokenId;

/// Most stretches of an Atomine collection that one read searches.
const MAX_STRETCHES: u32 = 20;
/// Most Atoms of a v3 collection in one page: each costs two calls.
const MAX_COUNT: u64 = 200;

/// Some of the Atoms that an account owns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnedPage {
    /// In order of their numbers.
    pub atoms: Vec<OwnedAtom>,
    /// How many the account owns in all, as the contract tells.
    pub owned: u64,
    /// Where to read on; `None` after the last.
    pub rest: Option<OwnedRest>,
}

/// Where to read on, for [`read_owned`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnedRest {
    /// Atomine: the number at which the search goes on, downwards. v3: how many of the account's list are left.
    pub place: u64,
    /// How many of the account's Atoms are still to be found.
    pub missing: u64,
}

/// Reads some of the Atoms that `owner` owns, beginning at `rest` or else with the newest: about `count` of them, or
/// fewer with a rest where they lie far apart. On v3 at most 200, newest acquired first.
///
/// # Errors
/// As [`crate::read_state`].
pub async fn read_owned<P: Provider>(
    provider: &P,
    collection: &Collection,
    owner: Address,
    rest: Option<OwnedRest>,
    count: u32,
) -> Result<OwnedPage, ChainError> {
    let contract = Pinned::newest(provider, collection.chain.id, collection.address).await?;
    let page = match collection.kind {
        Kind::Atomine => atomine_owned(&contract, owner, rest, u64::from(count)).await,
        Kind::PownftV3 => pownft_v3_owned(&contract, owner, rest, u64::from(count)).await,
    };
    match page {
        Ok(page) => Ok(OwnedPage {
            atoms: in_order(page.atoms),
            ..page
        }),
        Err(error) => Err(contract.diagnose(error).await),
    }
}

/// Searches an Atomine collection downwards until enough Atoms of this owner are found, or all.
async fn atomine_owned(
    contract: &Pinned<'_>,
    owner: Address,
    rest: Option<OwnedRest>,
    count: u64,
) -> Result<OwnedPage, ChainError> {
    let balance = count_owned(contract, owner).await?;
    let mut atoms = Vec::new();
    let mut at = match rest {
        Some(rest) => rest,
        None if balance == 0 => return Ok(OwnedPage::default()),
        None => OwnedRest {
            place: token_id(contract.call(&IAtomine::totalSupplyCall {}).await?)?.get(),
            missing: balance,
        },
    };
    for _ in 0..MAX_STRETCHES {
        let Some(first) = TokenId::new(at.place.saturating_sub(PAGE) + 1) else {
            break;
        };
        let before = atoms.len();
        let stretch = atomine_page(contract, first, at.place + 1 - first.get()).await?;
        atoms.extend(stretch.into_iter().filter(|atom| atom.owner == owner));
        at = OwnedRest {
            place: first.get() - 1,
            missing: at.missing.saturating_sub((atoms.len() - before) as u64),
        };
        if at.missing == 0 || at.place == 0 || atoms.len() as u64 >= count {
            break;
        }
    }
    let is_end = at.missing == 0 || at.place == 0;
    Ok(OwnedPage {
        atoms,
        owned: balance,
        rest: (!is_end).then_some(at),
    })
}

/// Reads the end of an account's list by the enumerable extension of ERC-721.
async fn pownft_v3_owned(
    contract: &Pinned<'_>,
    owner: Address,
    rest: Option<OwnedRest>,
    count: u64,
) -> Result<OwnedPage, ChainError> {
    let balance = count_owned(contract, owner).await?;
    // The list may have become shorter since.
    let end = rest.map_or(balance, |rest| rest.place.min(balance));
    let begin = end.saturating_sub(count.min(MAX_COUNT));
    let by_index = |index: u64| IPownftV3::tokenOfOwnerByIndexCall {
        owner,
        index: U256::from(index),
    };
    let ids = contract.call_each((begin..end).map(by_index)).await?;
    let held = ids
        .into_iter()
        .map(|id| Ok((token_id(id?)?, owner)))
        .collect::<Result<_, ChainError>>()?;
    Ok(OwnedPage {
        atoms: with_hashes(contract, held).await?,
        owned: balance,
        rest: (begin > 0).then_some(OwnedRest {
            place: begin,
            missing: begin,
        }),
    })
}

/// The Atoms in order of their numbers. By insertion: they are few, and a sort is code to download.
fn in_order(atoms: Vec<OwnedAtom>) -> Vec<OwnedAtom> {
    let mut ordered = Vec::with_capacity(atoms.len());
    for atom in atoms {
        let place = ordered.partition_point(|other: &OwnedAtom| other.id < atom.id);
        ordered.insert(place, atom);
    }
    ordered
}
