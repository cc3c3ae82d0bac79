//! The player: one Atom at a time, from a playlist, whatever comes late.

use crate::visit::{Visit, demo, id};
use alloy_primitives::B256;
use atomine_app::player::{COLUMNS, FRAMES_PER_S, Load, PieceId, PlayerEffect, PlayerMsg, Telling};
use atomine_app::view::{PlayerBar, PlayerState};
use atomine_app::{Effect, Failure, Msg, Portrait, PracticeAtom, Route, Settings, Stored, Timer};
use atomine_protocol::{Atom, AtomHash};

const LENGTH: u32 = 60 * FRAMES_PER_S;

fn atom(number: u8) -> Atom {
    Atom {
        id: id(32 + u64::from(number)),
        hash: AtomHash(B256::repeat_byte(number)),
    }
}

/// A visitor who found three Atoms in Practice: 1, then 2, then 3.
fn collector() -> Visit {
    let practice = (1..=3).map(|number| {
        let Atom { id, hash } = atom(number);
        PracticeAtom {
            id,
            hash,
            found_at_ms: number.into(),
        }
    });
    Visit::with(Stored {
        practice: practice.collect(),
        ..Stored::default()
    })
}

fn tell(visit: &mut Visit, msg: PlayerMsg) {
    visit.send(Msg::Player(msg));
}

fn loaded(visit: &Visit) -> Option<Load> {
    visit.effects.iter().find_map(|effect| match effect {
        Effect::Player(PlayerEffect::Load(load)) => Some(*load),
        _ => None,
    })
}

fn did(visit: &Visit, wanted: &PlayerEffect) -> bool {
    visit.did(|effect| matches!(effect, Effect::Player(done) if done == wanted))
}

fn bar(visit: &Visit) -> PlayerBar {
    visit.page().player.expect("the player is there")
}

/// Clicks play on this Atom; the rendering that was asked for.
fn play(visit: &mut Visit, number: u8) -> PieceId {
    tell(visit, PlayerMsg::PlayClicked(atom(number)));
    loaded(visit).expect("a piece is asked for").piece
}

fn heard(visit: &mut Visit, piece: PieceId, frame: u32) {
    tell(
        visit,
        PlayerMsg::Heard {
            piece,
            frame,
            waiting: false,
        },
    );
}

/// An Atom that is heard.
fn playing(number: u8) -> (Visit, PieceId) {
    let mut visit = collector();
    let piece = play(&mut visit, number);
    let frames = LENGTH;
    tell(&mut visit, PlayerMsg::Composed { piece, frames });
    heard(&mut visit, piece, 0);
    (visit, piece)
}

#[test]
fn nothing_is_in_the_player_until_play_is_pressed() {
    assert_eq!(collector().page().player, None);
}

#[test]
fn a_click_asks_for_the_piece_within_the_click() {
    let mut visit = collector();
    tell(&mut visit, PlayerMsg::PlayClicked(atom(2)));
    let load = loaded(&visit).unwrap();
    assert_eq!(load.atom, atom(2));
    assert_eq!((load.from, load.layers, load.playing), (0, 255, true));
    assert_eq!(visit.page().playing, Some(atom(2)));
    assert_eq!(bar(&visit).status, "Composing…");
    let telling = Telling {
        title: atom(2).title().to_string(),
        playing: true,
    };
    assert!(did(&visit, &PlayerEffect::Tell(Some(telling))));
}

#[test]
fn what_is_pointed_at_is_prepared_once_while_nothing_plays() {
    let mut visit = collector();
    let prepared = |visit: &Visit, number| did(visit, &PlayerEffect::Prepare(atom(number)));
    tell(&mut visit, PlayerMsg::Pointed(atom(2)));
    assert!(prepared(&visit, 2));
    tell(&mut visit, PlayerMsg::Pointed(atom(2)));
    assert!(!prepared(&visit, 2), "it is there");
    // What is said of it is nothing that anybody waits for.
    let piece = PieceId::default();
    tell(&mut visit, PlayerMsg::Composed { piece, frames: 5 });
    assert_eq!(visit.page().player, None);
    play(&mut visit, 2);
    tell(&mut visit, PlayerMsg::Pointed(atom(1)));
    assert!(!prepared(&visit, 1), "the synth has enough to do");
    tell(&mut visit, PlayerMsg::Closed);
    tell(&mut visit, PlayerMsg::Pointed(atom(2)));
    assert!(prepared(&visit, 2));
}

#[test]
fn it_says_when_it_plays_and_where() {
    let (mut visit, piece) = playing(2);
    heard(&mut visit, piece, 65 * FRAMES_PER_S / 5);
    let bar = bar(&visit);
    assert_eq!((bar.time.as_str(), bar.length.as_str()), ("0:13", "1:00"));
    assert_eq!((bar.state, bar.status.as_str()), (PlayerState::Playing, ""));
}

#[test]
fn the_waveform_is_drawn_as_it_is_rendered() {
    let (mut visit, piece) = playing(2);
    let levels = vec![0, 200];
    tell(
        &mut visit,
        PlayerMsg::Drawn {
            piece,
            first: COLUMNS - 1,
            levels,
        },
    );
    // The column past the end is nobody's; what is silent is drawn all the same.
    assert_eq!(bar(&visit).levels.len(), COLUMNS);
    assert_eq!(bar(&visit).levels[COLUMNS - 2..], [0, 1]);
}

#[test]
fn the_same_button_pauses_and_goes_on() {
    let (mut visit, piece) = playing(2);
    tell(&mut visit, PlayerMsg::PlayClicked(atom(2)));
    assert!(did(&visit, &PlayerEffect::Play(false)));
    assert_eq!(visit.page().playing, None);
    heard(&mut visit, piece, 500);
    assert_eq!(
        bar(&visit).state,
        PlayerState::Paused,
        "a late report wakes nothing"
    );
    tell(&mut visit, PlayerMsg::PlayClicked(atom(2)));
    assert!(did(&visit, &PlayerEffect::Play(true)));
    assert_eq!(loaded(&visit), None, "it is not rendered again");
    assert_eq!(visit.page().playing, Some(atom(2)));
}

#[test]
fn the_systems_keys_know_what_they_want() {
    let (mut visit, _) = playing(2);
    tell(&mut visit, PlayerMsg::PlayingWanted(true));
    assert_eq!(visit.effects, [], "it plays already");
    tell(&mut visit, PlayerMsg::PlayingWanted(false));
    assert!(did(&visit, &PlayerEffect::Play(false)));
}

#[test]
fn another_atom_takes_the_place_of_the_first_and_its_answers_are_dropped() {
    let (mut visit, old) = playing(2);
    let new = play(&mut visit, 1);
    assert_ne!(old, new);
    tell(
        &mut visit,
        PlayerMsg::Composed {
            piece: old,
            frames: 7,
        },
    );
    heard(&mut visit, old, 7);
    tell(&mut visit, PlayerMsg::Ended(old));
    let failure = Failure("old".into());
    tell(
        &mut visit,
        PlayerMsg::Failed {
            piece: old,
            failure,
        },
    );
    let bar = bar(&visit);
    assert_eq!((bar.frame, bar.frames), (0, 0));
    assert_eq!(bar.status, "Composing…");
    assert_eq!(visit.page().playing, Some(atom(1)));
}

#[test]
fn the_list_plays_on_and_ends() {
    // Newest first: 3, 2, 1.
    let (mut visit, piece) = playing(2);
    assert!(bar(&visit).has_next && bar(&visit).has_previous);
    tell(&mut visit, PlayerMsg::Ended(piece));
    let next = loaded(&visit).unwrap();
    assert_eq!(next.atom, atom(1));
    assert!(!bar(&visit).has_next);
    let (piece, frames) = (next.piece, LENGTH);
    tell(&mut visit, PlayerMsg::Composed { piece, frames });
    tell(&mut visit, PlayerMsg::Ended(piece));
    assert_eq!(loaded(&visit), None);
    assert_eq!(bar(&visit).state, PlayerState::Paused);
}

#[test]
fn previous_goes_to_the_beginning_first() {
    let (mut visit, piece) = playing(2);
    heard(&mut visit, piece, 10 * FRAMES_PER_S);
    tell(&mut visit, PlayerMsg::PreviousClicked);
    assert!(did(&visit, &PlayerEffect::Seek(0)));
    tell(&mut visit, PlayerMsg::PreviousClicked);
    assert_eq!(loaded(&visit).unwrap().atom, atom(3));
    tell(&mut visit, PlayerMsg::PreviousClicked);
    assert_eq!(loaded(&visit), None, "there is none before the first");
}

#[test]
fn a_seek_stays_within_the_piece() {
    let (mut visit, _) = playing(2);
    tell(&mut visit, PlayerMsg::Sought(u32::MAX));
    assert!(did(&visit, &PlayerEffect::Seek(LENGTH - 1)));
    tell(&mut visit, PlayerMsg::SoughtBy(-10));
    assert!(did(
        &visit,
        &PlayerEffect::Seek(LENGTH - 1 - 10 * FRAMES_PER_S)
    ));
    tell(&mut visit, PlayerMsg::SoughtBy(-1_000));
    assert!(did(&visit, &PlayerEffect::Seek(0)));
}

#[test]
fn nothing_is_sought_before_the_length_is_known() {
    let mut visit = collector();
    play(&mut visit, 2);
    tell(&mut visit, PlayerMsg::Sought(5));
    assert_eq!(visit.effects, []);
}

#[test]
fn an_instrument_is_muted_from_the_playing_position_on() {
    let (mut visit, piece) = playing(2);
    heard(&mut visit, piece, 20 * FRAMES_PER_S);
    tell(&mut visit, PlayerMsg::LayerToggled(5));
    let load = loaded(&visit).unwrap();
    assert_eq!((load.layers, load.seamless), (0b1101_1111, true));
    assert_eq!(load.from, 20 * FRAMES_PER_S + FRAMES_PER_S / 2);
    assert!(!bar(&visit).layers[5].1);
    assert_eq!(bar(&visit).state, PlayerState::Playing);
    tell(&mut visit, PlayerMsg::LayerToggled(5));
    assert_eq!(loaded(&visit).unwrap().layers, 255);
    tell(&mut visit, PlayerMsg::LayerToggled(8));
    assert_eq!(visit.effects, [], "there are eight");
}

#[test]
fn near_the_end_the_change_comes_after_the_beginning() {
    let (mut visit, piece) = playing(2);
    heard(&mut visit, piece, LENGTH - 100);
    tell(&mut visit, PlayerMsg::LayerToggled(0));
    assert_eq!(loaded(&visit).unwrap().from, FRAMES_PER_S / 2 - 100);
}

#[test]
fn volume_is_felt_as_its_square_and_mute_remembers_it() {
    let (mut visit, _) = playing(2);
    tell(&mut visit, PlayerMsg::VolumeChosen(50));
    assert!(did(&visit, &PlayerEffect::Gain(0.25)));
    tell(&mut visit, PlayerMsg::MuteToggled);
    assert!(did(&visit, &PlayerEffect::Gain(0.0)));
    tell(&mut visit, PlayerMsg::MuteToggled);
    assert!(did(&visit, &PlayerEffect::Gain(0.25)));
}

#[test]
fn a_piece_that_repeats_does_so_in_the_next_too() {
    let (mut visit, _) = playing(2);
    tell(&mut visit, PlayerMsg::LoopToggled);
    assert!(did(&visit, &PlayerEffect::Loop(true)));
    tell(&mut visit, PlayerMsg::NextClicked);
    assert!(loaded(&visit).unwrap().looped);
}

#[test]
fn volume_and_repeating_are_kept_for_the_next_visit() {
    let (mut visit, _) = playing(2);
    tell(&mut visit, PlayerMsg::VolumeChosen(50));
    tell(&mut visit, PlayerMsg::LoopToggled);
    visit.fire(Timer::SaveSettings);
    let kept = visit.effects.iter().find_map(|effect| match effect {
        Effect::SaveSettings(settings) => Some(settings.clone()),
        _ => None,
    });
    let kept = kept.expect("what was chosen is kept");
    assert_eq!((kept.volume, kept.repeat), (50, true));

    let mut later = Visit::with(Stored {
        settings: Some(Settings {
            volume: 250,
            ..kept.clone()
        }),
        ..Stored::default()
    });
    tell(&mut later, PlayerMsg::PlayClicked(atom(1)));
    assert!(
        (loaded(&later).unwrap().gain - 1.0).abs() < 1e-6,
        "no louder than full"
    );
    let mut later = Visit::with(Stored {
        settings: Some(kept),
        ..Stored::default()
    });
    tell(&mut later, PlayerMsg::PlayClicked(atom(1)));
    let load = loaded(&later).unwrap();
    assert!((load.gain - 0.25).abs() < 1e-6);
    assert!(load.looped);
}

#[test]
fn what_cannot_be_played_says_why_and_can_be_tried_again() {
    let (mut visit, piece) = playing(2);
    let failure = Failure("this browser offers no audio worklets".into());
    tell(&mut visit, PlayerMsg::Failed { piece, failure });
    assert!(
        bar(&visit)
            .status
            .starts_with("This Atom's music could not be played.")
    );
    assert_eq!(visit.page().playing, None);
    tell(&mut visit, PlayerMsg::Toggled);
    assert_eq!(loaded(&visit).unwrap().atom, atom(2));
}

#[test]
fn it_waits_for_what_is_not_rendered_yet() {
    let (mut visit, piece) = playing(2);
    tell(
        &mut visit,
        PlayerMsg::Heard {
            piece,
            frame: 9,
            waiting: true,
        },
    );
    assert_eq!(bar(&visit).status, "Rendering…");
    heard(&mut visit, piece, 9);
    assert_eq!(bar(&visit).status, "");
}

#[test]
fn closing_gives_everything_back() {
    let (mut visit, piece) = playing(2);
    tell(&mut visit, PlayerMsg::Closed);
    assert!(did(&visit, &PlayerEffect::Unload));
    assert!(did(&visit, &PlayerEffect::Tell(None)));
    heard(&mut visit, piece, 5);
    assert_eq!(visit.page().player, None);
    assert_eq!(visit.page().playing, None);
}

#[test]
fn the_player_stays_while_the_visitor_goes_elsewhere() {
    let (mut visit, _) = playing(2);
    visit.send(Msg::FragmentChanged("#/".into()));
    assert_eq!(visit.page().playing, Some(atom(2)));
    assert_eq!(visit.effects, []);
}

#[test]
fn an_atom_of_no_list_plays_alone_and_links_to_its_page() {
    let mut visit = collector();
    let Atom { id, hash } = atom(9);
    let route = Route::PracticeAtom { id, hash };
    visit.send(Msg::FragmentChanged(route.to_string()));
    play(&mut visit, 9);
    let bar = bar(&visit);
    assert_eq!((bar.has_previous, bar.has_next), (false, false));
    assert_eq!(bar.link, Some(route.to_string()));
}

#[test]
fn a_collections_atoms_are_a_playlist() {
    let mut visit = Visit::first();
    visit.send(Msg::FragmentChanged("#/atoms".into()));
    visit.state_read(crate::visit::state(17));
    let atoms = (12..=16).map(crate::visit::foreign_atom).collect();
    visit.send(Msg::AtomsRead {
        collection: demo().key(),
        first: id(1),
        result: Ok(atoms),
    });
    let card = visit.page().atoms.newest[1].clone();
    assert_eq!(card.atom.id, id(15));
    tell(&mut visit, PlayerMsg::PlayClicked(card.atom));
    tell(&mut visit, PlayerMsg::NextClicked);
    assert_eq!(loaded(&visit).unwrap().atom.id, id(14));
}

fn portrays(visit: &Visit, portrait: Option<Portrait>) -> bool {
    visit.did(|effect| *effect == Effect::Portray(portrait))
}

#[test]
fn the_atom_whose_page_is_shown_moves_with_its_music() {
    let (mut visit, piece) = playing(2);
    let Atom { id, hash } = atom(2);
    let page = Route::PracticeAtom { id, hash }.to_string();
    visit.send(Msg::FragmentChanged(page.clone()));
    let portrait = |heard| {
        let atom = atom(2);
        Some(Portrait { atom, heard })
    };
    assert!(portrays(&visit, portrait(Some(0))));
    heard(&mut visit, piece, 900);
    assert!(portrays(&visit, portrait(Some(900))));
    tell(&mut visit, PlayerMsg::Toggled);
    assert!(portrays(&visit, portrait(None)), "in silence it moves on");
    visit.send(Msg::FragmentChanged("#/".into()));
    assert!(portrays(&visit, None), "it rests while nobody looks");
}
