//! A struck bell: partials that turn in the complex plane and shrink, each at its own rate.

use super::math::{cos_turn, decay, exp2, sin_turn, sqrt, turns_per_sample};
use crate::{Note, Patch, Score};

const PARTIALS: usize = 7;

/// One stroke.
#[derive(Clone, Copy, Default)]
pub(super) struct Bell {
    real: [f32; PARTIALS],
    imaginary: [f32; PARTIALS],
    cosine: [f32; PARTIALS],
    sine: [f32; PARTIALS],
    /// Partials in use; the rest lie above what one hears.
    count: usize,
    /// Samples until it is stopped for good.
    left: u32,
}

impl Bell {
    #[inline(never)]
    pub(super) fn strike(&mut self, note: &Note, patch: &Patch, score: &Score) {
        let bell = self;
        *bell = Self::default();
        let mut energy = 0.0;
        // High bells ring shorter, an octave by a fifth.
        let ring = patch.ring_ms() * exp2((6600 - note.cents) as f32 / 3800.0);
        let ring = ring.min(LONGEST_MS);
        let bright = f32::from(patch.brightness) / 128.0 * (0.4 + f32::from(note.velocity) / 160.0);
        for &(cents, level) in &score.partials {
            let step = turns_per_sample(note.cents + i32::from(cents));
            if level == 0 || step > 0.3 {
                continue;
            }
            let above = exp2(f32::from(cents) / 1200.0);
            let level = f32::from(level) / 255.0 * if cents > 0 { bright } else { 1.0 };
            let shrink = decay(ring / (0.6 + 0.4 * above));
            let place = bell.count;
            bell.real[place] = level;
            bell.cosine[place] = cos_turn(step) * shrink;
            bell.sine[place] = sin_turn(step) * shrink;
            bell.count += 1;
            energy += level * level;
        }
        let scale = 1.0 / sqrt(energy.max(1e-6));
        for real in &mut bell.real {
            *real *= scale;
        }
        bell.left = (ring * 48.0) as u32;
    }

    #[inline(never)]
    pub(super) fn add(&mut self, out: &mut [f32]) -> bool {
        for sample in out.iter_mut() {
            for place in 0..self.count.min(PARTIALS) {
                let (re, im) = (self.real[place], self.imaginary[place]);
                let (c, s) = (self.cosine[place], self.sine[place]);
                self.real[place] = re * c - im * s;
                self.imaginary[place] = re * s + im * c;
                *sample += im;
            }
        }
        self.left = self.left.saturating_sub(out.len() as u32);
        self.left > 0
    }
}

/// No bell rings longer, in milliseconds: what rings over the end of the piece must be known at its beginning.
const LONGEST_MS: f32 = 3200.0;
