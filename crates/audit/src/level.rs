//! Loudness, peaks, silence and width.

use ebur128::{EbuR128, Mode};

/// Integrated loudness (LUFS) and true peak (dB over full scale); minus infinity for silence.
pub(crate) fn loudness(frames: &[[f64; 2]]) -> (f64, f64) {
    let Ok(mut meter) = EbuR128::new(2, atomine_music::SAMPLE_RATE, Mode::I | Mode::TRUE_PEAK)
    else {
        return (f64::NEG_INFINITY, f64::INFINITY);
    };
    let samples: Vec<f64> = frames.iter().flatten().copied().collect();
    // An error leaves nothing measured, which no promise allows.
    let loudness = meter
        .add_frames_f64(&samples)
        .and_then(|()| meter.loudness_global())
        .unwrap_or(f64::NEG_INFINITY);
    let peak = (0..2)
        .filter_map(|channel| meter.true_peak(channel).ok())
        .fold(0.0, f64::max);
    (loudness, 20.0 * peak.log10())
}

/// How many samples stand at full scale.
pub(crate) fn clipped(frames: &[[f64; 2]]) -> f64 {
    let full = 32_767.0 / 32_768.0;
    let at_full = frames
        .iter()
        .flatten()
        .filter(|sample| sample.abs() >= full);
    at_full.count() as f64
}

/// The larger mean of the two channels.
pub(crate) fn dc(frames: &[[f64; 2]]) -> f64 {
    let mean =
        |side: usize| frames.iter().map(|frame| frame[side]).sum::<f64>() / frames.len() as f64;
    mean(0).abs().max(mean(1).abs())
}

/// The longest time below -60 dB, in seconds, in steps of 10 ms.
pub(crate) fn longest_silence(frames: &[[f64; 2]]) -> f64 {
    let mut longest = 0;
    let mut now = 0;
    for step in frames.chunks(441) {
        let energy: f64 = step.iter().flatten().map(|sample| sample * sample).sum();
        let power = energy / (2 * step.len()) as f64;
        now = if power < 1e-6 { now + 1 } else { 0 };
        longest = longest.max(now);
    }
    f64::from(longest) / 100.0
}

/// How much quieter the mean of both channels is than they are, in dB.
pub(crate) fn mono_loss(frames: &[[f64; 2]]) -> f64 {
    let power = |sample: f64| sample * sample;
    let stereo: f64 = frames.iter().map(|&[l, r]| power(l) + power(r)).sum();
    let mono: f64 = frames
        .iter()
        .map(|&[l, r]| power(f64::midpoint(l, r)))
        .sum();
    10.0 * (stereo / 2.0 / mono.max(1e-12)).log10()
}
