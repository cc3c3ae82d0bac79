//! Nodes that contradict each other, and nodes that want to be left alone.

use crate::visit::{Visit, demo, started, state};
use alloy_primitives::B256;
use atomine_app::{Effect, Msg, Timer};
use atomine_chain::{ChainError, CollectionState};
use atomine_protocol::PrevHash;

/// The state with this next id at this block.
fn at(block: u64, next_id: u64) -> CollectionState {
    CollectionState {
        block,
        ..state(next_id)
    }
}

fn compared(visit: &mut Visit, state: Option<CollectionState>) {
    let collection = demo().key();
    visit.send(Msg::StateCompared { collection, state });
}

fn next_atom(visit: &Visit) -> String {
    visit.page().mine.facts[0].value.clone()
}

const LAGS: &str = "One of the network's nodes lags behind another.";

#[test]
fn with_every_read_another_node_is_heard() {
    let visit = Visit::first();
    assert!(visit.did(|effect| *effect == Effect::CompareState(demo())));
    assert!(visit.reads_state());
}

#[test]
fn of_two_nodes_that_contradict_each_other_the_later_one_counts_at_once_and_it_is_said() {
    let mut visit = Visit::mining();
    compared(&mut visit, Some(at(2_000, 18)));
    assert!(started(&visit.effects).is_some(), "the workers go on there");
    assert_eq!(next_atom(&visit), "#18");
    assert!(visit.notice().starts_with(LAGS), "{}", visit.notice());
    assert!(visit.notice().contains("the latest block"));
    // Read often enough alone, an older state would be believed: of a chain that was begun anew.
    for _ in 0..10 {
        visit.state_read(state(17));
        compared(&mut visit, Some(at(2_000, 18)));
        assert_eq!(next_atom(&visit), "#18");
    }
    assert_eq!(visit.page().notices.len(), 1);
}

#[test]
fn a_node_that_lags_behind_the_one_that_is_read_is_told_of_and_not_followed() {
    let mut visit = Visit::mining();
    visit.state_read(at(2_000, 18));
    compared(&mut visit, Some(state(17)));
    assert_eq!(next_atom(&visit), "#18");
    assert!(visit.notice().starts_with(LAGS));
}

#[test]
fn nodes_that_agree_again_for_a_minute_are_one_again() {
    let mut visit = Visit::mining();
    compared(&mut visit, Some(at(2_000, 18)));
    for (ms, notices) in [(59_000, 1), (1_000, 0)] {
        visit.after(ms);
        compared(&mut visit, Some(at(2_000, 18)));
        assert_eq!(visit.page().notices.len(), notices);
    }
}

#[test]
fn a_node_that_hears_a_moment_later_contradicts_nobody() {
    let mut visit = Visit::mining();
    let known = state(17);
    compared(&mut visit, Some(at(known.block - 1, 16)));
    compared(&mut visit, Some(at(known.block + 7, 17)));
    compared(&mut visit, None);
    assert!(visit.page().notices.is_empty());
    compared(&mut visit, Some(at(known.block + 8, 18)));
    assert!(visit.page().notices.is_empty());
    assert_eq!(next_atom(&visit), "#18", "but its news are taken in");
}

#[test]
fn two_nodes_with_other_work_at_the_same_block_are_told_of_and_mining_goes_on() {
    let mut visit = Visit::mining();
    let other = CollectionState {
        prev_hash: PrevHash(B256::repeat_byte(0xee)),
        ..state(17)
    };
    compared(&mut visit, Some(other));
    assert!(
        visit
            .notice()
            .contains("contradict each other about the newest block")
    );
    assert!(started(&visit.effects).is_none(), "the job stays");
}

#[test]
fn what_another_node_says_of_a_collection_that_is_no_longer_selected_is_ignored() {
    let mut visit = Visit::mining();
    visit.send(Msg::PracticeChosen);
    compared(&mut visit, Some(at(2_000, 18)));
    assert!(visit.page().notices.is_empty());
}

#[test]
fn a_node_that_wants_to_be_left_alone_is_for_so_long_and_it_is_said() {
    let mut visit = Visit::mining();
    let limited = |seconds| Err(ChainError::Limited { seconds });
    visit.state_answered(demo().key(), limited(120));
    let said =
        "no more questions from this page for 2 min. Mining goes on with what was read last.";
    assert!(visit.notice().contains(said), "{}", visit.notice());
    assert_eq!(visit.timer_ms(Timer::Poll), Some(120_000));
    // The pause after a failure may be longer by itself.
    visit.state_answered(demo().key(), limited(1));
    assert_eq!(visit.timer_ms(Timer::Poll), Some(16_000));
    visit.state_read(state(17));
    assert_eq!(visit.timer_ms(Timer::Poll), Some(4_000));
    assert!(visit.page().notices.is_empty());
}
