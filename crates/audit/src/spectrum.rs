//! The spectrum over time.

use atomine_music::SAMPLE_RATE;
use rustfft::{FftPlanner, num_complex::Complex};

/// Samples in a window; windows do not overlap.
const WINDOW: usize = 4096;

/// Power spectra of the mono sum, one after the other.
pub(crate) struct Stft {
    pub(crate) spectra: Vec<Vec<f64>>,
}

impl Stft {
    pub(crate) fn of(frames: &[[f64; 2]]) -> Self {
        let fft = FftPlanner::<f64>::new().plan_fft_forward(WINDOW);
        let hann: Vec<f64> = (0..WINDOW)
            .map(|n| 0.5 - 0.5 * (std::f64::consts::TAU * n as f64 / WINDOW as f64).cos())
            .collect();
        let spectra = frames.chunks_exact(WINDOW).map(|window| {
            let mut buffer: Vec<Complex<f64>> = window
                .iter()
                .zip(&hann)
                .map(|(&[l, r], weight)| Complex::new(f64::midpoint(l, r) * weight, 0.0))
                .collect();
            fft.process(&mut buffer);
            buffer[..WINDOW / 2].iter().map(Complex::norm_sqr).collect()
        });
        Self {
            spectra: spectra.collect(),
        }
    }

    /// The frequency of a bin in hertz.
    pub(crate) fn hertz(bin: usize) -> f64 {
        bin as f64 * f64::from(SAMPLE_RATE) / WINDOW as f64
    }

    /// The sample at which a spectrum begins.
    pub(crate) const fn start(index: usize) -> usize {
        index * WINDOW
    }

    /// The centre of energy of all spectra together, in hertz.
    pub(crate) fn centroid(&self) -> f64 {
        let mut weighted = 0.0;
        let mut energy = 0.0;
        for spectrum in &self.spectra {
            for (bin, power) in spectrum.iter().enumerate() {
                // Amplitude, as the usual definition has it.
                let amplitude = power.sqrt();
                weighted += Self::hertz(bin) * amplitude;
                energy += amplitude;
            }
        }
        weighted / energy.max(1e-12)
    }

    /// The share of energy above a frequency.
    pub(crate) fn share_above(&self, hertz: f64) -> f64 {
        let mut above = 0.0;
        let mut all = 0.0;
        for spectrum in &self.spectra {
            for (bin, power) in spectrum.iter().enumerate() {
                all += power;
                above += if Self::hertz(bin) > hertz {
                    *power
                } else {
                    0.0
                };
            }
        }
        above / all.max(1e-12)
    }
}

/// The energy of each of `N` pitch classes of an octave, 100 Hz to 2.5 kHz, adding up to 1.
pub(crate) fn chroma<const N: usize>(spectrum: &[f64]) -> [f64; N] {
    let mut chroma = [0.0; N];
    let classes = N as f64;
    for (bin, power) in spectrum.iter().enumerate() {
        let hertz = Stft::hertz(bin);
        if (100.0..2500.0).contains(&hertz) {
            let class = (classes * (hertz / 440.0).log2())
                .round()
                .rem_euclid(classes);
            chroma[class as usize % N] += power.sqrt();
        }
    }
    let sum = chroma.iter().sum::<f64>().max(1e-12);
    chroma.map(|energy| energy / sum)
}
