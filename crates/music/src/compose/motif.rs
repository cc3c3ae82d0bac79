//! The motif, and how it returns: answered, adorned, turned round, stretched, and home again.

use super::{Draft, harmony::Chord};
use crate::{
    random::Stream,
    rhythm::Cycle,
    score::{Layer, Note, TICKS_PER_BEAT},
};
use alloc::vec::Vec;

/// A note of the motif: when within its two bars, how long, and how many degrees above its anchor.
#[derive(Clone, Copy)]
struct Step {
    tick: u32,
    ticks: u32,
    degree: i32,
}

/// How the motif is turned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Inverted,
    Backwards,
    Stretched,
}

/// The motif within two bars.
struct Motif {
    steps: Vec<Step>,
    length: u32,
}

impl Motif {
    /// Draws a rhythm of eighths (many in the first bar, few in the second) and a line that mostly steps, rising or
    /// falling for a while, with one leap.
    #[inline(never)]
    fn draw(bar: u32, stream: &mut Stream) -> Self {
        let eighth = TICKS_PER_BEAT / 2;
        let steps_per_bar = bar / eighth;
        let bars = [
            Cycle {
                pulses: stream.between(3, 5).unsigned_abs().min(steps_per_bar - 1),
                steps: steps_per_bar,
                rotation: stream.pick(&[0, 0, 0, 1, 2]),
            },
            Cycle {
                pulses: stream.between(1, 3).unsigned_abs(),
                steps: steps_per_bar,
                rotation: stream.pick(&[0, 0, 1]),
            },
        ];
        let ticks: Vec<u32> = (0..2 * steps_per_bar)
            .filter(|step| bars[(step / steps_per_bar) as usize].strikes(step % steps_per_bar))
            .map(|step| step * eighth)
            .collect();
        let leap = stream.below(ticks.len() as u32) as usize;
        let mut degree = stream.pick(&[0, 2, 4, 4, 7]);
        let mut rising = stream.chance(50);
        let mut steps = Vec::new();
        for (place, &tick) in ticks.iter().enumerate() {
            let next = ticks.get(place + 1).copied().unwrap_or(2 * bar);
            steps.push(Step {
                tick,
                ticks: (next - tick).min(2 * TICKS_PER_BEAT),
                degree,
            });
            if stream.chance(30) || !(-2..=8).contains(&degree) {
                rising = degree < 3;
            }
            let size = if place == leap {
                stream.between(3, 5)
            } else {
                stream.pick(&[1, 1, 1, 2, 2, 0])
            };
            degree += if rising { size } else { -size };
        }
        Self {
            steps,
            length: 2 * bar,
        }
    }

    #[inline(never)]
    fn turned(&self, turn: Turn) -> Self {
        let mut steps = self.steps.clone();
        let first = steps.first().map_or(0, |step| step.degree);
        for step in &mut steps {
            match turn {
                Turn::Inverted => step.degree = 2 * first - step.degree,
                Turn::Backwards => step.tick = self.length - step.tick - step.ticks,
                Turn::Stretched => {
                    step.tick *= 2;
                    step.ticks *= 2;
                }
            }
        }
        Self {
            steps,
            length: self.length * (1 + u32::from(turn == Turn::Stretched)),
        }
    }
}

/// Who sings, how high and how loud.
#[derive(Clone, Copy)]
struct Singer {
    layer: Layer,
    /// Degrees above the key's root.
    height: i32,
    velocity: u32,
    pan: i8,
}

/// Writes the melody of all four sections.
#[inline(never)]
pub(super) fn melodies(draft: &mut Draft) {
    let mut stream = draft.stream("motif");
    let motif = Motif::draw(draft.plan.bar, &mut stream);
    let turn = stream.pick(&[Turn::Inverted, Turn::Backwards, Turn::Stretched]);
    let leader = stream.pick(&[Layer::Bell, Layer::Bell, Layer::Bell, Layer::Keys]);
    let other = if leader == Layer::Bell {
        Layer::Keys
    } else {
        Layer::Bell
    };
    let side = stream.pick(&[-14, 14]);
    let lead = Singer {
        layer: leader,
        height: 7,
        velocity: 84,
        pan: side,
    };
    let section = draft.plan.section();
    // A: alone. A′: louder, adorned. B: turned, by the other voice, lower.
    phrases(draft, &motif, lead, 0, false);
    phrases(
        draft,
        &motif,
        Singer {
            velocity: 92,
            ..lead
        },
        section,
        true,
    );
    let second = Singer {
        layer: other,
        height: stream.pick(&[0, 7]),
        velocity: 88,
        pan: -side,
    };
    phrases(draft, &motif.turned(turn), second, 2 * section, false);
    // A″: both, the second a third or a sixth below.
    let home = 3 * section;
    phrases(
        draft,
        &motif,
        Singer {
            velocity: 100,
            ..lead
        },
        home,
        true,
    );
    let below = Singer {
        height: lead.height - stream.pick(&[2, 5, 7]),
        velocity: 72,
        ..second
    };
    phrases(draft, &motif, below, home, false);
    lead_back(draft, lead);
}

/// Statement and answer through a section; every third pair of bars is left to the echo.
#[inline(never)]
fn phrases(draft: &mut Draft, motif: &Motif, singer: Singer, from: u32, adorned: bool) {
    let until = from + draft.plan.section();
    let mut tick = from;
    let mut phrase = 0;
    while tick + motif.length <= until {
        let answer = phrase % 2 == 1;
        if phrase % 4 != 2 || adorned {
            sing(draft, motif, singer, tick, answer, adorned);
        }
        phrase += 1;
        tick += motif.length;
    }
}

/// One statement of the motif over the chords at `from`. Notes on a beat are drawn to tones of the chord; the answer
/// ends on the chord's root.
#[inline(never)]
fn sing(draft: &mut Draft, motif: &Motif, singer: Singer, from: u32, answer: bool, adorned: bool) {
    let anchor = draft.chord_at(from).anchor();
    let last = motif.steps.iter().map(|step| step.tick).max();
    for step in &motif.steps {
        let tick = from + step.tick;
        let chord = *draft.chord_at(tick);
        let on_beat = step.tick.is_multiple_of(TICKS_PER_BEAT);
        let wanted = singer.height + anchor + step.degree + i32::from(answer);
        let degree = if answer && Some(step.tick) == last {
            to_root(&chord, wanted)
        } else if on_beat {
            chord.nearest(wanted)
        } else {
            wanted
        };
        // Nobody sings higher than an octave and a half above, nor lower than an octave below.
        let degree = match degree - singer.height {
            13.. => degree - 7,
            ..-7 => degree + 7,
            _ => degree,
        };
        let accent = if on_beat { 8 } else { 0 };
        let note = Note {
            pan: singer.pan,
            ..Draft::note(
                singer.layer,
                tick,
                step.ticks,
                draft.key.cents(degree),
                singer.velocity + accent,
            )
        };
        draft.play(note);
        if adorned && on_beat {
            adorn(draft, note, degree);
        }
    }
}

/// Ornaments: a charged Atom leans on a note from the semitone below it, a neutral one adds the degree above after it.
#[inline(never)]
fn adorn(draft: &mut Draft, note: Note, degree: i32) {
    let grace = TICKS_PER_BEAT / 8;
    let chance = 20 + 10 * u32::from(draft.charge.unsigned_abs());
    if !draft.touch.chance(chance) {
        return;
    }
    let soft = note.velocity - note.velocity / 3;
    if draft.charge != 0 && note.tick >= grace {
        draft.play(Note {
            tick: note.tick - grace,
            ticks: grace,
            cents: note.cents - 100,
            velocity: soft,
            passing: !draft.key.has(note.cents - 100),
            ..note
        });
    } else if note.ticks >= TICKS_PER_BEAT / 2 {
        draft.play(Note {
            tick: note.tick + TICKS_PER_BEAT / 4,
            ticks: TICKS_PER_BEAT / 4,
            cents: draft.key.cents(degree + 1),
            velocity: soft,
            ..note
        });
    }
}

/// The last bar climbs by step into the first note of the piece.
#[inline(never)]
fn lead_back(draft: &mut Draft, singer: Singer) {
    let end = draft.plan.ticks();
    let degree = draft.chords.last().map_or(0, Chord::anchor) + singer.height;
    for step in 0..3_u32 {
        let note = Draft::note(
            singer.layer,
            end - (3 - step) * TICKS_PER_BEAT / 2,
            TICKS_PER_BEAT / 2,
            draft.key.cents(degree + step.cast_signed()),
            62 + 8 * step,
        );
        draft.play(Note {
            pan: singer.pan,
            ..note
        });
    }
}

/// The nearest degree to `degree` that is the chord's root in some octave.
#[inline(never)]
fn to_root(chord: &Chord, degree: i32) -> i32 {
    let above = (chord.degree - degree).rem_euclid(7);
    degree + if above > 3 { above - 7 } else { above }
}
