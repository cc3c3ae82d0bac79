//! What is particular to `POWNFTv3`: Atoms carried over from its predecessor, and its dividends.

use crate::{Rules, TokenId, rules::last_of_generation};
use alloy_primitives::U256;

/// The three numbers of the contract from which its next work follows, as read from the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct V3Supply {
    /// `V2_TOTAL()`: how many Atoms were mined before v3.
    pub v2_total: U256,
    /// `UNMIGRATED()`: how many of these have not come over to v3 yet.
    pub unmigrated: U256,
    /// `totalSupply()`: how many Atoms v3 holds.
    pub total_supply: U256,
}

/// Where the previous hash of the next work is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrevHashSource {
    /// `hashOf(id)` of the newest Atom.
    HashOf(TokenId),
    /// `PREV_CHAIN_LAST_HASH()`: nothing was mined on v3 yet.
    PrevChainLastHash,
}

impl V3Supply {
    /// The newest Atom's number, 0 when there is none; `None` where the numbers are absurd.
    fn last(&self) -> Option<u64> {
        let last = self.unmigrated.checked_add(self.total_supply)?;
        u64::try_from(last).ok()
    }

    /// The id that will be mined next; `None` if it does not fit 64 bits, which no honest node says.
    pub fn next_id(&self) -> Option<TokenId> {
        self.last()?.checked_add(1).and_then(TokenId::new)
    }

    /// Where to read the previous hash for [`Self::next_id`]; `None` where the numbers contradict
    /// each other (fewer Atoms than v2 had) or do not fit 64 bits.
    pub fn prev_hash_source(&self) -> Option<PrevHashSource> {
        let last = self.last()?;
        let v2_total = u64::try_from(self.v2_total).ok()?;
        match last.cmp(&v2_total) {
            core::cmp::Ordering::Less => None,
            core::cmp::Ordering::Equal => Some(PrevHashSource::PrevChainLastHash),
            core::cmp::Ordering::Greater => TokenId::new(last).map(PrevHashSource::HashOf),
        }
    }
}

/// A request to `withdraw(id, until)`, with what the contract would look up for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Withdrawal {
    /// The Atom whose dividends are asked for.
    pub id: TokenId,
    /// The newest Atom whose payment is asked for.
    pub until: TokenId,
    /// `W[id]`, the `until` of the last withdrawal; 0 when there was none.
    pub withdrawn_until: u64,
    /// `V2_TOTAL()`: payments before it were v2's.
    pub v2_total: u64,
    /// The newest Atom of the collection.
    pub last: TokenId,
}

/// Why a withdrawal would pay nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WithdrawError {
    /// `until` was mined before v3, or not yet.
    #[error(
        "Atom #{until} was not mined on this contract: choose one after #{v2_total} that exists"
    )]
    NotMinedHere {
        /// The Atom asked for.
        until: TokenId,
        /// The last Atom that was not mined on v3.
        v2_total: u64,
    },
    /// Everything up to `until` is paid out, or was never owed.
    #[error("no dividends up to Atom #{until}: they begin after #{from}")]
    NothingOwed {
        /// The Atom asked for.
        until: TokenId,
        /// Payments of the Atoms after this one are still owed.
        from: u64,
    },
}

impl Withdrawal {
    /// The Atom after which payments are still owed to `id`.
    pub fn from(&self) -> u64 {
        if self.withdrawn_until >= self.id.get() {
            return self.withdrawn_until;
        }
        let from = self.id.get().max(self.v2_total);
        // Atoms of its own generation pay nothing; below 2^(g + 1) means at most that generation's last.
        from.max(last_of_generation(self.id))
    }

    /// What the withdrawal pays out, in wei.
    ///
    /// # Errors
    /// [`WithdrawError`] where the contract would revert (who owns the Atom aside).
    pub fn payout_wei(&self) -> Result<U256, WithdrawError> {
        let (until, from) = (self.until, self.from());
        if until.get() <= self.v2_total || until > self.last {
            return Err(WithdrawError::NotMinedHere {
                until,
                v2_total: self.v2_total,
            });
        }
        match until.get().checked_sub(from) {
            None | Some(0) => Err(WithdrawError::NothingOwed { until, from }),
            Some(payers) => Ok(Rules::POWNFT
                .base_cost_wei
                .saturating_mul(U256::from(payers))),
        }
    }
}
