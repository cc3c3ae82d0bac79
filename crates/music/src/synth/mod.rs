//! From a [`Score`] to sound.

mod balance;
mod bell;
mod drum;
mod envelope;
mod filter;
mod fm;
mod loudness;
mod master;
mod math;
mod noise;
mod pad;
mod room;
mod string;
mod voice;
mod wave;

use crate::Score;
use alloc::{vec, vec::Vec};
use loudness::{Forecast, TARGET_POWER, Weighting};
use master::Master;
use room::{Echo, Reverb};
use voice::Voice;
use wave::Wave;

/// Frames that are made at once.
const BLOCK: usize = 64;
/// What is played unheard before the first frame, so that the end of the piece rings into its beginning: 1.7 s until
/// the room is full, 4.4 s by which the loudness is judged, and 0.9 s for the master stage.
const SETTLING: u32 = 1200 * BLOCK as u32;
const JUDGED: u32 = 3000 * BLOCK as u32;
const MASTERED: u32 = 600 * BLOCK as u32;
/// How many notes may sound at once.
const VOICES: usize = 64;

/// Plays a score, round and round, as many frames at a time as one likes.
pub struct Synth {
    score: Score,
    layers: u8,
    /// The next note, and the frame at which the next block begins.
    note: usize,
    frame: u32,
    voices: Vec<Option<Voice>>,
    strings: Vec<f32>,
    sine: Wave,
    choir: Wave,
    reverb: Reverb,
    echo: Echo,
    master: Master,
    ready: [[i16; 2]; BLOCK],
    given: usize,
}

impl Synth {
    /// Gets ready to play `score` from its beginning, with all layers.
    pub fn new(score: Score) -> Self {
        Self::with_layers(score, u8::MAX)
    }

    /// Gets ready to play only the layers whose bits (1 shifted by the layer's number) are set, as loud as they are in
    /// the whole: the stems of the piece.
    pub fn with_layers(score: Score, layers: u8) -> Self {
        let start = score.frames() - SETTLING - JUDGED - MASTERED;
        let mut synth = Self::at(score, start);
        let gain = synth.judge();
        if layers != u8::MAX {
            synth = Self::at(synth.score, start);
            synth.layers = layers;
            synth.judge();
        }
        synth.master.gain = gain;
        // The rest of the preroll goes through the master stage; it gives each block late, hence one more.
        for _ in 0..=MASTERED / BLOCK as u32 {
            synth.make();
        }
        synth.given = BLOCK;
        synth
    }

    /// Goes on from `frame`, counted from the beginning and round and round. It sounds as if all that comes before had
    /// been played; but what had rung for longer than the preroll is missing, so the bits are not quite those of a
    /// straight run.
    #[must_use]
    pub fn seek(self, frame: u32) -> Self {
        let length = self.score.frames();
        let frame = frame % length;
        let block = frame - frame % BLOCK as u32;
        let preroll = SETTLING + MASTERED;
        let mut synth = Self {
            layers: self.layers,
            ..Self::at(self.score, (block + length - preroll) % length)
        };
        synth.master.gain = self.master.gain;
        // One more, because the master stage gives each block late, and the one in which the frame lies.
        for _ in 0..preroll / BLOCK as u32 + 2 {
            synth.make();
        }
        synth.given = (frame - block) as usize;
        synth
    }

    /// Plays the preroll and tells the gain that brings the piece to its loudness: what is heard, in proportion to
    /// what the forecast says of the end and of the whole.
    fn judge(&mut self) -> f32 {
        let forecast = Forecast::of(&self.score);
        let mut weighting = [Weighting::default(), Weighting::default()];
        let mut power = 0.0;
        for block in 0..(SETTLING + JUDGED) / BLOCK as u32 {
            if block == SETTLING / BLOCK as u32 {
                power = 0.0;
            }
            for frame in self.block() {
                for (weighting, sample) in weighting.iter_mut().zip(frame) {
                    let weighted = weighting.pass(sample);
                    power += weighted * weighted;
                }
            }
        }
        let heard = power / JUDGED as f32;
        let expected = heard * forecast.integrated() / forecast.at_end(JUDGED).max(1e-9);
        math::sqrt(TARGET_POWER / expected.max(1e-9))
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
            }
            *frame = self.ready[self.given % BLOCK];
            self.given += 1;
        }
    }

    /// An empty stage at a frame.
    fn at(score: Score, start: u32) -> Self {
        let note = score
            .notes
            .partition_point(|note| note.tick * score.samples_per_tick < start)
            % score.notes.len().max(1);
        let echo_frames = u32::from(score.echo_ticks) * score.samples_per_tick;
        Self {
            layers: u8::MAX,
            note,
            frame: start,
            voices: (0..VOICES).map(|_| None).collect(),
            strings: vec![0.0; VOICES * string::LENGTH],
            sine: Wave::of_harmonics(&[255]),
            choir: Wave::of_harmonics(&score.harmonics),
            reverb: Reverb::new(score.room_ms),
            echo: Echo::new(echo_frames),
            master: Master::new(),
            ready: [[0; 2]; BLOCK],
            given: BLOCK,
            score,
        }
    }

    fn make(&mut self) {
        let block = self.block();
        self.master.pass(&block, &mut self.ready);
        self.given = 0;
    }

    /// The next block before the master stage.
    fn block(&mut self) -> [[f32; 2]; BLOCK] {
        self.begin_notes();
        let mut mix = Mix {
            dry: [[0.0; 2]; BLOCK],
            reverb: [[0.0; 2]; BLOCK],
            echo: [0.0; BLOCK],
        };
        for (slot, string) in self
            .voices
            .iter_mut()
            .zip(self.strings.chunks_exact_mut(string::LENGTH))
        {
            let Some(voice) = slot else { continue };
            let sounds = voice.add(string, &self.sine, &self.choir, &mut mix);
            if !sounds {
                *slot = None;
            }
        }
        for (index, dry) in mix.dry.iter_mut().enumerate() {
            let echo = self.echo.pass(mix.echo[index]);
            let [left, right] = mix.reverb[index];
            // What is repeated is also in the room. The tiny constant keeps silence from becoming subnormal.
            let room = [left + 0.4 * echo[0] + 1e-18, right + 0.4 * echo[1] + 1e-18];
            let reverb = self.reverb.pass(room);
            for side in 0..2 {
                dry[side] += echo[side] + reverb[side];
            }
        }
        mix.dry
    }

    /// Begins the notes of the coming block and moves on to the next.
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
            let slots = self
                .voices
                .iter_mut()
                .zip(self.strings.chunks_exact_mut(string::LENGTH));
            if let Some((slot, string)) = slots.into_iter().find(|(slot, _)| slot.is_none()) {
                *slot = Some(Voice::begin(note, &self.score, offset, string));
            }
        }
        self.frame = (self.frame + BLOCK as u32) % frames;
    }
}

/// What the voices of a block add up to.
struct Mix {
    dry: [[f32; 2]; BLOCK],
    reverb: [[f32; 2]; BLOCK],
    echo: [f32; BLOCK],
}
