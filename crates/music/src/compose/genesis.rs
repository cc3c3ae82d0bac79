//! Genesis: one tone, and what is in it. The overtones of the first light come in one by one, become a song, and
//! return into the tone.

use super::Draft;
use crate::score::{Layer, Note, SectionKind, TICKS_PER_BEAT};

/// The overtone series as degrees of the overtone scale, from the first to the sixteenth harmonic (the fifteenth,
/// which the scale lacks, left out).
const SERIES: [i32; 13] = [-14, -7, -3, 0, 2, 4, 6, 7, 8, 9, 10, 11, 12];

#[inline(never)]
pub(super) fn write(draft: &mut Draft) {
    let bar = draft.plan.bar;
    for index in 0..draft.chords.len() as u32 {
        let tick = index * bar;
        drone(draft, tick, index);
        match draft.plan.kind_at(tick) {
            SectionKind::Statement => unfold(draft, tick, index + 2),
            SectionKind::Variation => {
                unfold(draft, tick, 10);
                ripple(draft, tick, 12, 58);
            }
            SectionKind::Contrast => chorale(draft, tick, index),
            SectionKind::Return => {
                unfold(draft, tick, 34_u32.saturating_sub(index).max(3));
                ripple(draft, tick, 6, 50);
            }
        }
    }
}

/// The tone itself, with its fifth, breathing; a heartbeat from the middle on.
#[inline(never)]
fn drone(draft: &mut Draft, tick: u32, index: u32) {
    let bar = draft.plan.bar;
    let swell = [70, 78, 86, 78][index as usize % 4];
    for (degree, pan) in [(0, -20), (4, 22), (7, 0)] {
        let note = Draft::note(Layer::Pad, tick, bar, draft.key.cents(degree), swell);
        draft.play(Note { pan, ..note });
    }
    let low = draft.key.cents(-14);
    if index.is_multiple_of(2) {
        draft.play(Draft::note(Layer::Bass, tick, 2 * bar - 12, low, 80));
    }
    if index >= 8 {
        draft.play(Draft::note(Layer::Kick, tick, 12, 3100, 70));
        draft.play(Draft::note(Layer::Kick, tick + 18, 12, 3100, 46));
    }
}

/// The first `count` harmonics, rising, one on each eighth.
#[inline(never)]
fn unfold(draft: &mut Draft, tick: u32, count: u32) {
    for (place, degree) in (0..).zip(SERIES.into_iter().skip(3).take(count as usize)) {
        let at = tick + place * TICKS_PER_BEAT / 2;
        let cents = draft.key.cents(degree);
        let note = Draft::note(Layer::Bell, at, 48, cents, 92 - 4 * place);
        let pan = if place % 2 == 0 { -18 } else { 18 };
        draft.play(Note { pan, ..note });
    }
}

/// Strings around it, falling.
#[inline(never)]
fn ripple(draft: &mut Draft, tick: u32, grid: u32, velocity: u32) {
    for step in 0..draft.plan.bar / grid {
        let degree = [7, 6, 4, 2, 0, 2, 4, 8][step as usize % 8];
        let cents = draft.key.cents(degree);
        let note = Draft::note(Layer::String, tick + step * grid, grid * 2, cents, velocity);
        let pan = if step % 2 == 0 { -34 } else { 34 };
        draft.play(Note { pan, ..note });
    }
}

/// The song in the tone: harmonics 8 to 13 as a melody of long notes.
#[inline(never)]
fn chorale(draft: &mut Draft, tick: u32, index: u32) {
    let song = [[4, 6, 7], [6, 5, 4], [2, 4, 3], [2, 1, 0]];
    let line = song[index as usize % song.len()];
    for (tick, degree) in [tick, tick + 48, tick + 72].into_iter().zip(line) {
        let cents = draft.key.cents(degree + 7);
        draft.play(Draft::note(Layer::Keys, tick, 40, cents, 84));
        let below = Draft::note(Layer::Bell, tick, 48, draft.key.cents(degree), 64);
        draft.play(Note { pan: -12, ..below });
    }
}
