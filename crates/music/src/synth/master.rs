//! The last stage: no direct current, the right loudness, no peak too high.

use super::{
    BLOCK, Samples,
    loudness::{Weighting, energy_of},
    math::sqrt,
};

/// What no sample may exceed: -2.7 dB, which leaves peaks between samples below -1 dB.
const CEILING: f32 = 0.73;
/// How much of the way back to full gain a block takes.
const RECOVERY: f32 = 0.03;

/// Above this short-term loudness the music is held back, four to one: -15 LUFS as the energy of a block.
const LOUD: f32 = 0.037_1 * BLOCK as f32;
/// How much of the way to the loudness of a block the short-term loudness goes: all but a third of it in 0.4 s.
const PACE: f32 = 0.0036;

/// A slow compressor, a high pass, and a limiter that looks one block ahead.
pub(super) struct Master {
    pub(super) gain: f32,
    weighting: [Weighting; 2],
    /// The short-term loudness as the energy of a block, and how far it is held back.
    loudness: f32,
    held: f32,
    before: [f32; 2],
    /// Each side's last three samples after the high pass, the newest first.
    passed: [[f32; 3]; 2],
    waiting: [Samples; 2],
    /// The highest the gain may be in the waiting block, and where it stands at its beginning.
    allowed: f32,
    reached: f32,
    /// What keeps the limiter from leaving direct current: each side's last input and output.
    limited: [[f32; 2]; 2],
}

impl Master {
    pub(super) const fn new() -> Self {
        Self {
            gain: 1.0,
            weighting: [Weighting::NEW; 2],
            loudness: LOUD,
            held: 1.0,
            before: [0.0; 2],
            passed: [[0.0; 3]; 2],
            waiting: [[0.0; BLOCK]; 2],
            allowed: 1.0,
            reached: 1.0,
            limited: [[0.0; 2]; 2],
        }
    }

    /// Forgets what it heard; the gain stays.
    pub(super) fn reset(&mut self) {
        let gain = self.gain;
        *self = Self::new();
        self.gain = gain;
    }

    /// Takes a block and leaves the one before it in `out`.
    #[inline(never)]
    pub(super) fn pass(&mut self, block: &[Samples; 2], out: &mut [[i16; 2]; BLOCK]) {
        let energy = self.gain * self.gain * energy_of(&mut self.weighting, block);
        self.loudness += (energy - self.loudness) * PACE;
        // Three quarters of the excess, in dB: the power of 3/8 of a ratio of energies.
        let root = sqrt(sqrt(LOUD / self.loudness.max(LOUD)));
        let held = root * sqrt(root);
        let slope = (held - self.held) * (self.gain / BLOCK as f32);
        let start = self.held * self.gain;
        self.held = held;
        let mut next = *block;
        let mut peak = CEILING;
        for (side, samples) in next.iter_mut().enumerate() {
            let [mut one, mut two, mut three] = self.passed[side];
            let mut before = self.before[side];
            let mut gain = start;
            for sample in samples {
                gain += slope;
                // A high pass at 20 Hz.
                let input = *sample * gain;
                let now = input - before + 0.9972 * one;
                before = input;
                // Between two samples a peak may be higher than both: the cubic through four.
                let between = 0.5625 * (one + two) - 0.0625 * (now + three);
                peak = peak.max(now.abs()).max(between.abs());
                (one, two, three) = (now, one, two);
                *sample = now;
            }
            self.passed[side] = [one, two, three];
            self.before[side] = before;
        }
        let allowed = CEILING / peak;
        let recovered = self.reached + (1.0 - self.reached) * RECOVERY;
        let target = recovered.min(self.allowed).min(allowed);
        let slope = (target - self.reached) * (1.0 / BLOCK as f32);
        for (index, out) in out.iter_mut().enumerate() {
            self.reached += slope;
            for side in 0..2 {
                let now = self.waiting[side][index] * self.reached;
                let [input, output] = &mut self.limited[side];
                *output = now - *input + 0.9997 * *output;
                *input = now;
                out[side] = to_i16(*output);
            }
        }
        self.waiting = next;
        self.allowed = allowed;
        self.reached = target;
    }
}

/// Rounded to the nearest step.
fn to_i16(sample: f32) -> i16 {
    let scaled = sample * 32_767.0;
    let rounded = if scaled < 0.0 {
        scaled - 0.5
    } else {
        scaled + 0.5
    };
    // Conversion saturates; the limiter sees to it that it never has to.
    rounded as i16
}
