//! The motif, and how it returns: answered, adorned, turned round, stretched, and home again.

use super::Draft;
use crate::{
    random::Stream,
    rhythm::Cycle,
    score::{Layer, TICKS_PER_BEAT},
};

/// A note of the motif: when within its two bars, how long, and how many degrees above its anchor.
#[derive(Clone, Copy, Default)]
struct Step {
    tick: u32,
    ticks: u32,
    degree: i32,
}

/// The motif within two bars.
#[derive(Clone, Copy)]
struct Motif {
    steps: [Step; MOST_STEPS],
    count: usize,
    length: u32,
}

/// No motif has more notes.
const MOST_STEPS: usize = 8;

impl Motif {
    /// Draws a rhythm of eighths (many in the first bar, few in the second) and a line that mostly steps, rising or
    /// falling for a while, with one leap.
    fn draw(bar: u32, stream: &mut Stream) -> Self {
        let mut motif = Self {
            steps: [Step::default(); MOST_STEPS],
            count: 0,
            length: 2 * bar,
        };
        let leap = stream.below(6) as usize;
        let mut degree = stream.pick(&[0, 2, 4, 4, 7]);
        let mut rising = stream.chance(50);
        for half in 0..2 {
            let cycle = Cycle {
                pulses: stream.below(3) + 3 - 2 * half,
                steps: bar / 12,
                rotation: stream.pick(&[0, 0, 0, 1, 2]).cast_unsigned(),
            };
            for step in 0..cycle.steps {
                if cycle.pulse(step).is_none() {
                    continue;
                }
                let place = motif.count;
                motif.count += 1;
                motif.steps[place] = Step {
                    tick: half * bar + step * 12,
                    ticks: 12,
                    degree,
                };
                if stream.chance(30) || !(-2..=8).contains(&degree) {
                    rising = degree < 3;
                }
                let size = if place == leap {
                    3 + stream.below(3).cast_signed()
                } else {
                    stream.pick(&[1, 1, 1, 2, 2, 0])
                };
                degree += if rising { size } else { -size };
            }
        }
        // Each note lasts until the next, but no longer than two beats.
        let mut next = motif.length;
        for step in motif.steps[..motif.count].iter_mut().rev() {
            step.ticks = (next - step.tick).min(2 * TICKS_PER_BEAT);
            next = step.tick;
        }
        motif
    }

    /// Turned upside down (0), running backwards (1), or twice as slow (2).
    fn turned(mut self, turn: u32) -> Self {
        let length = self.length;
        let first = self.steps[0].degree;
        for step in &mut self.steps[..self.count] {
            match turn {
                0 => step.degree = 2 * first - step.degree,
                1 => step.tick = length - step.tick - step.ticks,
                _ => {
                    step.tick *= 2;
                    step.ticks *= 2;
                }
            }
        }
        self.length <<= u32::from(turn > 1);
        self
    }
}

/// Who sings, how high and from which side.
#[derive(Clone, Copy)]
struct Singer {
    layer: Layer,
    /// Degrees above the key's root.
    height: i32,
    pan: i8,
}

/// Writes the melody of all four sections: one voice tells, the other answers. In A″ the other joins the teller, a
/// third or more below.
pub(super) fn melodies(draft: &mut Draft) {
    let mut stream = draft.stream("motif");
    let motif = Motif::draw(draft.plan.bar, &mut stream);
    let turned = motif.turned(stream.below(3));
    let mut layers = [Layer::Bell, Layer::Keys];
    if draft.plan.manner.keys_lead {
        layers.swap(0, 1);
    }
    let pan = stream.pick(&[-14, 14]) as i8;
    let teller = Singer {
        layer: layers[0],
        height: stream.pick(&[7, 7, 14]),
        pan,
    };
    let other = Singer {
        layer: layers[1],
        height: stream.pick(&[0, 7]),
        pan: -pan,
    };
    let below = Singer {
        height: teller.height - stream.pick(&[2, 5, 7]),
        ..other
    };
    let section = draft.plan.section();
    phrases(draft, &motif, [teller, other], 0);
    phrases(draft, &motif, [teller, other], section);
    phrases(draft, &turned, [other, teller], 2 * section);
    phrases(draft, &motif, [teller, teller], 3 * section);
    phrases(draft, &motif, [below, other], 3 * section);
    lead_back(draft, teller);
}

/// Statement and answer through a section. In A and B every third of four is left to the echo.
fn phrases(draft: &mut Draft, motif: &Motif, singers: [Singer; 2], from: u32) {
    let until = from + draft.plan.section();
    let full = draft.plan.is_full(from);
    let mut tick = from;
    let mut phrase = 0;
    while tick + motif.length <= until {
        if full || phrase % 4 != 2 {
            let answers = phrase % 2 == 1;
            sing(draft, motif, singers[usize::from(answers)], tick, answers);
        }
        phrase += 1;
        tick += motif.length;
    }
}

/// One statement of the motif over the chords at `from`. Notes on a beat are drawn to tones of the chord; the answer
/// ends on the chord's root.
fn sing(draft: &mut Draft, motif: &Motif, singer: Singer, from: u32, answers: bool) {
    let anchor = draft.chord_at(from).anchor();
    let steps = &motif.steps[..motif.count];
    for (place, step) in steps.iter().enumerate() {
        let tick = from + step.tick;
        let chord = draft.chord_at(tick);
        let on_beat = step.tick.is_multiple_of(TICKS_PER_BEAT);
        let wanted = anchor + step.degree + i32::from(answers);
        let mut degree = if answers && place + 1 == steps.len() {
            // The chord's root, in the nearest octave.
            wanted + (chord.degree - wanted + 3).rem_euclid(7) - 3
        } else if on_beat {
            chord.nearest(wanted)
        } else {
            wanted
        };
        // Nobody sings higher than an octave and a half above, nor lower than an octave below.
        if degree > 12 {
            degree -= 7;
        } else if degree < -7 {
            degree += 7;
        }
        degree += singer.height;
        let cents = draft.score.key.cents(degree);
        let velocity = draft.plan.velocity(singer.layer, tick) + if on_beat { 8 } else { 0 };
        draft.play(singer.layer, tick, step.ticks, cents, velocity, singer.pan);
        if on_beat && draft.plan.is_full(tick) {
            adorn(draft, singer, tick, degree, velocity * 2 / 3);
        }
    }
}

/// Ornaments: a charged Atom leans on a note from the semitone below it, a neutral one adds the degree above after it.
fn adorn(draft: &mut Draft, singer: Singer, tick: u32, degree: i32, velocity: u32) {
    let grace = TICKS_PER_BEAT / 8;
    let chance = 20 + 10 * u32::from(draft.charge.unsigned_abs());
    if !draft.touch.chance(chance) {
        return;
    }
    let key = draft.score.key;
    let (tick, cents) = if draft.charge == 0 {
        (tick + TICKS_PER_BEAT / 4, key.cents(degree + 1))
    } else {
        (tick - grace, key.cents(degree) - 100)
    };
    let note = draft.play(singer.layer, tick, 6, cents, velocity, singer.pan);
    note.passing = !key.has(note.cents);
}

/// The last bar climbs by step into the first note of the piece.
fn lead_back(draft: &mut Draft, singer: Singer) {
    let end = draft.plan.ticks();
    let degree = draft.chord_at(end - 1).anchor() + singer.height;
    for step in 0..3_u32 {
        let tick = end - (3 - step) * TICKS_PER_BEAT / 2;
        let cents = draft.score.key.cents(degree + step.cast_signed());
        draft.play(singer.layer, tick, 12, cents, 62 + 8 * step, singer.pan);
    }
}
