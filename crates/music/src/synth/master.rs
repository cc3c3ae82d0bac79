//! The last stage: no direct current, the right loudness, no peak too high.

use super::BLOCK;

/// What no sample may exceed: -2.2 dB, which leaves peaks between samples below -1 dB.
const CEILING: f32 = 0.776;
/// How much of the way back to full gain a block takes.
const RECOVERY: f32 = 0.02;

/// A limiter that looks one block ahead, behind a high pass.
pub(super) struct Master {
    pub(super) gain: f32,
    before: [f32; 2],
    /// Each side's last three samples after the high pass, the newest first.
    passed: [[f32; 3]; 2],
    waiting: [[f32; 2]; BLOCK],
    /// The highest the gain may be in the waiting block, and where it stands at its beginning.
    allowed: f32,
    reached: f32,
}

impl Master {
    pub(super) fn new() -> Self {
        Self {
            gain: 1.0,
            before: [0.0; 2],
            passed: [[0.0; 3]; 2],
            waiting: [[0.0; 2]; BLOCK],
            allowed: 1.0,
            reached: 1.0,
        }
    }

    /// Takes a block and leaves the one before it in `out`.
    #[inline(never)]
    pub(super) fn pass(&mut self, block: &[[f32; 2]; BLOCK], out: &mut [[i16; 2]; BLOCK]) {
        let mut next = [[0.0; 2]; BLOCK];
        let mut peak = CEILING;
        for (frame, next) in block.iter().zip(&mut next) {
            for side in 0..2 {
                // A high pass at 12 Hz.
                let [one, two, three] = self.passed[side];
                let input = frame[side] * self.gain;
                let now = input - self.before[side] + 0.9983 * one;
                self.before[side] = input;
                self.passed[side] = [now, one, two];
                next[side] = now;
                // Between two samples a peak may be higher than both: the cubic through four.
                let between = 0.5625 * (one + two) - 0.0625 * (now + three);
                peak = peak.max(now.abs()).max(between.abs());
            }
        }
        let allowed = CEILING / peak;
        let recovered = self.reached + (1.0 - self.reached) * RECOVERY;
        let target = recovered.min(self.allowed).min(allowed);
        let slope = (target - self.reached) * (1.0 / BLOCK as f32);
        for (frame, out) in self.waiting.iter().zip(out) {
            self.reached += slope;
            for side in 0..2 {
                out[side] = to_i16(frame[side] * self.reached);
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
