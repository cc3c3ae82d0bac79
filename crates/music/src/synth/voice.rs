//! A sounding note, whatever its instrument.

use super::{BLOCK, Buses, Waves, bell::Bell, math::sin_turn, string::Pluck, tone::Tone};
use crate::{Layer, Note, Score};

/// A place for a note that sounds, with an instrument of each kind.
#[derive(Clone, Default)]
pub(super) struct Voice {
    /// Whether a note sounds in it.
    pub(super) sounds: bool,
    layer: u8,
    /// How far into its first block it begins.
    offset: usize,
    gains: [f32; 2],
    bell: Bell,
    string: Pluck,
    tone: Tone,
}

/// How loud the instruments are at the same level, by layer, in hundredths.
const LOUD: [u8; Layer::COUNT] = [75, 115, 100, 150, 105, 125, 160, 120];

/// How loud a note is: its instrument's level and its velocity, squared as ears expect.
pub(super) fn amplitude(note: &Note, score: &Score) -> f32 {
    let layer = note.layer as usize;
    let level = f32::from(score.patches[layer].level) * f32::from(LOUD[layer]) / 25_500.0;
    let velocity = f32::from(note.velocity) / 127.0;
    level * velocity * velocity
}

impl Voice {
    #[inline(never)]
    pub(super) fn begin(&mut self, note: &Note, score: &Score, offset: u32) {
        let patch = &score.patches[note.layer as usize];
        match note.layer {
            Layer::Bell => self.bell.strike(note, patch, score),
            Layer::String => self.string.pluck(note, patch),
            _ => {
                let held = note.ticks * score.samples_per_tick;
                self.tone.begin(note, patch, score.detune_cents, held);
            }
        }
        let amplitude = amplitude(note, score);
        // Of equal power together wherever the note stands.
        let turn = (f32::from(note.pan) + 64.0) / 512.0;
        self.gains = [turn + 0.25, turn].map(|turn| sin_turn(turn) * amplitude);
        self.layer = note.layer as u8;
        self.offset = offset as usize;
        self.sounds = true;
    }

    /// Adds a block of it to its layer's bus.
    #[inline(never)]
    pub(super) fn add(&mut self, waves: &Waves, buses: &mut Buses) {
        let mut tone = [0.0; BLOCK];
        let out = &mut tone[self.offset.min(BLOCK)..];
        self.offset = 0;
        self.sounds = match self.layer {
            0 => self.bell.add(out),
            1 => self.string.add(out),
            _ => self.tone.add(waves, out),
        };
        for (bus, gain) in buses[usize::from(self.layer) % Layer::COUNT]
            .iter_mut()
            .zip(self.gains)
        {
            for (sum, sample) in bus.iter_mut().zip(tone) {
                *sum += sample * gain;
            }
        }
    }
}
