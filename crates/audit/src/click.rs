//! Clicks: jumps that no note explains.

use atomine_music::Score;

/// A click is so many times higher than the peaks around it.
const LONE: f64 = 6.0;
/// Peaks are taken every 3 ms.
const STEP: usize = 132;
/// So many of them on either side are what is around: 50 ms.
const AROUND: usize = 16;

/// How far, at most, the first frames are from what follows the end, in dB over full scale: the jump that whoever
/// repeats the piece would hear. -100 where there is none.
pub(crate) fn seam(first: &[[f64; 2]], again: &[[f64; 2]]) -> f64 {
    let pairs = first.iter().flatten().zip(again.iter().flatten());
    let jump = pairs.map(|(a, b)| (a - b).abs()).fold(1e-5, f64::max);
    20.0 * jump.log10()
}

/// Lone peaks of the second difference where no note, echo or first reflection begins.
pub(crate) fn count(frames: &[[f64; 2]], score: &Score) -> f64 {
    let mut near_onset = vec![false; frames.len() / STEP + 4];
    for note in &score.notes {
        // The onset, its echoes, and the first reflections of each, which the room returns within 80 ms.
        for echo in 0..5 {
            let tick = (note.tick + echo * u32::from(score.echo_ticks)) % score.ticks;
            let step = (tick * score.samples_per_tick) as usize / STEP;
            let until = (step + 28).min(near_onset.len());
            near_onset[step.saturating_sub(1)..until].fill(true);
        }
    }
    let mut clicks = 0;
    for side in 0..2 {
        let peaks: Vec<f64> = frames
            .chunks_exact(STEP)
            .map(|chunk| {
                chunk
                    .windows(3)
                    .map(|w| (w[0][side] - 2.0 * w[1][side] + w[2][side]).abs())
                    .fold(0.0, f64::max)
            })
            .collect();
        for (step, around) in peaks.windows(2 * AROUND + 1).enumerate() {
            let peak = around[AROUND];
            let mut others = around.to_vec();
            others.sort_unstable_by(f64::total_cmp);
            // Below 16 steps of 16 bits nobody hears it.
            if peak > LONE * others[AROUND] && peak > 5e-4 && !near_onset[step + AROUND] {
                clicks += 1;
            }
        }
    }
    f64::from(clicks)
}
