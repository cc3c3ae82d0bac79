//! Whether notes begin when the score says.

use crate::play;
use atomine_music::{Layer, SAMPLE_RATE, Score, Synth};

/// Layers whose notes begin abruptly.
const STRUCK: [Layer; 5] = [
    Layer::Bell,
    Layer::String,
    Layer::Kick,
    Layer::Wood,
    Layer::Hat,
];
/// The window in which energy is compared: half a millisecond.
const STEP: usize = 22;
/// How many frames are heard: 20 s.
const HEARD: usize = 20 * SAMPLE_RATE as usize;
/// How far around the written onset the heard one is looked for: 12 ms.
const REACH: usize = 24;

/// The largest distance in ms between written and heard onsets of one layer's stem, chosen by `turn`; looked at are
/// those notes that stand out clearly from what rings before them. 0 where none does.
pub(crate) fn error_ms(score: &Score, turn: u64) -> f64 {
    let present: Vec<Layer> = STRUCK
        .into_iter()
        .filter(|layer| score.notes.iter().any(|note| note.layer == *layer))
        .collect();
    let Some(&layer) = present.get(turn as usize % present.len().max(1)) else {
        return 0.0;
    };
    let mut synth = Synth::with_layers(score.clone(), 1 << layer as u8);
    // From the third quarter of A on, where all layers play.
    let from = score.frames() / 16 * 3;
    synth.seek(from);
    let frames = play(&mut synth, HEARD);
    let mut worst = 0.0_f64;
    let mut last = u32::MAX;
    for note in score.notes.iter().filter(|note| note.layer == layer) {
        let at = note.tick * score.samples_per_tick;
        if note.tick != last && at >= from {
            let at = (at - from) as usize;
            worst = worst.max(heard(&frames, at).unwrap_or(0.0).abs());
        }
        last = note.tick;
    }
    worst
}

/// How much later than `at` energy rises, in ms: the first step that reaches a tenth of what the note comes to, if
/// that is far above what was before.
fn heard(frames: &[[f64; 2]], at: usize) -> Option<f64> {
    let from = at.checked_sub(REACH * STEP)?;
    let around = frames.get(from..at + REACH * STEP)?;
    let energies: Vec<f64> = around
        .chunks_exact(STEP)
        .map(|step| {
            step.windows(2)
                .map(|pair| {
                    (0..2)
                        .map(|s| (pair[1][s] - pair[0][s]).powi(2))
                        .sum::<f64>()
                })
                .sum()
        })
        .collect();
    let before = energies[..REACH / 2].iter().copied().fold(1e-9, f64::max);
    let most = energies.iter().copied().fold(0.0, f64::max);
    if most < 200.0 * before {
        return None;
    }
    let first = energies.iter().position(|&energy| energy > most * 0.05)?;
    let later = (first as f64 - REACH as f64) * STEP as f64;
    Some(later * 1000.0 / f64::from(SAMPLE_RATE))
}
