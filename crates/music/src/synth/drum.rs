//! Percussion: a sine that falls in pitch, and filtered noise.

use super::{
    filter::Filter,
    math::{decay, turns_per_sample},
    noise::Noise,
    wave::{Wave, advance},
};
use crate::{Layer, Note, Patch};

/// One stroke.
#[derive(Clone, Copy, Default)]
pub(super) struct Drum {
    tone: f32,
    noise_level: f32,
    tone_fade: f32,
    noise_fade: f32,
    phase: f32,
    step: f32,
    /// How much higher the pitch begins, and how fast that goes.
    sweep: f32,
    sweep_fade: f32,
    noise: Noise,
    filter: Filter,
    rise: f32,
}

impl Drum {
    #[inline(never)]
    pub(super) fn strike(note: &Note, patch: &Patch) -> Self {
        let ring = f32::from(patch.ring_ms);
        let bright = f32::from(patch.brightness) / 255.0;
        let step = turns_per_sample(note.cents);
        let mut drum = Self {
            noise: Noise::new(note.tick + note.cents.unsigned_abs()),
            step: step.min(0.2),
            ..Self::default()
        };
        // Tone, noise, sweep in times the pitch and its length, corner and damping of the noise.
        let (tone, noise, sweep, sweep_ms, corner, damping) = match note.layer {
            Layer::Kick => (1.0, 0.12 * bright, 3.0, 90.0, 0.02, 1.4),
            Layer::Wood => (0.8, 0.35 * bright, 0.15, 40.0, step * 3.0, 0.5),
            _ => (0.0, 1.0, 0.0, 10.0, step * (0.8 + 0.4 * bright), 0.9),
        };
        drum.tone = tone;
        drum.noise_level = noise;
        drum.sweep = sweep;
        drum.sweep_fade = decay(sweep_ms);
        drum.tone_fade = decay(ring);
        drum.noise_fade = decay(if note.layer == Layer::Hat {
            ring
        } else {
            ring * 0.25
        });
        drum.filter.tune(corner, damping);
        drum
    }

    #[inline(never)]
    pub(super) fn add(&mut self, sine: &Wave, out: &mut [f32]) -> bool {
        for sample in out.iter_mut() {
            // A millisecond of rise, lest it clicks.
            self.rise += (1.0 - self.rise) * 0.08;
            let noise = self.filter.pass(self.noise.next()).band;
            let tone = self.tone * sine.at(self.phase) + self.noise_level * noise;
            *sample += self.rise * tone;
            advance(&mut self.phase, self.step * (1.0 + self.sweep));
            self.sweep *= self.sweep_fade;
            self.tone *= self.tone_fade;
            self.noise_level *= self.noise_fade;
        }
        self.tone + self.noise_level > 1e-4
    }
}
