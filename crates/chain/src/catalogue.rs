//! The list of collections that the page knows: `collections.json`.

use crate::rpc_url::is_safe_url;
use crate::value::written_address;
use crate::{Chain, Collection};
use serde_json::Value;

/// Most collections in one list.
const MAX_COLLECTIONS: usize = 50;
/// Longest name of a collection or chain, in characters.
const MAX_NAME_CHARS: usize = 60;
/// Longest currency symbol, in characters.
const MAX_CURRENCY_CHARS: usize = 6;
/// Most read RPCs of one chain.
const MAX_RPCS: usize = 10;

/// What is wrong with a list of collections, or with a collection that a visitor brought along.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// The file is not JSON.
    #[error("collections.json is not valid JSON: {0}")]
    NotJson(String),
    /// The file is something else than a list.
    #[error("collections.json must be a list of collections")]
    NotAList,
    /// There is nothing in the list.
    #[error("collections.json lists no collection")]
    Empty,
    /// There is too much in the list.
    #[error("collections.json lists more than {MAX_COLLECTIONS} collections")]
    TooMany,
    /// An entry lacks something, or has something that it should not.
    #[error("collection {number} in collections.json: {reason}")]
    BadEntry {
        /// Its place in the list, from 1.
        number: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The `?collection=` of the page's address cannot be read.
    #[error(
        "?collection= must be a chain id, a colon and a contract address, for example 1:0x9abb7bddc43fa67c76a62d8c016513827f59be1b"
    )]
    BadQuery,
    /// The `&rpc=` of the page's address cannot be used.
    #[error("&rpc= must be an https address, or an http address on this computer")]
    BadRpc,
}

/// Reads `collections.json`: a JSON list of [`Collection`]s, in the order in which they are shown.
///
/// # Errors
/// [`CatalogueError`] where anything in it is wrong; nothing is silently left out.
pub fn parse_catalogue(json: &str) -> Result<Vec<Collection>, CatalogueError> {
    let list: Value =
        serde_json::from_str(json).map_err(|error| CatalogueError::NotJson(error.to_string()))?;
    let Value::Array(entries) = list else {
        return Err(CatalogueError::NotAList);
    };
    if entries.is_empty() {
        return Err(CatalogueError::Empty);
    }
    if entries.len() > MAX_COLLECTIONS {
        return Err(CatalogueError::TooMany);
    }
    let mut collections: Vec<Collection> = Vec::with_capacity(entries.len());
    for (number, entry) in (1..).zip(entries) {
        let collection = parse_entry(entry, &collections)
            .map_err(|reason| CatalogueError::BadEntry { number, reason })?;
        collections.push(collection);
    }
    Ok(collections)
}

/// One entry, or what is wrong with it.
fn parse_entry(entry: Value, before: &[Collection]) -> Result<Collection, String> {
    let written = entry.get("address").and_then(Value::as_str);
    if written.is_some_and(|address| written_address(address).is_none()) {
        return Err("the address is not one, or mistyped".into());
    }
    let collection: Collection =
        serde_json::from_value(entry).map_err(|error| error.to_string())?;
    check_name("name", &collection.name, MAX_NAME_CHARS)?;
    check_chain(&collection.chain)?;
    if collection.address.is_zero() {
        return Err("the address is 0".into());
    }
    check_url("marketplace", collection.marketplace.as_deref())?;
    let key = collection.key();
    if before.iter().any(|other| other.key() == key) {
        return Err("it is in the list twice".into());
    }
    let same_chain = before
        .iter()
        .map(|other| &other.chain)
        .find(|chain| chain.id == key.chain_id);
    if same_chain.is_some_and(|chain| *chain != collection.chain) {
        return Err(format!(
            "chain {} is described differently before",
            key.chain_id
        ));
    }
    Ok(collection)
}

fn check_chain(chain: &Chain) -> Result<(), String> {
    if chain.id == 0 {
        return Err("the chain's id is 0".into());
    }
    check_name("chain's name", &chain.name, MAX_NAME_CHARS)?;
    check_name("chain's currency", &chain.currency, MAX_CURRENCY_CHARS)?;
    if chain.rpcs.is_empty() || chain.rpcs.len() > MAX_RPCS {
        return Err(format!("the chain needs 1 to {MAX_RPCS} RPCs"));
    }
    for rpc in &chain.rpcs {
        check_url("RPC", Some(rpc))?;
    }
    check_url("explorer", chain.explorer.as_deref())
}

fn check_name(what: &str, name: &str, max_chars: usize) -> Result<(), String> {
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return Err(format!("the {what} cannot be read"));
    }
    if name.chars().count() > max_chars {
        return Err(format!("the {what} is longer than {max_chars} characters"));
    }
    Ok(())
}

fn check_url(what: &str, url: Option<&str>) -> Result<(), String> {
    if url.is_none_or(is_safe_url) {
        Ok(())
    } else {
        Err(format!(
            "the {what} must be an https address, or an http address on this computer"
        ))
    }
}
