//! What a piece sounds like, in numbers: timbre (MFCC), harmony (chroma), rhythm (the onsets' autocorrelation).

use crate::spectrum::{Stft, chroma};

/// How many cepstral coefficients, without the first, which is loudness.
const CEPSTRA: usize = 12;
/// Pitch classes: thirds of a semitone, since every element has its own tuning.
const CLASSES: usize = 36;
/// Bands of the mel scale, 60 Hz to 12 kHz.
const BANDS: usize = 28;
/// Lags of the onset curve, from 0.1 s in steps of 25 ms.
const LAGS: usize = 40;
/// How many numbers there are.
pub(crate) const COUNT: usize = CEPSTRA + CLASSES + LAGS;

/// The numbers.
#[derive(Clone, Debug)]
pub struct Features(pub(crate) [f64; COUNT]);

impl Features {
    pub(crate) fn of(frames: &[[f64; 2]]) -> Self {
        let stft = Stft::of(frames);
        let mut numbers = [0.0; COUNT];
        let (timbre, rest) = numbers.split_at_mut(CEPSTRA);
        let (harmony, rhythm) = rest.split_at_mut(CLASSES);
        let cepstra: Vec<[f64; CEPSTRA]> = stft.spectra.iter().map(|s| cepstrum(s)).collect();
        let windows = cepstra.len().max(1) as f64;
        for index in 0..CEPSTRA {
            timbre[index] = cepstra.iter().map(|c| c[index]).sum::<f64>() / windows;
        }
        for spectrum in &stft.spectra {
            for (sum, energy) in harmony.iter_mut().zip(chroma::<CLASSES>(spectrum)) {
                *sum += energy / windows;
            }
        }
        rhythm.copy_from_slice(&onset_autocorrelation(frames));
        Self(numbers)
    }
}

fn mel(hertz: f64) -> f64 {
    2595.0 * (1.0 + hertz / 700.0).log10()
}

fn cepstrum(spectrum: &[f64]) -> [f64; CEPSTRA] {
    let (low, high) = (mel(60.0), mel(12_000.0));
    let mut bands = [1e-9; BANDS];
    for (bin, power) in spectrum.iter().enumerate() {
        let place = (mel(Stft::hertz(bin)) - low) / (high - low) * BANDS as f64;
        if place >= 0.0
            && let Some(band) = bands.get_mut(place as usize)
        {
            *band += power;
        }
    }
    std::array::from_fn(|index| {
        let order = (index + 1) as f64;
        let term = |(n, band): (usize, &f64)| {
            let angle = std::f64::consts::PI * order * (n as f64 + 0.5) / BANDS as f64;
            band.ln() * angle.cos()
        };
        bands.iter().enumerate().map(term).sum::<f64>() / BANDS as f64
    })
}

/// How alike the curve of onsets is to itself some time later.
fn onset_autocorrelation(frames: &[[f64; 2]]) -> [f64; LAGS] {
    const STEP: usize = 220;
    let energies: Vec<f64> = frames
        .chunks_exact(STEP)
        .map(|step| {
            let change = step
                .windows(2)
                .map(|w| (w[1][0] + w[1][1] - w[0][0] - w[0][1]).powi(2));
            change.sum::<f64>().max(1e-9).ln()
        })
        .collect();
    let mut rises: Vec<f64> = energies
        .windows(2)
        .map(|w| (w[1] - w[0]).max(0.0))
        .collect();
    let mean = rises.iter().sum::<f64>() / rises.len().max(1) as f64;
    for rise in &mut rises {
        *rise -= mean;
    }
    let at_lag = |lag: usize| {
        rises
            .iter()
            .zip(&rises[lag..])
            .map(|(a, b)| a * b)
            .sum::<f64>()
    };
    let whole = at_lag(0).max(1e-9);
    // 5 ms a step: a lag is the mean of the five around it.
    std::array::from_fn(|index| {
        let lag = 20 + 5 * index;
        (lag - 2..=lag + 2).map(at_lag).sum::<f64>() / whole
    })
}
