//! What becomes of finds that the chain calls settled: set aside, brought back, and thrown away by nobody but the visitor.

use crate::finds::{atom_read, our_atom, record, visit_with};
use crate::visit::{ALICE, SENT, Visit, demo, foreign_atom, id, state};
use alloy_primitives::{B256, U256};
use atomine_app::{Effect, FindId, FindRecord, FindStage, Msg, SetAside, Timer};
use atomine_protocol::{AtomHash, Nonce, PrevHash, TokenId, work_hash};

fn asks_who_made(visit: &Visit, number: TokenId) -> bool {
    visit.did(|effect| matches!(effect, Effect::ReadAtom { id, .. } if *id == number))
}

/// A state from a later block than all others here.
fn later_state(next_id: u64) -> atomine_chain::CollectionState {
    atomine_chain::CollectionState {
        block: 2_000,
        ..state(next_id)
    }
}

fn reorganised() -> atomine_chain::CollectionState {
    atomine_chain::CollectionState {
        prev_hash: PrevHash(B256::repeat_byte(0xee)),
        ..state(17)
    }
}

#[test]
fn a_stored_find_whose_number_somebody_else_got_is_set_aside_and_said_so() {
    let stored = record(ALICE, FindStage::Waiting);
    let mut visit = visit_with(vec![stored.clone()]);
    visit.state_read(state(19));
    assert!(asks_who_made(&visit, id(17)));
    assert_eq!(
        visit.find().id,
        stored.nonce,
        "not before the chain says so"
    );
    atom_read(&mut visit, Ok(foreign_atom(17)));
    let aside = visit.set_aside(stored.nonce).unwrap();
    assert_eq!(aside.headline, "#17 of Demo, for 0x0000…11cE");
    assert_eq!(aside.reason, "Somebody else minted this number first.");
    assert_eq!(aside.link, None);
    assert_eq!(
        visit.saved_stage(),
        Some(FindStage::SetAside(SetAside::Overtaken))
    );
    assert!(visit.notice().contains("Somebody else minted #17 first"));
    assert!(visit.page().finds.is_empty());
    assert_eq!(visit.page().title, "Atomine");
}

/// A well-formed lie needs one source only: a later number, and somebody else's Atom.
#[test]
fn a_find_that_a_lying_node_called_stale_is_offered_again_when_the_truth_comes_out() {
    let stored = record(ALICE, FindStage::Waiting);
    let mut visit = visit_with(vec![stored.clone()]);
    visit.state_read(state(18));
    atom_read(&mut visit, Ok(foreign_atom(17)));
    assert!(!visit.deletes(stored.nonce));
    assert!(visit.set_aside(stored.nonce).is_some());
    visit.state_read(later_state(17));
    assert_eq!(visit.saved_stage(), Some(FindStage::Waiting));
    assert!(visit.announces("Your find for #17 counts again"));
    assert!(visit.simulates().is_some());
    visit.simulated(stored.nonce, Ok(1));
    assert!(visit.find().mint.is_some());
    assert_eq!(visit.page().set_aside, None);
}

#[test]
fn a_find_that_a_lying_node_called_minted_is_offered_again_when_the_truth_comes_out() {
    let stored = record(ALICE, FindStage::Waiting);
    let mut visit = visit_with(vec![stored.clone()]);
    visit.state_read(state(18));
    atom_read(&mut visit, Ok(our_atom(&stored)));
    assert!(visit.find().headline.ends_with("is yours"));
    visit.send(Msg::DiscardFindClicked(stored.nonce));
    assert!(!visit.deletes(stored.nonce), "Done is no throwing away");
    assert!(visit.set_aside(stored.nonce).unwrap().link.is_some());
    visit.state_read(later_state(17));
    assert!(visit.notice().contains("took your Atom #17 back"));
    assert!(visit.simulates().is_some());
}

#[test]
fn what_is_set_aside_stays_so_over_a_reload_and_is_watched() {
    for why in [
        SetAside::Overtaken,
        SetAside::Uprooted,
        SetAside::Minted {
            hash: AtomHash::default(),
            transaction: None,
            block: Some(9),
        },
    ] {
        let stored = record(ALICE, FindStage::SetAside(why));
        let mut visit = visit_with(vec![stored.clone()]);
        assert!(visit.set_aside(stored.nonce).is_some());
        assert!(visit.page().finds.is_empty());
        visit.state_read(state(18));
        assert!(visit.set_aside(stored.nonce).is_some());
        assert!(!asks_who_made(&visit, id(17)), "that was settled");
        visit.state_read(later_state(17));
        assert!(visit.simulates().is_some(), "{why:?}");
    }
}

#[test]
fn a_taken_back_mint_is_watched_before_it_is_offered_again() {
    let minted = SetAside::Minted {
        hash: AtomHash::default(),
        transaction: Some(SENT),
        block: Some(9),
    };
    let stored = record(ALICE, FindStage::SetAside(minted));
    let mut visit = visit_with(vec![stored.clone()]);
    visit.state_read(state(17));
    let pending = FindStage::Pending { transaction: SENT };
    assert_eq!(visit.saved_stage(), Some(pending));
    assert_eq!(visit.find().mint, None);
    visit.fire(Timer::Outcome);
    assert!(visit.did(|effect| matches!(effect, Effect::ReadOutcome { .. })));
}

#[test]
fn only_the_visitor_throws_away_what_is_set_aside() {
    let stored = record(ALICE, FindStage::SetAside(SetAside::Overtaken));
    let mut visit = visit_with(vec![stored.clone()]);
    visit.send(Msg::DiscardFindClicked(stored.nonce));
    assert!(visit.deletes(stored.nonce));
    assert_eq!(visit.page().set_aside, None);
}

/// `count` finds that were set aside, found at this time.
fn many_aside(count: u64, found_at_ms: u64) -> Vec<FindRecord> {
    let aside = |number: u64| {
        let nonce = Nonce::from(U256::from(number));
        FindRecord {
            nonce,
            work_hash: work_hash(ALICE, state(17).prev_hash, nonce),
            found_at_ms,
            ..record(ALICE, FindStage::SetAside(SetAside::Overtaken))
        }
    };
    (1_000..1_000 + count).map(aside).collect()
}

#[test]
fn very_many_that_were_set_aside_long_ago_make_room_oldest_first() {
    let now_ms = Visit::first().now_ms;
    let long_ago = many_aside(300, 1);
    let oldest = long_ago[0].nonce;
    let mut visit = visit_with(long_ago);
    visit.state_read(state(18));
    let stale = visit_that_loses_a_race(&mut visit);
    assert_eq!(
        visit.count(|effect| matches!(effect, Effect::DeleteFind(_))),
        45
    );
    assert!(visit.deletes(oldest));
    assert!(!visit.deletes(stale));
    let summary = visit.page().set_aside.unwrap().summary;
    assert_eq!(
        summary,
        "Set aside: 256 finds, the newest 50 of which are listed"
    );

    let mut visit = visit_with(many_aside(300, now_ms - 1_000));
    visit.state_read(state(18));
    visit_that_loses_a_race(&mut visit);
    assert!(
        !visit.did(|effect| matches!(effect, Effect::DeleteFind(_))),
        "a chain may still take them back"
    );
}

/// One more find, which somebody else overtakes.
fn visit_that_loses_a_race(visit: &mut Visit) -> FindId {
    visit.mine();
    let find = visit.find_nonce();
    visit.state_read(state(19));
    visit.send(Msg::AtomRead {
        collection: demo().key(),
        id: id(18),
        result: Ok(foreign_atom(18)),
    });
    find
}

#[test]
fn a_replaced_block_is_believed_when_it_is_seen_twice() {
    let stored = record(ALICE, FindStage::Waiting);
    let mut visit = visit_with(vec![stored.clone()]);
    visit.state_read(reorganised());
    assert_eq!(visit.set_aside(stored.nonce), None);
    assert!(visit.reads_state(), "it looks again at once");
    visit.state_read(reorganised());
    let aside = visit.set_aside(stored.nonce).unwrap();
    assert!(aside.reason.contains("The Atom before it was replaced"));
    assert!(visit.notice().contains("The Atom before #17 was replaced"));
    visit.state_read(state(17));
    assert_eq!(visit.find().id, stored.nonce, "the block came back");
}

#[test]
fn a_find_survives_a_node_with_a_passing_view_of_its_own() {
    let stored = record(ALICE, FindStage::Waiting);
    let mut visit = visit_with(vec![stored.clone()]);
    visit.state_read(reorganised());
    visit.state_read(state(17));
    visit.state_read(reorganised());
    assert_eq!(visit.find().id, stored.nonce);
}
