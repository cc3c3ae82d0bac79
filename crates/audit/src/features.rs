//! What a piece sounds like, in numbers: timbre (MFCC), harmony (chroma), rhythm (the onsets' autocorrelation).

use crate::spectrum::Stft;
use std::ops::Range;

/// How many cepstral coefficients, without the first, which is loudness.
const CEPSTRA: usize = 12;
/// Bands of the mel scale for them.
const BANDS: usize = 28;
/// Pitch classes: thirds of a semitone, since every element has its own tuning.
pub(crate) const CLASSES: usize = 36;
/// Bands of the mel scale in which onsets are looked for.
const ONSET_BANDS: usize = 24;
/// Lags of the onset curve, from 0.11 s in steps of 50 ms.
const LAGS: usize = 80;
/// How many numbers there are.
pub(crate) const COUNT: usize = CEPSTRA + CLASSES + LAGS;
/// Which of them are timbre, which harmony, which rhythm.
pub(crate) const PARTS: [Range<usize>; 3] = [
    0..CEPSTRA,
    CEPSTRA..CEPSTRA + CLASSES,
    CEPSTRA + CLASSES..COUNT,
];

/// The numbers.
#[derive(Clone, Debug)]
pub struct Features(pub(crate) [f64; COUNT]);

/// What all windows of a piece tell of it.
pub(crate) struct Course {
    cepstra: Vec<[f64; CEPSTRA]>,
    pub(crate) chroma: Vec<[f64; CLASSES]>,
    onsets: Vec<f64>,
}

impl Course {
    pub(crate) fn of(coarse: &Stft, fine: &Stft) -> Self {
        Self {
            cepstra: coarse.mel_bands::<BANDS>().iter().map(cepstrum).collect(),
            chroma: coarse.chroma().into_iter().map(shares).collect(),
            onsets: onsets(fine),
        }
    }

    /// The features of the whole.
    pub(crate) fn whole(&self) -> Features {
        self.features(0..self.cepstra.len(), 0..self.onsets.len())
    }

    /// The features of the first and the second half.
    pub(crate) fn halves(&self) -> [Features; 2] {
        let (windows, steps) = (self.cepstra.len(), self.onsets.len());
        [
            self.features(0..windows / 2, 0..steps / 2),
            self.features(windows / 2..windows, steps / 2..steps),
        ]
    }

    fn features(&self, windows: Range<usize>, steps: Range<usize>) -> Features {
        let mut numbers = Vec::with_capacity(COUNT);
        numbers.extend(mean(&self.cepstra[windows.clone()]));
        numbers.extend(mean(&self.chroma[windows]));
        numbers.extend(autocorrelation(&self.onsets[steps]));
        Features(std::array::from_fn(|index| numbers[index]))
    }
}

fn mean<const N: usize>(rows: &[[f64; N]]) -> [f64; N] {
    std::array::from_fn(|column| {
        rows.iter().map(|row| row[column]).sum::<f64>() / rows.len().max(1) as f64
    })
}

/// The shares of the whole, after a square root: energies as amplitudes.
fn shares<const N: usize>(energies: [f64; N]) -> [f64; N] {
    let roots = energies.map(f64::sqrt);
    let sum = roots.iter().sum::<f64>().max(1e-12);
    roots.map(|root| root / sum)
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

/// How much all bands together rise from one window to the next, their amplitudes compressed as ears do it: the
/// spectral flux (Dixon, Onset detection revisited, 2006).
fn onsets(fine: &Stft) -> Vec<f64> {
    let levels = fine.mel_bands::<ONSET_BANDS>().into_iter();
    let levels: Vec<_> = levels
        .map(|bands| bands.map(|energy| (100.0 * energy.sqrt()).ln_1p()))
        .collect();
    let rise = |pair: &[[f64; ONSET_BANDS]]| {
        let bands = pair[1].iter().zip(&pair[0]);
        bands.map(|(now, before)| (now - before).max(0.0)).sum()
    };
    levels.windows(2).map(rise).collect()
}

/// How alike the curve of onsets is to itself some time later.
fn autocorrelation(onsets: &[f64]) -> [f64; LAGS] {
    let mean = onsets.iter().sum::<f64>() / onsets.len().max(1) as f64;
    let onsets: Vec<f64> = onsets.iter().map(|onset| onset - mean).collect();
    let at_lag = |lag: usize| {
        let pairs = onsets.iter().zip(&onsets[lag..]);
        pairs.map(|(a, b)| a * b).sum::<f64>()
    };
    let whole = at_lag(0).max(1e-9);
    // A lag is the five around it.
    std::array::from_fn(|index| {
        let lag = 11 + 5 * index;
        (lag - 2..=lag + 2).map(at_lag).sum::<f64>() / whole
    })
}
