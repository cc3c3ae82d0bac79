//! Chords, one for each bar, and how voices move between them.

use super::plan::Plan;
use crate::{key::Key, random::Stream};
use alloc::vec::Vec;

/// Four tones on a degree of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chord {
    /// 0 to 6.
    pub(super) degree: i32,
    /// Steps above that degree, 0 to 6; the first is 0. Where a tone is doubled it stands twice.
    pub(super) tones: [i32; 4],
}

/// Plain: a triad, its root doubled.
const TRIAD: [i32; 4] = [0, 2, 4, 0];
const SEVENTH: [i32; 4] = [0, 2, 4, 6];

/// The tension of a charge: what is added to chords other than the first of a section.
const fn tones_of(charge: i8) -> [i32; 4] {
    match charge {
        i8::MIN..=-3 => [0, 1, 4, 6],
        -2 => [0, 1, 4, 0],
        -1 => [0, 2, 4, 5],
        0 => TRIAD,
        1 => SEVENTH,
        2 => [0, 2, 4, 1],
        3 => [0, 2, 6, 1],
        4.. => [0, 3, 6, 1],
    }
}

impl Chord {
    /// Whether a degree of the key is one of its tones.
    #[inline(never)]
    pub(super) fn has(&self, degree: i32) -> bool {
        self.tones.contains(&(degree - self.degree).rem_euclid(7))
    }

    /// The nearest degree to `degree` that is a tone of the chord, the lower one of two.
    pub(super) fn nearest(&self, degree: i32) -> i32 {
        let distances = [0, -1, 1, -2, 2, -3];
        let found = distances
            .iter()
            .find(|&&distance| self.has(degree + distance));
        degree + found.unwrap_or(&0)
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

/// The chords of the whole piece: A, A′ (as A), B, A″ (as A, with an end that leads back).
#[inline(never)]
pub(super) fn progression(key: &Key, plan: &Plan, charge: i8, stream: &mut Stream) -> Vec<Chord> {
    let bars = plan.bars_per_section as usize;
    let slow = bars >= 8 && stream.chance(40);
    let tones = if charge == 0 && stream.chance(35) {
        SEVENTH
    } else {
        tones_of(charge)
    };
    let bars_per_chord = if slow { 2 } else { 1 };
    let home = walk(key, 0, bars / bars_per_chord, stream);
    let away_from = stream.pick(&[3, 5, 1, 2, 4]);
    let away = walk(key, away_from, bars / bars_per_chord, stream);
    let mut back = home.clone();
    if let [.., last] = back.as_mut_slice() {
        *last = firm(key, stream.pick(&[4, 3, 6]));
    }
    let mut chords = Vec::new();
    for section in [&home, &home, &away, &back] {
        for (place, &degree) in section.iter().enumerate() {
            let tones = if place == 0 { TRIAD } else { tones };
            chords.extend((0..bars_per_chord).map(|_| Chord { degree, tones }));
        }
    }
    chords
}

/// Chord after chord by strong steps: a fourth up, a third down, now and then another.
#[inline(never)]
fn walk(key: &Key, start: i32, length: usize, stream: &mut Stream) -> Vec<i32> {
    let mut degree = firm(key, start);
    let mut degrees = Vec::new();
    for place in 0..length {
        degrees.push(degree);
        let next = degree + stream.pick(&[3, 3, 3, 5, 5, 5, 4, 4, 1, 6]);
        degree = firm(key, next);
        if place + 2 == length {
            // The last chord of a section wants to go on.
            degree = firm(key, stream.pick(&[4, 3, 6, 1]));
        }
    }
    degrees
}

/// A degree whose chord has a firm fifth: that one, or a third below it.
#[inline(never)]
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
    range: [i32; 2],
}

impl Choir {
    /// Voices around the key's root, within about an octave and a half.
    pub(super) fn new(key: &Key) -> Self {
        let root = key.root_cents;
        Self {
            voices: [root, root + 400, root + 700, root + 1200],
            range: [root - 300, root + 1700],
        }
    }

    /// Moves to the tones of `chord`: of all ways to give them to the voices, the one in which the voices move least.
    #[inline(never)]
    pub(super) fn lead(&mut self, key: &Key, chord: &Chord) -> [i32; 4] {
        let mut best = (i32::MAX, self.voices);
        for order in 0..24 {
            let tones = permuted(chord.tones, order);
            let mut cost = 0;
            let mut voices = self.voices;
            for (voice, tone) in voices.iter_mut().zip(tones) {
                let was = *voice;
                let above = (key.cents(chord.degree + tone) - was).rem_euclid(1200);
                *voice += if above > 600 { above - 1200 } else { above };
                cost += (*voice - was).abs();
                let [low, high] = self.range;
                cost += (low - *voice).max(0) * 4 + (*voice - high).max(0) * 4;
            }
            let doubled = (1..4).any(|voice| voices[..voice].contains(&voices[voice]));
            cost += if doubled { 900 } else { 0 };
            if cost < best.0 {
                best = (cost, voices);
            }
        }
        self.voices = best.1;
        for voice in &mut self.voices {
            let [low, high] = self.range;
            if *voice < low {
                *voice += 1200;
            } else if *voice > high {
                *voice -= 1200;
            }
        }
        self.voices
    }
}

/// The `order`th of the 24 permutations.
fn permuted(mut tones: [i32; 4], order: usize) -> [i32; 4] {
    tones.swap(0, order % 4);
    tones.swap(1, 1 + order / 4 % 3);
    tones.swap(2, 2 + order / 12);
    tones
}
