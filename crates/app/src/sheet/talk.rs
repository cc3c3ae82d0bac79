//! What is asked about an Atom's music on paper, and what is answered.

use crate::Failure;
use alloy_primitives::B256;
use atomine_protocol::Atom;

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Why it sounds so.
    Words,
    /// The score as a MIDI file.
    Midi,
    /// The whole sound as a WAV file.
    Wav,
    /// The whole sound's hash.
    Sound,
}

/// Something to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writing {
    /// For its answer.
    pub number: u32,
    /// Whose music.
    pub atom: Atom,
    /// What of it.
    pub sheet: Sheet,
    /// The file's name, for what becomes a file.
    pub file: String,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// A sentence a line.
    Words(String),
    /// The browser has the file.
    Saved,
    /// Keccak-256 of all samples.
    Sound(B256),
}

/// Something about the music on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetMsg {
    /// Write this of the Atom whose page is shown.
    Wanted(Sheet),
    /// Copy a link to it.
    ShareClicked,
    /// Answer to [`crate::Effect::Write`].
    Written {
        /// Which.
        number: u32,
        /// Or why not.
        result: Result<Written, Failure>,
    },
    /// Answer to [`crate::Effect::CopyLink`].
    LinkCopied(Result<(), Failure>),
}
