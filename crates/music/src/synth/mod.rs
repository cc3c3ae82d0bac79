//! From a [`Score`] to sound.

mod bell;
mod envelope;
mod filter;
mod loudness;
mod master;
mod math;
mod noise;
mod room;
mod string;
mod tone;
mod voice;
mod wave;

use crate::{Layer, Score};
use alloc::{vec, vec::Vec};
use master::Master;
use room::Room;
use voice::Voice;
use wave::Wave;

/// Frames that are made at once.
const BLOCK: usize = 64;
/// What is played unheard before the first frame, so that what was before rings into it: 3.2 s, after which what is
/// missing is 50 dB below full scale. Up to the beginning of a bar the instruments play before that without the room.
const PREROLL: u32 = 2200 * BLOCK as u32;
/// How many notes may sound at once.
const VOICES: usize = 64;

/// A block of one channel.
type Samples = [f32; BLOCK];
/// What the voices of each layer add up to, left and right.
type Buses = [[Samples; 2]; Layer::COUNT];

/// Plays a score, round and round, as many frames at a time as one likes.
pub struct Synth {
    score: Score,
    layers: u8,
    /// The next note, and the frame at which the next block begins.
    note: usize,
    frame: u32,
    voices: Vec<Voice>,
    waves: Waves,
    room: Room,
    master: Master,
    ready: [[i16; 2]; BLOCK],
    given: usize,
}

/// What instruments read.
struct Waves {
    sine: Wave,
    /// The pad's.
    choir: Wave,
}

impl Synth {
    /// Gets ready to play `score` from its beginning, with all layers.
    pub fn new(score: Score) -> Self {
        Self::with_layers(score, u8::MAX)
    }

    /// Gets ready to play only the layers whose bits (1 shifted by the layer's number) are set, as loud as they are in
    /// the whole: the stems of the piece.
    #[inline(never)]
    pub fn with_layers(score: Score, layers: u8) -> Self {
        let mut synth = Self {
            layers,
            note: 0,
            frame: 0,
            voices: vec![Voice::default(); VOICES],
            waves: Waves {
                sine: Wave::of_harmonics(&[255]),
                choir: Wave::of_harmonics(&score.harmonics),
            },
            room: Room::new(&score),
            master: Master::new(),
            ready: [[0; 2]; BLOCK],
            given: 0,
            score,
        };
        synth.master.gain = loudness::gain(&synth.score, &synth.waves, &mut synth.voices[0]);
        synth.seek(0);
        synth
    }

    /// Goes on from `frame`, counted from the beginning and round and round. It sounds as if all that comes before had
    /// been played; but what had rung for longer than the preroll is missing, so the bits are those of a straight run
    /// only from frame 0.
    #[inline(never)]
    pub fn seek(&mut self, frame: u32) {
        let length = self.score.frames();
        let bar = self.score.ticks_per_bar() * self.score.samples_per_tick;
        let frame = frame % length + 2 * length;
        let block = frame - frame % BLOCK as u32;
        // From a bar's beginning, where chords begin.
        let start = (block - PREROLL) / bar * bar / BLOCK as u32 * BLOCK as u32;
        self.frame = start % length;
        self.note = 0;
        while let Some(note) = self.score.notes.get(self.note)
            && note.tick * self.score.samples_per_tick < self.frame
        {
            self.note += 1;
        }
        self.note %= self.score.notes.len().max(1);
        for voice in &mut self.voices {
            voice.sounds = false;
        }
        self.room.clear();
        self.master.reset();
        for _ in 0..(block - PREROLL - start) / BLOCK as u32 {
            self.play();
        }
        // The master stage gives each block late, hence one more, and the one in which the frame lies.
        for _ in 0..PREROLL / BLOCK as u32 + 2 {
            self.make();
        }
        self.given = (frame - block) as usize;
    }

    /// What it plays.
    pub fn score(&self) -> &Score {
        &self.score
    }

    /// The length of the piece in frames; after so many it begins again.
    pub fn frames(&self) -> u32 {
        self.score.frames()
    }

    /// Fills `out` with the next frames, left and right.
    pub fn render(&mut self, out: &mut [[i16; 2]]) {
        for frame in out {
            if self.given == BLOCK {
                self.make();
                self.given = 0;
            }
            *frame = self.ready[self.given % BLOCK];
            self.given += 1;
        }
    }

    /// The next block, through all stages.
    #[inline(never)]
    fn make(&mut self) {
        let buses = self.play();
        let mix = self.room.mix(&buses);
        self.master.pass(&mix, &mut self.ready);
    }

    /// What the voices of the next block add up to, layer by layer.
    #[inline(never)]
    fn play(&mut self) -> Buses {
        self.begin_notes();
        let mut buses: Buses = [[[0.0; BLOCK]; 2]; Layer::COUNT];
        for voice in &mut self.voices {
            if voice.sounds {
                voice.add(&self.waves, &mut buses);
            }
        }
        buses
    }

    /// Begins the notes of the coming block and moves on to the next.
    #[inline(never)]
    fn begin_notes(&mut self) {
        let frames = self.score.frames();
        while let Some(note) = self.score.notes.get(self.note) {
            let begins = note.tick * self.score.samples_per_tick;
            let offset = (begins + frames - self.frame) % frames;
            if offset >= BLOCK as u32 {
                break;
            }
            self.note += 1;
            if self.note == self.score.notes.len() {
                self.note = 0;
            }
            if self.layers >> note.layer as u8 & 1 == 0 {
                continue;
            }
            // With 64 places there is always one; a note too many would be left out.
            if let Some(voice) = self.voices.iter_mut().find(|voice| !voice.sounds) {
                voice.begin(note, &self.score, offset);
            }
        }
        self.frame = (self.frame + BLOCK as u32) % frames;
    }
}
