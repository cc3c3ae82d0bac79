//! A collection that a visitor brings along in the page's address:
//! `?collection=<chain id>:<address>[&rpc=<url>]`.

use crate::rpc_url::is_safe_url;
use crate::value::written_address;
use crate::{CatalogueError, Chain, Collection, CollectionKey};
use alloy_primitives::hex;

/// What the page's address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectionQuery {
    /// Which contract on which chain.
    pub key: CollectionKey,
    /// A node of that chain.
    pub rpc: Option<String>,
}

impl CollectionQuery {
    /// The chain as the known collections describe it, with the visitor's node before the others;
    /// a chain that none of them is on gets a plain name.
    pub fn chain(&self, known: &[Collection]) -> Chain {
        let mut chain = known
            .iter()
            .map(|collection| &collection.chain)
            .find(|chain| chain.id == self.key.chain_id)
            .cloned()
            .unwrap_or_else(|| Chain {
                id: self.key.chain_id,
                name: format!("Chain {}", self.key.chain_id),
                currency: "ETH".into(),
                rpcs: Vec::new(),
                explorer: None,
            });
        if let Some(rpc) = &self.rpc {
            chain.rpcs.retain(|other| other != rpc);
            chain.rpcs.insert(0, rpc.clone());
        }
        chain
    }
}

/// Reads the query of the page's address (with or without its `?`); `None` where it names no
/// collection. Other parameters are passed over.
///
/// # Errors
/// [`CatalogueError::BadQuery`], [`CatalogueError::BadRpc`].
pub fn parse_collection_query(query: &str) -> Result<Option<CollectionQuery>, CatalogueError> {
    let Some(collection) = parameter(query, "collection") else {
        return Ok(None);
    };
    let key = parse_key(&collection).ok_or(CatalogueError::BadQuery)?;
    let rpc = parameter(query, "rpc");
    if rpc.as_deref().is_some_and(|url| !is_safe_url(url)) {
        return Err(CatalogueError::BadRpc);
    }
    Ok(Some(CollectionQuery { key, rpc }))
}

/// `<chain id>:<address>`; an address with capitals must have them where its checksum puts them.
fn parse_key(text: &str) -> Option<CollectionKey> {
    let (chain_id, address) = text.split_once(':')?;
    let chain_id = chain_id.parse().ok().filter(|&id| id != 0)?;
    let address = written_address(address)?;
    Some(CollectionKey { chain_id, address })
}

/// The first value of this parameter, percent-decoded.
fn parameter(query: &str, name: &str) -> Option<String> {
    let query = query.strip_prefix('?').unwrap_or(query);
    query
        .split('&')
        .filter_map(|part| part.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| percent_decoded(value))
}

/// Turns `%3A` back into `:`; what is no escape stays as it is.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = after
            .split_at_checked(2)
            .filter(|_| first == b'%')
            .and_then(|(digits, after)| Some((hex::decode(digits).ok()?, after)));
        if let Some((byte, after)) = escaped {
            bytes.extend(byte);
            rest = after;
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
