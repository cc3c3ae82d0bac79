//! `atomine render` and `atomine verify` give what was accepted as an Atom's sound, score and picture.
#![allow(missing_docs)]

use alloy_primitives::keccak256;
use atomine_protocol::{Atom, TokenId};
use std::{
    fs,
    process::{Command, Output},
};

/// Id, hash, the MIDI file's Keccak-256 and the sound's, of the first mined Atom.
fn golden() -> [&'static str; 4] {
    let csv = include_str!("../../../tests/goldens/music.csv");
    let row = csv.lines().nth(2).expect("a second Atom");
    let columns: Vec<_> = row.split(',').collect();
    columns.try_into().expect("four columns")
}

fn atomine(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_atomine"))
        .args(args)
        .output()
        .expect("it starts")
}

#[test]
fn the_sound_and_its_hash_are_the_accepted_ones() {
    let [id, hash, _, pcm] = golden();
    let folder = tempfile::tempdir().expect("a folder");
    let wav = folder.path().join("atom.wav");
    let wav = wav.to_str().expect("a plain path");
    assert!(
        atomine(&["render", id, hash, "--wav", wav])
            .status
            .success()
    );
    let bytes = fs::read(wav).expect("it was written");
    let (header, samples) = bytes.split_at(44);
    assert_eq!(&header[..4], b"RIFF");
    assert_eq!(
        u32::from_le_bytes(header[40..].try_into().expect("4 bytes")) as usize,
        samples.len()
    );
    assert_eq!(keccak256(samples).to_string(), pcm);

    let verified = atomine(&["verify", id, hash]);
    assert_eq!(String::from_utf8_lossy(&verified.stdout).trim(), pcm);
}

#[test]
fn seconds_cut_the_sound_short() {
    let [id, hash, ..] = golden();
    let folder = tempfile::tempdir().expect("a folder");
    let wav = folder.path().join("atom.wav");
    let path = wav.to_str().expect("a plain path");
    assert!(
        atomine(&["render", id, hash, "--wav", path, "--seconds", "2"])
            .status
            .success()
    );
    let bytes = fs::metadata(&wav).expect("it was written").len();
    assert_eq!(bytes, 44 + 2 * 44_100 * 2 * 2);
}

#[test]
fn score_and_picture_are_written_too() {
    let [id, hash, ..] = golden();
    let folder = tempfile::tempdir().expect("a folder");
    let [midi, svg] = ["atom.mid", "atom.svg"].map(|name| folder.path().join(name));
    let paths = [&midi, &svg].map(|path| path.to_str().expect("a plain path"));
    assert!(
        atomine(&["render", id, hash, "--midi", paths[0], "--svg", paths[1]])
            .status
            .success()
    );
    assert!(
        fs::read(&midi)
            .expect("it was written")
            .starts_with(b"MThd")
    );
    let atom = Atom {
        id: TokenId::new(id.parse().expect("a number")).expect("not 0"),
        hash: hash.parse().expect("a hash"),
    };
    assert_eq!(
        fs::read_to_string(&svg).expect("it was written"),
        atomine_art::svg(&atom)
    );
}

#[test]
fn the_picture_is_written_in_pixels() {
    let [id, hash, ..] = golden();
    let folder = tempfile::tempdir().expect("a folder");
    let png = folder.path().join("atom.png");
    let path = png.to_str().expect("a plain path");
    assert!(
        atomine(&["render", id, hash, "--png", path, "--width", "64"])
            .status
            .success()
    );
    let bytes = fs::read(&png).expect("it was written");
    assert!(bytes.starts_with(b"\x89PNG"));
    assert_eq!(&bytes[16..24], [0, 0, 0, 64, 0, 0, 0, 64]);
}

#[test]
fn a_file_that_cannot_be_made_is_named() {
    let [id, hash, ..] = golden();
    let refused = atomine(&["render", id, hash, "--midi", "no/such/folder/atom.mid"]);
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("atom.mid"));
}
