//! What a node tells by itself: new blocks and Atoms are read at once, rivals are warned of, a broken line is opened again.

use crate::visit::{ALICE, BOB, Visit, demo, state};
use atomine_app::view::Tone;
use atomine_app::{Effect, Msg, Timer};
use atomine_chain::{ChainError, CollectionState, News};

fn told(visit: &mut Visit, news: News) {
    visit.send(Msg::Told(demo().key(), news));
}

fn breaks(visit: &mut Visit) {
    visit.send(Msg::LineBroke(demo().key()));
}

const NEWS: Option<&str> = Some("news");
const NEWS_AND_WAITING: Option<&str> = Some("news and mints that wait");
const NOTHING: Option<&str> = Some("nothing");

/// What is listened to from now on, if that changed.
fn listens(visit: &Visit) -> Option<&'static str> {
    let mut changes = visit.effects.iter().filter_map(|effect| match effect {
        Effect::Listen(None) => NOTHING,
        Effect::Listen(Some((_, false))) => NEWS,
        Effect::Listen(Some((_, true))) => NEWS_AND_WAITING,
        _ => None,
    });
    changes.next_back()
}

#[test]
fn the_selected_collection_is_listened_to_as_long_as_somebody_looks_or_mines() {
    let mut visit = Visit::first();
    assert_eq!(listens(&visit), NEWS);
    visit.send(Msg::VisibilityChanged { hidden: true });
    assert_eq!(listens(&visit), NOTHING);
    visit.send(Msg::VisibilityChanged { hidden: false });
    assert_eq!(listens(&visit), NEWS);
    visit.send(Msg::PracticeChosen);
    assert_eq!(listens(&visit), NOTHING);
    let mut visit = Visit::mining();
    visit.send(Msg::VisibilityChanged { hidden: true });
    assert_eq!(listens(&visit), None, "it mines on");
}

#[test]
fn a_new_atom_is_read_at_once_and_a_new_block_at_most_every_second() {
    let mut visit = Visit::mining();
    told(&mut visit, News::Block(2_000));
    assert!(!visit.reads_state());
    assert_eq!(visit.timer_ms(Timer::Poll), Some(1_000));
    told(&mut visit, News::Mined(2_000));
    assert!(visit.reads_state());
    visit.state_read(CollectionState {
        block: 2_000,
        ..state(18)
    });
    visit.after(1_000);
    told(&mut visit, News::Block(2_001));
    assert!(visit.reads_state());
}

#[test]
fn a_node_that_cannot_read_yet_what_it_told_is_asked_again_in_a_moment() {
    let mut visit = Visit::mining();
    told(&mut visit, News::Mined(2_000));
    for _ in 0..3 {
        visit.state_read(state(17));
        assert_eq!(visit.timer_ms(Timer::Poll), Some(200));
        visit.after(200).fire(Timer::Poll);
        assert!(visit.reads_state());
    }
    // A block that never comes is not waited for for ever.
    visit.after(10_000).state_read(state(17));
    assert_eq!(visit.timer_ms(Timer::Poll), Some(12_000));
}

#[test]
fn while_news_come_by_themselves_it_is_seldom_asked_for_them() {
    let mut visit = Visit::mining();
    told(&mut visit, News::Block(1_000));
    visit.state_read(state(17));
    assert_eq!(visit.timer_ms(Timer::Poll), Some(12_000));
    assert!(
        visit
            .page()
            .mine
            .details
            .contains("the network tells of new blocks by itself")
    );
    visit.after(30_000).state_read(state(17));
    assert_eq!(visit.timer_ms(Timer::Poll), Some(4_000), "it fell silent");
    assert!(!visit.page().mine.details.contains("by itself"));
}

#[test]
fn a_broken_line_is_opened_again_after_ever_longer_pauses_and_it_is_asked_meanwhile() {
    let mut visit = Visit::mining();
    told(&mut visit, News::Block(1_000));
    let mut pauses = Vec::new();
    for _ in 0..11 {
        breaks(&mut visit);
        assert!(visit.reads_state());
        pauses.push(visit.timer_ms(Timer::Listen).unwrap() / 1_000);
        visit.state_read(state(17));
        assert_eq!(visit.timer_ms(Timer::Poll), Some(4_000));
        visit.fire(Timer::Listen);
        assert_eq!(listens(&visit), NEWS);
    }
    assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    told(&mut visit, News::Block(1_001));
    breaks(&mut visit);
    assert_eq!(
        visit.timer_ms(Timer::Listen),
        Some(1_000),
        "it worked meanwhile"
    );
}

#[test]
fn what_is_told_of_another_collection_is_ignored() {
    let mut visit = Visit::mining();
    visit.send(Msg::PracticeChosen);
    told(&mut visit, News::Mined(2_000));
    assert!(!visit.reads_state());
    breaks(&mut visit);
    assert_eq!(visit.timer_ms(Timer::Listen), None);
}

#[test]
fn mints_that_wait_are_listened_to_while_a_find_is_at_stake() {
    let (mut visit, find) = Visit::with_offer();
    assert!(visit.simulates().is_none());
    visit.send(Msg::DiscardFindClicked(find));
    assert_eq!(listens(&visit), NEWS);
    visit.find_nonce();
    assert_eq!(listens(&visit), NEWS_AND_WAITING);
}

#[test]
fn a_rivals_mint_that_waits_is_warned_of_before_the_wallet_is_asked() {
    let (mut visit, find) = Visit::with_offer();
    told(&mut visit, News::Waiting(ALICE));
    assert!(visit.simulates().is_none(), "one's own is no rival");
    told(&mut visit, News::Waiting(BOB));
    assert!(visit.simulates().is_some());
    visit.simulated(find, Ok(1));
    let shown = visit.find();
    assert!(
        shown
            .status
            .starts_with("Somebody else's mint of #17 waits in the network already."),
        "{}",
        shown.status
    );
    assert_eq!(shown.tone, Tone::Warning);
    assert!(shown.mint.is_some(), "it is the visitor's choice");
    told(&mut visit, News::Waiting(BOB));
    assert!(visit.simulates().is_none(), "looked at once");
    visit.state_read(state(17));
    told(&mut visit, News::Waiting(BOB));
    visit.simulated(find, Err(ChainError::Stale));
    visit.state_read(state(18));
    assert!(!visit.find().status.contains("waits in the network"));
}

#[test]
fn a_rivals_mint_that_comes_while_the_dialog_is_open_is_simulated_against() {
    let (mut visit, find) = Visit::with_dialog();
    told(&mut visit, News::Waiting(BOB));
    assert!(visit.simulates().is_some());
    visit.simulated(find, Err(ChainError::Stale));
    assert!(
        visit
            .find()
            .status
            .contains("Another mint of this Atom is on its way.")
    );
    assert!(visit.announces("Do not confirm #17 now"));
}
