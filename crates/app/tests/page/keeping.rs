//! What this browser keeps: storage that cannot be read or written, and choices that must not be lost.

use crate::visit::{ALICE, CATALOGUE, Visit, demo, state};
use atomine_app::{Effect, Failure, FindRecord, Msg, PracticeAtom, Settings, Stored, Timer};
use atomine_protocol::{AtomHash, TokenId};

fn failed<T>() -> Result<T, Failure> {
    Err(Failure("no answer within 5 s".into()))
}

/// A visit whose storage could not be read.
fn unread() -> Visit {
    Visit::starting("", Ok(CATALOGUE.into()), failed())
}

fn saved_settings(visit: &Visit) -> Option<Settings> {
    visit.effects.iter().find_map(|effect| match effect {
        Effect::SaveSettings(settings) => Some(settings.clone()),
        _ => None,
    })
}

fn practice_atom(hash: u8, found_at_ms: u64) -> PracticeAtom {
    PracticeAtom {
        id: TokenId::new(33).unwrap(),
        hash: AtomHash([hash; 32].into()),
        found_at_ms,
    }
}

fn practice_saved(visit: &mut Visit, atom: &PracticeAtom, result: Result<(), Failure>) {
    visit.send(Msg::PracticeAtomSaved {
        atom: atom.clone(),
        result,
    });
}

fn saves(visit: &Visit, atom: &PracticeAtom) -> bool {
    visit.did(|effect| matches!(effect, Effect::SavePracticeAtom(saved) if saved == atom))
}

#[test]
fn settings_that_could_not_be_read_are_not_written_over() {
    let mut visit = unread();
    assert!(visit.notice().contains("cannot be read"));
    assert_eq!(visit.timer_ms(Timer::ReadStored), Some(5_000));
    visit.send(Msg::SoundToggled(false));
    assert_eq!(saved_settings(&visit), None);
    visit.send(Msg::PowerChosen(40));
    visit.fire(Timer::SaveSettings);
    assert_eq!(saved_settings(&visit), None);
    visit.send(Msg::VisibilityChanged { hidden: true });
    assert_eq!(saved_settings(&visit), None);

    visit.fire(Timer::ReadStored);
    assert!(visit.did(|effect| *effect == Effect::ReadStored));
    visit.send(Msg::StoredRead(failed()));
    assert_eq!(visit.timer_ms(Timer::ReadStored), Some(10_000));
    assert_eq!(saved_settings(&visit), None);
}

#[test]
fn what_was_chosen_meanwhile_joins_the_settings_once_they_are_read() {
    let mut visit = unread();
    visit.send(Msg::SoundToggled(false));
    let settings = Settings {
        cores: Some(2),
        total_hashes: 5_000,
        ..Settings::default()
    };
    visit.send(Msg::StoredRead(Ok(Stored {
        settings: Some(settings.clone()),
        ..Stored::default()
    })));
    let joined = Settings {
        sound: false,
        ..settings
    };
    assert_eq!(saved_settings(&visit), Some(joined));
    assert_eq!(visit.page().mine.cores, 2);
    assert!(visit.page().notices.is_empty());
}

#[test]
fn a_collection_chosen_meanwhile_is_not_undone_by_an_earlier_choice_of_practice() {
    let mut visit = unread();
    visit.send(Msg::PracticeChosen);
    visit.send(Msg::CollectionChosen(demo().key()));
    visit.send(Msg::StoredRead(Ok(Stored {
        settings: Some(Settings {
            practice: true,
            ..Settings::default()
        }),
        ..Stored::default()
    })));
    let saved = saved_settings(&visit).unwrap();
    assert!(!saved.practice);
    assert_eq!(saved.selected, Some(demo().key()));
}

#[test]
fn settings_read_late_are_not_written_when_nothing_was_chosen() {
    let mut visit = unread();
    visit.send(Msg::StoredRead(Ok(Stored::default())));
    assert_eq!(saved_settings(&visit), None);
}

#[test]
fn finds_and_practice_atoms_come_back_when_storage_does() {
    let mut visit = unread();
    visit.connect(&[ALICE], 31_337);
    visit.state_read(state(17));
    let record: FindRecord = {
        let mut other = Visit::mining();
        other.find_nonce();
        other.saved().unwrap()
    };
    visit.send(Msg::StoredRead(Ok(Stored {
        finds: vec![record.clone()],
        practice: vec![practice_atom(1, 1)],
        damaged: 1,
        ..Stored::default()
    })));
    assert_eq!(visit.find().id, record.nonce);
    assert!(visit.notice().contains("1 stored records are damaged"));
    visit.send(Msg::PracticeChosen);
    assert!(visit.page().mine.newest.is_some());
}

#[test]
fn an_atom_of_practice_that_cannot_be_stored_is_said_and_tried_again() {
    let mut visit = Visit::practising();
    let (one, two) = (practice_atom(1, 1), practice_atom(2, 2));
    practice_saved(&mut visit, &one, failed());
    assert!(visit.notice().contains("could not store an Atom"));
    assert!(visit.notice().contains("Keep this tab open"));
    assert_eq!(visit.timer_ms(Timer::KeepAgain), Some(15_000));
    practice_saved(&mut visit, &two, failed());
    assert!(visit.notice().contains("could not store 2 Atoms"));
    assert_eq!(visit.timer_ms(Timer::KeepAgain), None, "it runs already");

    visit.fire(Timer::KeepAgain);
    assert!(saves(&visit, &one) && saves(&visit, &two));
    assert!(visit.timer_ms(Timer::KeepAgain).is_some());
    practice_saved(&mut visit, &one, Ok(()));
    practice_saved(&mut visit, &two, Ok(()));
    assert!(visit.page().notices.is_empty());
    visit.fire(Timer::KeepAgain);
    assert!(!saves(&visit, &one) && !saves(&visit, &two));
}

#[test]
fn choices_that_cannot_be_stored_are_said_once_and_tried_again() {
    let mut visit = Visit::connected();
    visit.send(Msg::SettingsSaved(failed()));
    assert!(visit.notice().contains("could not store your choices"));
    let notice = visit.page().notices[0].id;
    visit.send(Msg::NoticeClosed(notice));
    visit.fire(Timer::KeepAgain);
    assert!(saved_settings(&visit).is_some());
    visit.send(Msg::SettingsSaved(failed()));
    assert!(visit.page().notices.is_empty(), "the visitor knows");
    visit.send(Msg::SettingsSaved(Ok(())));
    visit.fire(Timer::KeepAgain);
    assert_eq!(saved_settings(&visit), None);
}

#[test]
fn a_find_that_could_not_be_stored_is_stored_again_until_it_is() {
    let mut visit = Visit::mining();
    let find = visit.find_nonce();
    let result = failed();
    visit.send(Msg::FindSaved { find, result });
    assert!(visit.notice().contains("tried again"));
    visit.fire(Timer::KeepAgain);
    assert_eq!(visit.saved().map(|record| record.nonce), Some(find));
    visit.send(Msg::FindSaved {
        find,
        result: Ok(()),
    });
    assert!(visit.page().notices.is_empty());
    visit.fire(Timer::KeepAgain);
    assert_eq!(visit.saved(), None);
}
