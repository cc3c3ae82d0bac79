//! The spectrum over time.

use atomine_music::SAMPLE_RATE;
use rustfft::{FftPlanner, num_complex::Complex};
use std::ops::Range;

/// Samples in a window; windows do not overlap.
const WINDOW: usize = 4096;
/// Bins of a spectrum.
const BINS: usize = WINDOW / 2;

/// Power spectra of the mono sum, one after the other.
pub(crate) struct Stft {
    spectra: Vec<[f32; BINS]>,
}

impl Stft {
    pub(crate) fn of(frames: &[[f64; 2]]) -> Self {
        let fft = FftPlanner::<f32>::new().plan_fft_forward(WINDOW);
        let hann: Vec<f32> = (0..WINDOW)
            .map(|n| 0.5 - 0.5 * (std::f32::consts::TAU * n as f32 / WINDOW as f32).cos())
            .collect();
        let mut buffer = vec![Complex::default(); WINDOW];
        let spectra = frames.chunks_exact(WINDOW).map(|window| {
            for ((cell, &[l, r]), weight) in buffer.iter_mut().zip(window).zip(&hann) {
                *cell = Complex::new(f64::midpoint(l, r) as f32 * weight, 0.0);
            }
            fft.process(&mut buffer);
            std::array::from_fn(|bin| buffer[bin].norm_sqr())
        });
        Self {
            spectra: spectra.collect(),
        }
    }

    /// How many spectra there are.
    pub(crate) fn count(&self) -> usize {
        self.spectra.len()
    }

    /// The frequency of a bin in hertz.
    fn hertz(bin: usize) -> f64 {
        bin as f64 * f64::from(SAMPLE_RATE) / WINDOW as f64
    }

    /// The sample at which a spectrum begins.
    pub(crate) const fn start(index: usize) -> usize {
        index * WINDOW
    }

    /// The centre of all spectra's amplitude together, in hertz, and the share of energy above a frequency.
    pub(crate) fn centroid_and_share_above(&self, hertz: f64) -> (f64, f64) {
        let mut amplitudes = vec![0.0; BINS];
        let mut powers = vec![0.0; BINS];
        for spectrum in &self.spectra {
            for (bin, &power) in spectrum.iter().enumerate() {
                amplitudes[bin] += power.sqrt();
                powers[bin] += f64::from(power);
            }
        }
        let mut weighted = 0.0;
        let mut above = 0.0;
        for (bin, (&amplitude, power)) in amplitudes.iter().zip(&powers).enumerate() {
            weighted += Self::hertz(bin) * f64::from(amplitude);
            if Self::hertz(bin) > hertz {
                above += power;
            }
        }
        let amplitude: f32 = amplitudes.iter().sum();
        (
            weighted / f64::from(amplitude).max(1e-12),
            above / powers.iter().sum::<f64>().max(1e-12),
        )
    }

    /// The energy of some spectra in `N` classes, one row for each spectrum.
    pub(crate) fn in_classes<const N: usize>(
        &self,
        classes: &Classes,
        spectra: Range<usize>,
    ) -> Vec<[f64; N]> {
        let spectra = self.spectra[spectra].iter();
        spectra
            .map(|spectrum| {
                let mut sums = [0.0; N];
                for &(bin, class) in &classes.0 {
                    sums[class] += spectrum[bin];
                }
                sums.map(f64::from)
            })
            .collect()
    }
}

/// Which bins belong to which class.
pub(crate) struct Classes(Vec<(usize, usize)>);

impl Classes {
    fn of(class: impl Fn(f64) -> Option<usize>) -> Self {
        let classed = (0..BINS).filter_map(|bin| Some((bin, class(Stft::hertz(bin))?)));
        Self(classed.collect())
    }

    /// So many pitch classes of an octave, 100 Hz to 2.5 kHz.
    pub(crate) fn pitches(count: usize) -> Self {
        let classes = count as f64;
        Self::of(|hertz| {
            (100.0..2500.0).contains(&hertz).then(|| {
                let class = (classes * (hertz / 440.0).log2()).round();
                class.rem_euclid(classes) as usize % count
            })
        })
    }

    /// So many bands of the mel scale, 60 Hz to 12 kHz.
    pub(crate) fn mel_bands(count: usize) -> Self {
        let mel = |hertz: f64| 2595.0 * (1.0 + hertz / 700.0).log10();
        let (low, high) = (mel(60.0), mel(12_000.0));
        Self::of(|hertz| {
            let place = (mel(hertz) - low) / (high - low) * count as f64;
            (place >= 0.0 && place < count as f64).then_some(place as usize)
        })
    }
}

/// The shares of the whole, after a square root: energies as amplitudes.
pub(crate) fn shares<const N: usize>(energies: [f64; N]) -> [f64; N] {
    let roots = energies.map(f64::sqrt);
    let sum = roots.iter().sum::<f64>().max(1e-12);
    roots.map(|root| root / sum)
}
