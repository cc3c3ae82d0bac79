//! Targets, prices and dividends against plain big-integer arithmetic, written anew from the rules' text.
#![allow(missing_docs)]

use atomine_protocol::{Rules, Target, TokenId, U256, div_rem};
use num_bigint::BigUint;
use proptest::prelude::*;

fn big(value: U256) -> BigUint {
    BigUint::from_bytes_be(&value.to_be_bytes::<32>())
}

fn two_to(exponent: u64) -> BigUint {
    BigUint::from(1_u8) << exponent
}

fn token(id: u64) -> TokenId {
    TokenId::new(id).expect("not 0")
}

fn bit_length_minus_one(id: u64) -> u64 {
    BigUint::from(id).bits() - 1
}

fn target(rules: &Rules, id: u64) -> BigUint {
    let g = bit_length_minus_one(id);
    let mut target = big(rules.base_target);
    for _ in 0..g {
        // floor(floor(a / b) / c) = floor(a / bc)
        target /= 3_u8;
    }
    if g > u64::from(rules.ramp_generation) {
        target /= BigUint::from(id) - two_to(u64::from(rules.ramp_generation) + 1) + 1_u8;
    }
    target
}

fn cost(rules: &Rules, id: u64) -> BigUint {
    (two_to(bit_length_minus_one(id)) - 1_u8) * big(rules.base_cost_wei)
}

fn saturated(value: BigUint) -> BigUint {
    value.min(two_to(256) - 1_u8)
}

fn check(rules: &Rules, id: u64) {
    let token = token(id);
    assert_eq!(
        u64::from(token.generation()),
        bit_length_minus_one(id),
        "generation of {id}"
    );
    assert_eq!(
        big(rules.target(token).to_u256()),
        target(rules, id),
        "target of {id}"
    );
    assert_eq!(
        big(rules.cost_wei(token)),
        saturated(cost(rules, id)),
        "cost of {id}"
    );
}

#[test]
fn pownft_parameters() {
    assert_eq!(
        big(Rules::POWNFT.base_target),
        (two_to(256) - 1_u8) / 300_u16
    );
    assert_eq!(Rules::POWNFT.ramp_generation, 13);
    assert_eq!(
        Rules::POWNFT.base_cost_wei,
        U256::from(45_000_000_000_000_u64)
    );
}

#[test]
fn every_generation_boundary() {
    for generation in 0..64 {
        let first = 1_u64 << generation;
        let last = first + (first - 1);
        assert_eq!(token(first).generation(), generation);
        assert_eq!(token(last).generation(), generation);
        for id in [
            first,
            first.saturating_add(1).min(last),
            last - (last - first) / 2,
            last,
        ] {
            check(&Rules::POWNFT, id);
        }
    }
}

#[test]
fn the_second_divisor_starts_at_one_and_keeps_growing() {
    let target = |id| Rules::POWNFT.target(token(id)).to_u256();
    assert_eq!(target(8192), target(16383), "generation 13 is even");
    assert_eq!(
        target(16384),
        target(16383) / U256::from(3),
        "the first of 14 is divided by one"
    );
    assert_eq!(target(16385), target(16384) / U256::from(2));
    let of_15 = Rules::POWNFT.base_target / U256::from(3_u64.pow(15));
    assert_eq!(target(32768), of_15 / U256::from(32768 - 16384 + 1));
}

#[test]
fn extreme_parameters_do_not_panic() {
    for ramp_generation in [0, 1, 61, 62, 63, 64, u32::MAX] {
        for parameter in [U256::ZERO, U256::from(1), U256::MAX] {
            let rules = Rules {
                base_target: parameter,
                ramp_generation,
                base_cost_wei: parameter,
            };
            for id in [1, 2, 3, 4, 1 << 62, (1 << 63) - 1, 1 << 63, u64::MAX] {
                check(&rules, id);
            }
        }
    }
}

#[test]
fn expected_hashes_at_its_edges() {
    let expected = |target: U256| Target::from(target).expected_hashes();
    assert_eq!(expected(U256::ZERO), U256::MAX);
    assert_eq!(expected(U256::from(1)), U256::MAX);
    assert_eq!(expected(U256::from(2)), U256::from(1) << 255);
    assert_eq!(expected(U256::from(1) << 255), U256::from(2));
    assert_eq!(expected(U256::MAX), U256::from(1));
}

#[test]
fn dividends_of_a_whole_generation() {
    let owed = |id, last| Rules::POWNFT.dividends_wei(token(id), token(last));
    let base = Rules::POWNFT.base_cost_wei;
    assert_eq!(owed(1, 1), U256::ZERO);
    assert_eq!(owed(1, 2), base);
    assert_eq!(owed(2, 3), U256::ZERO, "its own generation pays nothing");
    assert_eq!(owed(3, 4), base);
    assert_eq!(owed(4, 3), U256::ZERO, "nor does an earlier one");
    assert_eq!(owed(u64::MAX, u64::MAX), U256::ZERO);
    assert_eq!(owed(1, u64::MAX), base * U256::from(u64::MAX - 1));
}

#[test]
fn all_payments_are_all_dividends() {
    for last in 1..300 {
        let paid: U256 = (2..=last).map(|id| Rules::POWNFT.cost_wei(token(id))).sum();
        let owed: U256 = (1..=last)
            .map(|id| Rules::POWNFT.dividends_wei(token(id), token(last)))
            .sum();
        assert_eq!(paid, owed, "after Atom #{last}");
    }
}

/// Ids of every generation alike, not nearly all of the last.
fn any_id() -> impl Strategy<Value = u64> {
    (any::<u64>(), 0_u32..64).prop_map(|(bits, shift)| (bits | 1 << 63) >> shift)
}

prop_compose! {
    fn any_u256()(bytes in any::<[u8; 32]>(), shift in 0_usize..256) -> U256 {
        U256::from_be_bytes(bytes) >> shift
    }
}

proptest! {
    #[test]
    fn long_division_matches_big_integers(dividend in any_u256(), divisor in 1_u64.., small in 1_u64..1000) {
        for divisor in [divisor, small, u64::MAX] {
            let (quotient, remainder) = div_rem(dividend, divisor);
            prop_assert_eq!(big(quotient), big(dividend) / divisor);
            prop_assert_eq!(BigUint::from(remainder), big(dividend) % divisor);
        }
    }

    #[test]
    fn pownft_rules_match_big_integers(id in any_id()) {
        check(&Rules::POWNFT, id);
    }

    #[test]
    fn any_rules_match_big_integers(
        id in any_id(),
        base_target in any_u256(),
        ramp_generation in 0_u32..70,
        base_cost_wei in any_u256(),
    ) {
        check(&Rules { base_target, ramp_generation, base_cost_wei }, id);
    }

    #[test]
    fn expected_hashes_match_big_integers(target in any_u256()) {
        prop_assume!(target > U256::from(1));
        let expected = two_to(256) / big(target);
        prop_assert_eq!(big(Target::from(target).expected_hashes()), expected);
    }

    #[test]
    fn dividends_match_big_integers(id in any_id(), last in any_id(), base_cost_wei in any_u256()) {
        let rules = Rules { base_cost_wei, ..Rules::POWNFT };
        let end = two_to(bit_length_minus_one(id) + 1) - 1_u8;
        let last_id = BigUint::from(last);
        let payers = if last_id > end { last_id - end } else { BigUint::ZERO };
        let expected = saturated(payers * big(base_cost_wei));
        prop_assert_eq!(big(rules.dividends_wei(token(id), token(last))), expected);
    }
}
