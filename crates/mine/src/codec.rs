//! Values as bytes with a version before them, in postcard's form: small to send, and small to read in wasm.

use alloc::vec::Vec;
use serde::{Serialize, de::DeserializeOwned};

/// `value` as bytes of this `version`.
pub fn encode<T: Serialize>(version: u8, value: &T) -> Vec<u8> {
    // Plain data into a growing buffer cannot fail; were it so, `decode` refuses the empty bytes.
    postcard::to_extend(value, alloc::vec![version]).unwrap_or_default()
}

/// What [`encode`] wrote; `None` for another version, trailing bytes or anything else that is not a `T`.
pub fn decode<T: DeserializeOwned>(version: u8, bytes: &[u8]) -> Option<T> {
    let (&lead, body) = bytes.split_first()?;
    match postcard::take_from_bytes(body) {
        Ok((value, [])) if lead == version => Some(value),
        _ => None,
    }
}
