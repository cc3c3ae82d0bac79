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
pub use likeness::{Distances, Yardstick};
pub use promise::{PROMISES, Promise};

use atomine_music::{Layer, SAMPLE_RATE, Score, Synth, compose};
use atomine_protocol::{Atom, TokenId};
use repeat::Return;
use spectrum::Stft;

/// How much is compared at the seam: 5 ms.
const SEAM: usize = 220;

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
    /// How far the first 5 ms are from what follows the end, in dB over full scale: the jump where it is repeated.
    pub seam: f64,
    /// Clicks: lone jumps of the second difference that no note explains.
    pub clicks: f64,
    /// Notes outside the mode that are not marked as passing.
    pub strays: f64,
    /// How far onsets are from where the score says, at most, in ms.
    pub onset_error: f64,
    /// How alike the bars of A and A″ are, as a correlation.
    pub likeness: f64,
    /// How far that is on the way from what it is with A″ turned by some bars to 1.
    pub order: f64,
    /// What tells it from others.
    pub features: Features,
    /// The same of its first and second half.
    pub halves: [Features; 2],
}

/// Renders and measures an Atom's music.
pub fn measure(atom: &Atom) -> Measures {
    let mut measures = measure_score(&compose(atom), atom.hash.0[31].into());
    if atom.id == TokenId::GENESIS {
        // Genesis stays on one chord: its bars have no order that could be heard.
        measures.order = 1.0;
    }
    measures
}

/// Renders and measures a score; `turn` chooses the notes whose onsets are looked at.
pub fn measure_score(score: &Score, turn: u64) -> Measures {
    let mut synth = Synth::new(score.clone());
    let frames = play(&mut synth, score.frames() as usize);
    let again = play(&mut synth, SEAM);
    let (loudness, true_peak) = level::loudness(&frames);
    let coarse = Stft::of(&frames, Stft::COARSE);
    let (centroid, treble) = coarse.centroid_and_share_above(16_000.0);
    let heard = Course::of(&coarse, &Stft::of(&frames, Stft::FINE));
    let returned = Return::of(&heard.chroma, score);
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
        clicks: click::count(&frames, score),
        strays: strays(score),
        onset_error: onset::error_ms(score, turn),
        likeness: returned.likeness,
        order: returned.order,
        features: heard.whole(),
        halves: heard.halves(),
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

#[cfg(test)]
mod tests {
    use alloy_primitives::b256;
    use atomine_protocol::{Atom, AtomHash, TokenId};

    /// A neutral Atom in a calm manner, with all layers: whatever is planted in it stands out.
    pub(crate) fn quiet_atom() -> Atom {
        let hash = b256!("7166f7075d23ea69d45719158b90884d8d2e6eee70f4fb55708368f588cf4dd0");
        Atom {
            id: TokenId::new(1560).expect("not 0"),
            hash: AtomHash::from(hash.0),
        }
    }
}
