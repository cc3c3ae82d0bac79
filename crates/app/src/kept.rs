//! What this browser keeps: reading it at the start, writing choices, and trying again what failed.
//!
//! Settings that could not be read are never written over: as long as reading fails nothing is written in their place,
//! and what the visitor chose meanwhile joins them once they are read.

use crate::explain::Explanation;
use crate::model::Effects;
use crate::notices::Topic;
use crate::view::Tone;
use crate::{Effect, Failure, FindRecord, Model, PracticeAtom, Stored, Timer};

/// A choice is stored once the visitor stops moving the slider.
const SAVE_SOON_MS: u32 = 400;
/// How often the count of hashes is stored.
const SAVE_SOMETIME_MS: u32 = 10_000;
/// The pause before what could not be read is read again; it doubles with each failure.
const FIRST_READ_PAUSE_MS: u32 = 5_000;
/// The longest pause before what could not be read is read again.
const MAX_READ_PAUSE_MS: u32 = 300_000;
/// The pause before what could not be kept is kept again.
const KEEP_PAUSE_MS: u32 = 15_000;

/// How keeping things stands.
#[derive(Debug, Default)]
pub(crate) struct Keeping {
    /// What this browser kept was read.
    read: bool,
    failed_reads: u32,
    /// Choices wait to be stored.
    choices_wait: bool,
    /// The choices could not be stored last time.
    choices_unkept: bool,
    /// Atoms of Practice that could not be stored.
    practice_unkept: Vec<PracticeAtom>,
    running: Running,
}

/// Timers that are running.
#[derive(Debug, Default)]
struct Running {
    /// [`Timer::SaveSettings`].
    save: bool,
    /// [`Timer::KeepAgain`].
    again: bool,
}

impl Model {
    /// Takes over what this browser kept; the finds, and how many records are damaged, wait until the collections are
    /// known.
    pub(crate) fn restore_choices(
        &mut self,
        stored: Result<Stored, Failure>,
    ) -> (Vec<FindRecord>, u32) {
        match stored {
            Ok(stored) => {
                self.keeping.read = true;
                self.settings = stored
                    .settings
                    .unwrap_or_default()
                    .with_choices(&self.settings)
                    .clamped();
                self.player.restore(&self.settings);
                self.practice.restore(stored.practice);
                (stored.finds, stored.damaged)
            }
            Err(failure) => {
                let what = "What this browser keeps for this page cannot be read.";
                let remedy = "Mining works, and reading is tried again; keep the tab open until a find is minted, and leave private browsing to keep what you find.";
                let said = Explanation::new(what, remedy).with_failure(&failure);
                self.notices.say(Topic::Storage, Tone::Warning, said);
                (Vec::new(), 0)
            }
        }
    }

    /// The second half of restoring, once the collections are known.
    pub(crate) fn restore_found(
        &mut self,
        (finds, damaged): (Vec<FindRecord>, u32),
        out: &mut Effects,
    ) {
        if !self.keeping.read {
            self.read_stored_later(out);
        }
        let damaged = damaged.saturating_add(self.restore_finds(finds));
        if damaged > 0 {
            let what = format!("{damaged} stored records are damaged and were left out.");
            let remedy = "Nothing of them is deleted; everything else works as before.";
            let said = Explanation::new(what, remedy);
            self.notices.say(Topic::Storage, Tone::Warning, said);
        }
        self.read_outcomes(out);
    }

    fn read_stored_later(&mut self, out: &mut Effects) {
        let doublings = self.keeping.failed_reads.min(16);
        self.keeping.failed_reads = self.keeping.failed_reads.saturating_add(1);
        out.push(Effect::After {
            ms: (FIRST_READ_PAUSE_MS << doublings).min(MAX_READ_PAUSE_MS),
            timer: Timer::ReadStored,
        });
    }

    /// What this browser kept was read after all, or again not.
    pub(crate) fn stored_read(&mut self, result: Result<Stored, Failure>, out: &mut Effects) {
        if self.keeping.read {
            return;
        }
        if result.is_ok() {
            self.notices.clear(Topic::Storage);
        }
        let kept = self.restore_choices(result);
        self.collections.bring_back(self.settings.custom.as_ref());
        self.restore_found(kept, out);
        if self.keeping.read {
            self.post_power(out);
            self.save_what_waits(out);
        }
    }

    /// The visitor moves a slider: it is stored in a moment.
    pub(crate) fn save_settings_soon(&mut self, out: &mut Effects) {
        self.save_settings_in(SAVE_SOON_MS, out);
    }

    /// A count went up: it is stored now and then.
    pub(crate) fn save_settings_sometime(&mut self, out: &mut Effects) {
        if !self.keeping.running.save {
            self.save_settings_in(SAVE_SOMETIME_MS, out);
        }
    }

    fn save_settings_in(&mut self, ms: u32, out: &mut Effects) {
        self.keeping.running.save = true;
        self.keeping.choices_wait = true;
        out.push(Effect::After {
            ms,
            timer: Timer::SaveSettings,
        });
    }

    /// The visitor chose something: it is stored at once, for a reload may follow at once.
    pub(crate) fn save_settings_now(&mut self, out: &mut Effects) {
        self.keeping.choices_wait = true;
        self.save_what_waits(out);
    }

    /// Stores choices that wait, if they may be written.
    pub(crate) fn save_what_waits(&mut self, out: &mut Effects) {
        if core::mem::take(&mut self.keeping.running.save) {
            out.push(Effect::Cancel(Timer::SaveSettings));
        }
        if self.keeping.read && core::mem::take(&mut self.keeping.choices_wait) {
            out.push(Effect::SaveSettings(self.settings.clone()));
        }
    }

    /// Choices were stored, or could not be.
    pub(crate) fn settings_saved(&mut self, result: &Result<(), Failure>) {
        let failed_before = core::mem::replace(&mut self.keeping.choices_unkept, result.is_err());
        match result {
            Ok(()) => self.notices.clear(Topic::KeepingChoices),
            // Said once: they are stored every few seconds while mining.
            Err(_) if failed_before => {}
            Err(failure) => {
                let what = "This browser could not store your choices.";
                let remedy = "They hold until the page is closed; storing them is tried again.";
                let said = Explanation::new(what, remedy).with_failure(failure);
                self.notices.say(Topic::KeepingChoices, Tone::Warning, said);
            }
        }
    }

    /// An Atom of Practice was stored, or could not be.
    pub(crate) fn practice_atom_saved(&mut self, atom: PracticeAtom, result: &Result<(), Failure>) {
        let unkept = &mut self.keeping.practice_unkept;
        let failed_before = unkept.contains(&atom);
        match result {
            Ok(()) => unkept.retain(|other| *other != atom),
            Err(_) if failed_before => return,
            Err(_) => unkept.push(atom),
        }
        let what = match unkept.len() {
            0 => return self.notices.clear(Topic::KeepingPractice),
            1 => "This browser could not store an Atom of Practice.".to_owned(),
            count => format!("This browser could not store {count} Atoms of Practice."),
        };
        let remedy = "Keep this tab open: storing is tried again and again. The address of an Atom's own page keeps it too.";
        let mut said = Explanation::new(what, remedy);
        if let Err(failure) = result {
            said = said.with_failure(failure);
        }
        self.notices
            .say(Topic::KeepingPractice, Tone::Warning, said);
    }

    /// Arms the next try while something is not kept.
    pub(crate) fn settle_keeping(&mut self, out: &mut Effects) {
        let unkept = self.keeping.choices_unkept
            || !self.keeping.practice_unkept.is_empty()
            || self.finds.unkept().next().is_some();
        if unkept && !self.keeping.running.again {
            self.keeping.running.again = true;
            out.push(Effect::After {
                ms: KEEP_PAUSE_MS,
                timer: Timer::KeepAgain,
            });
        }
    }

    /// Tries once more to keep what could not be kept.
    pub(crate) fn keep_again(&mut self, out: &mut Effects) {
        self.keeping.running.again = false;
        let finds = self.finds.unkept();
        out.extend(finds.map(|find| Effect::SaveFind(find.record.clone())));
        let atoms = self.keeping.practice_unkept.iter();
        out.extend(atoms.map(|atom| Effect::SavePracticeAtom(atom.clone())));
        if self.keeping.choices_unkept {
            self.save_settings_now(out);
        }
    }
}
