//! The shells as rhythm: each a cycle as long as the shell is large, struck by its electrons.

use super::Draft;
use crate::{
    random::Stream,
    rhythm::Cycle,
    score::{Electron, Layer},
};

/// What fits into each shell: the lengths of the rhythmic cycles.
const CAPACITY: [u8; 7] = [2, 8, 18, 32, 32, 18, 8];

/// A shell's part.
struct Part {
    layer: Layer,
    shell: usize,
    cycle: Cycle,
    /// A step in ticks.
    grid: u32,
    /// Its tone in cents; with a path, the degree from which it goes through the tones of the chord.
    tone: i32,
    path: Option<&'static [u8; 8]>,
    /// How far from the middle it stands, from side to side in turn.
    pan: i8,
}

/// Writes string, kick, wood and hat.
pub(super) fn write(draft: &mut Draft) {
    let valence = draft
        .shells
        .iter()
        .rposition(|&electrons| electrons > 0)
        .unwrap_or(0);
    string(draft, valence);
    kick(draft);
    let mut stream = draft.stream("shells");
    for shell in 0..=valence {
        // The shell below the valence shell clicks; those further in whisper. A lone shell does both.
        if shell + 1 == valence || valence == 0 {
            drum(draft, &mut stream, Layer::Wood, shell);
        }
        if shell + 1 < valence || valence <= 1 {
            drum(draft, &mut stream, Layer::Hat, shell);
        }
    }
}

/// The ways of the string through the tones of the chord.
static PATHS: [[u8; 8]; 6] = [
    [0, 1, 2, 3, 4, 5, 6, 7],
    [7, 6, 5, 4, 3, 2, 1, 0],
    [0, 1, 2, 3, 4, 3, 2, 1],
    [0, 3, 1, 4, 2, 5, 3, 6],
    [0, 2, 1, 2, 0, 2, 1, 2],
    [4, 0, 3, 0, 2, 0, 3, 0],
];

/// The string: the valence electrons spread over their shell's cycle, on the tones of the chord; later generations
/// play more.
fn string(draft: &mut Draft, valence: usize) {
    let mut stream = draft.stream("string");
    let steps = u32::from(CAPACITY[valence].max(8));
    let electrons = u32::from(draft.shells[valence]);
    let pulses = electrons + stream.below(3) + draft.atom.id.generation() / 4;
    let path = PATHS.get(stream.below(6) as usize);
    let low = stream.pick(&[-3, 0, 2, 4, 7]);
    let part = Part {
        layer: Layer::String,
        shell: valence,
        cycle: Cycle {
            pulses: pulses.max(3).min(steps * 3 / 4),
            steps,
            rotation: stream.below(steps),
        },
        grid: stream.pick(&[6, 6, 6, 12]).cast_unsigned(),
        tone: low,
        path,
        pan: 30,
    };
    strike(draft, &part);
}

/// The innermost shell: its one or two electrons in a cycle of half a bar to two bars.
fn kick(draft: &mut Draft) {
    let mut stream = draft.stream("kick");
    let bar = draft.plan.bar / 12;
    let part = Part {
        layer: Layer::Kick,
        shell: 0,
        cycle: Cycle {
            pulses: draft.shells[0].max(1).into(),
            steps: [4, bar, 2 * bar][stream.pick(&[0, 0, 1, 1, 2]) as usize],
            rotation: 0,
        },
        grid: 12,
        tone: stream.between(2900, 3500),
        path: None,
        pan: 0,
    };
    strike(draft, &part);
}

/// An inner shell. A closed one is calm: a quarter or three eighths of it sounds.
fn drum(draft: &mut Draft, stream: &mut Stream, layer: Layer, shell: usize) {
    let steps = u32::from(CAPACITY[shell].max(8));
    let electrons = u32::from(draft.shells[shell]);
    let pulses = if electrons >= CAPACITY[shell].into() {
        steps * (2 + stream.below(2)) / 8
    } else {
        electrons.max(2).min(steps / 2)
    };
    let wood = layer == Layer::Wood;
    let tone = if wood {
        // Wood sounds on the fifth or the octave above.
        draft.score.key.cents(stream.pick(&[4, 7, 11, 14]))
    } else {
        // Hats are higher the further in they are.
        11_600 + stream.between(-500, 300) - 300 * shell as i32
    };
    let part = Part {
        layer,
        shell,
        cycle: Cycle {
            pulses,
            steps,
            rotation: stream.below(steps),
        },
        grid: stream.pick(&[6, 6, 12]).cast_unsigned(),
        tone,
        path: None,
        pan: [-34, 30, -20, 24, -12, 16, 0][shell],
    };
    strike(draft, &part);
}

/// Writes a part through the whole piece. Kick and hat come in with the second half of A and B.
fn strike(draft: &mut Draft, part: &Part) {
    let Part { layer, cycle, .. } = *part;
    let section = draft.plan.section();
    let late = matches!(layer, Layer::Kick | Layer::Hat);
    let electrons = draft.shells[part.shell];
    let mut played = 0;
    for step in 0..draft.plan.ticks() / part.grid {
        let tick = step * part.grid;
        let Some(pulse) = cycle.pulse(step) else {
            continue;
        };
        // The last bar belongs to the way back.
        let waits = !draft.plan.is_full(tick) && tick % section < section / 2;
        let ends = tick + draft.plan.bar >= draft.plan.ticks();
        if late && (waits || ends) {
            continue;
        }
        let (cents, pan) = match part.path {
            None => (part.tone, part.pan),
            Some(path) => {
                let wanted = part.tone + 2 * i32::from(path[played % 8]);
                let degree = draft.chord_at(tick).nearest(wanted);
                let side = if played % 2 == 1 { -part.pan } else { part.pan };
                (draft.score.key.cents(degree), side)
            }
        };
        let accent = if pulse == 0 || tick.is_multiple_of(draft.plan.bar) {
            14
        } else {
            0
        };
        let velocity = draft.plan.velocity(layer, tick) + accent;
        let note = draft.play(layer, tick, part.grid * 2, cents, velocity, pan);
        // One electron after the other; a bare nucleus plays by itself.
        note.electron = (pulse as u8).checked_rem(electrons).map(|index| Electron {
            shell: part.shell as u8,
            index,
        });
        played += 1;
    }
}
