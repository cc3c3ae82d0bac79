//! Whether a find still counts: a record goes only when the chain has proved twice that it does not.

use super::{Find, Standing, Step};
use crate::explain::Explanation;
use crate::model::Effects;
use crate::view::Tone;
use crate::{Effect, FindId, Model};
use atomine_chain::{ChainError, CollectionKey, OwnedAtom};
use atomine_protocol::TokenId;

impl Model {
    /// Holds the finds of a collection against the state that was just read.
    pub(crate) fn compare_finds(&mut self, key: CollectionKey, out: &mut Effects) {
        let of_collection = self.finds.iter();
        let of_collection =
            of_collection.filter(|find| find.record.collection == key && !find.is_minted());
        let ids: Vec<FindId> = of_collection.map(Find::id).collect();
        for id in ids {
            self.compare(id, out);
        }
    }

    fn compare(&mut self, id: FindId, out: &mut Effects) {
        let Some(state) = self.collections.state() else {
            return;
        };
        let (next_id, prev_hash) = (state.next_id, state.prev_hash);
        let Some(find) = self.finds.get_mut(id) else {
            return;
        };
        let token_id = find.record.token_id;
        if next_id > token_id {
            self.ask_who_made(id, token_id, out);
        } else if next_id < token_id {
            // A node that lags behind, or a chain that went back: neither proves anything.
            find.standing = Standing::Good;
        } else if prev_hash == find.record.prev_hash {
            find.standing = Standing::Good;
            self.retry_refused(id);
        } else if find.standing == Standing::Replaced || find.standing == Standing::Stale {
            find.standing = Standing::Stale;
            self.drop_if_stale(id, out);
        } else {
            find.standing = Standing::Replaced;
            self.read_state_now(out);
        }
    }

    /// The number is taken: by this find itself, perhaps, when its answer was lost.
    fn ask_who_made(&mut self, id: FindId, token_id: TokenId, out: &mut Effects) {
        let Some(find) = self.finds.get_mut(id) else {
            return;
        };
        if find.standing == Standing::Stale {
            self.drop_if_stale(id, out);
            return;
        }
        find.standing = Standing::Taken;
        let key = find.record.collection;
        if let Some(collection) = self.collections.get(key) {
            out.push(Effect::ReadAtom {
                collection: collection.clone(),
                id: token_id,
            });
        }
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
        let taken = self.finds.iter().filter(|find| {
            find.standing == Standing::Taken
                && !find.is_minted()
                && (find.record.collection, find.record.token_id) == (key, id)
        });
        let ids: Vec<(FindId, bool)> = taken
            .map(|find| (find.id(), self.is_of(find, atom, true)))
            .collect();
        for (find, ours) in ids {
            if ours {
                self.proven_ours(find, atom, out);
            } else {
                if let Some(find) = self.finds.get_mut(find) {
                    find.standing = Standing::Stale;
                }
                self.drop_if_stale(find, out);
            }
        }
    }

    /// The chain shows the find's own Atom. While its transaction is watched, the receipt says so in a moment.
    fn proven_ours(&mut self, id: FindId, atom: &OwnedAtom, out: &mut Effects) {
        let watched = self
            .finds
            .get(id)
            .is_some_and(|find| matches!(find.step, Step::Pending(_) | Step::Asked { .. }));
        if !watched {
            self.minted(id, atom, None, out);
        }
    }

    /// Lets go of a find that the chain proved stale, unless a transaction of it is still on its way: then the
    /// wallet's answer and the receipt decide.
    pub(super) fn drop_if_stale(&mut self, id: FindId, out: &mut Effects) {
        let Some(find) = self.finds.get(id) else {
            return;
        };
        if find.standing != Standing::Stale || find.is_busy() || find.is_minted() {
            return;
        }
        let number = find.record.token_id;
        let failed_before = find.failed_before;
        self.finds.remove(id);
        out.push(Effect::DeleteFind(id));
        out.push(Effect::Announce(format!(
            "Somebody else minted #{number} first."
        )));
        let what = format!("Somebody else minted #{number} first: your find no longer counts.");
        let remedy = if failed_before {
            "Only the network's fee was spent; mining goes on with the next Atom."
        } else {
            "Nothing was paid; mining goes on with the next Atom."
        };
        self.say_of_find(Tone::Neutral, Explanation::new(what, remedy));
    }
}
