//! Whether notes begin when the score says.

use crate::play;
use atomine_music::{Layer, Note, SAMPLE_RATE, Score, Synth};

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
/// How many frames are heard of a stem: 8 s.
const HEARD: usize = 8 * SAMPLE_RATE as usize;
/// So many frames are heard of a note alone, half a second, from so many before it, 30 ms.
const ALONE: usize = SAMPLE_RATE as usize / 2;
const BEFORE: u32 = 1323;
/// How far around the written onset the heard one is looked for: 12 ms.
const REACH: usize = 24;

/// The largest distance in ms between where notes are written and where they are heard: one of each of two layers, alone,
/// and all of one struck layer, in its stem. `turn` chooses which.
pub(crate) fn error_ms(score: &Score, turn: u64) -> f64 {
    let layers = [0, 4].map(|further| Layer::ALL[(turn as usize + further) % Layer::COUNT]);
    let alone = layers.map(|layer| alone_ms(score, layer, turn));
    alone.into_iter().fold(stem_ms(score, turn), f64::max)
}

/// How far from its written place one note of a layer begins, with nobody else playing: its first sample that reaches
/// a thousandth of what the note comes to. 0 where the layer has no note.
fn alone_ms(score: &Score, layer: Layer, turn: u64) -> f64 {
    let notes: Vec<_> = score.notes.iter().filter(|n| n.layer == layer).collect();
    let Some(&&note) = notes.get(turn as usize % notes.len().max(1)) else {
        return 0.0;
    };
    let at = note.tick * score.samples_per_tick;
    // And once more half a piece away: the synth tries a layer's second note to foresee how loud the piece will be.
    let half = score.ticks / 2;
    let mut notes = [note.tick, (note.tick + half) % score.ticks].map(|tick| Note { tick, ..note });
    notes.sort_by_key(|note| note.tick);
    let mut synth = Synth::new(Score {
        notes: notes.to_vec(),
        ..score.clone()
    });
    synth.seek(at + score.frames() - BEFORE);
    let frames = play(&mut synth, ALONE);
    begins(&frames).map_or(f64::INFINITY, |begins| {
        ms(begins as f64 - f64::from(BEFORE)).abs()
    })
}

/// The first frame that reaches a thousandth of the highest.
fn begins(frames: &[[f64; 2]]) -> Option<usize> {
    let highest = |frame: &[f64; 2]| frame[0].abs().max(frame[1].abs());
    let peak = frames.iter().map(highest).fold(0.0, f64::max);
    let audible = |frame| highest(frame) > 1e-3 * peak;
    frames.iter().position(audible)
}

fn ms(frames: f64) -> f64 {
    frames * 1000.0 / f64::from(SAMPLE_RATE)
}

/// The largest distance in ms between written and heard onsets of one struck layer's stem; looked at are those notes
/// that stand out clearly from what rings before them. 0 where none does.
fn stem_ms(score: &Score, turn: u64) -> f64 {
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
    Some(ms((first as f64 - REACH as f64) * STEP as f64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::quiet_atom;
    use atomine_music::compose;

    /// What [`heard`] and [`begins`] say of a stroke that is late by 5 ms.
    #[test]
    fn a_late_note_is_noticed() {
        let stroke = |late: usize| -> crate::Frames {
            (0..4 * REACH * STEP)
                .map(|frame| match frame.checked_sub(2 * REACH * STEP + late) {
                    Some(since) => {
                        [0.5 * (since as f64 * 0.3).sin() * 0.999_f64.powf(since as f64); 2]
                    }
                    None => [1e-5 * (frame as f64 * 1.7).sin(); 2],
                })
                .collect()
        };
        for late in [0, 44, 220] {
            let said = heard(&stroke(late), 2 * REACH * STEP).expect("it stands out");
            assert!((said - ms(late as f64)).abs() < 0.6, "{said}");
            let begins = begins(&stroke(late)).expect("it sounds");
            assert!(begins.abs_diff(2 * REACH * STEP + late) < 10);
        }
    }

    #[test]
    fn every_layer_begins_where_it_is_written() {
        let score = compose(&quiet_atom());
        for layer in Layer::ALL {
            let error = alone_ms(&score, layer, 7);
            assert!(error < 3.0, "{layer:?} is {error} ms off");
        }
        let all = score.notes.iter().map(|note| note.layer);
        assert!(
            Layer::ALL
                .iter()
                .all(|layer| all.clone().any(|other| other == *layer))
        );
    }
}
