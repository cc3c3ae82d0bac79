//! Honest odds: each hash wins with probability 1 / `expected`, whatever came before.

use atomine_protocol::Target;

const TWO_TO_64: f64 = 18_446_744_073_709_551_616.0;

/// Hashes needed on average for one below `target`, as a number to reckon with.
pub fn expected_hashes(target: Target) -> f64 {
    let target = target.to_u256();
    let limbs = target.as_limbs().iter().rev();
    let target = limbs.fold(0.0, |sum, &limb| sum * TWO_TO_64 + crate::to_f64(limb));
    // Nothing is below target 0; it counts as 1.
    TWO_TO_64 * TWO_TO_64 * TWO_TO_64 * TWO_TO_64 / target.max(1.0)
}

/// The chance, 0..=1, that at least one of `hashes` wins: 1 − (1 − 1/expected)^hashes, which is 1 − e^(−hashes/expected)
/// to within 1/expected.
pub fn chance(hashes: f64, expected: f64) -> f64 {
    -libm::expm1(-hashes / expected)
}

/// After how many hashes the chance is `chance` (0..1): half the time 0.69 × expected, and at expected itself 63 %.
pub fn hashes_for_chance(chance: f64, expected: f64) -> f64 {
    -libm::log1p(-chance) * expected
}

/// How long `hashes` take in seconds; infinite at a rate of 0.
pub fn seconds_for(hashes: f64, hashes_per_s: f64) -> f64 {
    hashes / hashes_per_s
}
