//! Whatever is held, bent or shaken: two tones of one wave, the second beside the first or bending its phase; a pitch
//! that may fall; noise; a filter; an envelope. Keys, bass, pad and drums are made of it.

use super::{
    Waves,
    envelope::Envelope,
    filter::Filter,
    math::{decay, exp2, sin_turn, turns_per_sample},
    noise::Noise,
    wave::advance,
};
use crate::{Layer, Note, Patch};

/// One note.
#[derive(Clone, Copy, Default)]
pub(super) struct Tone {
    envelope: Envelope,
    /// How loud the tone itself is; drums have noise as well.
    share: f32,
    phases: [f32; 2],
    steps: [f32; 2],
    /// How far the second tone bends the phase of the first, in turns: what fades, how fast, and what stays.
    bend: f32,
    bend_fade: f32,
    bend_least: f32,
    /// How many times higher the pitch begins, and how fast that goes.
    sweep: f32,
    sweep_fade: f32,
    noise: f32,
    noise_fade: f32,
    source: Noise,
    filter: Filter,
    /// The pad's filter opens and closes: its corner in turns per sample when half open.
    corner: f32,
    breath: f32,
    breath_step: f32,
}

impl Tone {
    #[inline(never)]
    pub(super) fn begin(&mut self, note: &Note, patch: &Patch, detune_cents: u8, held: u32) {
        let step = turns_per_sample(note.cents);
        let ring = patch.ring_ms();
        let hard = f32::from(note.velocity) / 127.0;
        let bright = f32::from(patch.brightness) / 255.0;
        let colour = patch.colour;
        *self = Self::default();
        self.share = 1.0;
        self.steps = [step; 2];
        self.source = Noise::new(note.tick + note.cents.unsigned_abs());
        let mut held = held;
        let (mut fall, mut sustain, mut release) = (ring, 0.0, 320.0);
        match note.layer {
            Layer::Pad => {
                (fall, sustain, release) = (4000.0, 0.75, ring);
                let apart = exp2(f32::from(detune_cents) / 2400.0);
                self.steps = [step * apart, step / apart];
                self.phases[1] = 0.37;
                self.share = 0.7;
                // 500 Hz to 3.2 kHz.
                self.corner = exp2(2.7 * bright * (0.6 + 0.5 * hard)) * (500.0 / 44_100.0);
                self.breath_step = 64.0 / (f32::from(colour) * 200.0 + 90_000.0);
            }
            Layer::Keys | Layer::Bass => {
                let (ratio, bend) = if note.layer == Layer::Bass {
                    (sustain, release) = (0.3, 140.0);
                    self.bend_least = 0.06;
                    (1 + colour / 171, 0.42)
                } else {
                    let ratio = 1 + colour / 43;
                    (ratio, 0.5 / (0.6 + 0.4 * f32::from(ratio)))
                };
                self.steps[1] = step * f32::from(ratio);
                self.bend = bright * (0.3 + hard) * bend;
                self.bend_fade = decay(ring * 0.6);
            }
            _ => {
                held = u32::MAX;
                // Tone, noise, what the noise rings of the tone's length, sweep in times the pitch and its length,
                // corner and damping of the noise.
                let (share, noise, length, sweep, sweep_ms, corner, damping) = match note.layer {
                    Layer::Kick => (1.0, 0.12 * bright, 0.33, 3.0, 90.0, 0.02, 1.4),
                    Layer::Wood => (0.8, 0.35 * bright, 0.33, 0.15, 40.0, step * 3.0, 0.5),
                    _ => (0.0, 1.0, 9.0, 0.0, 10.0, step * (0.8 + 0.4 * bright), 0.9),
                };
                self.share = share;
                self.noise = noise;
                self.noise_fade = decay(ring * length);
                self.sweep = sweep;
                self.sweep_fade = decay(sweep_ms);
                self.filter.tune(corner, damping);
            }
        }
        self.envelope = Envelope::new(patch.attack, fall, sustain, release, held);
    }

    /// Adds the next samples; false when it has ended.
    #[inline(never)]
    pub(super) fn add(&mut self, waves: &Waves, out: &mut [f32]) -> bool {
        let is_pad = self.corner > 0.0;
        let wave = if is_pad { &waves.choir } else { &waves.sine };
        if is_pad {
            let open = exp2(0.6 * sin_turn(self.breath));
            advance(&mut self.breath, self.breath_step);
            self.filter.tune(self.corner * open, 1.1);
        }
        for sample in out {
            let other = wave.at(self.phases[1]);
            let bent = self.phases[0] + (self.bend + self.bend_least) * other;
            // The bend is below a turn on either side.
            let mut tone = wave.at(if bent < 0.0 { bent + 1.0 } else { bent });
            self.bend *= self.bend_fade;
            for (phase, step) in self.phases.iter_mut().zip(self.steps) {
                advance(phase, step * (1.0 + self.sweep));
            }
            tone *= self.share;
            if is_pad {
                tone = self.filter.pass(tone + self.share * other).low;
            } else if self.noise > 0.0 {
                tone += self.filter.pass(self.noise * self.source.next()).band;
                self.noise *= self.noise_fade;
                self.sweep *= self.sweep_fade;
            }
            *sample = tone * self.envelope.next();
        }
        !self.envelope.has_ended()
    }
}
