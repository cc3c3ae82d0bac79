//! JSON-RPC 2.0 as bytes: writing requests, reading answers from nodes that may say anything.

use crate::{ChainError, RpcError};
use core::ops::Range;
use serde_json::{Value, json};

/// Longest answer that is read; a page of 500 Atoms takes some 200 kB.
pub const MAX_RESPONSE_BYTES: usize = 8 << 20;

/// One request as JSON text.
pub(crate) fn encode_request(id: u64, method: &str, params: &Value) -> String {
    request_object(id, method, params).to_string()
}

/// Several requests as one JSON list, numbered from `first_id` on.
pub(crate) fn encode_batch(first_id: u64, requests: &[(&str, Value)]) -> String {
    (first_id..)
        .zip(requests)
        .map(|(id, (method, params))| request_object(id, method, params))
        .collect::<Value>()
        .to_string()
}

fn request_object(id: u64, method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })
}

/// Reads the answer to request `id`.
///
/// # Errors
/// [`ChainError::Rpc`] where the answer is an error, [`ChainError::Nonsense`] where it is none.
pub(crate) fn decode_response(body: &[u8], id: u64) -> Result<Value, ChainError> {
    let mut answer = parse(body)?;
    match answer.get("id") {
        Some(answered) if answered.as_u64() == Some(id) => result_of(&mut answer),
        // A node that could not read the request that far answers with an error without id.
        None | Some(Value::Null) if answer.get("error").is_some() => result_of(&mut answer),
        _ => Err(nonsense("an answer to another request")),
    }
}

/// Reads the answers to the requests with these ids, which may come in any order; results in the
/// order of the ids.
///
/// # Errors
/// [`ChainError::Rpc`] where the node refuses the batch as a whole, [`ChainError::Nonsense`] where
/// an answer is missing, double or none.
pub(crate) fn decode_batch(
    body: &[u8],
    ids: Range<u64>,
) -> Result<Vec<Result<Value, ChainError>>, ChainError> {
    let mut answers = match parse(body)? {
        Value::Array(answers) => answers,
        mut single => {
            result_of(&mut single)?;
            return Err(nonsense("one answer to several requests"));
        }
    };
    if answers.len() as u64 != ids.end - ids.start {
        return Err(nonsense("not as many answers as requests"));
    }
    // Not a sort: that alone is some kilobytes of code.
    ids.map(|id| {
        answers
            .iter_mut()
            .find(|answer| answer_id(answer) == Some(id))
            .map(result_of)
            .ok_or_else(|| nonsense("a request without answer"))
    })
    .collect()
}

fn parse(body: &[u8]) -> Result<Value, ChainError> {
    if body.len() > MAX_RESPONSE_BYTES {
        return Err(nonsense("an answer too long to read"));
    }
    serde_json::from_slice(body).map_err(|error| {
        if body.trim_ascii_start().starts_with(b"<") {
            nonsense("a web page instead of JSON")
        } else {
            ChainError::Nonsense(format!("not JSON: {error}"))
        }
    })
}

fn answer_id(answer: &Value) -> Option<u64> {
    answer.get("id").and_then(Value::as_u64)
}

/// The result within one answer object.
fn result_of(answer: &mut Value) -> Result<Value, ChainError> {
    match answer.get("error") {
        None | Some(Value::Null) => answer
            .get_mut("result")
            .map(Value::take)
            .ok_or_else(|| nonsense("an answer without result")),
        Some(error) => Err(RpcError::from_json(error).into()),
    }
}

fn nonsense(what: &str) -> ChainError {
    ChainError::Nonsense(what.into())
}
