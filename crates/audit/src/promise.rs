//! What the music promises, one measure a line.

use crate::Measures;

/// A measure and the bounds that it must keep for every Atom.
#[derive(Clone, Copy)]
pub struct Promise {
    /// Its name and unit.
    pub name: &'static str,
    /// The measure itself.
    pub of: fn(&Measures) -> f64,
    /// The lowest value allowed.
    pub least: f64,
    /// The highest value allowed.
    pub most: f64,
}

impl Promise {
    /// Whether a piece keeps it.
    pub fn is_kept(&self, measures: &Measures) -> bool {
        (self.least..=self.most).contains(&(self.of)(measures))
    }
}

/// All of them.
pub const PROMISES: [Promise; 15] = [
    promise("length, s", |m| m.seconds, 45.0, 120.0),
    promise("loudness, LUFS", |m| m.loudness, -15.0, -13.0),
    promise("true peak, dBTP", |m| m.true_peak, f64::NEG_INFINITY, -1.0),
    promise("samples clipped", |m| m.clipped, 0.0, 0.0),
    promise("DC", |m| m.dc, 0.0, 1e-4),
    promise("longest silence, s", |m| m.silence, 0.0, 1.5),
    promise("spectral centroid, Hz", |m| m.centroid, 300.0, 4000.0),
    promise("energy above 16 kHz, %", |m| m.treble, 0.0, 1.0),
    promise("mono fold loses, dB", |m| m.mono_loss, -0.1, 3.0),
    promise("seam, dB", |m| m.seam, -100.0, -50.0),
    promise("clicks", |m| m.clicks, 0.0, 0.0),
    promise("notes outside the mode", |m| m.strays, 0.0, 0.0),
    promise("onsets off, ms", |m| m.onset_error, 0.0, 3.0),
    // Of pieces that have nothing to do with each other, one in twenty comes to 0.52 and 0.15.
    promise("A″ is like A", |m| m.likeness, 0.6, 1.0),
    promise("A″ in A's order, over others", |m| m.order, 0.3, 1.0),
];

const fn promise(name: &'static str, of: fn(&Measures) -> f64, least: f64, most: f64) -> Promise {
    Promise {
        name,
        of,
        least,
        most,
    }
}
