//! A choir: two slightly different wavetable tones through a filter that opens and closes.

use super::{
    envelope::Envelope,
    filter::Filter,
    math::{exp2, sin_turn, turns_per_sample},
    wave::{Wave, advance},
};
use crate::{Note, Patch};

/// One voice of the choir.
#[derive(Clone, Copy, Default)]
pub(super) struct Pad {
    envelope: Envelope,
    filter: Filter,
    phases: [f32; 2],
    steps: [f32; 2],
    /// The filter's corner in turns per sample when half open.
    corner: f32,
    breath: f32,
    breath_step: f32,
}

impl Pad {
    #[inline(never)]
    pub(super) fn play(note: &Note, patch: &Patch, detune_cents: u8, held: u32) -> Self {
        let step = turns_per_sample(note.cents);
        let apart = exp2(f32::from(detune_cents) / 2400.0);
        let bright = f32::from(patch.brightness) / 255.0 * (0.6 + f32::from(note.velocity) / 254.0);
        Self {
            envelope: Envelope::new(
                patch.attack_ms,
                4000.0,
                0.75,
                f32::from(patch.ring_ms),
                held,
            ),
            phases: [0.0, 0.37],
            steps: [step * apart, step / apart],
            // 500 Hz to 3.2 kHz.
            corner: exp2(2.7 * bright) * (500.0 / 44_100.0),
            breath: 0.0,
            breath_step: 64.0 / (f32::from(patch.colour) * 200.0 + 90_000.0),
            ..Self::default()
        }
    }

    #[inline(never)]
    pub(super) fn add(&mut self, wave: &Wave, out: &mut [f32]) -> bool {
        let open = exp2(0.6 * sin_turn(self.breath));
        advance(&mut self.breath, self.breath_step);
        self.filter.tune(self.corner * open, 1.1);
        for sample in out.iter_mut() {
            let [one, two] = self.phases;
            let tone = wave.at(one) + wave.at(two);
            *sample += self.envelope.next() * self.filter.pass(0.7 * tone).low;
            for (phase, step) in self.phases.iter_mut().zip(self.steps) {
                advance(phase, step);
            }
        }
        !self.envelope.has_ended()
    }
}
