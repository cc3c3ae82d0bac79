//! The lists of Atoms and an Atom's own page.

use crate::visit::{ALICE, BOB, Visit, demo, foreign_atom, id, pow_nft, state};
use atomine_app::{Effect, Msg, Route};
use atomine_chain::{ChainError, OwnedAtom, OwnedPage, OwnedRest};

fn runs(visit: &Visit) -> Vec<(u64, u32)> {
    let runs = visit.effects.iter().filter_map(|effect| match effect {
        Effect::ReadAtoms { first, count, .. } => Some((first.get(), *count)),
        _ => None,
    });
    runs.collect()
}

fn atoms_read(visit: &mut Visit, ids: core::ops::RangeInclusive<u64>) {
    let asked = runs(visit)
        .first()
        .map_or(*ids.start(), |(first, _)| *first);
    visit.send(Msg::AtomsRead {
        collection: demo().key(),
        first: id(asked),
        result: Ok(ids.map(foreign_atom).collect()),
    });
}

fn on_atoms_page(next_id: u64) -> Visit {
    let mut visit = Visit::first();
    visit.connect(&[ALICE], 31_337);
    visit.state_read(state(next_id));
    visit.send(Msg::FragmentChanged("#/atoms".into()));
    visit
}

fn atom_page(number: u64) -> Visit {
    let mut visit = Visit::connected();
    let address = demo().address;
    visit.send(Msg::FragmentChanged(format!(
        "#/atom/31337/{address}/{number}"
    )));
    visit
}

fn atom_read(visit: &mut Visit, number: u64, result: Result<OwnedAtom, ChainError>) {
    visit.send(Msg::AtomRead {
        collection: demo().key(),
        id: id(number),
        result,
    });
}

#[test]
fn the_newest_atoms_are_read_when_their_page_is_shown_and_shown_newest_first() {
    let mut visit = on_atoms_page(100);
    assert_eq!(runs(&visit), [(76, 24)]);
    assert_eq!(visit.page().atoms.newest_note, "Reading…");
    atoms_read(&mut visit, 76..=99);
    let atoms = visit.page().atoms;
    assert_eq!(atoms.newest.len(), 24);
    assert!(atoms.newest[0].name.starts_with("#99 "));
    assert_eq!(atoms.newest_headline, "Newest in Demo");
    assert!(atoms.more_newest);
}

#[test]
fn older_ones_are_read_on_demand_down_to_genesis() {
    let mut visit = on_atoms_page(30);
    atoms_read(&mut visit, 6..=29);
    visit.send(Msg::MoreAtomsClicked);
    assert_eq!(runs(&visit), [(1, 5)]);
    visit.send(Msg::MoreAtomsClicked);
    assert!(runs(&visit).is_empty(), "one read at a time");
    atoms_read(&mut visit, 1..=5);
    assert_eq!(visit.page().atoms.newest.len(), 29);
    assert!(!visit.page().atoms.more_newest);
}

#[test]
fn numbers_without_an_atom_do_not_end_the_list() {
    let mut visit = on_atoms_page(60);
    visit.send(Msg::AtomsRead {
        collection: demo().key(),
        first: id(36),
        result: Ok(Vec::new()),
    });
    assert!(visit.page().atoms.more_newest, "a v3 collection has gaps");
    assert!(visit.page().atoms.newest_note.contains("older ones"));
    visit.send(Msg::MoreAtomsClicked);
    assert_eq!(runs(&visit), [(12, 24)]);
    atoms_read(&mut visit, 34..=35);
    visit.send(Msg::MoreAtomsClicked);
    assert_eq!(runs(&visit), [(1, 11)]);
}

#[test]
fn a_new_atom_refreshes_the_list() {
    let mut visit = on_atoms_page(10);
    atoms_read(&mut visit, 1..=9);
    visit.state_read(state(11));
    assert_eq!(runs(&visit), [(1, 10)]);
    visit.state_read(state(11));
    assert!(runs(&visit).is_empty());
}

#[test]
fn a_collection_without_atoms_says_so() {
    let visit = on_atoms_page(1);
    assert!(runs(&visit).is_empty());
    assert_eq!(
        visit.page().atoms.newest_note,
        "Nothing was mined here yet."
    );
}

#[test]
fn an_accounts_own_atoms_are_listed_and_follow_the_account() {
    let mut visit = on_atoms_page(10);
    assert!(
        visit.did(|effect| matches!(effect, Effect::ReadOwned { owner, .. } if *owner == ALICE))
    );
    let own = |owner| Msg::OwnedRead {
        collection: demo().key(),
        owner,
        rest: None,
        result: Ok(OwnedPage {
            atoms: vec![foreign_atom(2), foreign_atom(5)],
            owned: 2,
            rest: None,
        }),
    };
    visit.send(own(ALICE));
    assert!(visit.page().atoms.mine[0].name.starts_with("#5 "));
    visit.send(Msg::AccountsChanged(vec![BOB]));
    assert!(visit.page().atoms.mine.is_empty());
    assert!(visit.did(|effect| matches!(effect, Effect::ReadOwned { owner, .. } if *owner == BOB)));
    visit.send(own(ALICE));
    assert!(
        visit.page().atoms.mine.is_empty(),
        "an answer for the account before"
    );
    visit.send(Msg::AccountsChanged(Vec::new()));
    assert!(visit.page().atoms.mine_note.contains("Connect a wallet"));
}

/// Where and how much of the account's own the last message reads.
fn reads_mine(visit: &Visit) -> Option<(Option<OwnedRest>, u32)> {
    visit.effects.iter().find_map(|effect| match effect {
        Effect::ReadOwned { rest, count, .. } => Some((*rest, *count)),
        _ => None,
    })
}

fn mine_read(
    visit: &mut Visit,
    rest: Option<OwnedRest>,
    ids: core::ops::RangeInclusive<u64>,
    more: Option<OwnedRest>,
) {
    visit.send(Msg::OwnedRead {
        collection: demo().key(),
        owner: ALICE,
        rest,
        result: Ok(OwnedPage {
            atoms: ids.map(foreign_atom).collect(),
            owned: 100,
            rest: more,
        }),
    });
}

const REST: OwnedRest = OwnedRest {
    place: 102,
    missing: 52,
};

#[test]
fn an_account_that_owns_many_sees_more_of_them_on_demand() {
    let mut visit = on_atoms_page(200);
    assert_eq!(reads_mine(&visit), Some((None, 48)));
    mine_read(&mut visit, None, 103..=150, Some(REST));
    let atoms = visit.page().atoms;
    assert_eq!(atoms.mine_headline, "My Atoms (48 of 100)");
    assert!(atoms.more_mine);

    visit.send(Msg::MoreMineClicked);
    assert_eq!(reads_mine(&visit), Some((Some(REST), 48)));
    visit.send(Msg::MoreMineClicked);
    assert_eq!(reads_mine(&visit), None, "one read at a time");
    mine_read(&mut visit, Some(REST), 51..=102, None);
    let atoms = visit.page().atoms;
    assert_eq!(atoms.mine_headline, "My Atoms (100)");
    assert_eq!(atoms.mine.len(), 100);
    assert!(!atoms.more_mine);

    atoms_read(&mut visit, 176..=199);
    visit.state_read(state(201));
    assert_eq!(
        reads_mine(&visit),
        Some((None, 100)),
        "none goes out of sight"
    );
}

#[test]
fn a_page_of_a_list_that_is_gone_is_not_mixed_in() {
    let mut visit = on_atoms_page(200);
    mine_read(&mut visit, None, 103..=150, Some(REST));
    visit.send(Msg::MoreMineClicked);
    visit.send(Msg::AccountsChanged(vec![BOB]));
    visit.send(Msg::AccountsChanged(vec![ALICE]));
    mine_read(&mut visit, Some(REST), 51..=102, None);
    assert!(visit.page().atoms.mine.is_empty());
    mine_read(&mut visit, None, 103..=150, Some(REST));
    assert_eq!(visit.page().atoms.mine.len(), 48);
}

#[test]
fn more_that_cannot_be_read_is_said_beside_what_is_there() {
    let mut visit = on_atoms_page(200);
    mine_read(&mut visit, None, 103..=150, Some(REST));
    visit.send(Msg::MoreMineClicked);
    visit.send(Msg::OwnedRead {
        collection: demo().key(),
        owner: ALICE,
        rest: Some(REST),
        result: Err(ChainError::Unreachable("down".into())),
    });
    let atoms = visit.page().atoms;
    assert!(atoms.mine_note.contains("does not answer"));
    assert_eq!(atoms.mine.len(), 48);
    visit.send(Msg::MoreMineClicked);
    assert_eq!(reads_mine(&visit), Some((Some(REST), 48)));
}

#[test]
fn a_list_that_cannot_be_read_says_why_and_is_read_again() {
    let mut visit = on_atoms_page(10);
    visit.send(Msg::AtomsRead {
        collection: demo().key(),
        first: id(1),
        result: Err(ChainError::Unreachable("down".into())),
    });
    assert!(visit.page().atoms.newest_note.contains("does not answer"));
    assert!(runs(&visit).is_empty(), "no endless loop");
    visit.state_read(state(10));
    assert_eq!(runs(&visit), [(1, 9)]);
}

#[test]
fn an_atom_has_a_page_of_its_own() {
    let mut visit = atom_page(5);
    assert!(visit.did(|effect| matches!(effect, Effect::ReadAtom { .. })));
    assert_eq!(visit.page().atom.unwrap().status, "Reading Atom #5…");
    let owned = OwnedAtom {
        owner: ALICE,
        ..foreign_atom(5)
    };
    atom_read(&mut visit, 5, Ok(owned));
    let page = visit.page().atom.unwrap();
    assert!(page.status.is_empty());
    assert!(page.card.unwrap().name.starts_with("#5 "));
    let labels: Vec<&str> = page.facts.iter().map(|fact| fact.label.as_str()).collect();
    for label in [
        "Number",
        "Element",
        "Charge",
        "Generation",
        "Period",
        "Category",
        "Colours",
        "Hash",
        "Owner",
    ] {
        assert!(labels.contains(&label), "{label}");
    }
    assert!(page.facts.iter().any(|fact| fact.value.ends_with("(you)")));
    assert_eq!(page.previous, Some(id(4)));
    assert_eq!(page.next, Some(id(6)));
    assert!(
        page.links[0]
            .1
            .starts_with("http://localhost:4000/token/0x")
    );
    assert!(page.can_watch);
}

#[test]
fn the_first_atom_has_none_before_it_and_the_newest_none_after_it() {
    assert_eq!(atom_page(1).page().atom.unwrap().previous, None);
    assert_eq!(atom_page(16).page().atom.unwrap().next, None);
}

#[test]
fn an_atom_that_does_not_exist_says_so() {
    let mut visit = atom_page(99);
    atom_read(&mut visit, 99, Err(ChainError::NoSuchAtom));
    let status = visit.page().atom.unwrap().status;
    assert!(status.contains("There is no such Atom"));
    visit.send(Msg::RetryClicked);
    assert!(visit.did(|effect| matches!(effect, Effect::ReadAtom { .. })));
}

#[test]
fn an_atom_that_has_not_come_over_from_the_previous_contract_says_where_it_lives() {
    let mut visit = atom_page(5);
    atom_read(&mut visit, 5, Err(ChainError::NotMigrated));
    let status = visit.page().atom.unwrap().status;
    assert!(
        status.contains("lives in the collection's previous contract"),
        "{status}"
    );
}

#[test]
fn another_atom_than_the_one_asked_for_is_not_shown() {
    let mut visit = atom_page(5);
    atom_read(&mut visit, 5, Ok(foreign_atom(6)));
    assert!(visit.page().atom.unwrap().status.contains("cannot be true"));
}

#[test]
fn an_atom_of_an_unknown_collection_says_how_to_reach_it() {
    let mut visit = Visit::first();
    visit.send(Msg::FragmentChanged(format!("#/atom/5/{BOB}/1")));
    let status = visit.page().atom.unwrap().status;
    assert!(status.contains(&format!("?collection=5:{BOB}")));
}

#[test]
fn a_marketplace_is_linked_where_there_is_one() {
    let mut visit = Visit::first();
    let address = pow_nft().address;
    visit.send(Msg::FragmentChanged(format!("#/atom/1/{address}/1")));
    let links = visit.page().atom.unwrap().links;
    assert_eq!(links[0].1, "https://example.com/pow-nft");
}

#[test]
fn an_unknown_page_is_said_to_be_unknown() {
    let mut visit = Visit::first();
    visit.send(Msg::FragmentChanged("#/nowhere".into()));
    assert_eq!(visit.page().route, Route::NotFound);
    assert_eq!(visit.page().atom, None);
}

#[test]
fn an_atom_that_could_not_be_read_is_read_again_when_the_chain_answers() {
    let mut visit = atom_page(5);
    atom_read(
        &mut visit,
        5,
        Err(ChainError::Unreachable("timeout".into())),
    );
    assert!(visit.page().atom.unwrap().status.contains("by itself"));
    visit.state_read(state(17));
    assert!(visit.did(|effect| matches!(effect, Effect::ReadAtom { .. })));
}
