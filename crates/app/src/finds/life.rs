//! How a find comes into the page, is stored, and leaves.

use super::{Find, Pending, Standing, Step};
use crate::cards::card;
use crate::explain::Explanation;
use crate::mining::Work;
use crate::model::Effects;
use crate::notices::Topic;
use crate::view::Tone;
use crate::{Effect, Failure, FindId, FindRecord, FindStage, Model};
use atomine_chain::{CollectionKey, Kind};
use atomine_protocol::{Atom, Nonce, WorkHash, atom_hash, work_hash};

/// Storage that has not answered after so long will not.
const SAVING_MS: u64 = 5_000;

impl Model {
    /// A worker found a nonce, and the reference agrees: it is stored before anything else.
    pub(crate) fn found(
        &mut self,
        collection: CollectionKey,
        work: &Work,
        nonce: Nonce,
        hash: WorkHash,
        out: &mut Effects,
    ) {
        let record = FindRecord {
            collection,
            account: work.sender,
            token_id: work.id,
            prev_hash: work.prev_hash,
            nonce,
            work_hash: hash,
            found_at_ms: self.now_ms,
            stage: FindStage::Waiting,
        };
        if self.finds.get(nonce).is_some() {
            return;
        }
        out.push(Effect::SaveFind(record.clone()));
        self.add_find(record, Step::Saving);
        self.attention(
            &format!("You found Atom #{}", work.id),
            "Come back to the page to mint it.",
            out,
        );
    }

    fn add_find(&mut self, record: FindRecord, step: Step) {
        let find = Find {
            preview: self.preview(&record),
            record,
            unkept: false,
            step,
            standing: Standing::Good,
            simulating: 0,
            failure: None,
            failed_before: false,
        };
        self.finds.all.insert(0, find);
    }

    /// In an Atomine collection the Atom is known before it is paid for.
    fn preview(&self, record: &FindRecord) -> Option<crate::view::Card> {
        let collection = self.collections.get(record.collection)?;
        (collection.kind == Kind::Atomine).then(|| {
            let atom = Atom {
                id: record.token_id,
                hash: atom_hash(record.work_hash),
            };
            card(atom, None)
        })
    }

    /// Finds that were stored before; damaged ones stay where they are and are counted.
    pub(crate) fn restore_finds(&mut self, records: Vec<FindRecord>) -> u32 {
        let mut damaged = 0;
        for record in records {
            if !is_sound(&record) {
                damaged += 1;
            } else if self.finds.get(record.nonce).is_none() {
                let step = step_of(&record);
                self.add_find(record, step);
            }
        }
        damaged
    }

    /// Another tab stored a find or knows more about it.
    pub(crate) fn find_from_elsewhere(&mut self, record: FindRecord) {
        if !is_sound(&record) {
            return;
        }
        let Some(find) = self.finds.get_mut(record.nonce) else {
            let step = step_of(&record);
            self.add_find(record, step);
            return;
        };
        let sent_there = matches!(record.stage, FindStage::Pending { .. });
        match find.step {
            // The simulation's answer comes first; then the record says how to go on.
            Step::Checking { .. } if sent_there => find.record = record,
            Step::Asked { .. } if !sent_there => {}
            // What became of it is being looked at here, too.
            Step::Checking { .. } | Step::Minted { .. } | Step::Pending(_) => {}
            _ => {
                find.step = step_of(&record);
                find.record = record;
            }
        }
    }

    /// A find was stored, or could not be.
    pub(crate) fn find_saved(&mut self, id: FindId, result: Result<(), Failure>) {
        let Some(find) = self.finds.get_mut(id) else {
            return;
        };
        if find.step == Step::Saving {
            find.step = Step::Unchecked;
        }
        find.unkept = result.is_err();
        let open = find.settled().is_none();
        if let Err(failure) = result {
            if open {
                self.say_unkept(&failure);
            }
        } else if self.finds.unkept().next().is_none() {
            self.notices.clear(Topic::KeepingFinds);
        }
    }

    fn say_unkept(&mut self, failure: &Failure) {
        let what = "This browser could not store your find.";
        let remedy = "Keep this tab open until it is minted; storing it is tried again and again.";
        let said = Explanation::new(what, remedy).with_failure(failure);
        self.notices.say(Topic::KeepingFinds, Tone::Bad, said);
    }

    /// Storage that does not answer must not hold up a find.
    pub(crate) fn settle_saving(&mut self) {
        let now_ms = self.now_ms;
        let mut lost = false;
        for find in &mut self.finds.all {
            let age_ms = now_ms.saturating_sub(find.record.found_at_ms);
            if find.step == Step::Saving && age_ms > SAVING_MS {
                find.step = Step::Unchecked;
                find.unkept = true;
                lost = true;
            }
        }
        if lost {
            self.say_unkept(&Failure("no answer".into()));
        }
    }

    /// Whether the visitor may throw it away: not while a transaction of it is on its way.
    pub(crate) fn can_discard(&self, find: &Find) -> bool {
        let watched = self.collections.get(find.record.collection).is_some();
        !find.is_busy() || (matches!(find.step, Step::Pending(_)) && !watched)
    }

    /// The visitor does not want it.
    pub(crate) fn discard(&mut self, id: FindId, out: &mut Effects) {
        let Some(find) = self.finds.get(id) else {
            return;
        };
        if !self.can_discard(find) {
            return;
        }
        if matches!(find.step, Step::Minted { .. }) {
            // The visitor has seen it: its card goes, and its record stays as long as those of other settled ones.
            self.set_step(id, Step::SetAside);
            return;
        }
        out.push(Effect::DeleteFind(id));
        self.finds.remove(id);
    }
}

/// Whether a stored record is what was once written: its hash follows from the rest.
fn is_sound(record: &FindRecord) -> bool {
    work_hash(record.account, record.prev_hash, record.nonce) == record.work_hash
}

/// Where a find goes on from its record.
pub(super) fn step_of(record: &FindRecord) -> Step {
    match record.stage {
        FindStage::Waiting | FindStage::Asked => Step::Unchecked,
        FindStage::Pending { transaction } => Step::Pending(Pending::new(transaction)),
        FindStage::SetAside(_) => Step::SetAside,
    }
}
