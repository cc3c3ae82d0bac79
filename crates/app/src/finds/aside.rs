//! Finds that are settled as far as the chain tells: set aside, never thrown away on one node's word, and brought back
//! when the chain says that they count again.

use super::{Find, Pending, Standing, Step};
use crate::explain::Explanation;
use crate::model::Effects;
use crate::view::Tone;
use crate::{Effect, FindId, FindStage, Model, SetAside};
use atomine_chain::OwnedAtom;
use core::cmp::Ordering;

/// So many minted ones stay in view.
const MINTED_SHOWN: usize = 3;
/// So many are kept however old they are.
const KEPT: usize = 256;
/// Beyond these, one that was found so long ago makes room: no chain takes back a day.
const KEPT_MS: u64 = 86_400_000;

/// Deeper than so many blocks no chain is known to have taken anything back in years.
const DEEP: u64 = 12;

impl Find {
    /// What settled it; `None` while it is open.
    pub(crate) fn settled(&self) -> Option<SetAside> {
        match self.record.stage {
            FindStage::SetAside(why) => Some(why),
            _ => None,
        }
    }

    /// How many blocks deep its Atom is; `None` where that is not known.
    pub(crate) fn depth(&self, newest_block: u64) -> Option<u64> {
        match self.settled() {
            Some(SetAside::Minted {
                block: Some(block), ..
            }) => Some(newest_block.saturating_sub(block).saturating_add(1)),
            _ => None,
        }
    }

    /// It became an Atom so recently that the chain may well take it back.
    fn is_shallow(&self, newest_block: u64) -> bool {
        self.depth(newest_block).is_some_and(|depth| depth <= DEEP)
    }

    /// It is not settled after all. A transaction that was taken out of a block waits for the next one.
    fn reopen(&mut self, out: &mut Effects) {
        (self.record.stage, self.step) = match self.sent_transaction() {
            Some(transaction) => (
                FindStage::Pending { transaction },
                Step::Pending(Pending::new(transaction)),
            ),
            None => (FindStage::Waiting, Step::Unchecked),
        };
        self.standing = Standing::Good;
        out.push(Effect::SaveFind(self.record.clone()));
    }

    /// Settled, and out of the way.
    pub(crate) fn is_set_aside(&self) -> bool {
        self.step == Step::SetAside
    }
}

fn is_minted(why: SetAside) -> bool {
    matches!(why, SetAside::Minted { .. })
}

impl Model {
    /// Writes down what settled a find, and shows it as `step`.
    pub(super) fn settle_find(&mut self, id: FindId, why: SetAside, step: Step, out: &mut Effects) {
        if let Some(find) = self.finds.get_mut(id) {
            find.record.stage = FindStage::SetAside(why);
            find.standing = Standing::Good;
            find.step = step;
            out.push(Effect::SaveFind(find.record.clone()));
        }
        self.fold_finds();
        self.make_room(out);
    }

    /// Sets aside what the chain proved stale, unless a transaction of it may still be on its way: then the wallet's
    /// answer and the receipt decide.
    pub(super) fn set_stale_aside(&mut self, out: &mut Effects) {
        let stale = self.finds.iter().filter_map(|find| match find.standing {
            Standing::Stale(why) if !find.is_busy() && find.settled().is_none() => {
                Some((find.id(), why))
            }
            _ => None,
        });
        let stale: Vec<(FindId, SetAside)> = stale.collect();
        for (id, why) in stale {
            self.say_stale(id, why, out);
            self.settle_find(id, why, Step::SetAside, out);
        }
    }

    fn say_stale(&mut self, id: FindId, why: SetAside, out: &mut Effects) {
        let Some(find) = self.finds.get(id) else {
            return;
        };
        let number = find.record.token_id;
        let what = match why {
            SetAside::Uprooted => {
                format!("The Atom before #{number} was replaced: your find no longer counts.")
            }
            _ => format!("Somebody else minted #{number} first: your find no longer counts."),
        };
        let remedy = if find.failed_before {
            "Only the network's fee was spent; mining goes on with the next Atom."
        } else {
            "Nothing was paid; mining goes on with the next Atom."
        };
        out.push(Effect::Announce(what.clone()));
        self.say_of_find(Tone::Neutral, Explanation::new(what, remedy));
    }

    /// Holds a settled find against the state that was just read.
    pub(super) fn compare_settled(&mut self, id: FindId, out: &mut Effects) {
        let (Some(state), Some(find)) = (self.collections.state(), self.finds.get_mut(id)) else {
            return;
        };
        let ahead = state.next_id.cmp(&find.record.token_id);
        let same_hash = state.prev_hash == find.record.prev_hash;
        match ahead {
            Ordering::Equal if same_hash => self.counts_again(id, out),
            Ordering::Equal if find.settled().is_some_and(is_minted) => {
                // Seen once, that may be a node's passing view.
                if find.standing == Standing::Replaced {
                    self.lose_atom(id, SetAside::Uprooted, out);
                } else {
                    find.standing = Standing::Replaced;
                    self.read_state_now(out);
                }
            }
            // The number may be somebody else's now.
            Ordering::Greater if find.is_shallow(state.block) => self.ask_for_atom(id, out),
            _ => {}
        }
    }

    /// The Atom of a settled find's number was read: it should be the one that the find became.
    pub(super) fn compare_atom(&mut self, id: FindId, atom: &OwnedAtom, out: &mut Effects) {
        if let Some(find) = self.finds.get(id)
            && let Some(SetAside::Minted { hash, .. }) = find.settled()
            && hash != atom.hash
        {
            self.lose_atom(id, SetAside::Overtaken, out);
        }
    }

    /// The chain replaced the blocks of an Atom that a find had become, and has no place for the find any more.
    fn lose_atom(&mut self, id: FindId, why: SetAside, out: &mut Effects) {
        let Some(find) = self.finds.get_mut(id) else {
            return;
        };
        let number = find.record.token_id;
        let what = format!("The network took your Atom #{number} back, and gave its place away.");
        let remedy = "That happens when its newest blocks are replaced; its price was not paid then, and mining goes on with the next Atom.";
        // Its transaction may be on its way again: as long as it is, the receipt decides.
        find.reopen(out);
        find.standing = Standing::Stale(why);
        out.push(Effect::Announce(what.clone()));
        self.set_stale_aside(out);
        self.say_of_find(Tone::Bad, Explanation::new(what, remedy));
        self.lists.reread();
    }

    /// The newest state is the very one that a settled find was made for: the chain took back what settled it.
    fn counts_again(&mut self, id: FindId, out: &mut Effects) {
        let Some(find) = self.finds.get_mut(id) else {
            return;
        };
        let number = find.record.token_id;
        let (what, remedy) = if find.settled().is_some_and(is_minted) {
            (
                format!("The network took your Atom #{number} back"),
                "That happens when its newest blocks are replaced; your find is kept, and the page sees to it that it is minted again.",
            )
        } else {
            (
                format!("Your find for #{number} counts again"),
                "The network took back what had made it stale.",
            )
        };
        find.reopen(out);
        self.attention(&what, remedy, out);
        self.say_of_find(Tone::Warning, Explanation::new(format!("{what}."), remedy));
        self.lists.reread();
    }

    /// Puts minted ones out of the way when there are many.
    pub(super) fn fold_finds(&mut self) {
        let minted = self.finds.all.iter_mut();
        let minted = minted.filter(|find| matches!(find.step, Step::Minted { .. }));
        for find in minted.skip(MINTED_SHOWN) {
            find.step = Step::SetAside;
        }
    }

    /// Lets go of the oldest where there are very many, but never of one that the chain could still take back.
    pub(super) fn make_room(&mut self, out: &mut Effects) {
        let now_ms = self.now_ms;
        let aside = self.finds.all.iter().filter(|find| find.is_set_aside());
        let surplus = aside
            .skip(KEPT)
            .filter(|find| now_ms.saturating_sub(find.record.found_at_ms) > KEPT_MS);
        let surplus: Vec<FindId> = surplus.map(Find::id).collect();
        for id in surplus {
            self.finds.remove(id);
            out.push(Effect::DeleteFind(id));
        }
    }
}
