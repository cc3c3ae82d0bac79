//! From an Atom to its [`Score`]. docs/MUSIC.md tells these rules in words.

mod backing;
mod genesis;
mod harmony;
mod motif;
mod patches;
mod plan;
mod shells;

use crate::{
    key::{Key, choose_mode},
    random::Stream,
    score::{Layer, Note, Patch, Score},
    spectrum::Spectrum,
};
use alloc::vec::Vec;
use atomine_protocol::{Atom, Shells, TokenId};
use harmony::Chord;
use plan::Plan;

/// The piece of an Atom.
pub fn compose(atom: &Atom) -> Score {
    let mut draft = Draft::new(atom);
    if atom.id == TokenId::GENESIS {
        genesis::write(&mut draft);
    } else {
        backing::chords(&mut draft);
        backing::bass(&mut draft);
        motif::melodies(&mut draft);

        shells::write(&mut draft);
    }
    draft.finish()
}

/// A piece while it is written.
struct Draft<'a> {
    atom: &'a Atom,
    plan: Plan,
    /// -3 to 7.
    charge: i8,
    /// Electrons in each shell.
    shells: Shells,
    /// One for each bar of the piece.
    chords: [Chord; plan::MOST_BARS],
    touch: Stream,
    score: Score,
}

impl<'a> Draft<'a> {
    fn new(atom: &'a Atom) -> Self {
        let z = atom.atomic_number();
        let charge = atom.charge();
        let spectrum = Spectrum::of(z);
        let stream = |domain| Stream::new(&atom.hash, domain);
        let mut form = stream("form");
        let plan = if atom.id == TokenId::GENESIS {
            Plan::genesis()
        } else {
            Plan::of(atom.id.generation(), &mut form)
        };
        let mut score = Score {
            key: Key {
                root_cents: spectrum.root_cents(),
                mode: choose_mode(z, &mut form),
            },
            manner: plan.manner_index,
            samples_per_tick: plan.samples_per_tick,
            ticks: plan.ticks(),
            beats_per_bar: plan.beats,
            patches: [Patch::default(); Layer::COUNT],
            partials: spectrum.partials(),
            harmonics: spectrum.harmonics(),
            room_ms: 0,
            echo_ticks: 0,
            detune_cents: 5 + 3 * charge.unsigned_abs(),
            notes: Vec::with_capacity(MOST_NOTES),
        };
        patches::choose(
            &mut score,
            &spectrum,
            charge,
            plan.manner,
            &mut stream("sound"),
        );
        Self {
            atom,
            charge,
            shells: atom.shells(),
            chords: harmony::progression(&score.key, &plan, charge, &mut stream("harmony")),
            touch: stream("touch"),
            plan,
            score,
        }
    }

    fn stream(&self, domain: &str) -> Stream {
        Stream::new(&self.atom.hash, domain)
    }

    fn chord_at(&self, tick: u32) -> Chord {
        // After the last bar comes the first.
        self.chords[(tick / self.plan.bar % self.plan.bars()) as usize % plan::MOST_BARS]
    }

    /// Adds a note where the swing wants it, a little louder or softer than asked for, and not too high to be heard.
    fn play(
        &mut self,
        layer: Layer,
        tick: u32,
        ticks: u32,
        cents: i32,
        velocity: u32,
        pan: i8,
    ) -> &mut Note {
        let velocity = velocity.cast_signed() + self.touch.between(-5, 5);
        let mut cents = cents;
        while layer.is_pitched() && cents > HIGHEST {
            cents -= 1200;
        }
        let note = Note {
            tick: self.plan.swung(tick),
            ticks: ticks.max(1),
            layer,
            cents,
            velocity: velocity.clamp(1, 127) as u8,
            pan,
            passing: false,
            electron: None,
        };
        let notes = &mut self.score.notes;
        // Always, by far; but code to make more room would itself need room in the synth.
        if notes.len() < notes.capacity() {
            notes.push(note);
        }
        let last = notes.len() - 1;
        &mut notes[last]
    }

    fn finish(self) -> Score {
        let mut score = self.score;
        sort(&mut score.notes);
        // Nothing after the end; and no layer plays the same twice at once.
        let mut kept = 0;
        let mut last = u64::MAX;
        for index in 0..score.notes.len() {
            let note = score.notes[index];
            if note.tick < score.ticks && order(&note) != last {
                last = order(&note);
                score.notes[kept] = note;
                kept += 1;
            }
        }
        score.notes.truncate(kept);
        score
    }
}

/// No piece has as many notes.
const MOST_NOTES: usize = 8192;

/// Nobody plays higher than this, in cents above MIDI note 0: 2.1 kHz.
const HIGHEST: i32 = 9600;

/// What notes are sorted by: tick, then layer, then pitch.
fn order(note: &Note) -> u64 {
    u64::from(note.tick) << 32 | (note.layer as u64) << 24 | u64::from(note.cents.unsigned_abs())
}

/// A comb sort: a fraction of the size of the library's, and a piece has a few thousand notes. Of equal notes the
/// order does not matter: only one of them stays.
fn sort(notes: &mut [Note]) {
    let mut gap = notes.len();
    let mut swapped = true;
    while gap > 1 || swapped {
        gap = (gap * 10 / 13).max(1);
        swapped = false;
        for low in 0..notes.len().saturating_sub(gap) {
            let high = low + gap;
            if order(&notes[low]) > order(&notes[high]) {
                notes.swap(low, high);
                swapped = true;
            }
        }
    }
}
