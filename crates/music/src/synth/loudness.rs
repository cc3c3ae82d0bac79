//! How loud a piece will be, before it is heard: so that it can be played while it is still being made.

use super::balance;
use crate::{Layer, Note, SAMPLE_RATE, Score};
use alloc::{vec, vec::Vec};

/// A tenth of a second, the grid on which loudness is measured.
const BIN: u32 = SAMPLE_RATE / 10;
/// -13.4 LUFS as the power of both channels together after K-weighting: 10^((-13.4 + 0.691) / 10). The limiter takes
/// the rest, down to -14.
pub(super) const TARGET_POWER: f32 = 0.053_59;

/// The expected course of loudness, up to a factor that the instruments' settings decide.
pub(super) struct Forecast(Vec<f32>);

impl Forecast {
    pub(super) fn of(score: &Score) -> Self {
        let count = (score.frames() / BIN) as usize;
        let mut bins = vec![0.0; count];
        for note in &score.notes {
            let first = (note.tick * score.samples_per_tick / BIN) as usize;
            let mut power = note_power(note, score);
            let held = (note.ticks * score.samples_per_tick / BIN) as usize;
            let fade = fade(note, score);
            for place in 0..50 {
                if power < 1e-6 {
                    break;
                }
                if let Some(bin) = bins.get_mut((first + place) % count) {
                    *bin += power;
                }
                let held = matches!(note.layer, Layer::Pad | Layer::Bass) && place < held;
                power *= if held { 1.0 } else { fade };
            }
        }
        Self(bins)
    }

    /// The integrated loudness as EBU R 128 gates it, as power.
    pub(super) fn integrated(&self) -> f32 {
        let blocks = || self.0.windows(4).map(|bins| bins.iter().sum::<f32>() / 4.0);
        let mean = mean(blocks());
        // 10 LU below the mean.
        let gate = mean * 0.1;
        self::mean(blocks().filter(|&power| power > gate))
    }

    /// The mean power of the last `frames`.
    pub(super) fn at_end(&self, frames: u32) -> f32 {
        let bins = (frames / BIN) as usize;
        mean(self.0.iter().rev().take(bins).copied())
    }
}

fn mean(values: impl Iterator<Item = f32>) -> f32 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / f32::max(count, 1.0)
}

/// The power of a note's beginning: what it is played with, and what its instrument makes of it.
fn note_power(note: &Note, score: &Score) -> f32 {
    let amplitude = balance::amplitude(note, score);
    let share = match note.layer {
        Layer::Bell => 0.45,
        Layer::String => 0.077,
        Layer::Keys => 0.265,
        Layer::Bass => 0.068,
        Layer::Pad => 0.378,
        Layer::Kick => 0.066,
        Layer::Wood => 0.025,
        Layer::Hat => 0.016,
    };
    amplitude * amplitude * share
}

/// What a note's power is multiplied with every tenth of a second.
fn fade(note: &Note, score: &Score) -> f32 {
    let ring_ms = f32::from(score.patches[note.layer as usize].ring_ms);
    super::math::exp2(-2.0 * 9.965_784 * 100.0 / ring_ms.max(50.0))
}

/// K-weighting at 44,100 Hz (ITU-R BS.1770): a shelf for the head, a high pass.
#[derive(Default)]
pub(super) struct Weighting {
    shelf: [f32; 2],
    high: [f32; 2],
}

impl Weighting {
    pub(super) fn pass(&mut self, sample: f32) -> f32 {
        let shelved = biquad(
            &mut self.shelf,
            sample,
            [1.530_841_2, -2.650_98, 1.169_079_1],
            [-1.663_655, 0.712_595_4],
        );
        biquad(
            &mut self.high,
            shelved,
            [1.0, -2.0, 1.0],
            [-1.989_169_7, 0.989_199_04],
        )
    }
}

/// A second-order filter in the transposed direct form.
fn biquad(memory: &mut [f32; 2], x: f32, [b0, b1, b2]: [f32; 3], [a1, a2]: [f32; 2]) -> f32 {
    let y = b0 * x + memory[0];
    memory[0] = b1 * x - a1 * y + memory[1];
    memory[1] = b2 * x - a2 * y;
    y
}
