//! Two sines, one bending the other's phase.

use super::{
    envelope::Envelope,
    math::{decay, turns_per_sample},
    wave::{Wave, advance},
};
use crate::{Layer, Note, Patch};

/// A note of the keys or the bass.
#[derive(Clone, Copy, Default)]
pub(super) struct Fm {
    envelope: Envelope,
    carrier: f32,
    step: f32,
    modulator: f32,
    modulator_step: f32,
    /// How far the phase is bent, in turns, and what that is multiplied with in each sample.
    bend: f32,
    fade: f32,
    least: f32,
}

impl Fm {
    #[inline(never)]
    pub(super) fn play(note: &Note, patch: &Patch, held: u32) -> Self {
        let step = turns_per_sample(note.cents);
        let hard = f32::from(patch.brightness) / 255.0 * (0.3 + f32::from(note.velocity) / 127.0);
        let bass = note.layer == Layer::Bass;
        let ratio = if bass {
            [1.0, 2.0][usize::from(patch.colour > 170)]
        } else {
            [1.0, 2.0, 3.0, 4.0, 5.0, 7.0][usize::from(patch.colour) * 6 / 256]
        };
        let ring = f32::from(patch.ring_ms);
        let envelope = if bass {
            Envelope::new(patch.attack_ms, ring, 0.3, 140.0, held)
        } else {
            Envelope::new(patch.attack_ms, ring, 0.0, 320.0, held)
        };
        Self {
            envelope,
            step,
            modulator_step: step * ratio,
            bend: hard
                * if bass {
                    0.42
                } else {
                    0.5 / (0.6 + 0.4 * ratio)
                },
            fade: decay(ring * 0.6),
            least: if bass { 0.06 } else { 0.01 },
            ..Self::default()
        }
    }

    #[inline(never)]
    pub(super) fn add(&mut self, sine: &Wave, out: &mut [f32]) -> bool {
        for sample in out.iter_mut() {
            let bent = self.carrier + (self.bend + self.least) * sine.at(self.modulator);
            // The bend is below a turn on either side.
            let phase = if bent < 0.0 { bent + 1.0 } else { bent };
            *sample += self.envelope.next() * sine.at(phase);
            self.bend *= self.fade;
            advance(&mut self.carrier, self.step);
            advance(&mut self.modulator, self.modulator_step);
        }
        !self.envelope.has_ended()
    }
}
