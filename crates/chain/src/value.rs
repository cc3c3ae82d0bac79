//! Reading JSON-RPC's hex strings, strictly: a node's answer is outside data.

use crate::ChainError;
use alloy_primitives::{Address, B256, Bytes, U256, hex};
use serde_json::{Map, Value, json};

/// Most characters of an answer that go into an error message.
const MAX_EXCERPT_CHARS: usize = 200;

/// The value in a few words, for an error's details.
pub(crate) fn excerpt(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if text.chars().count() <= MAX_EXCERPT_CHARS {
        return text;
    }
    text.chars().take(MAX_EXCERPT_CHARS).chain(['…']).collect()
}

fn nonsense(expected: &str, value: &Value) -> ChainError {
    ChainError::Nonsense(format!("expected {expected}, got {}", excerpt(value)))
}

/// Any number of bytes, as `0x` and pairs of hex digits.
pub(crate) fn bytes(value: &Value) -> Result<Bytes, ChainError> {
    value
        .as_str()
        .and_then(|text| text.strip_prefix("0x"))
        .and_then(|digits| hex::decode(digits).ok())
        .map(Bytes::from)
        .ok_or_else(|| nonsense("hex bytes", value))
}

/// A 32-byte word.
pub(crate) fn word(value: &Value) -> Result<B256, ChainError> {
    bytes(value)
        .ok()
        .and_then(|bytes| B256::try_from(bytes.as_ref()).ok())
        .ok_or_else(|| nonsense("32 bytes", value))
}

/// A 20-byte address.
pub(crate) fn address(value: &Value) -> Result<Address, ChainError> {
    bytes(value)
        .ok()
        .and_then(|bytes| Address::try_from(bytes.as_ref()).ok())
        .ok_or_else(|| nonsense("an address", value))
}

/// A number of up to 256 bits, as `0x` and 1 to 64 hex digits.
pub(crate) fn quantity(value: &Value) -> Result<U256, ChainError> {
    value
        .as_str()
        .and_then(|text| text.strip_prefix("0x"))
        .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
        .filter(|digits| (1..=64).contains(&digits.len()))
        .and_then(|digits| U256::from_str_radix(digits, 16).ok())
        .ok_or_else(|| nonsense("a hex number", value))
}

/// A number of up to 64 bits.
pub(crate) fn quantity_u64(value: &Value) -> Result<u64, ChainError> {
    u64::try_from(quantity(value)?).map_err(|_| nonsense("a number of 64 bits", value))
}

/// A number as JSON-RPC writes it.
pub(crate) fn hex_quantity(number: impl core::fmt::LowerHex) -> Value {
    json!(format!("{number:#x}"))
}

/// An address as JSON-RPC writes it (without checksum capitals, which some nodes refuse).
pub(crate) fn hex_address(address: Address) -> Value {
    json!(format!("{address:#x}"))
}

/// A JSON object with these fields.
pub(crate) fn object<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    // Not collected: a map does that by sorting, which is code to download.
    let mut object = Map::new();
    for (name, value) in fields {
        object.insert(name.into(), value);
    }
    object
}

/// An address that a person wrote: `0x` and 40 hex digits. If some letters are capitals and some are
/// not, they must be those of its checksum (EIP-55), so that a slip of the pen is noticed.
pub(crate) fn written_address(text: &str) -> Option<Address> {
    let digits = text.strip_prefix("0x")?;
    let address: Address = text.parse().ok()?;
    let has = |range: core::ops::RangeInclusive<u8>| digits.bytes().any(|b| range.contains(&b));
    let mixed = has(b'a'..=b'f') && has(b'A'..=b'F');
    (!mixed || address.to_string() == text).then_some(address)
}
