//! What became of a transaction that was sent: the receipt decides.

use super::{Find, Step};
use crate::cards::card;
use crate::explain::Explanation;
use crate::format::short_hash;
use crate::model::Effects;
use crate::view::Tone;
use crate::{Effect, FindId, FindStage, Model, Route, SetAside, Timer};
use alloy_primitives::B256;
use atomine_chain::{ChainError, Kind, MintOutcome, OwnedAtom};
use atomine_protocol::{Atom, atom_hash};

/// Between two looks at a pending transaction.
const LOOK_MS: u32 = 3_000;
/// The same after a look that failed.
const LOOK_AFTER_ERROR_MS: u32 = 10_000;
/// A transaction that the node has not known for so long was dropped.
const FORGOTTEN_MS: u64 = 120_000;

impl Model {
    /// Keeps looking as long as a transaction is pending.
    pub(crate) fn settle_outcomes(&mut self, out: &mut Effects) {
        let fresh = self.finds.all.iter().any(|find| {
            matches!(&find.step, Step::Pending(pending)
                if !pending.asking && pending.unknown_since_ms.is_none() && pending.error.is_none())
        });
        let any = self
            .finds
            .all
            .iter()
            .any(|find| matches!(find.step, Step::Pending(_)));
        if any && !self.finds.outcome_armed {
            self.finds.outcome_armed = true;
            let ms = if fresh { LOOK_MS } else { LOOK_AFTER_ERROR_MS };
            out.push(Effect::After {
                ms,
                timer: Timer::Outcome,
            });
        }
    }

    /// Looks at every pending transaction.
    pub(crate) fn read_outcomes(&mut self, out: &mut Effects) {
        self.finds.outcome_armed = false;
        for find in &mut self.finds.all {
            let Step::Pending(pending) = &mut find.step else {
                continue;
            };
            let collection = self.collections.get(find.record.collection);
            if let (Some(collection), false) = (collection, pending.asking) {
                pending.asking = true;
                out.push(Effect::ReadOutcome {
                    find: find.record.nonce,
                    collection: collection.clone(),
                    account: find.record.account,
                    transaction: pending.transaction,
                });
            }
        }
    }

    /// The chain said what became of it.
    pub(crate) fn outcome_read(
        &mut self,
        id: FindId,
        result: Result<MintOutcome, ChainError>,
        out: &mut Effects,
    ) {
        let now_ms = self.now_ms;
        let Some(find) = self.finds.get(id) else {
            return;
        };
        let result = result.and_then(|outcome| self.checked(find, outcome));
        let Some(find) = self.finds.get_mut(id) else {
            return;
        };
        let Step::Pending(pending) = &mut find.step else {
            return;
        };
        pending.asking = false;
        pending.error = None;
        match (result, pending.proof.take()) {
            (
                Ok(MintOutcome::Minted {
                    atom,
                    transaction,
                    block,
                }),
                _,
            ) => self.minted(id, &atom, Some(transaction), Some(block), out),
            (outcome, Some(atom)) => self.minted_otherwise(id, &atom, &outcome, out),
            (Ok(MintOutcome::Pending), None) => pending.unknown_since_ms = None,
            (Ok(MintOutcome::Reverted { .. }), None) => self.failed(id, out),
            (Ok(MintOutcome::Unknown), None) => {
                let since = *pending.unknown_since_ms.get_or_insert(now_ms);
                if now_ms.saturating_sub(since) > FORGOTTEN_MS {
                    self.forgotten(id, out);
                } else {
                    self.ask_for_atom(id, out);
                }
            }
            (Err(error), None) => pending.error = Some(error),
        }
    }

    /// The chain shows the find's Atom, whatever became of the transaction that the wallet told of.
    fn minted_otherwise(
        &mut self,
        id: FindId,
        atom: &OwnedAtom,
        outcome: &Result<MintOutcome, ChainError>,
        out: &mut Effects,
    ) {
        let Some(transaction) = self.finds.get(id).and_then(Find::sent_transaction) else {
            return;
        };
        let transaction = match outcome {
            Ok(MintOutcome::Unknown) => {
                let short = short_hash(transaction);
                let what = format!("The transaction {short} was replaced by your wallet.");
                let remedy =
                    "A speed-up does that; the one in its place made the Atom, and it is yours.";
                self.say_of_find(Tone::Neutral, Explanation::new(what, remedy));
                None
            }
            Ok(MintOutcome::Reverted { .. }) => None,
            // It is the one, as far as anybody can tell now.
            _ => Some(transaction),
        };
        self.minted(id, atom, transaction, None, out);
    }

    /// A receipt that tells of another Atom than the one that was found is not believed.
    fn checked(&self, find: &Find, outcome: MintOutcome) -> Result<MintOutcome, ChainError> {
        if let MintOutcome::Minted { atom, .. } = &outcome
            && !self.is_of(find, atom, false)
        {
            let words = format!("the receipt tells of Atom #{}", atom.id);
            return Err(ChainError::Nonsense(words));
        }
        Ok(outcome)
    }

    /// Whether the Atom on the chain is what this find became. A `POWNFTv3` hash depends on its block, so there the
    /// owner has to do where the receipt does not say it.
    pub(super) fn is_of(&self, find: &Find, atom: &OwnedAtom, by_owner: bool) -> bool {
        let collection = self.collections.get(find.record.collection);
        let same_hash = match collection.map(|collection| collection.kind) {
            Some(Kind::Atomine) => atom.hash == atom_hash(find.record.work_hash),
            _ => !by_owner || atom.owner == find.record.account,
        };
        atom.id == find.record.token_id && same_hash
    }

    /// It is an Atom.
    pub(super) fn minted(
        &mut self,
        id: FindId,
        owned: &OwnedAtom,
        transaction: Option<B256>,
        block: Option<u64>,
        out: &mut Effects,
    ) {
        let Some(find) = self.finds.get(id) else {
            return;
        };
        let collection = find.record.collection;
        let atom = Atom {
            id: owned.id,
            hash: owned.hash,
        };
        let route = Route::Atom {
            collection,
            id: owned.id,
        };
        let block = self.collections.heard_of(collection, block);
        let why = SetAside::Minted {
            hash: owned.hash,
            transaction,
            block,
        };
        let card = Box::new(card(atom, Some(route)));
        self.settle_find(id, why, Step::Minted { card }, out);
        let title = format!("{} is yours", atom.title());
        self.attention(&title, "It is on the chain now.", out);
        self.lists.reread();
        self.read_state_now(out);
        self.read_balance(out);
    }

    /// It failed on the chain. The find itself may still be good: the state decides.
    fn failed(&mut self, id: FindId, out: &mut Effects) {
        let Some(find) = self.finds.get_mut(id) else {
            return;
        };
        find.failed_before = true;
        find.record.stage = FindStage::Waiting;
        find.step = Step::Unchecked;
        out.push(Effect::SaveFind(find.record.clone()));
        let number = find.record.token_id;
        let stale = find.standing.is_stale();
        let what = format!("The network turned down the transaction for #{number}.");
        let remedy = if stale {
            "Somebody else was faster; only the network's fee was spent, and mining goes on."
        } else {
            "No Atom was made and only the network's fee was spent; the page looks whether the find still counts."
        };
        self.say_of_find(Tone::Bad, Explanation::new(what, remedy));
        out.push(Effect::Announce(format!("Minting #{number} failed.")));
        self.read_state_now(out);
    }

    /// No node knows the transaction any more: the find is offered again.
    fn forgotten(&mut self, id: FindId, out: &mut Effects) {
        let Some(find) = self.finds.get_mut(id) else {
            return;
        };
        let Step::Pending(pending) = &find.step else {
            return;
        };
        let what = format!(
            "The network has no trace of the transaction {} or of its Atom.",
            short_hash(pending.transaction)
        );
        let remedy = "If it still waits in your wallet, cancel it there; the find is kept and can be minted again.";
        find.record.stage = FindStage::Waiting;
        find.step = Step::Unchecked;
        out.push(Effect::SaveFind(find.record.clone()));
        self.say_of_find(Tone::Warning, Explanation::new(what, remedy));
        self.read_state_now(out);
    }
}
