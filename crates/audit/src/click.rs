//! Clicks: jumps that no note explains, at the loop or inside.

use atomine_music::Score;

/// A click's second difference is so many times the middle one of the 93 ms around it.
const LONE: f64 = 6.0;
/// Below 16 steps of 16 bits nobody hears it.
const FAINTEST: f64 = 5e-4;
/// The largest second difference is taken of each 64 frames: 1.5 ms.
const STEP: usize = 64;
/// So many of them on either side are what is around.
const AROUND: usize = 32;
/// A stroke explains the 30 ms after it: a hat's noise takes as long to fall.
const STROKE: usize = 1323;
/// So many echoes of a stroke are as sharp as itself.
const ECHOES: u32 = 4;

/// How far, at most, the first frames are from what follows the end, in dB over full scale: the jump that whoever
/// repeats the piece would hear. -100 where there is none.
pub(crate) fn seam(first: &[[f64; 2]], again: &[[f64; 2]]) -> f64 {
    let pairs = first.iter().flatten().zip(again.iter().flatten());
    let jump = pairs.map(|(a, b)| (a - b).abs()).fold(1e-5, f64::max);
    20.0 * jump.log10()
}

/// Lone peaks of the second difference, round the loop, where no note begins and no echo of one.
pub(crate) fn count(frames: &[[f64; 2]], score: &Score) -> f64 {
    let explained = explained(score, frames.len() / STEP);
    let clicks = (0..2).map(|side| {
        let peaks = peaks(frames, side);
        let lone = |&step: &usize| !explained[step] && stands_out(&peaks, step);
        (0..peaks.len()).filter(lone).count()
    });
    clicks.sum::<usize>() as f64
}

/// Which steps a note explains, or an echo.
fn explained(score: &Score, steps: usize) -> Vec<bool> {
    let mut explained = vec![false; steps];
    for note in &score.notes {
        for echo in 0..=ECHOES {
            let tick = (note.tick + echo * u32::from(score.echo_ticks)) % score.ticks;
            let begins = (tick * score.samples_per_tick) as usize;
            // A stroke may stand at the beginning of its step: then the step before sees its first difference.
            for step in (begins / STEP + steps - 1)..=((begins + STROKE) / STEP + steps) {
                explained[step % steps] = true;
            }
        }
    }
    explained
}

/// The largest second difference of each step of one channel.
fn peaks(frames: &[[f64; 2]], side: usize) -> Vec<f64> {
    // After the end comes the beginning.
    let mut samples: Vec<f64> = frames.iter().map(|frame| frame[side]).collect();
    samples.extend_from_within(..2);
    (0..frames.len() / STEP)
        .map(|step| {
            let seen = &samples[STEP * step..STEP * (step + 1) + 2];
            seen.windows(3)
                .map(|w| (w[0] - 2.0 * w[1] + w[2]).abs())
                .fold(0.0, f64::max)
        })
        .collect()
}

fn stands_out(peaks: &[f64], step: usize) -> bool {
    if peaks[step] < FAINTEST {
        return false;
    }
    let first = step + peaks.len() - AROUND;
    let mut around: Vec<f64> = (first..=first + 2 * AROUND)
        .map(|step| peaks[step % peaks.len()])
        .collect();
    let (_, middle, _) = around.select_nth_unstable_by(AROUND, f64::total_cmp);
    peaks[step] > LONE * *middle
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Frames, play, tests::quiet_atom};
    use atomine_music::{Synth, compose};

    fn rendered() -> (Score, Frames) {
        let score = compose(&quiet_atom());
        let frames = play(&mut Synth::new(score.clone()), score.frames() as usize);
        (score, frames)
    }

    /// Jumps of 3 % of full scale that decay within 2 ms, where no note explains anything: nine of ten are found.
    #[test]
    fn planted_clicks_are_found() {
        let (score, mut frames) = rendered();
        let clicks = count(&frames, &score);
        assert!(clicks < 0.5, "{clicks}");
        let explained = explained(&score, frames.len() / STEP);
        let open = (0..explained.len()).filter(|step| !explained[*step]);
        let places: Vec<usize> = open.step_by(499).map(|step| STEP * step + 20).collect();
        assert!(places.len() > 20, "{places:?}");
        for place in &places {
            for (frame, fades) in (0..88).rev().enumerate() {
                frames[place + frame][0] += 0.03 * f64::from(fades) / 88.0;
            }
        }
        let found = count(&frames, &score);
        assert!(
            found >= 0.9 * places.len() as f64,
            "{found} of {}",
            places.len()
        );
    }

    /// 3 ms lost at the end: what a wrong loop point sounds like.
    #[test]
    fn a_wrong_loop_is_found() {
        let (_, frames) = rendered();
        let first = &frames[..220];
        assert!(seam(first, first) <= -100.0);
        assert!(seam(first, &frames[132..352]) > -50.0);
    }
}
