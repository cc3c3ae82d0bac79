//! `POWNFTv3`'s next work and withdrawals.
#![allow(missing_docs)]

use atomine_protocol::{PrevHashSource, Rules, TokenId, U256, V3Supply, WithdrawError, Withdrawal};
use proptest::prelude::*;

const V2_TOTAL: u64 = 5236;

fn token(id: u64) -> TokenId {
    TokenId::new(id).expect("not 0")
}

fn supply(v2_total: u64, unmigrated: u64, total_supply: u64) -> V3Supply {
    V3Supply {
        v2_total: U256::from(v2_total),
        unmigrated: U256::from(unmigrated),
        total_supply: U256::from(total_supply),
    }
}

#[test]
fn before_the_first_mint_the_old_chain_leads_on() {
    // Migrating moves Atoms from one count to the other and changes neither answer.
    for migrated in [0, 1, 5000, V2_TOTAL] {
        let supply = supply(V2_TOTAL, V2_TOTAL - migrated, migrated);
        assert_eq!(supply.next_id(), Some(token(5237)));
        assert_eq!(
            supply.prev_hash_source(),
            Some(PrevHashSource::PrevChainLastHash)
        );
    }
}

#[test]
fn afterwards_the_newest_atom_does() {
    let supply = supply(V2_TOTAL, 1000, V2_TOTAL - 1000 + 7);
    assert_eq!(supply.next_id(), Some(token(5244)));
    assert_eq!(
        supply.prev_hash_source(),
        Some(PrevHashSource::HashOf(token(5243)))
    );
}

#[test]
fn absurd_numbers_are_no_work() {
    let huge = V3Supply {
        unmigrated: U256::MAX,
        ..supply(1, 1, 1)
    };
    assert_eq!((huge.next_id(), huge.prev_hash_source()), (None, None));
    let beyond = supply(0, u64::MAX, 1);
    assert_eq!((beyond.next_id(), beyond.prev_hash_source()), (None, None));
    assert_eq!(
        supply(0, u64::MAX, 0).next_id(),
        None,
        "the next would be one too large"
    );
    assert_eq!(
        supply(10, 4, 5).prev_hash_source(),
        None,
        "fewer Atoms than v2 had"
    );
}

fn withdrawal(id: u64, until: u64, withdrawn_until: u64) -> Withdrawal {
    Withdrawal {
        id: token(id),
        until: token(until),
        withdrawn_until,
        v2_total: V2_TOTAL,
        last: token(9000),
    }
}

fn base(times: u64) -> U256 {
    Rules::POWNFT.base_cost_wei * U256::from(times)
}

#[test]
fn an_old_atom_earns_from_the_first_mint_on_v3() {
    // Generation 4 ended long before v3: every mint on v3 pays it.
    assert_eq!(withdrawal(20, 5237, 0).payout_wei(), Ok(base(1)));
    assert_eq!(
        withdrawal(20, 9000, 0).payout_wei(),
        Ok(base(9000 - V2_TOTAL))
    );
}

#[test]
fn its_own_generation_pays_nothing() {
    // Generation 12 ends with 8191.
    for id in [4096, 5000, 6000, 8191] {
        let refused = WithdrawError::NothingOwed {
            until: token(8191),
            from: 8191,
        };
        assert_eq!(withdrawal(id, 8191, 0).payout_wei(), Err(refused));
        assert_eq!(withdrawal(id, 8192, 0).payout_wei(), Ok(base(1)));
    }
    assert_eq!(withdrawal(8192, 9000, 0).from(), 16383);
}

#[test]
fn nothing_is_paid_twice() {
    assert_eq!(withdrawal(20, 6000, 5999).payout_wei(), Ok(base(1)));
    let refused = |from| {
        Err(WithdrawError::NothingOwed {
            until: token(6000),
            from,
        })
    };
    assert_eq!(withdrawal(20, 6000, 6000).payout_wei(), refused(6000));
    assert_eq!(withdrawal(20, 6000, 7000).payout_wei(), refused(7000));
}

#[test]
fn until_must_have_been_mined_here() {
    let refused = |until| {
        Err(WithdrawError::NotMinedHere {
            until: token(until),
            v2_total: V2_TOTAL,
        })
    };
    assert_eq!(withdrawal(20, V2_TOTAL, 0).payout_wei(), refused(V2_TOTAL));
    assert_eq!(withdrawal(20, 9001, 0).payout_wei(), refused(9001));
    assert_eq!(withdrawal(20, u64::MAX, 0).payout_wei(), refused(u64::MAX));
}

proptest! {
    /// One withdrawal pays what two in turn pay.
    #[test]
    fn withdrawing_in_steps_pays_the_same(id in 1_u64..9000, a in 5237_u64..=9000, b in 5237_u64..=9000) {
        let (first, second) = (a.min(b), a.max(b));
        let paid = |until, withdrawn| withdrawal(id, until, withdrawn).payout_wei();
        let at_once = paid(second, 0).unwrap_or_default();
        let in_turn = match paid(first, 0) {
            Ok(part) => part + paid(second, first).unwrap_or_default(),
            Err(_) => at_once,
        };
        prop_assert_eq!(at_once, in_turn);
    }

    #[test]
    fn any_numbers_are_answered(
        id in 1..=u64::MAX,
        until in 1..=u64::MAX,
        withdrawn_until: u64,
        v2_total: u64,
        last in 1..=u64::MAX,
    ) {
        let withdrawal = Withdrawal {
            id: token(id), until: token(until), withdrawn_until, v2_total, last: token(last),
        };
        if let Ok(paid) = withdrawal.payout_wei() {
            prop_assert_eq!(paid, base(until - withdrawal.from()));
            prop_assert!(until > v2_total && until <= last);
        }
    }
}
