//! How loud a held tone is from moment to moment.

use super::math::decay;

/// A line up, a curve down to a level that is held, and a curve to silence when the note ends.
#[derive(Clone, Copy, Default)]
pub(super) struct Envelope {
    level: f32,
    rise: f32,
    fall: f32,
    sustain: f32,
    release: f32,
    held: u32,
    rising: bool,
}

/// Below this a tone has ended: -80 dB.
const SILENCE: f32 = 1e-4;

impl Envelope {
    pub(super) fn new(attack: u8, fall_ms: f32, sustain: f32, release_ms: f32, held: u32) -> Self {
        Self {
            level: 0.0,
            rise: 1.0 / (f32::from(attack) * 88.2 + 12.0),
            fall: decay(fall_ms),
            sustain,
            release: decay(release_ms),
            held,
            rising: true,
        }
    }

    pub(super) fn next(&mut self) -> f32 {
        if self.held == 0 {
            self.level *= self.release;
        } else {
            self.held -= 1;
            if self.rising {
                self.level += self.rise;
                self.rising = self.level < 1.0;
            } else {
                self.level = self.sustain + (self.level - self.sustain) * self.fall;
            }
        }
        self.level
    }

    pub(super) fn has_ended(&self) -> bool {
        !(self.rising && self.held > 0) && self.level < SILENCE
    }
}
