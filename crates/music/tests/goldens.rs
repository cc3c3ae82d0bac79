//! Scores and sound of the Atoms in tests/goldens/music.csv, bit for bit. `cargo xtask accept-sound` writes that file anew
//! where the music is meant to change.
#![allow(missing_docs)]

use atomine_music::{Score, compose, midi, pcm_hash};
use atomine_protocol::{Atom, TokenId};

const GOLDENS: &str = include_str!("../../../tests/goldens/music.csv");

/// An Atom, the Keccak-256 of its MIDI file, and that of its sound.
fn goldens() -> impl Iterator<Item = (Atom, &'static str, &'static str)> {
    GOLDENS.lines().skip(1).map(|line| {
        let columns: Vec<_> = line.split(',').collect();
        let [id, hash, midi, pcm] = columns[..] else {
            panic!("four columns: {line}");
        };
        let id = TokenId::new(id.parse().expect("a number")).expect("not 0");
        let hash = hash.parse().expect("a hash");
        (Atom { id, hash }, midi, pcm)
    })
}

fn midi_hash(score: &Score) -> String {
    alloy_primitives::keccak256(midi(score, "golden")).to_string()
}

#[test]
fn scores_are_as_accepted() {
    for (atom, midi, _) in goldens() {
        assert_eq!(midi_hash(&compose(&atom)), midi, "{}", atom.title());
    }
}

#[test]
fn sound_is_as_accepted() {
    for (atom, _, pcm) in goldens() {
        let heard = pcm_hash(compose(&atom)).to_string();
        assert_eq!(heard, pcm, "{}", atom.title());
    }
}
