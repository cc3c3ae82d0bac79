//! Practice: no chain, no wallet.

use crate::visit::{Visit, demo, started, state, stops};
use atomine_app::view::MineButton;
use atomine_app::{Effect, Failure, Msg, PracticeAtom, Route, Settings, Stored, Timer, WorkerId};
use atomine_mine::message::{FromWorker, Job};
use atomine_mine::native::search;
use atomine_protocol::{AtomHash, Nonce, PrevHash, Rules, TokenId, atom_hash, work_hash};
use core::num::NonZeroUsize;

fn id(number: u64) -> TokenId {
    TokenId::new(number).unwrap()
}

/// Generation 5 needs 72,900 hashes: the reference does that in a moment.
fn mining() -> (Visit, Job) {
    let mut visit = Visit::practising();
    visit.send(Msg::StartClicked);
    for worker in visit.spawned() {
        visit.ready(worker);
    }
    let job = started(&visit.effects).expect("a job");
    (visit, job)
}

/// The real search: the reference would take its time.
fn solve(job: &Job) -> Nonce {
    let found = search(job, NonZeroUsize::MIN, None, |_| ());
    found.unwrap().expect("there is no deadline")
}

fn found(visit: &mut Visit, job: &Job, nonce: Nonce) -> PracticeAtom {
    visit.says(
        WorkerId(1),
        FromWorker::Found {
            job: job.number,
            nonce: nonce.0.0,
        },
    );
    let saved = visit.effects.iter().find_map(|effect| match effect {
        Effect::SavePracticeAtom(atom) => Some(atom.clone()),
        _ => None,
    });
    saved.expect("an Atom is kept")
}

#[test]
fn it_needs_neither_chain_nor_wallet() {
    let (visit, job) = mining();
    assert_eq!(job.target, Rules::POWNFT.target(id(32)).0.0);
    assert_eq!(job.prev_hash, [0; 32]);
    let touched = |effect: &Effect| matches!(effect, Effect::ReadState(_) | Effect::Connect { .. });
    assert!(!visit.did(touched));
    assert_eq!(visit.page().wallet.hint, "Practice needs no wallet.");
    assert_eq!(visit.page().mine.status, "Mining Practice Atom #32.");
}

#[test]
fn it_is_chosen_again_after_a_reload_that_follows_at_once() {
    let mut visit = Visit::first();
    visit.send(Msg::PracticeChosen);
    assert!(
        visit.did(|effect| matches!(effect, Effect::SaveSettings(settings) if settings.practice))
    );
}

#[test]
fn an_atom_found_is_kept_shown_and_looked_at_before_the_next_is_mined() {
    let (mut visit, job) = mining();
    let nonce = solve(&job);
    let hash = work_hash(job.sender.into(), PrevHash::from(job.prev_hash), nonce);
    let atom = found(&mut visit, &job, nonce);
    assert_eq!(atom.id, id(32));
    assert_eq!(atom.hash, atom_hash(hash));
    assert!(visit.announces("You found #32 "));
    assert!(stops(&visit.effects));
    assert!(visit.page().mine.status.contains("Found one!"));
    let card = visit.page().mine.newest.unwrap();
    assert!(card.name.starts_with("#32 "));
    assert_eq!(
        Route::parse(card.link.as_ref().unwrap()),
        Route::PracticeAtom {
            id: id(32),
            hash: atom.hash
        }
    );
    visit.after(1_000).fire(Timer::Tick);
    assert!(started(&visit.effects).is_none());
    visit.after(2_000).fire(Timer::Tick);
    let next = started(&visit.effects).unwrap();
    assert_eq!(next.prev_hash, atom.hash.0.0, "it builds on the last one");
    assert_eq!(visit.page().mine.facts[0].value, "#33");
}

#[test]
fn difficulty_is_chosen_by_generation_within_its_range() {
    let (mut visit, _) = mining();
    visit.send(Msg::PracticeGenerationChosen(10));
    let job = started(&visit.effects).unwrap();
    assert_eq!(job.target, Rules::POWNFT.target(id(1_024)).0.0);
    let choices = visit.page().mine.practice.unwrap();
    let labels: Vec<&str> = choices.iter().map(|choice| choice.label.as_str()).collect();
    assert_eq!(labels.len(), 9);
    assert_eq!(labels[0], "Generation 5 · 72,900 hashes");
    assert_eq!(labels[5], "Generation 10 · 17.7 million hashes");
    assert!(choices[5].selected);
    visit.send(Msg::PracticeGenerationChosen(60));
    assert_eq!(visit.page().mine.facts[1].value, "13");
}

#[test]
fn atoms_of_earlier_visits_are_there_and_counted_on() {
    let atoms: Vec<PracticeAtom> = (32..96)
        .map(|number| PracticeAtom {
            id: id(if number < 64 { number } else { number - 32 }),
            hash: AtomHash([u8::try_from(number).unwrap(); 32].into()),
            found_at_ms: number,
        })
        .collect();
    let mut visit = Visit::with(Stored {
        settings: Some(Settings {
            practice: true,
            practice_generation: 5,
            ..Settings::default()
        }),
        practice: atoms,
        ..Stored::default()
    });
    assert_eq!(
        visit.page().mine.facts[0].value,
        "#32",
        "a full generation begins again"
    );
    assert!(
        visit.page().atoms.mine.is_empty(),
        "pictures only where they are shown"
    );
    visit.send(Msg::FragmentChanged("#/atoms".into()));
    let atoms = visit.page().atoms;
    assert_eq!(atoms.mine_headline, "My Practice Atoms (64)");
    assert_eq!(atoms.mine.len(), 48);
    assert!(atoms.mine[0].name.starts_with("#63 "), "newest first");
    assert!(atoms.more_mine);
    visit.send(Msg::MoreMineClicked);
    let atoms = visit.page().atoms;
    assert_eq!(atoms.mine.len(), 64);
    assert!(atoms.mine[63].name.starts_with("#32 "));
    assert!(!atoms.more_mine);
}

#[test]
fn a_shared_link_shows_the_atom_of_its_hash() {
    let mut visit = Visit::first();
    let hash = format!("0x{}", "5a".repeat(32));
    visit.send(Msg::FragmentChanged(format!("#/practice/1500/{hash}")));
    let page = visit.page().atom.unwrap();
    assert!(page.status.is_empty());
    assert!(page.card.unwrap().name.starts_with("#1500 "));
    assert!(
        page.facts
            .iter()
            .any(|fact| fact.label == "Hash" && fact.value == hash)
    );
    assert!(
        page.facts
            .iter()
            .any(|fact| fact.value.contains("found in Practice"))
    );
    assert!(!page.can_watch);
}

#[test]
fn it_works_without_a_list_of_collections() {
    let unreadable = Err(Failure("404".into()));
    let mut visit = Visit::starting("", unreadable, Ok(Stored::default()));
    assert!(visit.notice().contains("Practice works without it"));
    let stores = |effect: &Effect| matches!(effect, Effect::SaveSettings(_));
    assert!(!visit.did(stores), "nobody chose Practice");
    assert_eq!(visit.page().mine.button, MineButton::Start);
    visit.mine();
    assert!(started(&visit.effects).is_some());
}

#[test]
fn a_change_to_practice_and_back_changes_the_work() {
    let mut visit = Visit::mining();
    visit.send(Msg::PracticeChosen);
    assert_eq!(started(&visit.effects).unwrap().sender, [0; 20]);
    assert!(visit.did(|effect| *effect == Effect::Cancel(Timer::Poll)));
    visit.send(Msg::CollectionChosen(demo().key()));
    assert!(visit.reads_state());
    visit.state_read(state(17));
    assert_ne!(started(&visit.effects).unwrap().sender, [0; 20]);
}
