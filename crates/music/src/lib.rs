//! The music of an Atom: from its number and hash to a [`Score`] of whole numbers, and from there to sound.
//!
//! Both are functions of the Atom alone and bit-identical on every machine: the score is made of integers, and the
//! sound of additions, multiplications and divisions of `f32`, which IEEE 754 defines to the last bit.
//! The rules are written down in docs/MUSIC.md.
#![no_std]
// Without std there is no f32::sin and no mul_add to be tempted by: what core has is exact.
// Counts of samples and steps become f32 and back all over, and small integers of the score change their width; none
// comes near its type's limit.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_lossless
)]
// Code for the synth is chosen by its size: by reference, by index.
#![allow(
    clippy::trivially_copy_pass_by_ref,
    clippy::needless_range_loop,
    clippy::manual_contains
)]

extern crate alloc;

mod compose;
mod emission;
mod hash;
mod keccak;
mod key;
mod midi;
mod random;
mod rhythm;
mod score;
mod spectrum;
mod synth;
mod wav;

pub use compose::compose;
pub use hash::pcm_hash;
pub use key::{Key, MODES, Mode};
pub use midi::midi;
pub use score::{
    Electron, Layer, Note, Patch, SAMPLE_RATE, Score, Section, SectionKind, TICKS_PER_BEAT, VERSION,
};
pub use spectrum::{Line, Spectrum};
pub use synth::Synth;
pub use wav::wav_header;
