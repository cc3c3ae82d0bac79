//! A state-variable filter.

use super::math::{cos_turn, sin_turn};

/// Low and band pass in one, in the trapezoidal form that stays stable when it is moved.
#[derive(Clone, Copy, Default)]
pub(super) struct Filter {
    a1: f32,
    a2: f32,
    a3: f32,
    band: f32,
    low: f32,
}

/// What a filter lets through.
pub(super) struct Passed {
    pub(super) low: f32,
    pub(super) band: f32,
}

impl Filter {
    /// Sets the corner in turns per sample (at most 0.4) and the damping (2 is smooth, 0.2 rings).
    pub(super) fn tune(&mut self, corner: f32, damping: f32) {
        let half = corner.min(0.4) * 0.5;
        let g = sin_turn(half) / cos_turn(half);
        self.a1 = 1.0 / (1.0 + g * (g + damping));
        self.a2 = g * self.a1;
        self.a3 = g * self.a2;
    }

    pub(super) fn pass(&mut self, input: f32) -> Passed {
        let v3 = input - self.low;
        let band = self.a1 * self.band + self.a2 * v3;
        let low = self.low + self.a2 * self.band + self.a3 * v3;
        self.band = 2.0 * band - self.band;
        self.low = 2.0 * low - self.low;
        Passed { low, band }
    }
}
