//! What a node tells by itself over a websocket: new blocks, new Atoms, and other miners' mints that are on their way.

use crate::abi::ICollection;
use crate::jsonrpc::encode_request;
use crate::value::{address, hex_address, quantity_u64};
use alloy_primitives::{Address, hex};
use alloy_sol_types::{SolCall, SolEvent};
use serde_json::{Value, json};

/// Longer than any block's head or transaction that matters here.
const MAX_BYTES: usize = 256 << 10;

/// Something that a node told by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// There is a new block.
    Block(u64),
    /// There is a new Atom of the collection, in this block.
    Mined(u64),
    /// This account's mint waits for a block.
    Waiting(Address),
}

/// What is sent to a node that is to tell of the collection at `contract`; with `mempool` also of mints that wait for a
/// block. What a node does not offer it refuses, and tells the rest.
pub fn subscriptions(contract: Address, mempool: bool) -> Vec<String> {
    let mined =
        json!({ "address": hex_address(contract), "topics": [ICollection::Mined::SIGNATURE_HASH] });
    let mut wanted = vec![json!(["newHeads"]), json!(["logs", mined])];
    if mempool {
        wanted.push(json!(["newPendingTransactions", true]));
    }
    let numbered = (1..).zip(wanted);
    numbered
        .map(|(id, params)| encode_request(id, "eth_subscribe", &params))
        .collect()
}

/// Reads what a node told; `None` where it is nothing that matters to the collection at `contract`.
pub fn read_news(text: &str, contract: Address) -> Option<News> {
    if text.len() > MAX_BYTES {
        return None;
    }
    let told: Value = serde_json::from_slice(text.as_bytes()).ok()?;
    let told = told.pointer("/params/result")?;
    if let Some(input) = told.get("input").and_then(Value::as_str) {
        let to = address(told.get("to")?).ok()?;
        let selector = hex::encode_prefixed(ICollection::mineCall::SELECTOR);
        let mines = to == contract && input.get(..selector.len())? == selector;
        return mines.then(|| address(told.get("from")?).ok().map(News::Waiting))?;
    }
    if told.get("topics").is_some() {
        // A log that is taken back tells of no new Atom, but of news all the same.
        return quantity_u64(told.get("blockNumber")?).ok().map(News::Mined);
    }
    quantity_u64(told.get("number")?).ok().map(News::Block)
}
