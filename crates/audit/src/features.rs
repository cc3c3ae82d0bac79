//! What a piece sounds like, in numbers: timbre (MFCC), harmony (chroma), rhythm (the onsets' autocorrelation).

use crate::spectrum::{Classes, Stft, shares};
use std::ops::Range;

/// How many cepstral coefficients, without the first, which is loudness.
const CEPSTRA: usize = 12;
/// Pitch classes: thirds of a semitone, since every element has its own tuning.
const CLASSES: usize = 36;
/// Bands of the mel scale.
const BANDS: usize = 28;
/// Lags of the onset curve, from 0.1 s in steps of 25 ms.
const LAGS: usize = 40;
/// How many numbers there are.
pub(crate) const COUNT: usize = CEPSTRA + CLASSES + LAGS;
/// Samples between two points of the onset curve: 5 ms.
const STEP: usize = 220;

/// The numbers.
#[derive(Clone, Debug)]
pub struct Features(pub(crate) [f64; COUNT]);

/// What all windows and steps of a piece tell of it.
pub(crate) struct Course {
    cepstra: Vec<[f64; CEPSTRA]>,
    chroma: Vec<[f64; CLASSES]>,
    rises: Vec<f64>,
}

impl Course {
    pub(crate) fn of(frames: &[[f64; 2]], stft: &Stft) -> Self {
        let all = 0..stft.count();
        let bands = stft.in_classes::<BANDS>(&Classes::mel_bands(BANDS), all.clone());
        let chroma = stft.in_classes::<CLASSES>(&Classes::pitches(CLASSES), all);
        Self {
            cepstra: bands.iter().map(cepstrum).collect(),
            chroma: chroma.into_iter().map(shares).collect(),
            rises: rises(frames),
        }
    }

    /// The features of the whole.
    pub(crate) fn whole(&self) -> Features {
        self.features(0..self.cepstra.len(), 0..self.rises.len())
    }

    /// The features of the first and the second half.
    pub(crate) fn halves(&self) -> [Features; 2] {
        let (windows, steps) = (self.cepstra.len(), self.rises.len());
        [
            self.features(0..windows / 2, 0..steps / 2),
            self.features(windows / 2..windows, steps / 2..steps),
        ]
    }

    fn features(&self, windows: Range<usize>, steps: Range<usize>) -> Features {
        let mut numbers = Vec::with_capacity(COUNT);
        numbers.extend(mean(&self.cepstra[windows.clone()]));
        numbers.extend(mean(&self.chroma[windows]));
        numbers.extend(autocorrelation(&self.rises[steps]));
        Features(std::array::from_fn(|index| numbers[index]))
    }
}

fn mean<const N: usize>(rows: &[[f64; N]]) -> [f64; N] {
    std::array::from_fn(|column| {
        rows.iter().map(|row| row[column]).sum::<f64>() / rows.len().max(1) as f64
    })
}

fn cepstrum(bands: &[f64; BANDS]) -> [f64; CEPSTRA] {
    let levels = bands.map(|band| (band + 1e-9).ln());
    std::array::from_fn(|index| {
        let order = (index + 1) as f64;
        let term = |(n, level): (usize, &f64)| {
            let angle = std::f64::consts::PI * order * (n as f64 + 0.5) / BANDS as f64;
            level * angle.cos()
        };
        levels.iter().enumerate().map(term).sum::<f64>() / BANDS as f64
    })
}

/// How much louder the edges of the sound are than one step before.
fn rises(frames: &[[f64; 2]]) -> Vec<f64> {
    let energies: Vec<f64> = frames
        .chunks_exact(STEP)
        .map(|step| {
            let change = step
                .windows(2)
                .map(|w| (w[1][0] + w[1][1] - w[0][0] - w[0][1]).powi(2));
            change.sum::<f64>().max(1e-9).ln()
        })
        .collect();
    energies
        .windows(2)
        .map(|w| (w[1] - w[0]).max(0.0))
        .collect()
}

/// How alike the curve of onsets is to itself some time later.
fn autocorrelation(rises: &[f64]) -> [f64; LAGS] {
    let mean = rises.iter().sum::<f64>() / rises.len().max(1) as f64;
    let rises: Vec<f64> = rises.iter().map(|rise| rise - mean).collect();
    let at_lag = |lag: usize| {
        rises
            .iter()
            .zip(&rises[lag..])
            .map(|(a, b)| a * b)
            .sum::<f64>()
    };
    let whole = at_lag(0).max(1e-9);
    // A lag is the mean of the five around it.
    std::array::from_fn(|index| {
        let lag = 20 + 5 * index;
        (lag - 2..=lag + 2).map(at_lag).sum::<f64>() / whole
    })
}
