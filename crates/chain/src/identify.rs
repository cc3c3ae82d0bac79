//! Finding out what a contract is that a visitor brought along.

use crate::abi::{IAtomine, ICollection};
use crate::call::Pinned;
use crate::state::read_v3_supply;
use crate::{Chain, ChainError, Collection, CollectionKey, Kind, Provider};

/// Most characters of a collection's name that are shown.
const MAX_NAME_CHARS: usize = 60;

/// Asks the contract which kind of collection it is, and for its name.
///
/// # Errors
/// [`ChainError::NoContract`], [`ChainError::NotACollection`], [`ChainError::WrongChain`],
/// [`ChainError::Nonsense`], or what the provider answers.
pub async fn identify<P: Provider>(
    provider: &P,
    key: CollectionKey,
    chain: Chain,
) -> Result<Collection, ChainError> {
    let contract = Pinned::newest(provider, key.chain_id, key.address).await?;
    let kind = match find_kind(&contract).await {
        Ok(kind) => kind,
        Err(error) => return Err(contract.diagnose(error).await),
    };
    Ok(Collection {
        name: read_name(&contract).await?,
        kind,
        address: key.address,
        chain,
        marketplace: None,
    })
}

/// A contract that answers `work()` is ours; one with v3's three counters is `POWNFTv3`.
async fn find_kind(contract: &Pinned<'_>) -> Result<Kind, ChainError> {
    match contract.call(&IAtomine::workCall {}).await {
        Ok(_) => return Ok(Kind::Atomine),
        Err(ChainError::Reverted(_) | ChainError::NotACollection(_)) => {}
        // Any contract may be at an address that somebody brought: rather another contract than a node that lies.
        Err(ChainError::Nonsense(words)) => return Err(ChainError::NotACollection(words)),
        Err(error) => return Err(error),
    }
    read_v3_supply(contract).await.map(|_| Kind::PownftV3)
}

/// The name in the contract's words, made fit for one line; its address where it gives none.
async fn read_name(contract: &Pinned<'_>) -> Result<String, ChainError> {
    let name = match contract.call(&ICollection::nameCall {}).await {
        Ok(name) => name,
        // A name is a nicety: a contract may lack one.
        Err(ChainError::Reverted(_) | ChainError::NotACollection(_) | ChainError::Nonsense(_)) => {
            String::new()
        }
        Err(error) => return Err(error),
    };
    let name: String = name
        .split_whitespace()
        .flat_map(|word| word.chars().chain([' ']))
        .filter(|character| !character.is_control())
        .take(MAX_NAME_CHARS)
        .collect();
    Ok(match name.trim_end() {
        "" => contract.contract.to_string(),
        name => name.into(),
    })
}
