//! How loud a piece will be, before it is heard: so that it can be played while it is still being made.

use super::{
    BLOCK, Buses, Samples, Waves,
    math::sqrt,
    room,
    voice::{Voice, amplitude},
};
use crate::{Layer, Note, Score};
use alloc::vec;

/// -8.4 LUFS as the power of both channels together after K-weighting: 10^((-8.4 + 0.691) / 10). The master stage
/// takes the rest, down to -14.
const FORECAST_POWER: f32 = 0.1695;
/// Which notes of each layer are tried, counted from 1, and for how many blocks at most: 1.2 s.
const TRIED: [u8; 3] = [2, 17, 60];
const TRIAL_BLOCKS: u32 = 800;
/// What room and echo add to the energy sent there: per second of ringing, and the echoes together.
const ROOM_ENERGY: f32 = 4.3;
const ECHO_ENERGY: f32 = 2.4;

/// The gain that brings a piece to its loudness. Some notes of each layer are played alone and unheard by `voice`, and
/// the rest follows from how hard and how long the others are: energies add up, bar by bar.
#[inline(never)]
pub(super) fn gain(score: &Score, waves: &Waves, voice: &mut Voice) -> f32 {
    let bars = (score.ticks / score.ticks_per_bar()) as usize;
    let most = TRIAL_BLOCKS * BLOCK as u32 / score.samples_per_tick;
    let mut heard = [0.0; Layer::COUNT];
    let mut played = [1e-9; Layer::COUNT];
    let mut seen = [0_u8; Layer::COUNT];
    for note in &score.notes {
        let layer = note.layer as usize;
        seen[layer] = seen[layer].saturating_add(1);
        if TRIED.contains(&seen[layer]) {
            let note = Note {
                ticks: note.ticks.min(most),
                ..*note
            };
            heard[layer] += trial(&note, score, waves, voice);
            played[layer] += weight(&note, score, most);
        }
    }
    let mut energies = vec![0.0; bars];
    for note in &score.notes {
        let layer = note.layer as usize;
        let [room, echo] = room::sends(&score.patches[layer]);
        let wet = 1.0
            + room * room * f32::from(score.room_ms) * (ROOM_ENERGY / 1000.0)
            + echo * echo * ECHO_ENERGY;
        // The pad sounds as long as it is held; the others have told most of it by then.
        let longest = if note.layer == Layer::Pad {
            score.ticks
        } else {
            most
        };
        let bar = note.tick / score.ticks_per_bar();
        energies[bar as usize % bars] +=
            wet * heard[layer] / played[layer] * weight(note, score, longest);
    }
    // As EBU R 128 has it, what is more than 10 LU below the mean does not count.
    let power =
        mean(&energies, 0.1 * mean(&energies, 0.0)) / (score.frames() as usize / bars) as f32;
    sqrt(FORECAST_POWER / power.max(1e-9))
}

/// The mean of those that are at least so much.
#[inline(never)]
fn mean(values: &[f32], least: f32) -> f32 {
    let mut sum = 0.0;
    let mut count = 1e-9;
    for &value in values {
        if value >= least {
            sum += value;
            count += 1.0;
        }
    }
    sum / count
}

/// What the energy of a note of one layer is proportional to.
#[inline(never)]
fn weight(note: &Note, score: &Score, longest: u32) -> f32 {
    let amplitude = amplitude(note, score);
    let long = match note.layer {
        Layer::Pad | Layer::Bass => note.ticks.min(longest) as f32,
        _ => 1.0,
    };
    amplitude * amplitude * long
}

/// The energy of a note alone after K-weighting; of a long one, as much as its beginning says.
#[inline(never)]
fn trial(note: &Note, score: &Score, waves: &Waves, voice: &mut Voice) -> f32 {
    voice.begin(note, score, 0);
    let mut weighting = [Weighting::NEW; 2];
    let mut energy = 0.0;
    for _ in 0..TRIAL_BLOCKS {
        let mut buses: Buses = [[[0.0; BLOCK]; 2]; Layer::COUNT];
        voice.add(waves, &mut buses);
        energy += energy_of(&mut weighting, &buses[note.layer as usize]);
        if !voice.sounds {
            break;
        }
    }
    energy
}

/// The energy of a block after K-weighting.
#[inline(never)]
pub(super) fn energy_of(weighting: &mut [Weighting; 2], block: &[Samples; 2]) -> f32 {
    let mut energy = 0.0;
    for (weighting, samples) in weighting.iter_mut().zip(block) {
        for &sample in samples {
            let weighted = weighting.pass(sample);
            energy += weighted * weighted;
        }
    }
    energy
}

/// K-weighting at 44,100 Hz (ITU-R BS.1770): a shelf for the head, a high pass.
#[derive(Clone, Copy)]
pub(super) struct Weighting {
    shelf: [f32; 2],
    high: [f32; 2],
}

impl Weighting {
    pub(super) const NEW: Self = Self {
        shelf: [0.0; 2],
        high: [0.0; 2],
    };

    fn pass(&mut self, sample: f32) -> f32 {
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
