//! One tab of a browser mines at a time; the others say so and can take over.

use crate::visit::{ALICE, Visit, started, state, stops};
use atomine_app::view::MineButton;
use atomine_app::{Effect, Msg, Turn};

fn takes(visit: &Visit, by_force: bool) -> bool {
    visit.did(|effect| *effect == Effect::TakeTurn { by_force })
}

fn told(visit: &mut Visit, turn: Turn) {
    visit.send(Msg::TurnChanged(turn));
}

#[test]
fn whoever_mines_takes_the_turn_and_gives_it_back_when_done() {
    let mut visit = Visit::connected();
    visit.send(Msg::StartClicked);
    assert!(takes(&visit, false));
    told(&mut visit, Turn::Ours);
    visit.send(Msg::StopClicked);
    assert!(visit.did(|effect| *effect == Effect::GiveTurn));
}

#[test]
fn where_another_tab_mines_this_one_says_so_and_offers_to_take_over() {
    let mut visit = Visit::connected();
    told(&mut visit, Turn::Elsewhere);
    let mine = visit.page().mine;
    assert_eq!(mine.button, MineButton::TakeOver);
    assert!(
        mine.status
            .starts_with("Another tab of this browser is mining."),
        "{}",
        mine.status
    );
    visit.send(Msg::StartClicked);
    assert!(takes(&visit, true));
    assert!(visit.spawned().len() == 3, "and it mines at once");
    told(&mut visit, Turn::Ours);
    assert_eq!(visit.page().mine.button, MineButton::Stop);
}

#[test]
fn a_tab_that_did_not_know_of_another_stops_as_soon_as_it_hears() {
    let mut visit = Visit::mining();
    told(&mut visit, Turn::Elsewhere);
    assert!(stops(&visit.effects));
    assert_eq!(visit.page().mine.button, MineButton::TakeOver);
}

#[test]
fn a_tab_that_loses_its_turn_stops_and_says_so() {
    let mut visit = Visit::mining();
    told(&mut visit, Turn::Ours);
    told(&mut visit, Turn::Elsewhere);
    assert!(stops(&visit.effects));
    assert!(visit.announces("another tab"));
    visit.state_read(state(18));
    assert!(started(&visit.effects).is_none());
    assert!(
        visit
            .page()
            .mine
            .status
            .starts_with("Another tab of this browser is mining.")
    );
}

#[test]
fn when_the_other_tab_is_done_this_one_may_mine_again() {
    let mut visit = Visit::connected();
    told(&mut visit, Turn::Elsewhere);
    told(&mut visit, Turn::Free);
    assert_eq!(visit.page().mine.button, MineButton::Start);
    assert_eq!(visit.page().mine.status, "Ready to mine.");
    visit.send(Msg::StartClicked);
    assert!(takes(&visit, false));
}

#[test]
fn what_is_missing_is_said_rather_than_that_another_tab_mines() {
    let mut visit = Visit::first();
    told(&mut visit, Turn::Elsewhere);
    assert_eq!(visit.page().mine.button, MineButton::Unavailable);
    assert!(
        visit
            .page()
            .mine
            .status
            .starts_with("Connect a wallet first")
    );
    visit.connect(&[ALICE], 31_337);
    assert_eq!(visit.page().mine.button, MineButton::TakeOver);
}

/// A turn that was given back before it was granted.
#[test]
fn a_turn_that_comes_too_late_starts_nothing() {
    let mut visit = Visit::connected();
    visit.send(Msg::StartClicked);
    visit.send(Msg::StopClicked);
    told(&mut visit, Turn::Ours);
    assert_eq!(visit.page().mine.button, MineButton::Start);
}
