//! Chords and bass.

use super::{Draft, harmony::Choir};
use crate::score::{Layer, TICKS_PER_BEAT};

/// The pad: every chord held by four voices, each led to the next by the nearest way.
pub(super) fn chords(draft: &mut Draft) {
    let mut stream = draft.stream("pad");
    let mut choir = Choir::new(draft.score.key.root_cents + 100 * stream.pick(&[-7, -3, 1, 4]));
    let bar = draft.plan.bar;
    let end = draft.plan.ticks();
    for index in 0..2 * draft.plan.bars() {
        let chord = draft.chord_at(index * bar);
        let voices = choir.lead(&draft.score.key, &chord);
        // Once through unheard, so that the first chord follows from the last.
        let Some(tick) = (index * bar).checked_sub(end) else {
            continue;
        };
        let velocity = draft.plan.velocity(Layer::Pad, tick);
        for (cents, pan) in voices.into_iter().zip([-26, 20, -10, 28]) {
            draft.play(Layer::Pad, tick, bar, cents, velocity, pan);
        }
    }
}

/// How the bass moves: by eighths of a bar, what it plays on each. In a gait's word each eighth has two bits: nothing,
/// the root, the fifth, the root softly.
const GAITS: [u32; 4] = [
    0b01,
    0b10_00_00_10_11_00_00_01,
    0b11_01_11_01_11_01_11_01,
    0,
];
/// The last gait walks: a degree on each beat.
const WALKING: usize = 3;

/// The bass: held or dotted in A and B, as the manner has it in A′ and A″.
pub(super) fn bass(draft: &mut Draft) {
    let mut stream = draft.stream("bass");
    let few = stream.below(2) as usize;
    let many = if stream.chance(70) {
        draft.plan.manner.gait.into()
    } else {
        stream.between(1, 3) as usize
    };
    for index in 0..draft.plan.bars() {
        let tick = index * draft.plan.bar;
        let gait = if draft.plan.is_full(tick) { many } else { few };
        bass_bar(draft, tick, gait);
    }
}

fn bass_bar(draft: &mut Draft, from: u32, gait: usize) {
    let bar = draft.plan.bar;
    let root = draft.chord_at(from).degree;
    let next = draft.chord_at(from + bar).degree;
    let velocity = draft.plan.velocity(Layer::Bass, from);
    let eighths = bar / 12;
    for eighth in 0..eighths {
        let word = GAITS[gait] >> (2 * eighth) & 3;
        let (ticks, degree, softer) = if gait == WALKING {
            if eighth % 2 == 1 {
                continue;
            }
            let last = eighth + 2 >= eighths;
            let step = if next > root { -1 } else { 1 };
            let between = root + eighth.cast_signed() % 6;
            (
                TICKS_PER_BEAT - 3,
                if last { next + step } else { between },
                0,
            )
        } else {
            let ticks = [bar - 6, 30, 10][gait];
            match word {
                0 => continue,
                2 => (ticks, root + 4, 8),
                _ => (ticks, root, (word - 1) * 9),
            }
        };
        // In the octave from 87 Hz down to 44 Hz.
        let cents = 2900 + (draft.score.key.cents(degree) - 2900).rem_euclid(1200);
        let tick = from + eighth * 12;
        draft.play(Layer::Bass, tick, ticks, cents, velocity - softer, 0);
    }
}
