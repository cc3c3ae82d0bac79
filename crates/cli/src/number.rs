//! Reads what people type or paste: ids, addresses, hashes, numbers and times.

use atomine_protocol::{Address, TokenId, U256};
use std::time::Duration;

/// A token id: a decimal number from 1.
pub(crate) fn token_id(text: &str) -> Result<TokenId, String> {
    let is_decimal = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let id = is_decimal
        .then(|| text.parse().ok().and_then(TokenId::new))
        .flatten();
    id.ok_or_else(|| format!("an id is a whole number from 1 to {}", u64::MAX))
}

/// A 32-byte word such as a hash: 64 hex digits, with or without `0x`.
pub(crate) fn word<T: From<[u8; 32]>>(text: &str) -> Result<T, String> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    if digits.len() != 64 {
        let count = digits.chars().count();
        return Err(format!(
            "a hash has 64 hex digits after 0x, this has {count}: copy all of it"
        ));
    }
    let value = hex(digits)?;
    Ok(value.to_be_bytes().into())
}

/// A `uint256`: decimal, or hex after `0x`.
pub(crate) fn uint256<T: From<U256>>(text: &str) -> Result<T, String> {
    let value = match text.strip_prefix("0x") {
        Some(digits) => hex(digits)?,
        None if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            U256::from_str_radix(text, 10)
                .map_err(|_| "this number is larger than a uint256 can be".to_owned())?
        }
        None => return Err("give a decimal number, or 0x and hex digits".to_owned()),
    };
    Ok(value.into())
}

fn hex(digits: &str) -> Result<U256, String> {
    if let Some(other) = digits.chars().find(|digit| !digit.is_ascii_hexdigit()) {
        return Err(format!("{other:?} is no hex digit: only 0-9 and a-f are"));
    }
    if digits.is_empty() || digits.len() > 64 {
        return Err(format!(
            "1 to 64 hex digits follow 0x, here are {}",
            digits.len()
        ));
    }
    U256::from_str_radix(digits, 16).map_err(|error| error.to_string())
}

/// An account's address: 40 hex digits. Capital and small letters mixed carry a checksum, which must hold.
pub(crate) fn address(text: &str) -> Result<Address, String> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    let address: Address = digits
        .parse()
        .map_err(|_| "an address is 0x and 40 hex digits: copy it from your wallet".to_owned())?;
    let mixed = digits.contains(|digit: char| digit.is_ascii_lowercase())
        && digits.contains(|digit: char| digit.is_ascii_uppercase());
    if mixed && address.to_checksum(None).trim_start_matches("0x") != digits {
        return Err(
            "the checksum in its capital letters is wrong, so a digit may be mistyped: copy it \
                    again, or write it in small letters"
                .to_owned(),
        );
    }
    Ok(address)
}

/// A time in seconds, fractions allowed.
pub(crate) fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text
        .parse()
        .map_err(|_| "give a number of seconds".to_owned())?;
    match Duration::try_from_secs_f64(seconds) {
        Ok(duration) if !duration.is_zero() => Ok(duration),
        _ => Err("give a number of seconds above 0".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atomine_protocol::Nonce;

    #[test]
    fn ids() {
        assert_eq!(
            token_id("18446744073709551615").map(TokenId::get),
            Ok(u64::MAX)
        );
        for bad in [
            "",
            "0",
            "-1",
            "+1",
            "1.0",
            "0x10",
            " 1",
            "18446744073709551616",
        ] {
            assert!(token_id(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn numbers() {
        let value = |text: &str| uint256::<Nonce>(text).map(Nonce::to_u256);
        assert_eq!(value("578"), Ok(U256::from(578)));
        assert_eq!(value("0x242"), Ok(U256::from(578)));
        assert_eq!(value(&format!("{}", U256::MAX)), Ok(U256::MAX));
        assert_eq!(value(&format!("{:#x}", U256::MAX)), Ok(U256::MAX));
        let too_large = format!("0x1{}", "0".repeat(64));
        for bad in [
            "",
            "0x",
            "0xg",
            "12ab",
            "-1",
            "1_000",
            "0x1_0",
            "9".repeat(78).as_str(),
            &too_large,
        ] {
            assert!(value(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn addresses() {
        let vitalik = "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045";
        assert!(address(vitalik).is_ok());
        assert_eq!(address(&vitalik.to_ascii_lowercase()), address(vitalik));
        assert_eq!(address(&vitalik[2..]), address(vitalik));
        let wrong = vitalik.replace("9604", "9605");
        assert!(address(&wrong).is_err_and(|error| error.contains("checksum")));
        for bad in [
            "",
            "0x",
            "dead",
            "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA9604g",
            "vitalik.eth",
        ] {
            assert!(address(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn times() {
        assert_eq!(seconds("1.5"), Ok(Duration::from_millis(1500)));
        for bad in ["", "0", "-1", "nan", "inf", "1e400", "soon"] {
            assert!(seconds(bad).is_err(), "{bad:?}");
        }
    }
}
