//! The inner shells as rhythm: each a cycle as long as the shell is large, struck by its electrons.

use super::{
    Draft,
    backing::{CAPACITY, electron, outermost},
};
use crate::{
    rhythm::Cycle,
    score::{Layer, Note, SectionKind},
};

/// Writes kick, wood and hat.
#[inline(never)]
pub(super) fn write(draft: &mut Draft) {
    let shells = draft.shells;
    let valence = outermost(shells);
    kick(draft, shells[0]);
    for (shell, &electrons) in shells.iter().enumerate().take(valence + 1) {
        // The shell below the valence shell clicks; those further in whisper. A lone shell does both.
        let below = shell + 1 == valence || valence == 0;
        if below {
            strike(draft, Layer::Wood, shell, electrons);
        }
        if shell + 1 < valence || valence <= 1 {
            strike(draft, Layer::Hat, shell, electrons);
        }
    }
}

/// The innermost shell: one electron marks the bar, two its half as well.
#[inline(never)]
fn kick(draft: &mut Draft, electrons: u8) {
    let mut stream = draft.stream("kick");
    let quiet_contrast = stream.chance(60);
    let syncopated = stream.chance(50);
    let bar = draft.plan.bar;
    for index in 0..draft.chords.len() as u32 {
        let from = index * bar;
        let velocity = match draft.plan.kind_at(from) {
            SectionKind::Statement => continue,
            SectionKind::Contrast if quiet_contrast => continue,
            SectionKind::Variation => 88,
            SectionKind::Contrast => 80,
            SectionKind::Return => 96,
        };
        let second = if syncopated && index % 2 == 1 {
            bar / 2 + 12
        } else {
            bar / 2 / 12 * 12
        };
        let strokes = [0, second].into_iter().take(electrons.max(1).into());
        for (pulse, tick) in (0..).zip(strokes) {
            let note = Draft::note(Layer::Kick, from + tick, 12, 3100, velocity - tick / 6);
            let electron = electron(draft.shells, 0, pulse);
            draft.play(Note { electron, ..note });
        }
    }
}

/// One shell's cycle. A closed shell is calm: about a quarter of it sounds.
#[inline(never)]
fn strike(draft: &mut Draft, layer: Layer, shell: usize, electrons: u8) {
    let domain = [
        "shell K", "shell L", "shell M", "shell N", "shell O", "shell P", "shell Q",
    ];
    let mut stream = draft.stream(domain[shell]);
    let steps = CAPACITY[shell].max(8);
    let electrons = u32::from(electrons);
    let pulses = if electrons >= CAPACITY[shell] {
        stream.pick(&[steps / 4, steps * 3 / 8])
    } else {
        electrons.clamp(2, steps / 2)
    };
    let cycle = Cycle {
        pulses,
        steps,
        rotation: stream.below(steps),
    };
    let grid = if steps == 8 && layer == Layer::Wood {
        12
    } else {
        6
    };
    let cents = match layer {
        // Wood sounds on the fifth or the octave above, hats higher the further in they are.
        Layer::Wood => draft.key.cents(stream.pick(&[7, 11, 14])),
        _ => 12_000 - 300 * shell as i32,
    };
    let pan = [-34, 30, -20, 24, -12, 16, 0][shell];
    let loud = if layer == Layer::Wood { 16 } else { 0 };
    for step in 0..draft.plan.ticks() / grid {
        let tick = step * grid;
        let velocity = match draft.plan.kind_at(tick) {
            SectionKind::Statement if layer == Layer::Hat => continue,
            SectionKind::Statement => 40,
            SectionKind::Variation => 56,
            SectionKind::Contrast => 48,
            SectionKind::Return => 64,
        };
        // The last bar belongs to the way back.
        let last_bar = tick + draft.plan.bar >= draft.plan.ticks();
        let Some(pulse) = cycle.pulse(step) else {
            continue;
        };
        if last_bar && layer == Layer::Hat {
            continue;
        }
        let accent = 16 * u32::from(step.is_multiple_of(cycle.steps));
        let tick = draft.plan.swung(tick);
        let note = Draft::note(layer, tick, grid, cents, velocity + loud + accent);
        let electron = electron(draft.shells, shell, pulse);
        draft.play(Note {
            pan,
            electron,
            ..note
        });
    }
}
