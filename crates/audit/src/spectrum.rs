//! The spectrum over time.

use atomine_music::SAMPLE_RATE;
use rustfft::{FftPlanner, num_complex::Complex};

/// How a piece is cut into windows.
#[derive(Clone, Copy)]
pub(crate) struct Windows {
    /// Frames in each.
    pub(crate) window: usize,
    /// Frames from the beginning of one to that of the next.
    pub(crate) hop: usize,
}

impl Windows {
    /// The frame at which a window begins.
    pub(crate) const fn start(self, index: usize) -> usize {
        index * self.hop
    }

    fn bins(self) -> usize {
        self.window / 2
    }

    /// The frequency of a bin in hertz.
    fn hertz(self, bin: usize) -> f64 {
        bin as f64 * f64::from(SAMPLE_RATE) / self.window as f64
    }
}

/// Power spectra of the mono sum, one after the other.
pub(crate) struct Stft {
    windows: Windows,
    spectra: Vec<Vec<f32>>,
}

impl Stft {
    /// For pitch and timbre: 93 ms, side by side.
    pub(crate) const COARSE: Windows = Windows {
        window: 4096,
        hop: 4096,
    };
    /// For onsets: 23 ms, every 10 ms.
    pub(crate) const FINE: Windows = Windows {
        window: 1024,
        hop: 441,
    };

    pub(crate) fn of(frames: &[[f64; 2]], windows: Windows) -> Self {
        let Windows { window, hop } = windows;
        let fft = FftPlanner::<f32>::new().plan_fft_forward(window);
        let hann: Vec<f32> = (0..window)
            .map(|n| 0.5 - 0.5 * (std::f32::consts::TAU * n as f32 / window as f32).cos())
            .collect();
        let mut buffer = vec![Complex::default(); window];
        let spectra = frames.windows(window).step_by(hop).map(|frames| {
            for ((cell, &[l, r]), weight) in buffer.iter_mut().zip(frames).zip(&hann) {
                *cell = Complex::new(f64::midpoint(l, r) as f32 * weight, 0.0);
            }
            fft.process(&mut buffer);
            let half = buffer[..windows.bins()].iter();
            half.map(Complex::norm_sqr).collect()
        });
        Self {
            windows,
            spectra: spectra.collect(),
        }
    }

    /// The centre of all spectra's amplitude together, in hertz, and the share of energy above a frequency.
    pub(crate) fn centroid_and_share_above(&self, hertz: f64) -> (f64, f64) {
        let mut amplitudes = vec![0.0; self.windows.bins()];
        let mut powers = vec![0.0; self.windows.bins()];
        for spectrum in &self.spectra {
            for (bin, &power) in spectrum.iter().enumerate() {
                amplitudes[bin] += power.sqrt();
                powers[bin] += f64::from(power);
            }
        }
        let mut weighted = 0.0;
        let mut above = 0.0;
        for (bin, (&amplitude, power)) in amplitudes.iter().zip(&powers).enumerate() {
            weighted += self.windows.hertz(bin) * f64::from(amplitude);
            if self.windows.hertz(bin) > hertz {
                above += power;
            }
        }
        let amplitude: f32 = amplitudes.iter().sum();
        (
            weighted / f64::from(amplitude).max(1e-12),
            above / powers.iter().sum::<f64>().max(1e-12),
        )
    }

    /// The energy in `N` pitch classes of an octave, 100 Hz to 2.5 kHz, one row for each spectrum.
    pub(crate) fn chroma<const N: usize>(&self) -> Vec<[f64; N]> {
        self.in_classes(|hertz| {
            (100.0..2500.0).contains(&hertz).then(|| {
                let class = (N as f64 * (hertz / 440.0).log2()).round();
                class.rem_euclid(N as f64) as usize % N
            })
        })
    }

    /// The energy in `N` bands of the mel scale, 60 Hz to 12 kHz, one row for each spectrum.
    pub(crate) fn mel_bands<const N: usize>(&self) -> Vec<[f64; N]> {
        let mel = |hertz: f64| 2595.0 * (1.0 + hertz / 700.0).log10();
        let (low, high) = (mel(60.0), mel(12_000.0));
        self.in_classes(|hertz| {
            let place = (mel(hertz) - low) / (high - low) * N as f64;
            (place >= 0.0 && place < N as f64).then_some(place as usize)
        })
    }

    fn in_classes<const N: usize>(&self, class: impl Fn(f64) -> Option<usize>) -> Vec<[f64; N]> {
        let classed: Vec<(usize, usize)> = (0..self.windows.bins())
            .filter_map(|bin| Some((bin, class(self.windows.hertz(bin))?)))
            .collect();
        let sums = |spectrum: &Vec<f32>| {
            let mut sums = [0.0; N];
            for &(bin, class) in &classed {
                sums[class] += spectrum[bin];
            }
            sums.map(f64::from)
        };
        self.spectra.iter().map(sums).collect()
    }
}
