//! A sounding note, whatever its instrument.

use super::{
    BLOCK, Mix, balance, bell::Bell, drum::Drum, fm::Fm, pad::Pad, string::Pluck, wave::Wave,
};
use crate::{Layer, Note, Score};

/// The instrument and its state.
enum Instrument {
    Bell(Bell),
    String(Pluck),
    Fm(Fm),
    Pad(Pad),
    Drum(Drum),
}

/// A note that sounds.
pub(super) struct Voice {
    instrument: Instrument,
    /// How far into its first block it begins.
    offset: usize,
    gains: [f32; 2],
    reverb: f32,
    echo: f32,
}

impl Voice {
    pub(super) fn begin(note: &Note, score: &Score, offset: u32, string: &mut [f32]) -> Self {
        let patch = &score.patches[note.layer as usize];
        let held = note.ticks * score.samples_per_tick;
        let instrument = match note.layer {
            Layer::Bell => Instrument::Bell(Bell::strike(note, patch, score)),
            Layer::String => Instrument::String(Pluck::begin(note, patch, string)),
            Layer::Keys | Layer::Bass => Instrument::Fm(Fm::play(note, patch, held)),
            Layer::Pad => Instrument::Pad(Pad::play(note, patch, score.detune_cents, held)),
            Layer::Kick | Layer::Wood | Layer::Hat => Instrument::Drum(Drum::strike(note, patch)),
        };
        let amplitude = balance::amplitude(note, score);
        Self {
            instrument,
            offset: offset as usize,
            gains: balance::pan(note).map(|gain| gain * amplitude),
            reverb: f32::from(patch.reverb) / 510.0,
            echo: f32::from(patch.echo) / 510.0,
        }
    }

    /// Adds a block of it to the mix; false when it has ended.
    pub(super) fn add(
        &mut self,
        string: &mut [f32],
        sine: &Wave,
        choir: &Wave,
        mix: &mut Mix,
    ) -> bool {
        let mut tone = [0.0; BLOCK];
        let out = &mut tone[self.offset.min(BLOCK)..];
        self.offset = 0;
        let sounds = match &mut self.instrument {
            Instrument::Bell(bell) => bell.add(out),
            Instrument::String(pluck) => pluck.add(string, out),
            Instrument::Fm(fm) => fm.add(sine, out),
            Instrument::Pad(pad) => pad.add(choir, out),
            Instrument::Drum(drum) => drum.add(sine, out),
        };
        for (index, sample) in tone.into_iter().enumerate() {
            for side in 0..2 {
                let heard = sample * self.gains[side];
                mix.dry[index][side] += heard;
                mix.reverb[index][side] += heard * self.reverb;
                mix.echo[index] += heard * self.echo;
            }
        }
        sounds
    }
}
