//! How a find is kept, comes back, and leaves.

use crate::visit::{ALICE, BOB, CATALOGUE, SENT, Visit, demo, id, pow_nft, started, state, stops};
use alloy_primitives::{Address, B256, U256};
use atomine_app::{
    Effect, Failure, FindId, FindRecord, FindStage, Msg, SetAside, Settings, Stored, Timer,
};
use atomine_chain::{ChainError, CollectionKey, OwnedAtom};
use atomine_protocol::{Atom, Nonce, PrevHash, atom_hash, atom_hash_at, work_hash};

/// A find for #17 of the demo collection, as an earlier visit stored it.
pub(crate) fn record(account: Address, stage: FindStage) -> FindRecord {
    let prev_hash = state(17).prev_hash;
    let nonce = Nonce::from(U256::from(7));
    FindRecord {
        collection: demo().key(),
        account,
        token_id: id(17),
        prev_hash,
        nonce,
        work_hash: work_hash(account, prev_hash, nonce),
        found_at_ms: 1,
        stage,
    }
}

pub(crate) fn visit_with(finds: Vec<FindRecord>) -> Visit {
    let mut visit = Visit::with(Stored {
        finds,
        ..Stored::default()
    });
    visit.connect(&[ALICE], 31_337);
    visit
}

pub(crate) fn atom_read(visit: &mut Visit, result: Result<OwnedAtom, ChainError>) {
    let collection = demo().key();
    visit.send(Msg::AtomRead {
        collection,
        id: id(17),
        result,
    });
}

pub(crate) fn our_atom(record: &FindRecord) -> OwnedAtom {
    OwnedAtom {
        id: record.token_id,
        hash: atom_hash(record.work_hash),
        owner: record.account,
    }
}

#[test]
fn a_find_is_stored_before_anything_else_happens_to_it() {
    let mut visit = Visit::mining();
    let find = visit.find_nonce();
    assert!(matches!(visit.effects[0], Effect::SaveFind(_)));
    let saved = visit.saved().unwrap();
    assert_eq!(saved.nonce, find);
    assert_eq!(saved.account, ALICE);
    assert_eq!(saved.token_id, id(17));
    assert_eq!(saved.stage, FindStage::Waiting);
    assert!(visit.simulates().is_none(), "it is not stored yet");
    visit.send(Msg::FindSaved {
        find,
        result: Ok(()),
    });
    assert!(visit.simulates().is_some());
}

#[test]
fn a_find_draws_attention_the_ways_the_visitor_chose() {
    let mut visit = Visit::mining();
    visit.send(Msg::NotificationsToggled(true));
    assert!(visit.did(|effect| *effect == Effect::AskNotificationPermission));
    visit.find_nonce();
    assert!(visit.did(|effect| *effect == Effect::Chime));
    assert!(
        visit.did(|effect| matches!(effect, Effect::Notify { title, .. } if title.contains("#17")))
    );
    assert!(visit.announces("You found Atom #17"));
    assert_eq!(visit.page().title, "Found #17! · Atomine");

    let mut silent = Visit::mining();
    silent.send(Msg::SoundToggled(false));
    silent.find_nonce();
    assert!(!silent.did(|effect| matches!(effect, Effect::Chime | Effect::Notify { .. })));
    assert!(silent.announces("You found Atom #17"));
}

#[test]
fn hashing_rests_while_a_find_is_open_and_goes_on_when_the_chain_moves() {
    let mut visit = Visit::mining();
    visit.find_nonce();
    assert!(stops(&visit.effects));
    assert!(
        visit
            .page()
            .mine
            .status
            .contains("rests until your find for Atom #17")
    );
    visit.state_read(state(18));
    assert!(started(&visit.effects).is_some());
}

#[test]
fn a_find_that_cannot_be_stored_is_offered_all_the_same() {
    let mut visit = Visit::mining();
    let find = visit.find_nonce();
    visit.send(Msg::FindSaved {
        find,
        result: Err(Failure("QuotaExceededError".into())),
    });
    assert!(visit.notice().contains("Keep this tab open"));
    assert!(visit.simulates().is_some());
    visit.simulated(find, Ok(1));
    assert!(visit.find().status.contains("keep this tab open"));
    assert!(visit.find().mint.is_some());
}

#[test]
fn storage_that_never_answers_does_not_hold_up_a_find() {
    let mut visit = Visit::mining();
    visit.find_nonce();
    visit.after(6_000).fire(Timer::Poll);
    assert!(visit.simulates().is_some());
    assert!(visit.notice().contains("could not store"));
}

#[test]
fn a_stored_find_comes_back_and_is_offered_when_it_still_counts() {
    let mut visit = visit_with(vec![record(ALICE, FindStage::Waiting)]);
    assert!(
        visit
            .find()
            .status
            .contains("Waiting for the network's node")
    );
    visit.state_read(state(17));
    assert!(visit.simulates().is_some());
}

#[test]
fn a_find_that_was_asked_for_and_minted_while_the_page_was_away_is_celebrated() {
    let stored = record(ALICE, FindStage::Asked);
    let mut visit = visit_with(vec![stored.clone()]);
    visit.state_read(state(18));
    atom_read(&mut visit, Ok(our_atom(&stored)));
    assert!(matches!(
        visit.saved_stage(),
        Some(FindStage::SetAside(SetAside::Minted { .. }))
    ));
    assert!(visit.find().headline.ends_with("is yours"));
    assert!(visit.announces("is yours"));
}

#[test]
fn a_find_that_was_asked_for_without_an_answer_is_offered_with_a_word_of_care() {
    let stored = record(ALICE, FindStage::Asked);
    let mut visit = visit_with(vec![stored.clone()]);
    visit.state_read(state(17));
    visit.simulated(stored.nonce, Ok(1));
    assert!(visit.find().mint.is_some());
    assert!(visit.find().status.contains("if its dialog is still open"));
}

#[test]
fn a_pending_find_is_looked_at_as_soon_as_the_page_is_back() {
    let stored = record(ALICE, FindStage::Pending { transaction: SENT });
    let visit = Visit::with(Stored {
        finds: vec![stored],
        ..Stored::default()
    });
    assert!(visit.did(
        |effect| matches!(effect, Effect::ReadOutcome { transaction, .. } if *transaction == SENT)
    ));
}

#[test]
fn nobody_lets_go_of_a_find_because_the_chain_cannot_be_read() {
    let stored = record(ALICE, FindStage::Waiting);
    let mut visit = visit_with(vec![stored.clone()]);
    visit.state_answered(demo().key(), Err(ChainError::Unreachable("down".into())));
    visit.state_read(state(18));
    atom_read(&mut visit, Err(ChainError::Unreachable("down".into())));
    atom_read(&mut visit, Err(ChainError::NoSuchAtom));
    assert!(visit.find().status.contains("makes sure before it lets go"));
}

#[test]
fn a_find_ahead_of_the_chain_waits() {
    let mut visit = visit_with(vec![record(ALICE, FindStage::Waiting)]);
    visit.state_read(state(16));
    assert!(visit.find().status.contains("has not heard of Atom #16"));
    assert!(visit.find().can_discard);
}

#[test]
fn a_find_belongs_to_its_account() {
    let mut visit = visit_with(vec![record(BOB, FindStage::Waiting)]);
    visit.state_read(state(17));
    assert!(visit.simulates().is_none());
    assert!(
        visit
            .find()
            .status
            .contains("belongs to the account 0x0000…0B0b")
    );
    visit.send(Msg::AccountsChanged(vec![ALICE, BOB]));
    assert!(
        visit
            .find()
            .status
            .contains("choose that account in the wallet corner")
    );
    visit.send(Msg::AccountChosen(BOB));
    assert_eq!(visit.simulates().unwrap().from, BOB);
}

#[test]
fn a_find_of_another_collection_says_which_one_to_choose() {
    let mut visit = visit_with(vec![record(ALICE, FindStage::Waiting)]);
    visit.send(Msg::CollectionChosen(pow_nft().key()));
    assert_eq!(visit.find().status, "Choose Demo to go on with it.");
}

/// The title and the quick polling are for what the visitor can do something about.
#[test]
fn a_find_for_elsewhere_is_neither_in_the_title_nor_polled_for() {
    let elsewhere = CollectionKey {
        chain_id: 5,
        address: BOB,
    };
    let of = |collection| FindRecord {
        collection,
        ..record(ALICE, FindStage::Waiting)
    };
    for stored in [
        record(BOB, FindStage::Waiting),
        of(pow_nft().key()),
        of(elsewhere),
    ] {
        let mut visit = visit_with(vec![stored]);
        visit.state_read(state(17));
        assert_eq!(visit.page().title, "Atomine");
        assert_eq!(visit.timer_ms(Timer::Poll), Some(12_000));
    }
    let mut ours = visit_with(vec![record(ALICE, FindStage::Waiting)]);
    ours.state_read(state(17));
    assert_eq!(ours.page().title, "Found #17! · Atomine");
    assert_eq!(ours.timer_ms(Timer::Poll), Some(4_000));
    ours.state_read(state(16));
    for _ in 0..4 {
        ours.state_read(state(16));
    }
    assert_eq!(ours.page().title, "Atomine", "the chain is behind it");
    assert_eq!(ours.timer_ms(Timer::Poll), Some(12_000));
}

#[test]
fn a_find_of_a_collection_that_is_gone_is_kept_and_says_how_to_reach_it() {
    let elsewhere = FindRecord {
        collection: CollectionKey {
            chain_id: 5,
            address: BOB,
        },
        ..record(ALICE, FindStage::Pending { transaction: SENT })
    };
    let mut visit = visit_with(vec![elsewhere]);
    visit.fire(Timer::Outcome);
    assert!(visit.find().can_discard, "nothing else could ever end it");
    assert_eq!(visit.find().transaction_url, None);
}

#[test]
fn a_damaged_find_is_left_out_and_left_where_it_is() {
    let mut damaged = record(ALICE, FindStage::Waiting);
    damaged.token_id = id(17);
    damaged.prev_hash = PrevHash(B256::repeat_byte(9));
    let visit = Visit::with(Stored {
        finds: vec![damaged.clone()],
        damaged: 1,
        ..Stored::default()
    });
    assert!(visit.page().finds.is_empty());
    assert!(!visit.deletes(damaged.nonce));
    assert!(visit.notice().contains("2 stored records are damaged"));
}

#[test]
fn storage_that_refuses_is_said_and_the_page_works() {
    let refused = Err(Failure("SecurityError".into()));
    let mut visit = Visit::starting("", Ok(CATALOGUE.into()), refused);
    assert!(visit.notice().contains("cannot be read"));
    visit.connect(&[ALICE], 31_337);
    visit.state_read(state(17));
    visit.mine();
    assert!(started(&visit.effects).is_some());
}

#[test]
fn a_find_is_thrown_away_only_when_nothing_of_it_is_on_its_way() {
    let (mut visit, find) = Visit::with_offer();
    assert!(visit.find().can_discard);
    visit.send(Msg::DiscardFindClicked(find));
    assert!(visit.deletes(find));
    assert!(started(&visit.effects).is_some(), "mining goes on");

    for (mut visit, find) in [Visit::with_dialog(), Visit::with_pending()] {
        assert!(!visit.find().can_discard);
        visit.send(Msg::DiscardFindClicked(find));
        assert!(!visit.deletes(find));
        assert_eq!(visit.find().id, find);
    }
}

#[test]
fn a_find_of_another_tab_appears_here_and_follows_what_happens_there() {
    let mut visit = visit_with(Vec::new());
    visit.state_read(state(17));
    visit.send(Msg::FindFromElsewhere(record(ALICE, FindStage::Waiting)));
    let find: FindId = visit.find().id;
    visit.simulated(find, Ok(1));
    assert!(visit.find().mint.is_some());
    visit.send(Msg::FindFromElsewhere(record(
        ALICE,
        FindStage::Pending { transaction: SENT },
    )));
    assert_eq!(visit.find().transaction, Some(SENT.to_string()));
}

#[test]
fn a_simulation_that_is_overtaken_by_another_tab_offers_nothing() {
    let mut visit = visit_with(vec![record(ALICE, FindStage::Waiting)]);
    visit.state_read(state(17));
    let find = visit.find().id;
    visit.send(Msg::FindFromElsewhere(record(
        ALICE,
        FindStage::Pending { transaction: SENT },
    )));
    visit.simulated(find, Ok(1));
    assert_eq!(visit.find().mint, None);
    assert_eq!(visit.find().transaction, Some(SENT.to_string()));
}

#[test]
fn a_forged_find_of_another_tab_is_ignored() {
    let mut visit = visit_with(Vec::new());
    let mut forged = record(ALICE, FindStage::Waiting);
    forged.account = BOB;
    visit.send(Msg::FindFromElsewhere(forged));
    assert!(visit.page().finds.is_empty());
}

#[test]
fn finds_for_here_and_now_stand_first() {
    let other = record(BOB, FindStage::Waiting);
    let mine = record(ALICE, FindStage::Waiting);
    // Both have the same nonce: only its account tells them apart, so another nonce is taken.
    let nonce = Nonce::from(U256::from(8));
    let other = FindRecord {
        nonce,
        work_hash: work_hash(BOB, other.prev_hash, nonce),
        ..other
    };
    let visit = visit_with(vec![mine.clone(), other]);
    assert_eq!(visit.page().finds[0].id, mine.nonce);
    assert_eq!(visit.page().finds.len(), 2);
}

#[test]
fn what_a_find_will_be_is_shown_before_paying_only_where_it_is_known() {
    let (visit, _) = Visit::with_offer();
    let preview = visit.find().preview.unwrap();
    assert!(preview.name.starts_with("#17 "));
    assert!(preview.svg.starts_with("<svg"));
    assert_eq!(preview.link, None);
    assert!(visit.find().status.contains("This is what it will be"));

    let visit = with_v3_offer();
    assert_eq!(visit.find().preview, None);
    assert_eq!(visit.find().headline, "You found Atom #17");
    assert!(
        visit
            .find()
            .status
            .contains("decided by the block it lands in")
    );
}

/// A find for #17 of a `POWNFTv3` collection on Ethereum, on offer.
fn with_v3_offer() -> Visit {
    let prev_hash = state(17).prev_hash;
    let nonce = Nonce::from(U256::from(7));
    let mut visit = Visit::with(Stored {
        settings: Some(Settings {
            selected: Some(pow_nft().key()),
            ..Settings::default()
        }),
        finds: vec![FindRecord {
            collection: pow_nft().key(),
            work_hash: work_hash(ALICE, prev_hash, nonce),
            ..record(ALICE, FindStage::Waiting)
        }],
        ..Stored::default()
    });
    visit.connect(&[ALICE], 1);
    visit.state_answered(pow_nft().key(), Ok(state(17)));
    visit.simulated(nonce, Ok(1));
    visit
}

/// The hash of a v3 Atom depends on its block's time, which is known beforehand.
#[test]
fn what_each_of_the_next_slots_would_make_of_a_v3_find_is_told_with_the_risk_of_waiting() {
    let mut visit = with_v3_offer();
    let label = "In each of the next ten slots of 12 s";
    let told = |visit: &Visit| {
        let facts = visit.find().facts.into_iter();
        let mut slots = facts.filter(|fact| fact.label == label);
        slots.next().map(|fact| fact.value)
    };
    assert_eq!(told(&visit), None, "Ethereum had no slots in 1970");
    // Two seconds before Ethereum's first block by proof of stake.
    let block_s = 1_663_224_179;
    visit.now_ms = (block_s - 2) * 1_000;
    visit.fire(Timer::Tick);
    let prev_hash = state(17).prev_hash;
    let work = work_hash(ALICE, prev_hash, Nonce::from(U256::from(7)));
    let element = |time_s| {
        let hash = atom_hash_at(work, time_s);
        Atom { id: id(17), hash }.traits().element.name
    };
    let slots = told(&visit).unwrap();
    let slots: Vec<&str> = slots.split(", ").collect();
    assert_eq!(slots.len(), 10);
    for (place, time_s) in (0..10).zip((block_s..).step_by(12)) {
        let expected = format!("{} {}", place + 1, element(time_s));
        assert!(slots[place].starts_with(&expected), "{slots:?}");
    }
    assert!(
        visit
            .find()
            .status
            .contains("somebody else may mint this number")
    );
    assert!(
        visit.timer_ms(Timer::Tick).is_some(),
        "it moves on by itself"
    );
    visit.after(2_000).fire(Timer::Tick);
    assert!(
        told(&visit)
            .unwrap()
            .starts_with(&format!("1 {}", element(block_s + 12)))
    );

    let (mut ours, _) = Visit::with_offer();
    ours.now_ms = block_s * 1_000;
    ours.fire(Timer::Tick);
    assert_eq!(told(&ours), None, "an Atomine find is what it is");
}
