//! The list of collections that the page knows: `collections.json`.

use crate::fields::Fields;
use crate::rpc_url::{is_safe_socket, is_safe_url};
use crate::value::written_address;
use crate::{Chain, Collection, Kind};
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
    let list: Value = serde_json::from_slice(json.as_bytes())
        .map_err(|error| CatalogueError::NotJson(error.to_string()))?;
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
        let collection = parse_entry(&entry, &collections)
            .map_err(|reason| CatalogueError::BadEntry { number, reason })?;
        collections.push(collection);
    }
    Ok(collections)
}

/// One entry, or what is wrong with it.
fn parse_entry(entry: &Value, before: &[Collection]) -> Result<Collection, String> {
    let known = ["name", "kind", "address", "chain", "marketplace"];
    let fields = Fields::of("collection", entry, &known)?;
    let collection = Collection {
        name: checked_name("name", fields.text("name")?, MAX_NAME_CHARS)?,
        kind: parse_kind(fields.text("kind")?)?,
        address: written_address(fields.text("address")?)
            .filter(|address| !address.is_zero())
            .ok_or("the address is not one, or mistyped")?,
        chain: parse_chain(fields.value("chain")?)?,
        marketplace: checked_url("marketplace", fields.optional_text("marketplace")?)?,
    };
    let key = collection.key();
    if before.iter().any(|other| other.key() == key) {
        return Err("it is in the list twice".into());
    }
    let mut chains = before.iter().map(|other| &other.chain);
    match chains.find(|chain| chain.id == key.chain_id) {
        Some(chain) if *chain != collection.chain => Err(format!(
            "chain {} is described differently before",
            key.chain_id
        )),
        _ => Ok(collection),
    }
}

fn parse_kind(kind: &str) -> Result<Kind, String> {
    match kind {
        "pownft-v3" => Ok(Kind::PownftV3),
        "atomine" => Ok(Kind::Atomine),
        other => Err(format!(
            "the kind must be \"atomine\" or \"pownft-v3\", not \"{other}\""
        )),
    }
}

fn parse_chain(chain: &Value) -> Result<Chain, String> {
    let known = ["id", "name", "currency", "rpcs", "explorer"];
    let fields = Fields::of("chain", chain, &known)?;
    let id = fields.value("id")?.as_u64().filter(|&id| id != 0);
    Ok(Chain {
        id: id.ok_or("the chain's id must be a whole number above 0")?,
        name: checked_name("chain's name", fields.text("name")?, MAX_NAME_CHARS)?,
        currency: checked_name(
            "chain's currency",
            fields.text("currency")?,
            MAX_CURRENCY_CHARS,
        )?,
        rpcs: parse_rpcs(fields.value("rpcs")?)?,
        explorer: checked_url("explorer", fields.optional_text("explorer")?)?,
    })
}

fn parse_rpcs(rpcs: &Value) -> Result<Vec<String>, String> {
    let rpcs = rpcs.as_array().map_or(&[][..], Vec::as_slice);
    if rpcs.is_empty() || rpcs.len() > MAX_RPCS {
        return Err(format!("the chain needs a list of 1 to {MAX_RPCS} RPCs"));
    }
    let rpcs: Vec<String> = rpcs
        .iter()
        .map(|rpc| match rpc.as_str() {
            Some(url) if is_safe_url(url) || is_safe_socket(url) => Ok(url.into()),
            _ => Err(unsafe_url("RPC")),
        })
        .collect::<Result<_, _>>()?;
    if rpcs.iter().all(|url| is_safe_socket(url)) {
        return Err("the chain needs an RPC over https".into());
    }
    Ok(rpcs)
}

fn checked_name(what: &str, name: &str, max_chars: usize) -> Result<String, String> {
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return Err(format!("the {what} cannot be read"));
    }
    if name.chars().count() > max_chars {
        return Err(format!("the {what} is longer than {max_chars} characters"));
    }
    Ok(name.into())
}

fn checked_url(what: &str, url: Option<&str>) -> Result<Option<String>, String> {
    match url {
        Some(url) if !is_safe_url(url) => Err(unsafe_url(what)),
        url => Ok(url.map(Into::into)),
    }
}

fn unsafe_url(what: &str) -> String {
    format!("the {what} must be an https address, or an http address on this computer")
}
