//! What stands in a find's way, and what is within the visitor's reach.

use super::{Find, Standing};
use crate::Model;
use crate::wallet::is_refused;

/// What is in a find's way before it can even be tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// The page does not know its collection any more.
    CollectionGone,
    /// Another collection is selected.
    OtherCollection,
    /// No wallet is connected.
    NoAccount,
    /// The account's key is public.
    TestAccount,
    /// It belongs to another account than the one in use.
    OtherAccount,
    /// The wallet is on another chain.
    WrongChain,
    /// The collection was not read yet.
    NoState,
    /// The chain is behind the find: a node that lags, or a chain that was started anew.
    ChainBehind,
    /// The chain may have moved on.
    Doubtful,
    /// Another find for the same Atom is being minted.
    AnotherUnderWay,
}

impl Model {
    /// What is in its way now, the visitor's own affairs first.
    pub(crate) fn obstacle(&self, find: &Find) -> Option<Obstacle> {
        let record = &find.record;
        let key = record.collection;
        if self.collections.get(key).is_none() {
            return Some(Obstacle::CollectionGone);
        }
        if self.collections.selected_key() != Some(key) {
            return Some(Obstacle::OtherCollection);
        }
        let Some(account) = self.wallet.account() else {
            return Some(Obstacle::NoAccount);
        };
        if account != record.account {
            return Some(Obstacle::OtherAccount);
        }
        if is_refused(account, key) {
            return Some(Obstacle::TestAccount);
        }
        if self.wallet.chain_id() != Some(key.chain_id) {
            return Some(Obstacle::WrongChain);
        }
        let Some(state) = self.collections.state() else {
            return Some(Obstacle::NoState);
        };
        if state.next_id < record.token_id {
            return Some(Obstacle::ChainBehind);
        }
        let moved_on = (state.next_id, state.prev_hash) != (record.token_id, record.prev_hash);
        if moved_on || find.standing != Standing::Good {
            return Some(Obstacle::Doubtful);
        }
        let rival = self.finds.iter().any(|other| {
            other.id() != find.id()
                && other.is_under_way()
                && other.record.collection == key
                && other.record.account == record.account
        });
        rival.then_some(Obstacle::AnotherUnderWay)
    }

    /// Whether the visitor can do something about it as things are, or could after a step or two of their own.
    pub(crate) fn is_at_hand(&self, find: &Find) -> bool {
        let within_reach = matches!(
            self.obstacle(find),
            None | Some(Obstacle::NoAccount | Obstacle::WrongChain)
        );
        within_reach && find.settled().is_none() && !find.is_under_way()
    }

    /// Whether what happens to the selected collection matters to it now.
    pub(crate) fn is_at_stake(&self, find: &Find) -> bool {
        let here = self.collections.selected_key() == Some(find.record.collection);
        let ours = self.wallet.account() == Some(find.record.account);
        here && ours
            && find.settled().is_none()
            && self.obstacle(find) != Some(Obstacle::ChainBehind)
    }
}
