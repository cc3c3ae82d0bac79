//! A plucked string after Karplus and Strong: a burst of noise that goes round and loses its edge.

use super::{
    math::{exp2, turns_per_sample},
    noise::Noise,
};
use crate::{Note, Patch};

/// The longest string: down to 43 Hz.
const LENGTH: usize = 1024;

/// One string.
#[derive(Clone)]
pub(super) struct Pluck {
    cells: [f32; LENGTH],
    length: usize,
    place: usize,
    /// The part of a sample that the string is longer, as an all-pass filter's coefficient, and its last
    /// output and input.
    tuning: f32,
    tuned: f32,
    soft: f32,
    before: f32,
    /// How much of each sample is taken from the one before: how fast the edge is lost.
    softness: f32,
    loss: f32,
    left: u32,
}

impl Default for Pluck {
    fn default() -> Self {
        Self {
            cells: [0.0; LENGTH],
            length: 0,
            place: 0,
            tuning: 0.0,
            tuned: 0.0,
            soft: 0.0,
            before: 0.0,
            softness: 0.0,
            loss: 0.0,
            left: 0,
        }
    }
}

impl Pluck {
    #[inline(never)]
    pub(super) fn pluck(&mut self, note: &Note, patch: &Patch) {
        let period = 1.0 / turns_per_sample(note.cents);
        let hard = f32::from(patch.brightness) / 255.0 * (0.5 + f32::from(note.velocity) / 254.0);
        let softness = 0.5 - 0.36 * hard.min(1.0);
        // The softening filter delays by its own part of a sample.
        let whole = (period - softness - 0.3) as usize;
        let length = whole.clamp(8, LENGTH);
        let part = period - softness - length as f32;
        let periods = patch.ring_ms() * 44.1 / period;
        let mut noise = Noise::new(note.cents.unsigned_abs() + note.tick);
        let mut smooth = 0.0;
        let pick = length / (3 + usize::from(patch.colour) / 43);
        let mut mean = 0.0;
        let string = &mut self.cells[..length];
        for cell in &mut *string {
            smooth += (noise.next() - smooth) * (0.2 + 0.5 * hard.min(1.0));
            *cell = smooth;
            mean += smooth;
        }
        mean /= length as f32;
        // Plucked at one place: the harmonics with a node there stay silent.
        for place in (0..length).rev() {
            let other = string[(place + length - pick.max(1)) % length];
            string[place] = (string[place] - mean) - 0.8 * (other - mean);
        }
        self.length = length;
        self.place = 0;
        self.tuning = (1.0 - part) / (1.0 + part);
        self.tuned = 0.0;
        self.soft = 0.0;
        self.before = 0.0;
        self.softness = softness;
        self.loss = exp2(-9.965_784 / periods.max(1.0));
        self.left = ((patch.ring_ms() * 44.1) as u32).min(4 * 44_100);
    }

    #[inline(never)]
    pub(super) fn add(&mut self, out: &mut [f32]) -> bool {
        let Some(string) = self.cells.get_mut(..self.length) else {
            return false;
        };
        for sample in out.iter_mut() {
            let Some(cell) = string.get_mut(self.place) else {
                return false;
            };
            let now = *cell;
            let soft = now + (self.before - now) * self.softness;
            // All-pass: y = c·(x - y') + x'.
            self.tuned = self.tuning * (soft - self.tuned) + self.soft;
            self.soft = soft;
            self.before = now;
            *cell = self.tuned * self.loss;
            *sample += now;
            self.place += 1;
            if self.place == self.length {
                self.place = 0;
            }
        }
        self.left = self.left.saturating_sub(out.len() as u32);
        self.left > 0
    }
}
