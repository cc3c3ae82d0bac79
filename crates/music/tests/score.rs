//! What holds for the score of every Atom.
#![allow(missing_docs)]

use atomine_music::{Layer, Score, SectionKind, Spectrum, Synth, compose, midi, wav_header};
use atomine_protocol::{Atom, AtomHash, TokenId};
use midly::{MetaMessage, MidiMessage, Smf, TrackEvent, TrackEventKind};
use proptest::prelude::*;

fn atom(id: u64, hash: [u8; 32]) -> Atom {
    Atom {
        id: TokenId::new(id).expect("not 0"),
        hash: AtomHash::from(hash),
    }
}

fn check(score: &Score) {
    let seconds = f64::from(score.frames()) / 44_100.0;
    assert!((45.0..=120.0).contains(&seconds), "{seconds} s");
    assert_eq!(score.frames() % 64, 0, "whole blocks");
    let order = |index: usize| {
        let note = score.notes[index];
        (note.tick, note.layer, note.cents)
    };
    assert!((1..score.notes.len()).all(|next| order(next - 1) < order(next)));
    for note in &score.notes {
        assert!(note.tick < score.ticks && note.ticks >= 1);
        assert!((1..=127).contains(&note.velocity));
        let in_key = score.key.has(note.cents);
        if note.layer.is_pitched() {
            assert!(in_key != note.passing, "in the mode or passing: {note:?}");
            assert!((2800..=9600).contains(&note.cents), "{note:?}");
        }
    }
    let kinds = score.sections().map(|section| section.kind);
    assert_eq!(
        kinds,
        [
            SectionKind::Statement,
            SectionKind::Variation,
            SectionKind::Contrast,
            SectionKind::Return,
        ]
    );
    let together: u32 = score.sections().iter().map(|section| section.ticks).sum();
    assert_eq!(together, score.ticks);
}

/// The pad's voices move to the next chord, and from the last to the first, by small steps.
#[test]
fn voices_lead_by_near_ways() {
    for (id, byte) in [(2, 2), (100, 100), (1000, 232), (5000, 136)] {
        let score = compose(&atom(id, [byte; 32]));
        let bar = score.ticks_per_bar();
        let chord = |index: u32| -> Vec<i32> {
            let tick = index % (score.ticks / bar) * bar;
            let pad = score
                .notes
                .iter()
                .filter(|note| note.layer == Layer::Pad && note.tick == tick);
            pad.map(|note| note.cents).collect()
        };
        for index in 0..score.ticks / bar {
            let (now, next) = (chord(index), chord(index + 1));
            for voice in &next {
                let nearest = now.iter().map(|other| (voice - other).abs()).min();
                assert!(nearest <= Some(700), "{now:?} {next:?}");
            }
        }
    }
}

/// Reads the score back from its MIDI file by another library: all of it is there.
fn check_midi(score: &Score, title: &str) {
    let file = midi(score, title);
    let smf = Smf::parse(&file).expect("a MIDI file");
    assert_eq!(smf.tracks.len(), 1 + Layer::COUNT);
    let tempo = smf.tracks[0].iter().find_map(|event| match event.kind {
        TrackEventKind::Meta(MetaMessage::Tempo(tempo)) => Some(tempo.as_int()),
        _ => None,
    });
    assert_eq!(tempo, Some(score.micros_per_beat()));
    for (layer, track) in Layer::ALL.into_iter().zip(&smf.tracks[1..]) {
        assert_eq!(track_name(track), Some(layer.name().as_bytes()));
        let mut tick = 0;
        let mut struck = Vec::new();
        for event in track {
            tick += event.delta.as_int();
            if let TrackEventKind::Midi { message, .. } = event.kind
                && let MidiMessage::NoteOn { vel, .. } = message
            {
                struck.push((tick, vel.as_int()));
            }
        }
        assert_eq!(tick, score.ticks, "tracks end with the piece");
        let notes = score.notes.iter().filter(|note| note.layer == layer);
        let mut written: Vec<_> = notes.map(|note| (note.tick, note.velocity)).collect();
        written.sort_unstable();
        struck.sort_unstable();
        assert_eq!(struck, written, "{}", layer.name());
    }
    assert_eq!(track_name(&smf.tracks[0]), Some(title.as_bytes()));
}

fn track_name<'a>(track: &[TrackEvent<'a>]) -> Option<&'a [u8]> {
    track.iter().find_map(|event| match event.kind {
        TrackEventKind::Meta(MetaMessage::TrackName(name)) => Some(name),
        _ => None,
    })
}

#[test]
fn midi_reads_back_equal() {
    for (id, byte) in [(1, 0), (7, 0x5d), (3000, 0xe2)] {
        check_midi(&compose(&atom(id, [byte; 32])), "#1 Test");
    }
}

#[test]
fn one_bit_makes_another_piece() {
    let mut hash = [0x37; 32];
    let one = compose(&atom(3000, hash));
    hash[31] ^= 1;
    let other = compose(&atom(3000, hash));
    assert_ne!(one.notes, other.notes);
    assert_ne!(one.patches, other.patches);
}

#[test]
fn every_element_has_a_spectrum() {
    for z in 0..=118 {
        let spectrum = Spectrum::of(z);
        assert!(spectrum.lines().count() >= 4, "element {z}");
        assert!((4800..6000).contains(&spectrum.root_cents()), "element {z}");
    }
    // Hydrogen's red line, 656.285 nm: 456.8 THz, 40 octaves down 415.5 Hz; an octave lower 5,601 cents.
    assert!((Spectrum::of(1).root_cents() - 5601).abs() <= 3);
}

/// A stem is what its layer adds to the whole: played in pieces of any size it stays the same.
#[test]
fn streaming_does_not_change_the_sound() {
    let score = compose(&atom(77, [9; 32]));
    let mut whole = vec![[0; 2]; 10_000];
    Synth::new(score.clone()).render(&mut whole);
    let mut synth = Synth::new(score);
    let mut pieces = Vec::new();
    for size in [1, 63, 64, 65, 4096, 5711] {
        let mut piece = vec![[0; 2]; size];
        synth.render(&mut piece);
        pieces.extend(piece);
    }
    assert!(whole == pieces);
}

/// Every drum and string note belongs to an electron that the Atom has.
#[test]
fn electrons_play_their_own_notes() {
    for byte in [2, 100, 232] {
        let atom = atom(5000, [byte; 32]);
        let shells = atom.shells();
        for note in compose(&atom).notes {
            let played_by_electron = matches!(
                note.layer,
                Layer::String | Layer::Kick | Layer::Wood | Layer::Hat
            );
            assert_eq!(note.electron.is_some(), played_by_electron);
            if let Some(electron) = note.electron {
                assert!(electron.index < shells[usize::from(electron.shell)]);
            }
        }
    }
}

/// Its bells were written two octaves too high, and came down by one.
#[test]
fn nobody_plays_too_high() {
    let hash: AtomHash = "0xd2d40aff0a73f70d7286af64f13597d9caa41d9112babf58994cfaa13f6a5654"
        .parse()
        .expect("a hash");
    check(&compose(&atom(16_777_216, hash.0.0)));
}

proptest! {
    #[test]
    fn any_atom_has_a_sound_score(id in 1..=u64::MAX, shift in 0..64_u32, hash in any::<[u8; 32]>()) {
        let id = (id >> shift).max(1);
        let score = compose(&atom(id, hash));
        check(&score);
        check_midi(&score, "#1 Test");
        prop_assert!(wav_header(score.frames()).is_some());
    }

    #[test]
    fn any_title_is_written(title: String) {
        check_midi(&compose(&atom(7, [0x5d; 32])), &title);
    }

    #[test]
    fn a_wav_header_tells_its_length(frames: u32) {
        let fits = frames <= (u32::MAX - 36) / 4;
        prop_assert_eq!(wav_header(frames).is_some(), fits);
        if let Some(header) = wav_header(frames) {
            let number = |at: usize| u32::from_le_bytes(header[at..at + 4].try_into().unwrap());
            prop_assert_eq!((number(4), number(40)), (36 + 4 * frames, 4 * frames));
            prop_assert_eq!((number(24), number(28)), (44_100, 4 * 44_100));
        }
    }
}

#[test]
fn genesis_and_extremes() {
    check(&compose(&atom(1, [0; 32])));
    check(&compose(&atom(2, [0; 32])));
    check(&compose(&atom(u64::MAX, [0xff; 32])));
}
