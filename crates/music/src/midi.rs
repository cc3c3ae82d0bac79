//! The score as a standard MIDI file of type 1.

use crate::{Layer, Note, Score, TICKS_PER_BEAT};
use alloc::{format, vec::Vec};

/// MIDI channels count from 0; the tenth is for drums.
const DRUMS: u8 = 9;
/// The middle of the pitch bend's 14 bits; with the usual range of two semitones, 200 cents on either side.
const NO_BEND: i32 = 8192;

/// The piece as a MIDI file: a track with tempo and metre, then one for each layer, named.
///
/// Every pitched channel is bent once, at its start, from the tempered scale to the Atom's own tuning; a note is then
/// right to a cent, except in Genesis, whose scale is not tempered and is rounded to semitones.
pub fn midi(score: &Score, title: &str) -> Vec<u8> {
    let mut file = Vec::new();
    chunk(&mut file, *b"MThd", &header());
    chunk(&mut file, *b"MTrk", &conductor(score, title));
    for layer in Layer::ALL {
        chunk(&mut file, *b"MTrk", &track(score, layer));
    }
    file
}

fn header() -> [u8; 6] {
    let tracks = 1 + Layer::COUNT as u16;
    let mut header = [0, 1, 0, 0, 0, 0];
    header[2..4].copy_from_slice(&tracks.to_be_bytes());
    header[4..].copy_from_slice(&(TICKS_PER_BEAT as u16).to_be_bytes());
    header
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], body: &[u8]) {
    file.extend(kind);
    file.extend((body.len() as u32).to_be_bytes());
    file.extend(body);
}

fn conductor(score: &Score, title: &str) -> Vec<u8> {
    let mut track = Track::default();
    track.text(0x03, title);
    let tempo = score.micros_per_beat().to_be_bytes();
    track.meta(0, 0x51, &tempo[1..]);
    // The denominator as a power of two; 24 MIDI clocks a click, 8 thirty-seconds a quarter.
    track.meta(0, 0x58, &[score.beats_per_bar as u8, 2, 24, 8]);
    for section in score.sections() {
        track.until(section.tick);
        track.text(0x06, &format!("{:?}", section.kind));
    }
    track.end(score.ticks)
}

fn track(score: &Score, layer: Layer) -> Vec<u8> {
    let channel = if layer.is_pitched() {
        layer as u8
    } else {
        DRUMS
    };
    let mut track = Track::default();
    track.text(0x03, layer.name());
    if let Some(program) = program(layer) {
        track.event(&[0xc0 | channel, program]);
        let bend = NO_BEND + tuning_cents(score) * NO_BEND / 200;
        track.event(&[0xe0 | channel, (bend & 0x7f) as u8, (bend >> 7) as u8]);
    }
    let mut events = Vec::new();
    for note in score.notes.iter().filter(|note| note.layer == layer) {
        let key = key_number(score, note);
        // At the same tick a key is released before it is struck again.
        events.push((note.tick, true, [0x90 | channel, key, note.velocity]));
        let end = (note.tick + note.ticks).min(score.ticks);
        events.push((end, false, [0x80 | channel, key, 0]));
    }
    events.sort_by_key(|&(tick, strikes, [_, key, _])| (tick, strikes, key));
    for (tick, _, event) in events {
        track.until(tick);
        track.event(&event);
    }
    track.end(score.ticks)
}

/// How far the root is from the tempered scale, -50 to 49 cents.
fn tuning_cents(score: &Score) -> i32 {
    (score.key.root_cents + 50).rem_euclid(100) - 50
}

fn key_number(score: &Score, note: &Note) -> u8 {
    match note.layer {
        Layer::Kick => 36,
        Layer::Wood => 76,
        Layer::Hat => 42,
        _ => ((note.cents - tuning_cents(score) + 50).div_euclid(100)).clamp(0, 127) as u8,
    }
}

/// General MIDI's nearest instrument.
const fn program(layer: Layer) -> Option<u8> {
    match layer {
        Layer::Bell => Some(14),
        Layer::String => Some(46),
        Layer::Keys => Some(4),
        Layer::Bass => Some(38),
        Layer::Pad => Some(91),
        Layer::Kick | Layer::Wood | Layer::Hat => None,
    }
}

/// A track while it is written.
#[derive(Default)]
struct Track {
    bytes: Vec<u8>,
    tick: u32,
    target: u32,
}

impl Track {
    /// The next event happens at `tick`, which must not be before the last.
    fn until(&mut self, tick: u32) {
        self.target = tick;
    }

    fn event(&mut self, bytes: &[u8]) {
        let delta = self.target - self.tick;
        self.tick = self.target;
        self.length(delta);
        self.bytes.extend(bytes);
    }

    fn meta(&mut self, delta: u32, kind: u8, body: &[u8]) {
        self.until(self.tick.max(self.target) + delta);
        self.event(&[0xff, kind]);
        self.length(body.len() as u32);
        self.bytes.extend(body);
    }

    fn text(&mut self, kind: u8, text: &str) {
        self.meta(0, kind, text.as_bytes());
    }

    /// A number in groups of seven bits, the highest first.
    fn length(&mut self, number: u32) {
        for group in (1..4).rev() {
            if number >> (7 * group) > 0 {
                self.bytes.push(0x80 | (number >> (7 * group) & 0x7f) as u8);
            }
        }
        self.bytes.push((number & 0x7f) as u8);
    }

    fn end(mut self, tick: u32) -> Vec<u8> {
        self.until(tick);
        self.meta(0, 0x2f, &[]);
        self.bytes
    }
}
