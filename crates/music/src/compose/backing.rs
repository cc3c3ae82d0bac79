//! Chords, bass and arpeggio.

use super::{Draft, harmony::Choir};
use crate::{
    random::Stream,
    rhythm::Cycle,
    score::{Electron, Layer, Note, SectionKind, TICKS_PER_BEAT},
};
use atomine_protocol::Shells;

/// What fits into each shell: the lengths of the rhythmic cycles.
pub(super) const CAPACITY: [u32; 7] = [2, 8, 18, 32, 32, 18, 8];

/// The pad: every chord held by four voices, each led to the next by the nearest way.
#[inline(never)]
pub(super) fn chords(draft: &mut Draft) {
    let mut choir = Choir::new(&draft.key);
    let bar = draft.plan.bar;
    // Once through, so that the first chord follows from the last.
    for chord in &draft.chords {
        choir.lead(&draft.key, chord);
    }
    for index in 0..draft.chords.len() {
        let voices = choir.lead(&draft.key, &draft.chords[index]);
        let tick = index as u32 * bar;
        let velocity = match draft.plan.kind_at(tick) {
            SectionKind::Statement => 76,
            SectionKind::Variation => 82,
            SectionKind::Contrast => 70,
            SectionKind::Return => 90,
        };
        for (cents, pan) in voices.into_iter().zip([-26, 20, -10, 28]) {
            let note = Draft::note(Layer::Pad, tick, bar, cents, velocity);
            draft.play(Note { pan, ..note });
        }
    }
}

/// How the bass moves.
#[derive(Clone, Copy)]
enum Gait {
    Held,
    Dotted,
    Pulsing,
    Walking,
}

/// The bass: held in A, moving from A′ on, otherwise in B.
#[inline(never)]
pub(super) fn bass(draft: &mut Draft) {
    let mut stream = draft.stream("bass");
    let gaits = [Gait::Held, Gait::Dotted, Gait::Pulsing, Gait::Walking];
    let moving = stream.pick(&gaits[1..]);
    let contrast = stream.pick(&gaits);
    for index in 0..draft.chords.len() {
        let tick = index as u32 * draft.plan.bar;
        let (gait, velocity) = match draft.plan.kind_at(tick) {
            SectionKind::Statement => (Gait::Held, 84),
            SectionKind::Variation => (moving, 88),
            SectionKind::Contrast => (contrast, 82),
            SectionKind::Return => (moving, 94),
        };
        bass_bar(draft, index, gait, velocity);
    }
}

#[inline(never)]
fn bass_bar(draft: &mut Draft, index: usize, gait: Gait, velocity: u32) {
    let (bar, beat) = (draft.plan.bar, TICKS_PER_BEAT);
    let from = index as u32 * bar;
    let degree = draft.chords[index].degree;
    let next = draft.chords[(index + 1) % draft.chords.len()].degree;
    // A stroke on each eighth that the gait has: how long, which degree, how much softer.
    for eighth in 0..bar / 12 {
        let (ticks, degree, softer) = match (gait, eighth) {
            (Gait::Held, 0) => (bar - 6, degree, 0),
            (Gait::Dotted, 0) => (beat * 3 / 2, degree, 0),
            (Gait::Dotted, 3) => (beat / 2, degree, 16),
            (Gait::Dotted, 4) => (bar - beat * 2 - 6, degree + 4, 8),
            (Gait::Pulsing, _) => (10, degree, 20 * (eighth % 2)),
            (Gait::Walking, 0) => (beat - 3, degree, 0),
            (Gait::Walking, _) if eighth % 2 == 0 => {
                let last = eighth * 12 + beat == bar;
                let step = if next > degree { -1 } else { 1 };
                let between = degree + eighth.cast_signed() % 6;
                (beat - 3, if last { next + step } else { between }, 6)
            }
            _ => continue,
        };
        // In the octave from 87 Hz down to 44 Hz.
        let cents = 2900 + (draft.key.cents(degree) - 2900).rem_euclid(1200);
        let tick = from + eighth * 12;
        draft.play(Draft::note(
            Layer::Bass,
            tick,
            ticks,
            cents,
            velocity - softer,
        ));
    }
}

/// How the arpeggio moves through the tones.
#[derive(Clone, Copy)]
enum Path {
    Up,
    Down,
    UpAndDown,
    Leaps,
}

/// The string: the valence electrons spread over their shell's cycle, on the tones of the chord.
#[inline(never)]
pub(super) fn arpeggio(draft: &mut Draft) {
    let mut stream = draft.stream("arpeggio");
    let cycle = valence_cycle(draft, &mut stream);
    let grid = if cycle.steps == 8 {
        stream.pick(&[6, 6, 12])
    } else {
        6
    };
    let path = stream.pick(&[Path::Up, Path::Down, Path::UpAndDown, Path::Leaps]);
    let early = stream.chance(40);
    let low = stream.pick(&[0, 2, 4]);
    let mut played = 0;
    for step in 0..draft.plan.ticks() / grid {
        let tick = step * grid;
        let velocity = match draft.plan.kind_at(tick) {
            SectionKind::Statement if !early => continue,
            SectionKind::Statement => 54,
            SectionKind::Variation => 70,
            SectionKind::Contrast => 62,
            SectionKind::Return => 78,
        };
        let Some(pulse) = cycle.pulse(step) else {
            continue;
        };
        let chord = draft.chord_at(tick);
        let tones = || (low..low + 11).filter(|&degree| chord.has(degree));
        let index = along(path, played, tones().count());
        let accent =
            14 * u32::from(step.is_multiple_of(cycle.steps) || tick.is_multiple_of(draft.plan.bar));
        let degree = tones().nth(index).unwrap_or(low);
        let tick = draft.plan.swung(tick);
        let note = Draft::note(
            Layer::String,
            tick,
            grid * 2,
            draft.key.cents(degree),
            velocity + accent,
        );
        let pan = if played.is_multiple_of(2) { -30 } else { 30 };
        let electron = electron(draft.shells, outermost(draft.shells), pulse);
        draft.play(Note {
            pan,
            electron,
            ..note
        });
        played += 1;
    }
}

/// The outermost shell's electrons over what fits into it, at least eight steps; later generations play more.
#[inline(never)]
fn valence_cycle(draft: &Draft, stream: &mut Stream) -> Cycle {
    let shells = draft.shells;
    let valence = outermost(shells);
    let steps = CAPACITY[valence].max(8);
    let electrons = u32::from(shells[valence]);
    let pulses = (electrons + 1 + draft.atom.id.generation() / 4).clamp(3, steps * 3 / 4);
    Cycle {
        pulses,
        steps,
        rotation: stream.below(steps),
    }
}

/// The index of the outermost shell that has electrons; 0 where none has.
pub(super) fn outermost(shells: Shells) -> usize {
    shells
        .iter()
        .rposition(|&electrons| electrons > 0)
        .unwrap_or(0)
}

/// The electron that plays a pulse of its shell's cycle: one after the other, round and round.
pub(super) fn electron(shells: Shells, shell: usize, pulse: u32) -> Option<Electron> {
    let index = pulse.checked_rem(shells[shell].into())? as u8;
    let shell = shell as u8;
    Some(Electron { shell, index })
}

fn along(path: Path, played: usize, length: usize) -> usize {
    let length = length.max(1);
    match path {
        Path::Up => played % length,
        Path::Down => length - 1 - played % length,
        Path::UpAndDown => {
            let turn = (2 * length - 2).max(1);
            let place = played % turn;
            if place < length { place } else { turn - place }
        }
        Path::Leaps => played * 3 % length,
    }
}
