//! Numbers as people read them: amounts exact to the last wei, rates, counts, durations, shares.

use alloy_primitives::{Address, B256, U256};
use atomine_protocol::div_rem;

/// Wei in one unit of a chain's currency: every chain has 18 decimals.
const WEI: u64 = 1_000_000_000_000_000_000;
/// What is rounded away where an amount is not shown exactly: below 0.0001.
const DUST_WEI: u64 = 100_000_000_000_000;

/// The nearest float; exact up to 2^53, which is more than any count here can tell apart.
#[expect(
    clippy::cast_precision_loss,
    reason = "for display and averages only; no exact count goes through here"
)]
pub(crate) fn to_f64(number: u64) -> f64 {
    number as f64
}

/// An amount to the last wei, without needless zeros: `0.00045 ETH`, `1,234.5 ETH`.
pub(crate) fn amount(wei: U256, currency: &str) -> String {
    let (whole, rest) = div_rem(wei, WEI);
    let decimals = format!("{rest:0>18}");
    let decimals = decimals.trim_end_matches('0');
    let whole = thousands(&whole.to_string());
    if decimals.is_empty() {
        format!("{whole} {currency}")
    } else {
        format!("{whole}.{decimals} {currency}")
    }
}

/// A balance, cut (never rounded up) to four decimals: `9,999.9999 ETH`, `less than 0.0001 ETH`.
pub(crate) fn balance(wei: U256, currency: &str) -> String {
    let dust_wei = U256::from(DUST_WEI);
    if wei > U256::ZERO && wei < dust_wei {
        return format!("less than {}", amount(dust_wei, currency));
    }
    let (_, dust) = div_rem(wei, DUST_WEI);
    amount(wei - U256::from(dust), currency)
}

/// A hash rate with three digits: `4.21 MH/s`.
pub(crate) fn rate(hashes_per_s: f64) -> String {
    const UNITS: [(f64, &str); 4] = [(1e12, "TH/s"), (1e9, "GH/s"), (1e6, "MH/s"), (1e3, "kH/s")];
    if !hashes_per_s.is_finite() || hashes_per_s <= 0.0 {
        return "0 H/s".to_owned();
    }
    if hashes_per_s >= 1e18 {
        return "more than a million TH/s".to_owned();
    }
    for (size, unit) in UNITS {
        if hashes_per_s >= size {
            return format!("{} {unit}", three_digits(hashes_per_s / size));
        }
    }
    format!("{} H/s", fixed(hashes_per_s, 0))
}

/// A number of things, about: `950`, `72,900`, `17.7 million`, `23.5 trillion`.
pub(crate) fn count(number: f64) -> String {
    const UNITS: [(f64, &str); 4] = [
        (1e15, "quadrillion"),
        (1e12, "trillion"),
        (1e9, "billion"),
        (1e6, "million"),
    ];
    if !number.is_finite() || number >= 1e18 {
        return "more than a quintillion".to_owned();
    }
    for (size, unit) in UNITS {
        if number >= size {
            return format!("{} {unit}", three_digits(number / size));
        }
    }
    thousands(&fixed(number, 0))
}

/// A length of time in its largest unit: `12 s`, `3 min`, `1.5 h`, `40 days`, `2 years`.
pub(crate) fn duration(seconds: f64) -> String {
    const UNITS: [(f64, &str); 4] = [
        (365.25 * 86_400.0, "years"),
        (2.0 * 86_400.0, "days"),
        (3_600.0, "h"),
        (60.0, "min"),
    ];
    if !seconds.is_finite() || seconds > 1e13 {
        return "longer than anyone can wait".to_owned();
    }
    if seconds < 1.0 {
        return "less than a second".to_owned();
    }
    for (from, unit) in UNITS {
        // Two days are a unit's threshold, not its size.
        let size = if unit == "days" { 86_400.0 } else { from };
        if seconds >= from {
            return format!("{} {unit}", two_digits(seconds / size));
        }
    }
    format!("{} s", fixed(seconds, 0))
}

/// A share in whole percent; never 100 % before it is certain: `41 %`, `under 1 %`, `over 99 %`.
pub(crate) fn percent(share: f64) -> String {
    let percent = share.clamp(0.0, 1.0) * 100.0;
    if percent > 99.0 && percent < 100.0 {
        "over 99 %".to_owned()
    } else if percent > 0.0 && percent < 1.0 {
        "under 1 %".to_owned()
    } else {
        format!("{} %", fixed(percent, 0))
    }
}

/// An address as people compare it: `0x1234…abcd`.
pub(crate) fn short_address(address: Address) -> String {
    shorten(&address.to_string(), 4)
}

/// A 32-byte hash, begun and ended: `0x12345678…12345678`.
pub(crate) fn short_hash(hash: B256) -> String {
    shorten(&hash.to_string(), 8)
}

fn shorten(text: &str, digits: usize) -> String {
    let head: String = text.chars().take(digits + 2).collect();
    let skipped = text.chars().count().saturating_sub(digits);
    let tail: String = text.chars().skip(skipped).collect();
    format!("{head}…{tail}")
}

/// Somebody else's words, fit to be shown: no control characters, one line, at most `max` characters.
pub(crate) fn foreign(text: &str, max: usize) -> String {
    let calm = text
        .chars()
        .map(|c| if is_unruly(c) { ' ' } else { c })
        .collect::<String>();
    let words = calm.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= max {
        return words;
    }
    let head: String = words.chars().take(max).collect();
    format!("{}…", head.trim_end())
}

/// Characters that move, hide or turn around what stands next to them.
fn is_unruly(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A number below 2^53 with so many decimals; in whole numbers, since the standard library's way is large to download.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "negative numbers become 0, and nothing larger is shown in digits"
)]
pub(crate) fn fixed(number: f64, decimals: u32) -> String {
    let scale = 10_u64.pow(decimals);
    let scaled = (number * to_f64(scale)).round() as u64;
    let whole = scaled / scale;
    if decimals == 0 {
        return whole.to_string();
    }
    let width = usize::try_from(decimals).unwrap_or_default();
    format!("{whole}.{:0width$}", scaled % scale)
}

/// `4.21`, `42.1`, `421`.
fn three_digits(number: f64) -> String {
    let decimals = match number {
        n if n < 9.995 => 2,
        n if n < 99.95 => 1,
        _ => 0,
    };
    fixed(number, decimals)
}

/// `1.5`, `3`, `12`: one decimal only where it says something.
fn two_digits(number: f64) -> String {
    let tenths = fixed(number, 1);
    match tenths.strip_suffix(".0") {
        Some(whole) => whole.to_owned(),
        None if number < 9.95 => tenths,
        None => fixed(number, 0),
    }
}

/// Puts a comma before every third digit from the right.
fn thousands(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloy_primitives::address;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_exact_to_the_last_wei() {
        let eth = |wei: u128| amount(U256::from(wei), "ETH");
        assert_eq!(eth(0), "0 ETH");
        assert_eq!(eth(1), "0.000000000000000001 ETH");
        assert_eq!(eth(450_000_000_000_000), "0.00045 ETH");
        assert_eq!(eth(45_000_000_000_000 * 1023), "0.046035 ETH");
        assert_eq!(eth(1_000_000_000_000_000_000), "1 ETH");
        assert_eq!(eth(1_234_500_000_000_000_000_000), "1,234.5 ETH");
        assert!(amount(U256::MAX, "ETH").starts_with("115,792,089,237"));
    }

    #[test]
    fn balances_are_cut_and_never_rounded_up() {
        let eth = |wei: u128| balance(U256::from(wei), "ETH");
        assert_eq!(eth(0), "0 ETH");
        assert_eq!(eth(1), "less than 0.0001 ETH");
        assert_eq!(eth(9_999_999_999_999_999_999_999), "9,999.9999 ETH");
    }

    #[test]
    fn rates_have_three_digits_and_a_unit() {
        assert_eq!(rate(0.0), "0 H/s");
        assert_eq!(rate(f64::NAN), "0 H/s");
        assert_eq!(rate(f64::INFINITY), "0 H/s");
        assert_eq!(rate(950.4), "950 H/s");
        assert_eq!(rate(22_000.0), "22.0 kH/s");
        assert_eq!(rate(4_212_345.0), "4.21 MH/s");
        assert_eq!(rate(9_999_999.0), "10.0 MH/s");
        assert_eq!(rate(5.1e9), "5.10 GH/s");
    }

    #[test]
    fn counts_are_words_where_they_are_large() {
        assert_eq!(count(0.0), "0");
        assert_eq!(count(72_900.0), "72,900");
        assert_eq!(count(17_714_700.0), "17.7 million");
        assert_eq!(count(478_296_900.0), "478 million");
        assert_eq!(count(2.35e13), "23.5 trillion");
        assert_eq!(count(1e30), "more than a quintillion");
    }

    #[test]
    fn durations_use_their_largest_unit() {
        assert_eq!(duration(0.3), "less than a second");
        assert_eq!(duration(12.4), "12 s");
        assert_eq!(duration(180.0), "3 min");
        assert_eq!(duration(5_400.0), "1.5 h");
        assert_eq!(duration(36.0 * 3_600.0), "36 h");
        assert_eq!(duration(40.0 * 86_400.0), "40 days");
        assert_eq!(duration(2.0 * 365.25 * 86_400.0), "2 years");
        assert_eq!(duration(f64::INFINITY), "longer than anyone can wait");
    }

    #[test]
    fn a_chance_is_never_called_certain_before_it_is() {
        assert_eq!(percent(0.0), "0 %");
        assert_eq!(percent(0.000_1), "under 1 %");
        assert_eq!(percent(0.632), "63 %");
        assert_eq!(percent(0.999_9), "over 99 %");
        assert_eq!(percent(1.0), "100 %");
    }

    #[test]
    fn long_names_are_shortened_in_the_middle() {
        let account = address!("9Abb7BdDc43FA67c76a62d8C016513827f59bE1b");
        assert_eq!(short_address(account), "0x9Abb…bE1b");
        assert_eq!(short_hash(B256::repeat_byte(0x12)), "0x12121212…12121212");
    }

    #[test]
    fn foreign_words_are_tamed() {
        assert_eq!(foreign("  My\n\tWallet  ", 40), "My Wallet");
        assert_eq!(foreign("\u{202e}tellaW", 40), "tellaW");
        assert_eq!(foreign("abcdef", 3), "abc…");
    }

    proptest! {
        #[test]
        fn any_amount_reads_back_to_the_same_wei(limbs: [u64; 4]) {
            let wei = U256::from_limbs(limbs);
            let text = amount(wei, "ETH").replace(',', "").replace(" ETH", "");
            let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
            let digits = format!("{whole}{decimals:0<18}");
            prop_assert_eq!(digits.parse::<U256>().unwrap(), wei);
        }

        #[test]
        fn no_number_makes_a_text_long(number: f64) {
            for text in [rate(number), count(number), duration(number), percent(number)] {
                prop_assert!((1..=30).contains(&text.len()), "{}", text);
            }
        }
    }
}
