//! The room that all instruments share: eight delays that feed each other, and an echo between left and right.

use super::math::decay;
use alloc::{vec, vec::Vec};

const LINES: usize = 8;
/// Lengths of the delays in samples, 25 to 78 ms, without common factors.
const LENGTHS: [usize; LINES] = [1129, 1361, 1637, 1901, 2239, 2617, 2999, 3433];

/// A delay of fixed length.
struct Delay {
    cells: Vec<f32>,
    place: usize,
}

impl Delay {
    fn new(length: usize) -> Self {
        Self {
            cells: vec![0.0; length],
            place: 0,
        }
    }

    fn oldest(&self) -> f32 {
        self.cells.get(self.place).copied().unwrap_or(0.0)
    }

    /// Puts `sample` in the place of the oldest.
    fn push(&mut self, sample: f32) {
        if let Some(cell) = self.cells.get_mut(self.place) {
            *cell = sample;
        }
        self.place += 1;
        if self.place >= self.cells.len() {
            self.place = 0;
        }
    }
}

/// A feedback delay network with a Householder matrix: what comes out of a line goes back into all.
pub(super) struct Reverb {
    lines: [Delay; LINES],
    gains: [f32; LINES],
    /// The lines' low passes: high tones die sooner.
    soft: [f32; LINES],
    /// The walls take the edge off what reaches them.
    wall: [f32; 2],
}

impl Reverb {
    pub(super) fn new(room_ms: u16) -> Self {
        Self {
            lines: LENGTHS.map(Delay::new),
            gains: LENGTHS.map(|length| {
                // 60 dB in room_ms is so much in one turn through this line.
                decay(f32::from(room_ms) / length as f32)
            }),
            soft: [0.0; LINES],
            wall: [0.0; 2],
        }
    }

    /// One sample in, one out, both stereo.
    #[inline(never)]
    pub(super) fn pass(&mut self, input: [f32; 2]) -> [f32; 2] {
        for (wall, input) in self.wall.iter_mut().zip(input) {
            *wall += (input - *wall) * 0.3;
        }
        let mut sum = 0.0;
        for (soft, line) in self.soft.iter_mut().zip(&self.lines) {
            *soft += (line.oldest() - *soft) * 0.62;
            sum += *soft;
        }
        let shared = sum * (2.0 / LINES as f32);
        let mut out = [0.0; 2];
        for index in 0..LINES {
            let side = index % 2;
            let tone = self.soft[index];
            out[side] += if index & 2 == 0 { tone } else { -tone };
            self.lines[index].push((tone - shared) * self.gains[index] + self.wall[side]);
        }
        // The middle and the sides: a room that folds to mono without losing itself.
        let [left, right] = out;
        [0.8 * left + 0.3 * right, 0.8 * right + 0.3 * left]
    }
}

/// Echoes that alternate between left and right, each softer and darker.
pub(super) struct Echo {
    left: Delay,
    right: Delay,
    soft: f32,
}

impl Echo {
    pub(super) fn new(frames: u32) -> Self {
        Self {
            left: Delay::new(frames as usize),
            right: Delay::new(frames as usize),
            soft: 0.0,
        }
    }

    #[inline(never)]
    pub(super) fn pass(&mut self, input: f32) -> [f32; 2] {
        let (left, right) = (self.left.oldest(), self.right.oldest());
        self.soft += (right - self.soft) * 0.45;
        self.left.push(input + 0.3 * self.soft);
        self.right.push(0.8 * left);
        [0.85 * left + 0.15 * right, 0.85 * right + 0.15 * left]
    }
}
