//! Whether a find still counts: the newest state says so, and of a number that is taken the Atom itself.

use super::{Find, Standing, Step};
use crate::model::Effects;
use crate::{Effect, FindId, Model, SetAside};
use atomine_chain::{ChainError, CollectionKey, OwnedAtom};
use atomine_protocol::TokenId;
use core::cmp::Ordering;

impl Model {
    /// Holds the finds of a collection against the state that was just read.
    pub(crate) fn compare_finds(&mut self, key: CollectionKey, out: &mut Effects) {
        let of_collection = self.finds.iter();
        let of_collection = of_collection.filter(|find| find.record.collection == key);
        let ids: Vec<FindId> = of_collection.map(Find::id).collect();
        for id in ids {
            self.compare(id, out);
        }
    }

    fn compare(&mut self, id: FindId, out: &mut Effects) {
        let (Some(state), Some(find)) = (self.collections.state(), self.finds.get_mut(id)) else {
            return;
        };
        let same_hash = state.prev_hash == find.record.prev_hash;
        let ahead = state.next_id.cmp(&find.record.token_id);
        if find.settled().is_some() {
            self.compare_settled(id, out);
            return;
        }
        match ahead {
            // A node that lags behind, or a chain that went back: neither proves anything.
            Ordering::Less => find.standing = Standing::Good,
            Ordering::Greater if find.standing.is_stale() => {}
            Ordering::Greater => {
                find.standing = Standing::Taken;
                self.ask_for_atom(id, out);
            }
            Ordering::Equal if same_hash => {
                find.standing = Standing::Good;
                if matches!(find.step, Step::Asked { .. }) {
                    self.simulate_meanwhile(id, out);
                } else {
                    self.retry_refused(id);
                }
            }
            Ordering::Equal if find.standing == Standing::Replaced || find.standing.is_stale() => {
                find.standing = Standing::Stale(SetAside::Uprooted);
            }
            Ordering::Equal => {
                find.standing = Standing::Replaced;
                self.read_state_now(out);
            }
        }
    }

    /// Asks who made the Atom of a find's number: the find itself, perhaps, when its answer was lost.
    pub(super) fn ask_for_atom(&mut self, id: FindId, out: &mut Effects) {
        let record = self.finds.get(id).map(|find| &find.record);
        let asked = record.and_then(|record| {
            let collection = self.collections.get(record.collection)?;
            Some(Effect::ReadAtom {
                collection: collection.clone(),
                id: record.token_id,
            })
        });
        out.extend(asked);
    }

    /// An Atom was read: finds for its number learn what became of them.
    pub(crate) fn prove_finds(
        &mut self,
        key: CollectionKey,
        id: TokenId,
        result: &Result<OwnedAtom, ChainError>,
        out: &mut Effects,
    ) {
        let Ok(atom) = result else {
            return;
        };
        let of_number = self.finds.iter().filter(|find| {
            let record = &find.record;
            (record.collection, record.token_id) == (key, id)
        });
        let ids: Vec<FindId> = of_number.map(Find::id).collect();
        for id in ids {
            self.prove(id, atom, out);
        }
    }

    fn prove(&mut self, id: FindId, atom: &OwnedAtom, out: &mut Effects) {
        let Some(find) = self.finds.get(id) else {
            return;
        };
        let doubted = find.standing == Standing::Taken || matches!(find.step, Step::Pending(_));
        if find.settled().is_some() {
            self.compare_atom(id, atom, out);
        } else if doubted && self.is_of(find, atom, true) {
            self.proven_ours(id, atom, out);
        } else if doubted && let Some(find) = self.finds.get_mut(id) {
            find.standing = Standing::Stale(SetAside::Overtaken);
            self.warn_of_dialog(id, out);
        }
    }

    /// The chain shows the find's own Atom. Where a transaction is watched, it is looked at once more: it may not be the
    /// one that did it.
    fn proven_ours(&mut self, id: FindId, atom: &OwnedAtom, out: &mut Effects) {
        match self.finds.get_mut(id).map(|find| &mut find.step) {
            Some(Step::Pending(pending)) => {
                pending.proof = Some(atom.clone());
                self.read_outcomes(out);
            }
            // The wallet's answer tells which transaction it was.
            Some(Step::Asked { .. }) => {}
            _ => self.minted(id, atom, None, None, out),
        }
    }
}
