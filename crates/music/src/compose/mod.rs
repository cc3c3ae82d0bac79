//! From an Atom to its [`Score`]. docs/MUSIC.md tells these rules in words.

mod backing;
mod drums;
mod genesis;
mod harmony;
mod motif;
mod patches;
mod plan;

use crate::{
    key::{Key, choose_mode},
    random::Stream,
    score::{Layer, Note, Score, Section},
    spectrum::Spectrum,
};
use alloc::vec::Vec;
use atomine_protocol::{Atom, Shells, TokenId};
use harmony::Chord;
use plan::Plan;

/// The piece of an Atom.
#[inline(never)]
pub fn compose(atom: &Atom) -> Score {
    let mut draft = Draft::new(atom);
    if atom.id == TokenId::GENESIS {
        genesis::write(&mut draft);
    } else {
        backing::chords(&mut draft);
        backing::bass(&mut draft);
        motif::melodies(&mut draft);
        backing::arpeggio(&mut draft);
        drums::write(&mut draft);
    }
    draft.finish()
}

/// A piece while it is written.
struct Draft<'a> {
    atom: &'a Atom,
    spectrum: Spectrum,
    key: Key,
    plan: Plan,
    /// -3 to 7.
    charge: i8,
    /// Electrons in each shell.
    shells: Shells,
    /// One for each bar of the piece.
    chords: Vec<Chord>,
    notes: Vec<Note>,
    touch: Stream,
}

impl<'a> Draft<'a> {
    fn new(atom: &'a Atom) -> Self {
        let z = atom.atomic_number();
        let charge = atom.charge();
        let spectrum = Spectrum::of(z);
        let mut form = Stream::new(&atom.hash, "form");
        let plan = if atom.id == TokenId::GENESIS {
            Plan::genesis()
        } else {
            Plan::of(atom.id.generation(), &mut form)
        };
        let key = Key {
            root_cents: spectrum.root_cents(),
            mode: choose_mode(z, &mut form),
        };
        let chords =
            harmony::progression(&key, &plan, charge, &mut Stream::new(&atom.hash, "harmony"));
        Self {
            atom,
            spectrum,
            key,
            plan,
            charge,
            shells: atom.shells(),
            chords,
            notes: Vec::new(),
            touch: Stream::new(&atom.hash, "touch"),
        }
    }

    fn stream(&self, domain: &str) -> Stream {
        Stream::new(&self.atom.hash, domain)
    }

    fn chord_at(&self, tick: u32) -> &Chord {
        let bar = (tick / self.plan.bar) as usize;
        &self.chords[bar.min(self.chords.len() - 1)]
    }

    /// Adds a note in its place, a little louder or softer than asked for; not beyond the end, and not where its layer
    /// plays the same already.
    #[inline(never)]
    fn play(&mut self, note: Note) {
        let touch = self.touch.between(-5, 5);
        let velocity = (i32::from(note.velocity) + touch).clamp(1, 127) as u8;
        let order = |note: &Note| (note.tick, note.layer as u8, note.cents);
        let place = self
            .notes
            .iter()
            .rposition(|other| order(other) <= order(&note));
        let place = match place {
            Some(place) if order(&self.notes[place]) == order(&note) => return,
            Some(place) => place + 1,
            None => 0,
        };
        if note.tick < self.plan.ticks() {
            self.notes.insert(place, Note { velocity, ..note });
        }
    }

    #[inline(never)]
    fn finish(self) -> Score {
        let mut stream = self.stream("sound");
        let sound = patches::choose(&self.spectrum, self.charge, &mut stream);
        let section = self.plan.section();
        let sections = plan::KINDS.map(|kind| Section {
            kind,
            tick: section * kind as u32,
            ticks: section,
        });
        Score {
            key: self.key,
            samples_per_tick: self.plan.samples_per_tick,
            ticks: self.plan.ticks(),
            beats_per_bar: self.plan.beats,
            sections,
            patches: sound.patches,
            partials: self.spectrum.partials(),
            harmonics: self.spectrum.harmonics(),
            room_ms: sound.room_ms,
            echo_ticks: sound.echo_ticks,
            detune_cents: 5 + 3 * self.charge.unsigned_abs(),
            notes: self.notes,
        }
    }

    /// A note at its simplest: in the middle, in the mode.
    fn note(layer: Layer, tick: u32, ticks: u32, cents: i32, velocity: u32) -> Note {
        Note {
            tick,
            ticks: ticks.max(1),
            layer,
            cents,
            velocity: velocity.clamp(1, 127) as u8,
            pan: 0,
            passing: false,
            electron: None,
        }
    }
}
