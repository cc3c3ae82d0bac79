//! The contract's arithmetic is the protocol crate's, for any parameters and any number.

use crate::evm::{DEPLOYER, Evm, easy_work, error, for_all, mine_next, work};
use alloy_primitives::{Address, B256, Log, U256};
use alloy_sol_types::SolEvent;
use atomine_contract::Atomine;
use atomine_protocol::{AtomHash, Nonce, PrevHash, Rules, Target, TokenId, work_hash};
use proptest::prelude::*;

const CASES_PER_COLLECTION: u32 = 1024;

fn collections() -> [Rules; 5] {
    let with = |base_target, ramp_generation, base_cost_wei: u128| Rules {
        base_target,
        ramp_generation,
        base_cost_wei: U256::from(base_cost_wei),
    };
    [
        Rules::POWNFT,
        with(U256::MAX, 3, 1),
        with(U256::MAX >> 20, 0, 1_000_000_000_000_000),
        with(U256::from(1), 63, 0),
        with(U256::MAX - U256::from(12345), u32::MAX, u128::MAX),
    ]
}

/// First, second and last number of every generation, around the ramp's start too.
fn boundaries() -> impl Iterator<Item = u64> {
    (0..64).flat_map(|generation| {
        let first = 1_u64 << generation;
        let last = first - 1 + first;
        [
            first,
            first.saturating_add(1).min(last),
            last - (last - first) / 2,
            last,
        ]
    })
}

/// Any number, each generation as likely as the others.
fn ids() -> impl Strategy<Value = u64> {
    (1..u64::MAX, 0..64_u32).prop_map(|(number, shift)| (number >> shift).max(1))
}

fn token(id: u64) -> TokenId {
    TokenId::new(id).expect("not 0")
}

fn assert_same(evm: &mut Evm, rules: &Rules, id: u64) {
    let number = U256::from(id);
    let target = evm
        .call(&Atomine::targetOfCall { id: number })
        .expect("an id");
    assert_eq!(
        Target::from(target),
        rules.target(token(id)),
        "target of {id}"
    );
    let cost = evm
        .call(&Atomine::costOfCall { id: number })
        .expect("an id");
    assert_eq!(cost, rules.cost_wei(token(id)), "cost of {id}");
}

#[test]
fn target_and_cost_at_every_boundary() {
    for rules in collections() {
        let mut evm = Evm::atomine(&rules);
        for id in boundaries() {
            assert_same(&mut evm, &rules, id);
        }
    }
}

#[test]
fn target_and_cost_of_random_atoms() {
    for rules in collections() {
        let evm = Evm::atomine(&rules);
        for_all(CASES_PER_COLLECTION, &ids(), evm, |evm, id| {
            assert_same(evm, &rules, id);
        });
    }
}

#[test]
fn numbers_that_no_atom_has_are_refused() {
    let mut evm = Evm::atomine(&Rules::POWNFT);
    for id in [U256::ZERO, U256::from(u64::MAX) + U256::from(1), U256::MAX] {
        let refusals = [
            evm.call(&Atomine::targetOfCall { id })
                .expect_err("no Atom"),
            evm.call(&Atomine::costOfCall { id }).expect_err("no Atom"),
        ];
        for refusal in refusals {
            assert_eq!(error::<Atomine::InvalidId>(&refusal).id, id);
        }
    }
}

#[test]
fn dividends_of_random_atoms() {
    let strategy = (ids(), ids());
    for rules in collections() {
        let evm = Evm::atomine(&rules);
        for_all(CASES_PER_COLLECTION, &strategy, evm, |evm, (a, b)| {
            let (id, newest) = (token(a.min(b)), token(a.max(b)));
            evm.place(id, B256::repeat_byte(1));
            evm.place(newest, B256::repeat_byte(2));
            let number = U256::from(id.get());
            let claimable = evm
                .call(&Atomine::claimableCall { id: number })
                .expect("owned");
            assert_eq!(claimable, rules.dividends_wei(id, newest));
        });
    }
}

#[test]
fn work_is_what_follows_from_the_newest_atom() {
    let strategy = (1..u64::MAX - 1, 0..63_u32, any::<[u8; 32]>());
    for rules in collections() {
        let evm = Evm::atomine(&rules);
        for_all(
            CASES_PER_COLLECTION,
            &strategy,
            evm,
            |evm, (number, shift, hash)| {
                let newest = token((number >> shift).max(1));
                let next = token(newest.get() + 1);
                evm.place(newest, hash.into());
                let work = work(evm);
                assert_eq!(work.id, U256::from(next.get()));
                assert_eq!(work.prevHash, B256::from(hash));
                assert_eq!(Target::from(work.target), rules.target(next));
                assert_eq!(work.cost, rules.cost_wei(next));
            },
        );
    }
}

/// The contract tells the work hash in its refusal: compared for random miners, hashes and nonces.
#[test]
fn work_hashes_of_random_nonces() {
    let rules = collections()[3];
    let evm = Evm::atomine(&rules);
    let strategy = (any::<[u8; 20]>(), any::<[u8; 32]>(), any::<[u8; 32]>());
    for_all(
        CASES_PER_COLLECTION,
        &strategy,
        evm,
        |evm, (miner, prev, nonce)| {
            evm.place(token(1000), prev.into());
            let call = Atomine::mineCall {
                nonce: U256::from_be_bytes(nonce),
            };
            evm.fund(miner.into());
            let refusal = evm
                .send(miner.into(), U256::ZERO, &call)
                .expect_err("too weak");
            let refusal: Atomine::WorkTooWeak = error(&refusal);
            let expected = work_hash(miner.into(), PrevHash::from(prev), Nonce::from(nonce));
            assert_eq!(refusal.workHash, expected.0);
            assert_eq!(refusal.id, U256::from(1001));
            assert_eq!(Target::from(refusal.target), rules.target(token(1001)));
        },
    );
}

/// The target is made from the work itself: one too low, equal, and one higher.
#[test]
fn work_must_be_strictly_below_the_target() {
    // Atom 2 is of generation 1: its base target is three times its target, which must not overflow.
    let (nonce, found) = easy_work(
        DEPLOYER,
        PrevHash::default(),
        Target::from(U256::MAX / U256::from(4)),
    );
    let one = U256::from(1);
    let found = found.to_u256();
    for (target, enough) in [(found - one, false), (found, false), (found + one, true)] {
        let base_target = target * U256::from(3);
        let rules = Rules {
            base_target,
            ..Rules::POWNFT
        };
        let mut evm = Evm::atomine(&rules);
        assert_eq!(work(&mut evm).target, target);
        let call = Atomine::mineCall {
            nonce: nonce.to_u256(),
        };
        let mined = evm.send(DEPLOYER, rules.cost_wei(token(2)), &call);
        assert_eq!(mined.is_ok(), enough, "target {target}");
    }
}

#[test]
fn a_mined_atom_has_the_hash_of_its_work() {
    let rules = Rules {
        base_target: U256::MAX,
        ..Rules::POWNFT
    };
    let mut evm = Evm::atomine(&rules);
    for id in 2..40 {
        let (hash, logs) = mine_next(&mut evm, DEPLOYER);
        assert_mined(&logs, id, hash);
        let stored = evm
            .call(&Atomine::hashOfCall { id: U256::from(id) })
            .expect("minted");
        assert_eq!(AtomHash(stored), hash);
    }
}

/// Transfer from nobody to the miner, then Mined: the original's order.
fn assert_mined(logs: &[Log], id: u64, hash: AtomHash) {
    let [transfer, mined] = logs else {
        panic!("two logs, not {}", logs.len());
    };
    let transfer = Atomine::Transfer::decode_log(transfer).expect("Transfer first");
    assert_eq!(transfer.from, Address::ZERO);
    assert_eq!(transfer.to, DEPLOYER);
    assert_eq!(transfer.tokenId, U256::from(id));
    let mined = Atomine::Mined::decode_log(mined).expect("then Mined");
    assert_eq!(mined.tokenId, U256::from(id));
    assert_eq!(AtomHash(mined.hash), hash);
}
