//! Whatever happens in whatever order: no panic, no find lost, no transaction that was not simulated just before.

use crate::visit::{Visit, demo, foreign_atom, id, pow_nft, wallet_info};
use crate::world::{Tally, Turn, World, account, any_state, error, turns};
use alloy_primitives::{B256, U256};
use atomine_app::{
    Failure, FindId, Model, Msg, PracticeAtom, Settings, Stored, Timer, WorkerId, view::page,
};
use atomine_chain::{CollectionKey, MintOutcome, OwnedPage};
use atomine_mine::message::FromWorker;
use atomine_protocol::{AtomHash, Nonce};
use core::cell::Cell;
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

/// Any message at all, whether anyone asked for it or not.
fn any_msg(visit: &Visit, turn: Turn) -> Msg {
    let (what, _, _) = turn;
    match what % 48 {
        0..29 => any_act(visit, turn),
        _ => any_answer(visit, turn),
    }
}

fn any_find(visit: &Visit, die: u8) -> FindId {
    visit
        .page()
        .finds
        .first()
        .map_or_else(|| Nonce::from(U256::from(die)), |find| find.id)
}

fn any_collection(die: u8) -> CollectionKey {
    if die < 128 {
        demo().key()
    } else {
        pow_nft().key()
    }
}

fn any_worker(die: u8) -> WorkerId {
    WorkerId(u32::from(die % 8))
}

/// What the visitor or the browser does.
fn any_act(visit: &Visit, (what, a, b): Turn) -> Msg {
    match what % 48 {
        0 => Msg::FragmentChanged(format!("#/atom/31337/{}/{b}", demo().address)),
        1 => Msg::FragmentChanged("#/atoms".into()),
        2 if b < 128 => Msg::TimerFired(Timer::Bench),
        2 => Msg::TimerFired(Timer::Poll),
        3 => Msg::TimerFired(Timer::Outcome),
        4 => Msg::TimerFired(Timer::Tick),
        5 => Msg::TimerFired(Timer::Grace(any_worker(a))),
        6 => Msg::TimerFired(Timer::Respawn(any_worker(a))),
        7 => Msg::TimerFired(Timer::SaveSettings),
        8 => Msg::VisibilityChanged { hidden: a < 128 },
        9 => Msg::OnlineChanged { online: a < 128 },
        10 => Msg::StartClicked,
        11 => Msg::StopClicked,
        12 => Msg::CoresChosen(u32::from(a)),
        13 => Msg::PowerChosen(a),
        14 => Msg::CollectionChosen(any_collection(a)),
        15 => Msg::PracticeChosen,
        16 => Msg::PracticeGenerationChosen(u32::from(a)),
        17 if b < 128 => Msg::MeasureClicked {
            user_agent: "Firefox/\u{202e}".into(),
        },
        18 if b < 32 => Msg::StopMeasuringClicked,
        18 if b < 64 => Msg::CopyResultClicked,
        17 => Msg::SoundToggled(a < 128),
        18 => Msg::NotificationsToggled(a < 128),
        19 => Msg::ConnectClicked(wallet_info("uuid-1", "Fox").id),
        20 => Msg::ForgetWalletClicked,
        21 => Msg::AccountChosen(account(a)),
        22 => Msg::SwitchChainClicked,
        23 => Msg::AddChainClicked,
        24 => Msg::MintClicked(any_find(visit, a)),
        25 => Msg::DiscardFindClicked(any_find(visit, a)),
        26 => Msg::RetryClicked,
        27 if b < 128 => Msg::MoreMineClicked,
        27 => Msg::MoreAtomsClicked,
        _ => Msg::NoticeClosed(u32::from(a)),
    }
}

/// What comes from a worker, the chain or a wallet.
fn any_answer(visit: &Visit, (what, a, b): Turn) -> Msg {
    let find = any_find(visit, a);
    let collection = any_collection(a);
    let worker = any_worker(a);
    match what % 48 {
        29 => Msg::WorkerSaid {
            worker,
            message: Ok(FromWorker::Ready {
                kernel: "\u{202e}".into(),
            }),
        },
        30 => Msg::WorkerSaid {
            worker,
            message: Ok(FromWorker::Progress {
                job: u32::from(b),
                hashes: u64::MAX >> (b % 64),
                best: [a; 32],
            }),
        },
        31 => Msg::WorkerSaid {
            worker,
            message: Ok(FromWorker::Found {
                job: u32::from(b % 8),
                nonce: [a; 32],
            }),
        },
        32 => Msg::WorkerDied {
            worker,
            failure: Failure("x".into()),
        },
        33 | 34 => Msg::StateRead {
            collection,
            result: Ok(any_state(b)),
        },
        35 => Msg::StateRead {
            collection,
            result: Err(error(b)),
        },
        36 => Msg::AtomsRead {
            collection,
            first: foreign_atom(u64::from(b) + 1).id,
            result: Ok(vec![foreign_atom(u64::from(b) + 1)]),
        },
        37 => Msg::OwnedRead {
            collection,
            owner: account(b),
            rest: None,
            result: Ok(OwnedPage {
                atoms: vec![foreign_atom(u64::from(b) + 1)],
                owned: 1,
                rest: None,
            }),
        },
        38 => Msg::AtomRead {
            collection,
            id: id(u64::from(b) + 1),
            result: Ok(foreign_atom(u64::from(a) + 1)),
        },
        39 => Msg::Identified {
            result: Ok(if a < 128 { demo() } else { pow_nft() }),
        },
        40 => Msg::WalletConnected {
            wallet: wallet_info("uuid-1", "Fox").id,
            result: Ok((vec![account(a)], u64::from(b))),
        },
        41 => Msg::AccountsChanged(if a < 64 { Vec::new() } else { vec![account(a)] }),
        42 => Msg::ChainSwitched(Err(error(a))),
        43 => Msg::BalanceRead {
            account: account(a),
            result: Ok(U256::from(b) << usize::from(a)),
        },
        44 => Msg::FindSaved {
            find,
            result: Err(Failure("x".into())),
        },
        45 => Msg::Sent {
            find,
            result: Ok(B256::repeat_byte(a)),
        },
        46 => Msg::OutcomeRead {
            find,
            result: Ok(MintOutcome::Unknown),
        },
        _ => Msg::Simulated {
            find,
            result: Err(error(a)),
        },
    }
}

#[test]
fn no_find_is_lost_and_nothing_is_sent_unsimulated() {
    let total = Cell::new(Tally::default());
    let config = ProptestConfig::with_cases(100);
    let always_the_same = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, always_the_same);
    let outcome = runner.run(&turns(400), |turns| {
        let mut world = World::new();
        for turn in turns {
            world.turn(turn);
        }
        world.end_well();
        total.set(total.get() + world.tally);
        Ok(())
    });
    outcome.unwrap();
    let total = total.get();
    for often in [
        total.found,
        total.sent,
        total.minted,
        total.stale,
        total.back,
        total.discarded,
        total.offered,
    ] {
        assert!(often >= 10, "too rarely put to the test: {total:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_message_at_any_time_makes_the_page_fall(turns in turns(120), started: bool) {
        let mut visit = if started { Visit::mining() } else {
            Visit { model: Model::new(), now_ms: u64::MAX - 1_000, effects: Vec::new() }
        };
        for turn in turns {
            let msg = any_msg(&visit, turn);
            visit.now_ms = visit.now_ms.wrapping_add(u64::from(turn.1) << (turn.2 % 48));
            visit.send(msg);
        }
    }

    #[test]
    fn no_stored_settings_or_practice_make_the_page_fall(
        cores: Option<u32>,
        power: u8,
        generation: u32,
        total_hashes: u64,
        numbers in proptest::collection::vec(1_u64.., 0..20),
    ) {
        let atom = |number: u64| PracticeAtom {
            id: id(number),
            hash: AtomHash(B256::repeat_byte(1)),
            found_at_ms: number,
        };
        let mut visit = Visit::with(Stored {
            settings: Some(Settings {
                cores,
                power,
                practice: true,
                practice_generation: generation,
                total_hashes,
                ..Settings::default()
            }),
            practice: numbers.into_iter().map(atom).collect(),
            ..Stored::default()
        });
        visit.send(Msg::StartClicked);
        let mine = page(&visit.model).mine;
        prop_assert!((10..=100).contains(&mine.power));
        prop_assert!((1..=4).contains(&mine.cores));
    }
}
