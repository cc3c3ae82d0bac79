//! The music of an Atom: from its number and hash to a [`Score`] of whole numbers, and from there to sound.
//!
//! Both are functions of the Atom alone and bit-identical on every machine: the score is made of integers, and the

//! The rules are written down in docs/MUSIC.md.
#![no_std]

extern crate alloc;

mod compose;
mod emission;
mod hash;
mod key;
mod midi;
mod random;
mod rhythm;
mod score;
mod spectrum;
mod synth;
mod wav;

pub use compose::compose;
pub use key::{Key, MODES, Mode};
pub use midi::midi;
pub use score::{
    Layer, Note, Patch, SAMPLE_RATE, Score, Section, SectionKind, TICKS_PER_BEAT, VERSION,
};
pub use spectrum::{Line, Spectrum};
pub use hash::pcm_hash;
pub use synth::Synth;
pub use wav::wav_header;
