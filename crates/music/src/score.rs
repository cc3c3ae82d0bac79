//! The score: a whole piece in whole numbers.

use crate::Key;
use alloc::vec::Vec;

/// The version of the rules. A score of another version is another piece.
pub const VERSION: u8 = 1;
/// Samples per second and channel.
pub const SAMPLE_RATE: u32 = 44_100;
/// Ticks per beat.
pub const TICKS_PER_BEAT: u32 = 24;

/// What plays: an instrument with its part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Layer {
    /// A struck bell whose partials are the element's emission lines: the motif.
    Bell,
    /// A plucked string: the valence electrons' rhythm on the tones of the chord.
    String,
    /// An FM keyboard: the other side of the motif.
    Keys,
    /// An FM bass.
    Bass,
    /// A choir of wavetables made from the emission lines: the chords.
    Pad,
    /// A low drum: the innermost shell.
    Kick,
    /// A wooden click: the shell below the valence shell.
    Wood,
    /// A breath of noise: the shells between.
    Hat,
}

impl Layer {
    /// How many there are.
    pub const COUNT: usize = 8;
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Bell,
        Self::String,
        Self::Keys,
        Self::Bass,
        Self::Pad,
        Self::Kick,
        Self::Wood,
        Self::Hat,
    ];

    /// Whether its notes have a pitch that belongs to the key.
    pub const fn is_pitched(self) -> bool {
        !matches!(self, Self::Kick | Self::Wood | Self::Hat)
    }

    /// Its name, as MIDI tracks and mute buttons say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bell => "Bell",
            Self::String => "String",
            Self::Keys => "Keys",
            Self::Bass => "Bass",
            Self::Pad => "Pad",
            Self::Kick => "Kick",
            Self::Wood => "Wood",
            Self::Hat => "Hat",
        }
    }
}

/// One note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// When it begins.
    pub tick: u32,
    /// How long it is held, at least 1.
    pub ticks: u32,
    /// Who plays it.
    pub layer: Layer,
    /// Its pitch in cents above MIDI note 0.
    pub cents: i32,
    /// How hard it is played, 1 to 127.
    pub velocity: u8,
    /// Where it stands, -64 (left) to 63 (right).
    pub pan: i8,
    /// Whether it is a chromatic neighbour that only passes by, outside the mode.
    pub passing: bool,
    /// The electron that strikes it; `None`: the nucleus.
    pub electron: Option<Electron>,
}

/// An electron by its place in the Atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Electron {
    /// Its shell: 0 (K) to 6 (Q).
    pub shell: u8,
    /// Which one of that shell, counted from 0.
    pub index: u8,
}

/// How an instrument is set: from 0 to 255 each. What a number means depends on the instrument; docs/MUSIC.md lists
/// them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// How loud.
    pub level: u8,
    /// How slowly it begins, in steps of 2 ms.
    pub attack: u8,
    /// How long it rings: the time in which it falls by 60 dB, in steps of 20 ms.
    pub ring: u8,
    /// How bright.
    pub brightness: u8,
    /// How much of it goes into the room.
    pub reverb: u8,
    /// How much of it goes into the echo.
    pub echo: u8,
    /// What kind of tone.
    pub colour: u8,
}

impl Patch {
    /// How long it rings, in milliseconds to -60 dB.
    pub(crate) fn ring_ms(&self) -> f32 {
        f32::from(self.ring) * 20.0
    }
}

/// A part of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Section {
    /// Which one.
    pub kind: SectionKind,
    /// When it begins.
    pub tick: u32,
    /// How long it is.
    pub ticks: u32,
}

/// The parts of the form, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    /// A: the motif is told.
    Statement,
    /// A′: told again, with more around it.
    Variation,
    /// B: other chords, the motif turned round.
    Contrast,
    /// A″: home again, with everybody; leads back to the beginning.
    Return,
}

/// A whole piece. It is a loop: after the last tick comes the first, and what still sounds goes on sounding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// Root and mode.
    pub key: Key,
    /// The way of playing, as docs/MUSIC.md numbers it: 0 (glass) to 7 (procession).
    pub manner: u8,
    /// How long a tick lasts, in samples: the tempo.
    pub samples_per_tick: u32,
    /// How long the piece is.
    pub ticks: u32,
    /// Beats in a bar.
    pub beats_per_bar: u32,
    /// How each layer's instrument is set, by the layer's number.
    pub patches: [Patch; Layer::COUNT],
    /// The bell's partials: cents above the note and level (0 to 255).
    pub partials: [(i16, u8); 7],
    /// The pad's wave: the levels of its harmonics (0 to 255).
    pub harmonics: [u8; 16],
    /// How long the room rings, in milliseconds to -60 dB.
    pub room_ms: u16,
    /// How far apart the echoes are, in ticks.
    pub echo_ticks: u16,
    /// How many cents the two strings of each tone are apart: more where there is charge.
    pub detune_cents: u8,
    /// The notes by tick, then layer, then pitch.
    pub notes: Vec<Note>,
}

impl Score {
    /// The length in samples of one channel.
    pub const fn frames(&self) -> u32 {
        self.ticks * self.samples_per_tick
    }

    /// A, A′, B, A″.
    pub fn sections(&self) -> [Section; 4] {
        let ticks = self.ticks / 4;
        [
            SectionKind::Statement,
            SectionKind::Variation,
            SectionKind::Contrast,
            SectionKind::Return,
        ]
        .map(|kind| Section {
            kind,
            tick: ticks * kind as u32,
            ticks,
        })
    }

    /// Ticks in a bar.
    pub const fn ticks_per_bar(&self) -> u32 {
        self.beats_per_bar * TICKS_PER_BEAT
    }

    /// A tick's length in microseconds, times the ticks of a beat: the tempo as MIDI counts it.
    pub const fn micros_per_beat(&self) -> u32 {
        let samples = self.samples_per_tick as u64 * TICKS_PER_BEAT as u64;
        (samples * 1_000_000 / SAMPLE_RATE as u64) as u32
    }
}
