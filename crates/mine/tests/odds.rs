//! The odds shown are those of independent draws.

use atomine_mine::odds::{chance, expected_hashes, hashes_for_chance, seconds_for};
use atomine_protocol::{Target, U256};
use serde_json::Value;

/// Equal to one part in 10^9.
#[track_caller]
fn assert_close(a: f64, b: f64) {
    assert!((a - b).abs() <= 1e-9 * b.abs(), "{a} is not {b}");
}

#[test]
fn expected_hashes_are_2_to_the_256_over_the_target() {
    for bits in 4..256 {
        let target = Target::from(U256::ONE << bits);
        assert_close(expected_hashes(target), 2_f64.powi(256 - bits));
    }
    let text = include_str!("../../../tests/vectors/difficulty.json");
    let file: Value = serde_json::from_str(text).unwrap();
    for row in file.as_array().unwrap() {
        let text = |name: &str| row[name].as_str().unwrap();
        let target: Target = text("target").parse().unwrap();
        assert_close(
            expected_hashes(target),
            text("expectedHashes").parse().unwrap(),
        );
    }
    assert!(expected_hashes(Target::from(U256::ZERO)).is_finite());
}

#[test]
fn the_chance_grows_from_nothing_to_certainty() {
    assert_close(chance(1e6, 1e6), 0.632_120_558_828_557_7);
    assert_close(chance(1.0, 1e15), 1e-15);
    assert!(chance(0.0, 300.0).abs() < f64::EPSILON);
    assert_close(chance(1e9, 300.0), 1.0);
    assert_close(chance(0.0, f64::INFINITY) + 1.0, 1.0);
}

#[test]
fn the_chance_is_that_of_independent_draws() {
    for expected in [300.0, 1.97e6] {
        for share in [0.01, 0.5, 1.0, 3.0] {
            let hashes: f64 = share * expected;
            let exact = 1.0 - (1.0 - 1.0 / expected).powf(hashes);
            assert!((chance(hashes, expected) - exact).abs() < 1.0 / expected);
        }
    }
}

#[test]
fn hashes_for_a_chance_give_that_chance() {
    for wanted in [0.001, 0.1, 0.5, 0.63, 0.99] {
        assert_close(chance(hashes_for_chance(wanted, 5e8), 5e8), wanted);
    }
    assert_close(hashes_for_chance(0.5, 1e6), 693_147.180_559_945_3);
}

#[test]
fn time_follows_the_rate() {
    assert_close(seconds_for(6e6, 2e6), 3.0);
    assert!(seconds_for(1.0, 0.0).is_infinite());
}
