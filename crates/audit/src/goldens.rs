//! `cargo xtask accept-sound`: takes what the music is now for what it should be.

use crate::{error::Error, project};
use alloy_primitives::keccak256;
use atomine_music::{compose, midi, pcm_hash};
use atomine_protocol::{Atom, TokenId};
use fs_err as fs;
use std::fmt::Write;

/// Writes the hashes of tests/goldens/music.csv anew, for the Atoms that it names.
pub(crate) fn accept() -> Result<(), Error> {
    let path = project("tests/goldens/music.csv");
    let old = fs::read_to_string(&path)?;
    let mut new = String::from("token_id,hash,midi_keccak256,pcm_keccak256\n");
    for line in old.lines().skip(1) {
        let mut columns = line.split(',');
        let id = columns.next().and_then(|id| TokenId::new(id.parse().ok()?));
        let hash = columns.next().and_then(|hash| hash.parse().ok());
        let (Some(id), Some(hash)) = (id, hash) else {
            return Err(Error::Row {
                path,
                line: line.to_owned(),
            });
        };
        let atom = Atom { id, hash };
        let score = compose(&atom);
        let written = keccak256(midi(&score, "golden"));
        let heard = pcm_hash(score);
        let row = format!("{id},{hash},{written},{heard}");
        if row != line {
            println!("{} is new", atom.title());
        }
        // Writing to a string cannot fail.
        let _ = writeln!(new, "{row}");
    }
    Ok(fs::write(&path, new)?)
}
