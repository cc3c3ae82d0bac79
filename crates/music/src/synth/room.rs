//! The room that all instruments share: eight delays that feed each other, and an echo between left and right.

use super::{BLOCK, Buses, Samples, math::decay};
use crate::{Layer, Patch, Score};
use alloc::{vec, vec::Vec};

const LINES: usize = 8;
/// Lengths of the delays in samples, 25 to 78 ms, without common factors.
const LENGTHS: [u16; LINES] = [1129, 1361, 1637, 1901, 2239, 2617, 2999, 3433];

/// A delay of fixed length: a part of the room's memory.
#[derive(Clone, Copy, Default)]
struct Delay {
    start: usize,
    end: usize,
    place: usize,
}

impl Delay {
    /// What was put in a whole length ago.
    fn oldest(&self, cells: &[f32]) -> f32 {
        cells.get(self.place).copied().unwrap_or(0.0)
    }

    /// Puts `sample` in the place of the oldest.
    fn push(&mut self, cells: &mut [f32], sample: f32) {
        if let Some(cell) = cells.get_mut(self.place) {
            *cell = sample;
        }
        self.place += 1;
        if self.place >= self.end {
            self.place = self.start;
        }
    }
}

/// A feedback delay network with a Householder matrix (what comes out of a line goes back into all), and echoes that
/// alternate between left and right, each softer and darker.
pub(super) struct Room {
    cells: Vec<f32>,
    /// Those of the network, then the left and the right echo.
    delays: [Delay; LINES + 2],
    gains: [f32; LINES],
    /// What each layer sends into the room, and into the echo.
    sends: [[f32; 2]; Layer::COUNT],
    state: State,
}

/// What the filters remember.
#[derive(Default)]
struct State {
    /// The lines' low passes: high tones die sooner.
    soft: [f32; LINES],
    /// The walls take the edge off what reaches them.
    wall: [f32; 2],
    echo: f32,
}

/// How much of an instrument goes into the room, and into the echo.
pub(super) fn sends(patch: &Patch) -> [f32; 2] {
    [
        f32::from(patch.reverb) / 700.0,
        f32::from(patch.echo) / 720.0,
    ]
}

impl Room {
    #[inline(never)]
    pub(super) fn new(score: &Score) -> Self {
        let echo = u32::from(score.echo_ticks) * score.samples_per_tick;
        let mut delays = [Delay::default(); LINES + 2];
        let mut end = 0;
        for (index, delay) in delays.iter_mut().enumerate() {
            let start = end;
            end += LENGTHS
                .get(index)
                .map_or(echo as usize, |&length| length.into());
            let place = start;
            *delay = Delay { start, end, place };
        }
        Self {
            cells: vec![0.0; end],
            delays,
            // 60 dB in room_ms is so much in one turn through a line.
            gains: LENGTHS.map(|length| decay(f32::from(score.room_ms) / f32::from(length))),
            sends: score.patches.each_ref().map(sends),
            state: State::default(),
        }
    }

    /// Makes it silent.
    pub(super) fn clear(&mut self) {
        self.cells.fill(0.0);
        self.state = State::default();
        for delay in &mut self.delays {
            delay.place = delay.start;
        }
    }

    /// What is heard of the layers' buses: themselves, the room's answer, and the echoes.
    #[inline(never)]
    pub(super) fn mix(&mut self, buses: &Buses) -> [Samples; 2] {
        let mut mix = [[0.0; BLOCK]; 2];
        for index in 0..BLOCK {
            let mut dry = [0.0; 2];
            // The tiny constant keeps silence from becoming subnormal.
            let mut sent = [1e-18; 2];
            let mut echoed = 0.0;
            for (bus, [reverb, echo]) in buses.iter().zip(&self.sends) {
                for side in 0..2 {
                    let sample = bus[side][index];
                    dry[side] += sample;
                    sent[side] += sample * reverb;
                    echoed += sample * echo;
                }
            }
            let echo = self.echo(echoed);
            // What is repeated is also in the room.
            for side in 0..2 {
                sent[side] += 0.4 * echo[side];
            }
            let room = self.reverb(sent);
            for side in 0..2 {
                mix[side][index] = dry[side] + echo[side] + room[side];
            }
        }
        mix
    }

    /// One sample in, one out, both stereo.
    fn reverb(&mut self, input: [f32; 2]) -> [f32; 2] {
        let State { soft, wall, .. } = &mut self.state;
        let mut sum = 0.0;
        for (soft, delay) in soft.iter_mut().zip(&self.delays) {
            *soft += (delay.oldest(&self.cells) - *soft) * 0.62;
            sum += *soft;
        }
        let shared = sum * (2.0 / LINES as f32);
        let mut out = [0.0; 2];
        for index in 0..LINES {
            let side = index % 2;
            if index < 2 {
                wall[side] += (input[side] - wall[side]) * 0.3;
            }
            let tone = soft[index];
            out[side] += if index & 2 == 0 { tone } else { -tone };
            let back = (tone - shared) * self.gains[index] + wall[side];
            self.delays[index].push(&mut self.cells, back);
        }
        // The middle and the sides: a room that folds to mono without losing itself.
        let [left, right] = out;
        [0.8 * left + 0.3 * right, 0.8 * right + 0.3 * left]
    }

    fn echo(&mut self, input: f32) -> [f32; 2] {
        let [.., left_delay, right_delay] = &mut self.delays;
        let left = left_delay.oldest(&self.cells);
        let right = right_delay.oldest(&self.cells);
        let soft = &mut self.state.echo;
        *soft += (right - *soft) * 0.45;
        left_delay.push(&mut self.cells, input + 0.1 * *soft);
        right_delay.push(&mut self.cells, 0.8 * left);
        [0.85 * left + 0.15 * right, 0.85 * right + 0.15 * left]
    }
}
