//! Single cycles of a tone in tables.

use super::math::{sin_turn, sqrt};
use alloc::{vec, vec::Vec};

const SIZE: usize = 2048;

/// One cycle, and its first sample once more at the end.
pub(super) struct Wave(Vec<f32>);

impl Wave {
    /// Sines with these levels, every other one turned by half, brought to the energy of one sine.
    pub(super) fn of_harmonics(levels: &[u8]) -> Self {
        let mut wave = vec![0.0; SIZE + 1];
        let mut energy = 0.0;
        for (n, &level) in (1_u32..).zip(levels) {
            let level = f32::from(level) / 255.0;
            energy += level * level;
            let sign = if n % 2 == 0 { -level } else { level };
            for (index, sample) in wave.iter_mut().enumerate() {
                let turn = (index as u32 * n % SIZE as u32) as f32 / SIZE as f32;
                *sample += sign * sin_turn(turn);
            }
        }
        let scale = 1.0 / sqrt(energy.max(1e-6));
        for sample in &mut wave {
            *sample *= scale;
        }
        Self(wave)
    }

    /// The value at a phase in turns, 0 or more, on the line between its neighbours.
    pub(super) fn at(&self, phase: f32) -> f32 {
        let place = phase * SIZE as f32;
        let whole = place as usize;
        let part = place - whole as f32;
        let index = whole & (SIZE - 1);
        // The index is below 2,048 and the table one longer.
        let (low, high) = (self.0[index], self.0[index + 1]);
        low + (high - low) * part
    }
}

/// The phase after one more step, within 0 to 1.
pub(super) fn advance(phase: &mut f32, step: f32) {
    *phase += step;
    if *phase >= 1.0 {
        *phase -= 1.0;
    }
}
