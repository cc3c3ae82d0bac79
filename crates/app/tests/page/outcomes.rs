//! What becomes of a transaction that was sent.

use crate::visit::{ALICE, SENT, Visit, demo, foreign_atom, id, started, state};
use alloy_primitives::B256;
use atomine_app::{Effect, FindId, FindStage, Msg, SetAside, Timer};
use atomine_chain::{ChainError, CollectionState, MintOutcome, OwnedAtom};
use atomine_protocol::{PrevHash, atom_hash};

fn outcome(visit: &mut Visit, find: FindId, result: Result<MintOutcome, ChainError>) {
    visit.send(Msg::OutcomeRead { find, result });
}

fn minted(visit: &Visit) -> MintOutcome {
    let work = visit.saved().expect("the record that was just stored");
    MintOutcome::Minted {
        atom: OwnedAtom {
            id: work.token_id,
            hash: atom_hash(work.work_hash),
            owner: ALICE,
        },
        transaction: SENT,
        block: 2_000,
    }
}

#[test]
fn a_sent_transaction_is_stored_shown_and_watched() {
    let (mut visit, _) = Visit::with_pending();
    let pending = FindStage::Pending { transaction: SENT };
    assert_eq!(visit.saved_stage(), Some(pending));
    assert_eq!(visit.find().transaction, Some(SENT.to_string()));
    let url = format!("http://localhost:4000/tx/{SENT}");
    assert_eq!(visit.find().transaction_url, Some(url));
    assert_eq!(visit.page().title, "Minting #17… · Atomine");
    assert!(visit.timer_ms(Timer::Outcome).is_some());
    visit.fire(Timer::Outcome);
    assert!(visit.did(|effect| matches!(effect, Effect::ReadOutcome { .. })));
}

#[test]
fn a_confirmed_mint_is_an_atom_with_a_card_and_its_record_is_set_aside() {
    let (mut visit, find) = Visit::with_pending();
    let result = minted(&visit);
    outcome(&mut visit, find, Ok(result));
    let FindStage::SetAside(SetAside::Minted {
        transaction, block, ..
    }) = visit.saved_stage().unwrap()
    else {
        panic!("not minted");
    };
    assert_eq!((transaction, block), (Some(SENT), Some(2_000)));
    assert!(visit.did(|effect| *effect == Effect::Chime));
    assert!(visit.announces("is yours"));
    assert!(visit.reads_state());
    let shown = visit.find();
    assert!(shown.headline.starts_with("#17 ") && shown.headline.ends_with(" is yours"));
    let link = shown.preview.unwrap().link.unwrap();
    assert_eq!(link, format!("#/atom/31337/{}/17", demo().address));
    visit.state_read(CollectionState {
        block: 2_000,
        ..state(18)
    });
    assert!(started(&visit.effects).is_some(), "mining goes on");
    assert!(!visit.page().finds.is_empty(), "the card stays in view");
    visit.send(Msg::DiscardFindClicked(find));
    assert!(visit.page().finds.is_empty());
    assert!(!visit.deletes(find), "its record stays");
    assert_eq!(
        visit.set_aside(find).unwrap().reason,
        "It became an Atom, in block 2000."
    );
}

/// A node that is a block behind the wallet's still shows the state before the mint.
#[test]
fn a_state_from_before_the_mint_takes_nothing_back() {
    let (mut visit, find) = Visit::with_pending();
    let result = minted(&visit);
    outcome(&mut visit, find, Ok(result));
    visit.state_read(state(17));
    assert!(visit.find().headline.ends_with("is yours"));
}

/// Blocks can be replaced by others: the deeper an Atom lies, the surer it is.
#[test]
fn a_mint_s_depth_is_told_and_an_atom_that_disappears_is_noticed() {
    let state_at = |block, next_id| CollectionState {
        block,
        ..state(next_id)
    };
    let confirmed = || {
        let (mut visit, find) = Visit::with_pending();
        let result = minted(&visit);
        outcome(&mut visit, find, Ok(result));
        visit.state_read(state_at(2_000, 18));
        assert!(visit.find().status.ends_with("in the newest block."));
        visit.state_read(state_at(2_004, 18));
        assert!(visit.find().status.ends_with("5 blocks deep."));
        assert!(asks_for_atom(&visit), "is it still there?");
        (visit, find)
    };
    // The Atom is gone, and its transaction waits for another block.
    let (mut visit, find) = confirmed();
    visit.state_read(taken_back());
    assert!(visit.notice().contains("took your Atom #17 back"));
    let pending = FindStage::Pending { transaction: SENT };
    assert_eq!(visit.saved_stage(), Some(pending));
    assert_eq!(visit.page().title, "Minting #17… · Atomine");
    // Nobody knows the transaction any more: the find is offered again.
    outcome(&mut visit, find, Ok(MintOutcome::Unknown));
    visit.after(130_000);
    outcome(&mut visit, find, Ok(MintOutcome::Unknown));
    assert!(visit.simulates().is_some());
    visit.simulated(find, Ok(1));
    assert!(visit.find().mint.is_some());

    // Somebody else's Atom has its place.
    let (mut visit, find) = confirmed();
    visit.state_read(state_at(2_005, 18));
    atom_read(&mut visit, foreign_atom(17));
    assert!(visit.notice().contains("gave its place away"));
    // Its transaction is back on its way, and fails.
    assert!(visit.find().status.contains("Cancel it in your wallet"));
    outcome(&mut visit, find, Ok(MintOutcome::Reverted { block: 2_006 }));
    let aside = visit.set_aside(find).unwrap();
    assert_eq!(aside.reason, "Somebody else minted this number first.");

    // The Atom before it was replaced, too.
    let (mut visit, find) = confirmed();
    let uprooted = CollectionState {
        prev_hash: PrevHash(B256::repeat_byte(0xee)),
        ..taken_back()
    };
    visit.state_read(uprooted.clone());
    assert!(visit.find().headline.ends_with("is yours"), "seen once");
    visit.state_read(uprooted);
    assert!(visit.find().status.contains("Cancel it in your wallet"));
    outcome(&mut visit, find, Ok(MintOutcome::Reverted { block: 2_006 }));
    assert!(
        visit
            .set_aside(find)
            .unwrap()
            .reason
            .contains("was replaced")
    );
}

fn taken_back() -> CollectionState {
    CollectionState {
        block: 2_005,
        ..state(17)
    }
}

#[test]
fn an_atom_that_lies_deep_is_not_asked_for_again() {
    let (mut visit, find) = Visit::with_pending();
    let result = minted(&visit);
    outcome(&mut visit, find, Ok(result));
    for (block, asks) in [(2_011, true), (2_012, false)] {
        visit.state_read(CollectionState { block, ..state(18) });
        assert_eq!(asks_for_atom(&visit), asks, "{block}");
    }
}

fn asks_for_atom(visit: &Visit) -> bool {
    visit.did(|effect| matches!(effect, Effect::ReadAtom { id: asked, .. } if *asked == id(17)))
}

fn atom_read(visit: &mut Visit, atom: OwnedAtom) {
    visit.send(Msg::AtomRead {
        collection: demo().key(),
        id: id(17),
        result: Ok(atom),
    });
}

/// A speed-up gives the mint another transaction: the old one is known to nobody any more.
#[test]
fn a_transaction_that_the_wallet_replaced_is_settled_by_its_atom() {
    let (mut visit, find) = Visit::with_pending();
    let MintOutcome::Minted { atom, .. } = minted(&visit) else {
        unreachable!()
    };
    outcome(&mut visit, find, Ok(MintOutcome::Unknown));
    assert!(asks_for_atom(&visit));
    atom_read(&mut visit, atom);
    assert!(visit.did(|effect| matches!(effect, Effect::ReadOutcome { .. })));
    outcome(&mut visit, find, Ok(MintOutcome::Unknown));
    assert!(visit.find().headline.ends_with("is yours"));
    assert_eq!(
        visit.find().transaction,
        None,
        "the one that is known is not the one"
    );
    assert!(
        visit.notice().contains("replaced by your wallet"),
        "{}",
        visit.notice()
    );
}

#[test]
fn an_atom_that_is_seen_before_its_receipt_waits_for_the_receipt_only() {
    for (result, transaction) in [
        (None, Some(SENT.to_string())),
        (Some(Ok(MintOutcome::Pending)), Some(SENT.to_string())),
        (Some(Ok(MintOutcome::Reverted { block: 2_000 })), None),
        (
            Some(Err(ChainError::Unreachable("down".into()))),
            Some(SENT.to_string()),
        ),
    ] {
        let (mut visit, find) = Visit::with_pending();
        let receipt = minted(&visit);
        let MintOutcome::Minted { atom, .. } = receipt.clone() else {
            unreachable!()
        };
        visit.state_read(state(18));
        atom_read(&mut visit, atom);
        outcome(&mut visit, find, result.unwrap_or(Ok(receipt)));
        assert!(visit.find().headline.ends_with("is yours"));
        assert_eq!(visit.find().transaction, transaction);
    }
}

#[test]
fn a_receipt_of_another_atom_is_not_believed() {
    let (mut visit, find) = Visit::with_pending();
    let lie = MintOutcome::Minted {
        atom: foreign_atom(17),
        transaction: SENT,
        block: 2_000,
    };
    outcome(&mut visit, find, Ok(lie));
    assert!(!visit.deletes(find));
    assert!(visit.find().status.contains("cannot be true"));
}

#[test]
fn the_receipt_decides_even_when_the_world_has_moved() {
    let (mut visit, find) = Visit::with_pending();
    let result = minted(&visit);
    visit.state_read(state(20));
    assert!(!visit.deletes(find));
    outcome(&mut visit, find, Ok(MintOutcome::Pending));
    assert!(!visit.deletes(find));
    outcome(&mut visit, find, Ok(result));
    assert!(visit.find().headline.ends_with("is yours"));
}

#[test]
fn a_failed_transaction_is_explained_and_a_find_that_still_counts_is_kept() {
    let (mut visit, find) = Visit::with_pending();
    outcome(&mut visit, find, Ok(MintOutcome::Reverted { block: 2_000 }));
    assert_eq!(visit.saved_stage(), Some(FindStage::Waiting));
    assert!(
        visit
            .notice()
            .contains("turned down the transaction for #17")
    );
    assert!(visit.announces("failed"));
    assert!(!visit.deletes(find));
    visit.state_read(state(17));
    visit.simulated(find, Ok(1));
    assert!(visit.find().mint.is_some());
}

#[test]
fn a_lost_race_costs_the_fee_and_is_said_so() {
    let (mut visit, find) = Visit::with_pending();
    visit.state_read(state(18));
    visit.send(Msg::AtomRead {
        collection: demo().key(),
        id: id(17),
        result: Ok(foreign_atom(17)),
    });
    assert_eq!(visit.set_aside(find), None, "the receipt decides");
    outcome(&mut visit, find, Ok(MintOutcome::Reverted { block: 2_000 }));
    assert!(visit.set_aside(find).is_some());
    assert!(visit.notice().contains("Only the network's fee was spent"));
}

#[test]
fn a_node_that_is_down_is_asked_again() {
    let (mut visit, find) = Visit::with_pending();
    visit.fire(Timer::Outcome);
    outcome(
        &mut visit,
        find,
        Err(ChainError::Unreachable("down".into())),
    );
    assert!(visit.find().status.contains("does not answer"));
    visit.fire(Timer::Outcome);
    assert!(visit.did(|effect| matches!(effect, Effect::ReadOutcome { .. })));
    assert_eq!(visit.timer_ms(Timer::Outcome), Some(10_000));
}

#[test]
fn a_transaction_that_nobody_knows_any_more_is_offered_again() {
    let (mut visit, find) = Visit::with_pending();
    outcome(&mut visit, find, Ok(MintOutcome::Unknown));
    assert!(visit.find().status.contains("does not show it yet"));
    visit.after(130_000);
    outcome(&mut visit, find, Ok(MintOutcome::Unknown));
    assert!(visit.notice().contains("no trace of the transaction"));
    assert!(!visit.deletes(find));
    visit.state_read(state(17));
    visit.simulated(find, Ok(1));
    assert!(visit.find().mint.is_some());
}

#[test]
fn a_transaction_that_was_forgotten_and_then_mined_is_found_by_its_atom() {
    let (mut visit, find) = Visit::with_pending();
    let MintOutcome::Minted { atom, .. } = minted(&visit) else {
        unreachable!()
    };
    outcome(&mut visit, find, Ok(MintOutcome::Unknown));
    visit.after(130_000);
    outcome(&mut visit, find, Ok(MintOutcome::Unknown));
    visit.state_read(state(18));
    visit.send(Msg::AtomRead {
        collection: demo().key(),
        id: id(17),
        result: Ok(atom),
    });
    assert!(visit.find().headline.ends_with("is yours"));
}
