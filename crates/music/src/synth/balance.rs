//! How loud each instrument is among the others, and where it stands.

use super::math::{cos_turn, sin_turn};
use crate::{Layer, Note, Score};

/// How loud the instruments are at the same level, by layer.
const LOUD: [f32; Layer::COUNT] = [0.75, 1.15, 1.0, 1.5, 1.05, 1.25, 1.7, 1.7];

/// How loud a note is: its instrument's level and its velocity, squared as ears expect.
pub(super) fn amplitude(note: &Note, score: &Score) -> f32 {
    let level = f32::from(score.patches[note.layer as usize].level) / 255.0;
    let velocity = f32::from(note.velocity) / 127.0;
    LOUD[note.layer as usize] * level * velocity * velocity
}

/// The shares of left and right, of equal power together wherever the note stands.
pub(super) fn pan(note: &Note) -> [f32; 2] {
    let turn = (f32::from(note.pan) + 64.0) / 512.0;
    [cos_turn(turn), sin_turn(turn)]
}
