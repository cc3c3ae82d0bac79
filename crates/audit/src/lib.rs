//! Measures what the music sounds like, in the terms that its promises are made in.
//!
//! Ears judge whether it is beautiful; these figures tell when something is broken: too loud, too quiet, clicking,
//! silent, out of the mode, late, or the same as another.
// Counts of samples, frames and bins become f64 all over; none comes near 2^52, and none is negative.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss
)]

mod click;
mod features;
mod level;
mod likeness;
mod onset;
mod promise;
mod repeat;
mod spectrum;

use features::Course;
pub use features::Features;
pub use likeness::{Distances, distances};
pub use promise::{PROMISES, Promise};

use atomine_music::{Layer, SAMPLE_RATE, Score, Synth, compose};
use atomine_protocol::Atom;

/// A rendered piece: stereo frames from -1 to 1.
pub type Frames = Vec<[f64; 2]>;

/// What is measured of one Atom's music.
#[derive(Clone, Debug)]
pub struct Measures {
    /// Seconds until it begins again.
    pub seconds: f64,
    /// Integrated loudness in LUFS (EBU R 128).
    pub loudness: f64,
    /// True peak in dB over full scale.
    pub true_peak: f64,
    /// Samples at full scale.
    pub clipped: f64,
    /// The larger mean of both channels.
    pub dc: f64,
    /// The longest silence (below -60 dB) in seconds.
    pub silence: f64,
    /// The centre of the spectrum's energy in hertz.
    pub centroid: f64,
    /// The share of energy above 16 kHz, in percent.
    pub treble: f64,
    /// What folding to mono loses, in dB.
    pub mono_loss: f64,
    /// How far the first samples are from what follows the end, in dB over full scale: the jump where it is repeated.
    pub seam: f64,
    /// Clicks: lone jumps of the second difference that no note explains.
    pub clicks: f64,
    /// Notes outside the mode that are not marked as passing.
    pub strays: f64,
    /// How far onsets are from where the score says, at most, in ms.
    pub onset_error: f64,
    /// How much more alike A and A″ are, bar by bar, than other bars.
    pub repeats: f64,
    /// What tells it from others.
    pub features: Features,
    /// The same of its first and second half.
    pub halves: [Features; 2],
}

/// Renders and measures an Atom's music.
pub fn measure(atom: &Atom) -> Measures {
    let score = compose(atom);
    let mut synth = Synth::new(score.clone());
    let frames = play(&mut synth, score.frames() as usize);
    let again = play(&mut synth, 4);
    let (loudness, true_peak) = level::loudness(&frames);
    let stft = spectrum::Stft::of(&frames);
    let (centroid, treble) = stft.centroid_and_share_above(16_000.0);
    let course = Course::of(&frames, &stft);
    Measures {
        seconds: frames.len() as f64 / f64::from(SAMPLE_RATE),
        loudness,
        true_peak,
        clipped: level::clipped(&frames),
        dc: level::dc(&frames),
        silence: level::longest_silence(&frames),
        centroid,
        treble: treble * 100.0,
        mono_loss: level::mono_loss(&frames),
        seam: click::seam(&frames, &again),
        clicks: click::count(&frames, &score),
        strays: strays(&score),
        onset_error: onset::error_ms(&score, atom.id.get()),
        repeats: repeat::excess(&stft, &score),
        features: course.whole(),
        halves: course.halves(),
    }
}

/// Plays the next frames.
pub fn play(synth: &mut Synth, count: usize) -> Frames {
    let mut samples = vec![[0; 2]; count];
    synth.render(&mut samples);
    samples
        .into_iter()
        .map(|frame| frame.map(|sample| f64::from(sample) / 32_768.0))
        .collect()
}

/// The integrated loudness of each layer alone, in LUFS: the balance of the mix.
pub fn layer_loudness(score: &Score) -> [f64; Layer::COUNT] {
    Layer::ALL.map(|layer| {
        let mut synth = Synth::with_layers(score.clone(), 1 << layer as u8);
        level::loudness(&play(&mut synth, score.frames() as usize)).0
    })
}

fn strays(score: &Score) -> f64 {
    let stray = score
        .notes
        .iter()
        .filter(|note| note.layer.is_pitched() && !note.passing && !score.key.has(note.cents));
    stray.count() as f64
}
