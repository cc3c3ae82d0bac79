//! The music on paper: why an Atom sounds so, its files, its sound's hash, and the link that shares it.

use crate::visit::{Visit, id};
use alloy_primitives::{B256, b256};
use atomine_app::sheet::{Sheet, SheetMsg, Writing, Written};
use atomine_app::view::Music;
use atomine_app::{Effect, Failure, Msg, Route};
use atomine_protocol::{Atom, AtomHash};

/// Of generation 12 an Iron ion, 3+.
const IRON: B256 = b256!("8b0000000003010100000000000000000000000000000000000000000000002b");
fn practice(number: u64, hash: B256) -> (Visit, Atom) {
    let hash = AtomHash(hash);
    let id = id(number);
    let mut visit = Visit::first();
    visit.send(Msg::FragmentChanged(
        Route::PracticeAtom { id, hash }.to_string(),
    ));
    (visit, Atom { id, hash })
}

fn asked(visit: &Visit) -> Option<Writing> {
    visit.effects.iter().find_map(|effect| match effect {
        Effect::Write(writing) => Some(writing.clone()),
        _ => None,
    })
}

fn answer(visit: &mut Visit, number: u32, written: Written) {
    let result = Ok(written);
    visit.send(Msg::Sheet(SheetMsg::Written { number, result }));
}

fn music(visit: &Visit) -> Music {
    visit.page().music.expect("the Atom is known")
}

fn want(visit: &mut Visit, sheet: Sheet) -> Option<Writing> {
    visit.send(Msg::Sheet(SheetMsg::Wanted(sheet)));
    asked(visit)
}

#[test]
fn the_page_says_why_its_atom_sounds_so() {
    let (mut visit, atom) = practice(4_096, IRON);
    let asked = asked(&visit).expect("the words are asked for");
    assert_eq!((asked.atom, asked.sheet), (atom, Sheet::Words));
    answer(
        &mut visit,
        asked.number,
        Written::Words("One.\nTwo.".into()),
    );
    assert_eq!(music(&visit).why, ["One.", "Two."]);
}

#[test]
fn nothing_is_asked_where_there_is_no_atom() {
    let mut visit = Visit::first();
    visit.send(Msg::FragmentChanged("#/atoms".into()));
    assert_eq!(asked(&visit), None);
    assert_eq!(visit.page().music, None);
    assert_eq!(want(&mut visit, Sheet::Wav), None);
}

#[test]
fn files_are_named_and_asked_for_once() {
    let (mut visit, _) = practice(2, B256::repeat_byte(1));
    let wav = want(&mut visit, Sheet::Wav).unwrap();
    assert_eq!(wav.file, "atomine-2-hydrogen.wav");
    assert_eq!(music(&visit).note, "Rendering the whole piece…");
    assert_eq!(want(&mut visit, Sheet::Wav), None, "it is being written");
    answer(&mut visit, wav.number, Written::Saved);
    assert_eq!(music(&visit).note, "Saved as atomine-2-hydrogen.wav.");
    let again = want(&mut visit, Sheet::Wav).unwrap();
    assert_ne!(again.number, wav.number);
    assert_eq!(
        want(&mut visit, Sheet::Midi).unwrap().file,
        "atomine-2-hydrogen.mid"
    );
}

#[test]
fn the_sounds_hash_is_shown() {
    let (mut visit, _) = practice(2, B256::repeat_byte(1));
    let asked = want(&mut visit, Sheet::Sound).unwrap();
    answer(&mut visit, asked.number, Written::Sound(IRON));
    assert_eq!(music(&visit).sound, IRON.to_string());
}

#[test]
fn what_is_said_of_an_atom_left_is_dropped() {
    let (mut visit, _) = practice(2, B256::repeat_byte(1));
    let words = asked(&visit).unwrap();
    let sound = want(&mut visit, Sheet::Sound).unwrap();
    let (id, hash) = (id(3), AtomHash(B256::repeat_byte(2)));
    visit.send(Msg::FragmentChanged(
        Route::PracticeAtom { id, hash }.to_string(),
    ));
    let fresh = asked(&visit).expect("the new Atom's words");
    assert_eq!(fresh.atom, Atom { id, hash });
    answer(&mut visit, words.number, Written::Words("Old.".into()));
    answer(&mut visit, sound.number, Written::Sound(IRON));
    let music = music(&visit);
    assert_eq!(
        (music.why.len(), music.sound, music.note),
        (0, String::new(), String::new())
    );
}

#[test]
fn a_failure_is_said_and_can_be_tried_again() {
    let (mut visit, _) = practice(2, B256::repeat_byte(1));
    let number = want(&mut visit, Sheet::Midi).unwrap().number;
    let result = Err(Failure("no\u{202e}pe".into()));
    visit.send(Msg::Sheet(SheetMsg::Written { number, result }));
    assert!(music(&visit).note.starts_with("That did not work (no"));
    assert!(want(&mut visit, Sheet::Midi).is_some());
}

#[test]
fn the_link_is_the_pages_own() {
    let (mut visit, Atom { id, hash }) = practice(2, B256::repeat_byte(1));
    visit.send(Msg::Sheet(SheetMsg::ShareClicked));
    let route = Route::PracticeAtom { id, hash };
    assert!(visit.did(|effect| *effect == Effect::CopyLink(route)));
    visit.send(Msg::Sheet(SheetMsg::LinkCopied(Ok(()))));
    assert_eq!(music(&visit).note, "The link is in your clipboard.");
}
