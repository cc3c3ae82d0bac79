//! The gallery: all Atoms of a collection, read in runs, chosen by what they are, a screenful at a time.

use crate::visit::{ALICE, BOB, Visit, demo, foreign_atom, id, state};
use alloy_primitives::B256;
use atomine_app::gallery::{ChargeChoice, GalleryMsg};
use atomine_app::player::{PlayerEffect, PlayerMsg};
use atomine_app::view::Gallery;
use atomine_app::{Effect, Msg, PracticeAtom, Stored};
use atomine_chain::{ChainError, OwnedAtom};
use atomine_protocol::{Atom, AtomHash, TokenId};

/// Atoms of all kinds: the hash is made of the number.
fn owned(number: u64) -> OwnedAtom {
    let byte = u8::try_from(number % 256).unwrap();
    OwnedAtom {
        id: id(number),
        hash: AtomHash(B256::repeat_byte(byte.wrapping_mul(37))),
        owner: if number.is_multiple_of(10) {
            ALICE
        } else {
            BOB
        },
    }
}

fn asked(visit: &Visit) -> Option<(TokenId, u32)> {
    visit.effects.iter().find_map(|effect| match effect {
        Effect::ReadAtoms { first, count, .. } => Some((*first, *count)),
        _ => None,
    })
}

fn gallery(visit: &Visit) -> Gallery {
    visit.page().gallery.expect("the gallery is shown")
}

fn does(visit: &mut Visit, msg: GalleryMsg) -> Gallery {
    visit.send(Msg::Gallery(msg));
    gallery(visit)
}

fn answer(visit: &mut Visit, first: TokenId, count: u32) {
    let ids = first.get()..first.get() + u64::from(count);
    visit.send(Msg::AtomsRead {
        collection: demo().key(),
        first,
        result: Ok(ids.map(owned).collect()),
    });
}

/// A gallery of 299 Atoms, all read; how often it asked.
fn full() -> (Visit, usize) {
    let mut visit = Visit::connected();
    visit.state_read(state(300));
    visit.send(Msg::FragmentChanged("#/gallery".into()));
    let mut runs = 0;
    while let Some((first, count)) = asked(&visit) {
        assert!(count <= 100);
        runs += 1;
        answer(&mut visit, first, count);
    }
    (visit, runs)
}

#[test]
fn it_reads_everything_newest_first_in_runs() {
    let (visit, runs) = full();
    assert_eq!(runs, 3);
    let gallery = gallery(&visit);
    assert_eq!(gallery.status, "299 Atoms.");
    assert_eq!(gallery.total, 299);
    assert_eq!(gallery.cards[0].atom.id, id(299));
    let counted: u32 = gallery.elements.iter().map(|cell| cell.count).sum();
    assert_eq!(counted, 299);
}

#[test]
fn it_reads_nothing_where_it_is_not_shown() {
    let mut visit = Visit::connected();
    visit.state_read(state(300));
    assert_eq!(asked(&visit), None);
    assert_eq!(visit.page().gallery, None);
}

#[test]
fn what_is_minted_meanwhile_comes_on_top() {
    let (mut visit, _) = full();
    visit.state_read(state(302));
    assert_eq!(asked(&visit), Some((id(300), 2)));
    answer(&mut visit, id(300), 2);
    assert_eq!(gallery(&visit).cards[0].atom.id, id(301));
    assert_eq!(asked(&visit), None);
}

#[test]
fn a_node_that_fails_is_asked_again_at_the_next_block_only() {
    let mut visit = Visit::connected();
    visit.state_read(state(300));
    visit.send(Msg::FragmentChanged("#/gallery".into()));
    let (first, _) = asked(&visit).unwrap();
    visit.send(Msg::AtomsRead {
        collection: demo().key(),
        first,
        result: Err(ChainError::Unreachable("down".into())),
    });
    assert_eq!(asked(&visit), None);
    assert!(gallery(&visit).status.contains("does not answer"));
    visit.state_read(state(301));
    assert!(asked(&visit).is_some());
}

#[test]
fn an_answer_to_something_else_is_not_taken_in() {
    let mut visit = Visit::connected();
    visit.state_read(state(300));
    visit.send(Msg::FragmentChanged("#/gallery".into()));
    answer(&mut visit, id(7), 3);
    assert_eq!(gallery(&visit).total, 0);
}

#[test]
fn a_screenful_is_drawn_and_no_more() {
    let (mut visit, _) = full();
    let gallery = does(
        &mut visit,
        GalleryMsg::Scrolled {
            first: 120,
            count: 24,
        },
    );
    assert_eq!((gallery.first, gallery.cards.len()), (120, 24));
    assert_eq!(gallery.cards[0].atom.id, id(299 - 120));
    let end = does(
        &mut visit,
        GalleryMsg::Scrolled {
            first: 295,
            count: usize::MAX,
        },
    );
    assert_eq!(end.cards.len(), 4);
}

#[test]
fn an_element_alone_then_all_again() {
    let (mut visit, _) = full();
    let most = gallery(&visit)
        .elements
        .into_iter()
        .max_by_key(|cell| cell.count)
        .unwrap();
    let alone = does(&mut visit, GalleryMsg::ElementClicked(most.z));
    assert_eq!(alone.total, usize::try_from(most.count).unwrap());
    assert!(alone.cards.iter().all(|card| card.symbol == most.symbol));
    assert!(alone.status.contains(" of 299 Atoms."), "{}", alone.status);
    assert!(alone.elements[usize::from(most.z)].chosen);
    assert_eq!(
        does(&mut visit, GalleryMsg::ElementClicked(most.z)).total,
        299
    );
}

#[test]
fn generations_charges_and_owners_are_chosen_together() {
    let (mut visit, _) = full();
    let eighth = does(&mut visit, GalleryMsg::GenerationChosen(Some(8)));
    assert_eq!(eighth.total, 44, "256 to 299");
    let mine = does(&mut visit, GalleryMsg::MineToggled(true));
    assert_eq!(mine.total, 4, "260, 270, 280, 290");
    let everything = 4;
    let charges = [
        ChargeChoice::Neutral,
        ChargeChoice::Positive,
        ChargeChoice::Negative,
    ];
    let parts: usize = charges
        .iter()
        .map(|charge| does(&mut visit, GalleryMsg::ChargeChosen(*charge)).total)
        .sum();
    assert_eq!(parts, everything);
}

#[test]
fn the_rarest_come_first() {
    let (visit, _) = full();
    let gallery = gallery(&visit);
    let rarest = gallery.rarest.strip_prefix("Rarest: ").unwrap();
    let (name, _) = rarest.split_once(' ').unwrap();
    let least = gallery
        .elements
        .iter()
        .filter(|cell| cell.count > 0)
        .map(|cell| cell.count)
        .min();
    let named = gallery
        .elements
        .iter()
        .find(|cell| cell.name == name)
        .unwrap();
    assert_eq!(Some(named.count), least);
}

#[test]
fn no_two_elements_share_a_place() {
    let (visit, _) = full();
    let mut places: Vec<_> = gallery(&visit)
        .elements
        .iter()
        .map(|cell| cell.place)
        .collect();
    places.sort_unstable();
    places.dedup();
    assert_eq!(places.len(), 119);
}

#[test]
fn what_is_chosen_is_the_playlist() {
    let (mut visit, _) = full();
    let gallery = does(&mut visit, GalleryMsg::GenerationChosen(Some(8)));
    visit.send(Msg::Player(PlayerMsg::PlayClicked(gallery.cards[43].atom)));
    let bar = visit.page().player.unwrap();
    assert!(
        bar.has_previous && !bar.has_next,
        "256 is the last of the generation"
    );
    visit.send(Msg::Player(PlayerMsg::PreviousClicked));
    let plays = |effect: &Effect| matches!(effect, Effect::Player(PlayerEffect::Load(load)) if load.atom.id == id(257));
    assert!(visit.did(plays));
}

#[test]
fn another_collection_is_another_gallery() {
    let (mut visit, _) = full();
    visit.send(Msg::PracticeChosen);
    let gallery = gallery(&visit);
    assert_eq!(
        (gallery.headline.as_str(), gallery.total),
        ("Gallery of Practice", 0)
    );
}

#[test]
fn practice_has_one_too() {
    let practice = (1..=5_u8).map(|number| PracticeAtom {
        id: id(32 + u64::from(number)),
        hash: AtomHash(B256::repeat_byte(number)),
        found_at_ms: number.into(),
    });
    let mut visit = Visit::with(Stored {
        practice: practice.collect(),
        ..Stored::default()
    });
    visit.send(Msg::PracticeChosen);
    visit.send(Msg::FragmentChanged("#/gallery".into()));
    let gallery = gallery(&visit);
    assert_eq!(gallery.total, 5);
    let Atom { id: newest, .. } = gallery.cards[0].atom;
    assert_eq!(newest, id(37));
    assert!(
        gallery.cards[0]
            .link
            .as_ref()
            .unwrap()
            .starts_with("#/practice/37/")
    );
}

#[test]
fn the_lists_and_the_gallery_do_not_take_each_others_answers() {
    let mut visit = Visit::connected();
    visit.state_read(state(300));
    visit.send(Msg::FragmentChanged("#/atoms".into()));
    let (first, count) = asked(&visit).unwrap();
    visit.send(Msg::FragmentChanged("#/gallery".into()));
    let (for_gallery, _) = asked(&visit).unwrap();
    assert_ne!(first, for_gallery);
    answer(&mut visit, first, count);
    assert_eq!(gallery(&visit).total, 0);
    let newest = foreign_atom(299).id;
    visit.send(Msg::FragmentChanged("#/atoms".into()));
    assert_eq!(visit.page().atoms.newest[0].atom.id, newest);
}
