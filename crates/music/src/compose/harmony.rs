//! Chords, one for each bar, and how voices move between them.

use super::plan::{MOST_BARS, Plan};
use crate::{key::Key, random::Stream};

/// Four tones on a degree of the key.
#[derive(Clone, Copy, Default)]
pub(super) struct Chord {
    /// 0 to 6.
    pub(super) degree: i32,
    /// Steps above that degree, 0 to 6; the first is 0. Where a tone is doubled it stands twice.
    pub(super) tones: [u8; 4],
}

/// The tension of a charge: the tones of all chords but the first of a section, from -3 to 4 and more. The fourth is
/// the plain triad, its root doubled.
const TENSIONS: [[u8; 4]; 8] = [
    [0, 1, 4, 6],
    [0, 1, 4, 0],
    [0, 2, 4, 5],
    [0, 2, 4, 0],
    [0, 2, 4, 6],
    [0, 2, 4, 1],
    [0, 2, 6, 1],
    [0, 3, 6, 1],
];
const PLAIN: i8 = 3;

impl Chord {
    /// Whether a degree of the key is one of its tones.
    pub(super) fn has(&self, degree: i32) -> bool {
        let above = (degree - self.degree).rem_euclid(7) as u8;
        self.tones.iter().any(|&tone| tone == above)
    }

    /// The nearest degree to `degree` that is a tone of the chord, the lower one of two.
    pub(super) fn nearest(&self, degree: i32) -> i32 {
        let mut away = 0;
        while away < 3 && !self.has(degree - away) {
            if self.has(degree + away) {
                return degree + away;
            }
            away += 1;
        }
        degree - away
    }

    /// Its root as a degree near the key's root: -3 to 3.
    pub(super) const fn anchor(&self) -> i32 {
        if self.degree > 3 {
            self.degree - 7
        } else {
            self.degree
        }
    }
}

/// The chords of the whole piece: A, A′ (as A), B, A″ (as A, with an end that leads back). A piece has few chords, and
/// B has the same ones in another order.
pub(super) fn progression(
    key: &Key,
    plan: &Plan,
    charge: i8,
    stream: &mut Stream,
) -> [Chord; MOST_BARS] {
    let bars = plan.bars_per_section;
    let slow = bars >= 6 && stream.chance(40);
    let tension = if charge == 0 && stream.chance(35) {
        PLAIN + 1
    } else {
        (PLAIN + charge).clamp(0, 7)
    };
    // The home chord and three more, each away from the one before by a strong step.
    let mut few = [firm(key, 0); 4];
    for place in 1..4 {
        let step = stream.pick(&[3, 3, 5, 5, 4, 1, 6]);
        few[place] = firm(key, few[place - 1] + step);
    }
    let home = [0b11_10_01_00_u8, 0b10_11_01_00, 0b11_01_10_00][stream.below(3) as usize];
    // B begins elsewhere.
    let orders = [home, home.rotate_right(2 * (1 + stream.below(3)))];
    let last = firm(key, stream.pick(&[4, 3, 6, 1]));
    let mut chords = [Chord::default(); MOST_BARS];
    for (bar, chord) in (0..plan.bars()).zip(&mut chords) {
        let (section, within) = (bar / bars, bar % bars);
        let place = if slow { within / 2 } else { within };
        let order = orders[usize::from(section == 2)];
        let degree = if section == 3 && within + 1 == bars {
            last
        } else {
            few[usize::from(order >> (2 * (place % 4)) & 3)]
        };
        let tension = if within == 0 { PLAIN } else { tension };
        *chord = Chord {
            degree,
            tones: TENSIONS[tension as usize % 8],
        };
    }
    chords
}

/// A degree whose chord has a firm fifth: that one, or a third below it.
fn firm(key: &Key, degree: i32) -> i32 {
    let mut degree = degree.rem_euclid(7);
    for _ in 0..3 {
        let fifth = key.cents(degree + 4) - key.cents(degree);
        if (650..=750).contains(&fifth) {
            break;
        }
        degree = (degree + 5) % 7;
    }
    degree
}

/// Four voices, in cents, that move as little as they can from chord to chord.
pub(super) struct Choir {
    voices: [i32; 4],
    lowest: i32,
}

/// How far apart the lowest and the highest voice may be.
const RANGE: i32 = 2000;

impl Choir {
    /// Voices from a lowest pitch up, within an octave and two thirds.
    pub(super) fn new(lowest: i32) -> Self {
        Self {
            voices: [300, 700, 1000, 1500].map(|above| lowest + above),
            lowest,
        }
    }

    /// Moves to the tones of `chord`: of all ways to give them to the voices, the one in which the voices move least.
    pub(super) fn lead(&mut self, key: &Key, chord: &Chord) -> [i32; 4] {
        let mut best = (i32::MAX, self.voices);
        for order in 0..24 {
            let mut tones = chord.tones;
            // The order-th of the permutations.
            tones.swap(0, order % 4);
            tones.swap(1, 1 + order / 4 % 3);
            tones.swap(2, 2 + order / 12);
            let mut cost = 0;
            let mut voices = self.voices;
            for place in 0..4 {
                let was = voices[place];
                let above = key.cents(chord.degree + i32::from(tones[place])) - was;
                let mut now = was + (above + 600).rem_euclid(1200) - 600;
                if now < self.lowest {
                    now += 1200;
                } else if now > self.lowest + RANGE {
                    now -= 1200;
                }
                cost += (now - was).abs();
                if voices[..place].contains(&now) {
                    cost += 900;
                }
                voices[place] = now;
            }
            if cost < best.0 {
                best = (cost, voices);
            }
        }
        self.voices = best.1;
        self.voices
    }
}
