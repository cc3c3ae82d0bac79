//! What an Atom takes and gives: its target, its price and the dividends it earns.

use crate::{Target, TokenId};
use alloy_primitives::{U256, uint};
use serde::{Deserialize, Serialize};

/// The parameters of a collection, fixed when its contract was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// The target of generation 0.
    pub base_target: U256,
    /// The last generation in which all Atoms are equally hard.
    pub ramp_generation: u32,
    /// What each mint pays to every Atom of an earlier generation, in wei.
    pub base_cost_wei: U256,
}

impl Rules {
    /// The rules of POW NFT on Ethereum mainnet.
    pub const POWNFT: Self = uint! {
        Self {
            // floor((2^256 - 1) / 300)
            base_target: 0xda740da740da740da740da740da740da740da740da740da740da740da740da_U256,
            ramp_generation: 13,
            base_cost_wei: 45_000_000_000_000_U256,
        }
    };

    /// The bound for the work hash of `id`: the base target over `3^g`; in generations `g` after the
    /// ramp also over `id - 2^(ramp + 1) + 1`. Each division rounds down.
    pub fn target(&self, id: TokenId) -> Target {
        let generation = id.generation();
        // 3^63 is too large for a divisor; rounding down twice is rounding down once.
        let first = generation.min(40);
        let (target, _) = div_rem(self.base_target, 3_u64.pow(first));
        let (target, _) = div_rem(target, 3_u64.pow(generation - first));
        if generation <= self.ramp_generation {
            return target.into();
        }
        // The ramp is below the generation here, hence at most 62.
        let ramp_start = 2_u64 << self.ramp_generation;
        div_rem(target, id.get() - ramp_start + 1).0.into()
    }

    /// What minting `id` costs, exactly, in wei: the base cost times the number of Atoms of all
    /// earlier generations. Saturates at the largest `uint256` (only with an absurd base cost).
    pub fn cost_wei(&self, id: TokenId) -> U256 {
        let earlier = (1_u64 << id.generation()) - 1;
        self.base_cost_wei.saturating_mul(U256::from(earlier))
    }

    /// All dividends `id` has ever earned in an Atomine collection, claimed or not, in wei, when
    /// `last` is the newest Atom: the base cost for each Atom of a later generation than its own.
    /// Saturates like [`Self::cost_wei`].
    pub fn dividends_wei(&self, id: TokenId, last: TokenId) -> U256 {
        let payers = last.get().saturating_sub(last_of_generation(id));
        self.base_cost_wei.saturating_mul(U256::from(payers))
    }
}

/// Divides by a divisor other than 0: the quotient, rounded down, and the remainder.
///
/// Long division by any number of 256 bits would be 8 kB of the page's module.
///
/// # Panics
/// For divisor 0.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the remainder before is smaller than the divisor, hence each quotient and remainder fits a limb"
)]
pub fn div_rem(dividend: U256, divisor: u64) -> (U256, u64) {
    let divisor = u128::from(divisor);
    let mut limbs = dividend.into_limbs();
    let mut remainder = 0;
    for limb in limbs.iter_mut().rev() {
        let part = (remainder << 64) | u128::from(*limb);
        remainder = part % divisor;
        *limb = (part / divisor) as u64;
    }
    (U256::from_limbs(limbs), remainder as u64)
}

/// The last id of the generation of `id`: `2^(g + 1) - 1`.
pub(crate) const fn last_of_generation(id: TokenId) -> u64 {
    u64::MAX >> (63 - id.generation())
}

impl Target {
    /// How many hashes it takes on average to get below this target: `floor(2^256 / target)`,
    /// saturating at the largest `uint256` (for targets 0 and 1).
    pub fn expected_hashes(self) -> U256 {
        let target = self.to_u256();
        if target <= U256::from(1) {
            return U256::MAX;
        }
        let (quotient, remainder) = U256::MAX.div_rem(target);
        // 2^256 is one more than the largest number: that one matters only where it completes a division.
        if remainder == target - U256::from(1) {
            quotient + U256::from(1)
        } else {
            quotient
        }
    }
}
