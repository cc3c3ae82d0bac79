//! The reference that the page is held against: what may be offered for signing, from what the page was told alone.

use crate::visit::demo;
use alloy_primitives::{Address, U256};
use atomine_app::view::{Page, WalletState};
use atomine_app::{FindId, FindRecord, Msg};
use atomine_chain::{CollectionKey, CollectionState, MintOutcome, OwnedAtom};
use atomine_protocol::{PrevHash, TokenId, atom_hash};
use std::collections::BTreeMap;

/// A transaction that no node has known for so long was dropped.
const FORGOTTEN_MS: u64 = 120_000;
/// So many states in a row from an older block are a node that lags behind; the next is the truth.
const LAGGING: u32 = 3;

/// Where a find stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Nothing of it is on its way.
    Home,
    /// The wallet is asked, and has not answered.
    Asked,
    /// The wallet told of a transaction.
    Sent {
        /// Since when no node has known it, Unix time in ms.
        unknown_since_ms: Option<u64>,
        /// The find's own Atom was seen on the chain.
        proven: bool,
    },
    /// It is an Atom; where its transaction is known, that is watched again should the chain take the Atom back.
    Minted { known: bool },
}

/// The wallet has just told of a transaction.
const SENT: Way = Way::Sent {
    unknown_since_ms: None,
    proven: false,
};

/// What is known of one find.
#[derive(Debug)]
struct Life {
    record: FindRecord,
    way: Way,
}

impl Life {
    fn work(&self) -> (TokenId, PrevHash) {
        (self.record.token_id, self.record.prev_hash)
    }

    /// A look at its transaction was answered; the block of its receipt.
    fn followed(&mut self, outcome: Option<&MintOutcome>, now_ms: u64) -> Option<u64> {
        if self.way == (Way::Minted { known: true }) {
            // Nobody looks at the transaction of an Atom, unless the chain took it back.
            self.way = SENT;
        }
        let Way::Sent {
            unknown_since_ms,
            proven,
        } = &mut self.way
        else {
            return None;
        };
        let known = !matches!(
            outcome,
            Some(MintOutcome::Unknown | MintOutcome::Reverted { .. })
        );
        match outcome {
            Some(MintOutcome::Minted { atom, block, .. }) if is_of(&self.record, atom, false) => {
                self.way = Way::Minted { known };
                return Some(*block);
            }
            _ if *proven => self.way = Way::Minted { known },
            Some(MintOutcome::Reverted { .. }) => self.way = Way::Home,
            Some(MintOutcome::Unknown) => {
                let since = *unknown_since_ms.get_or_insert(now_ms);
                if now_ms - since > FORGOTTEN_MS {
                    self.way = Way::Home;
                }
            }
            Some(MintOutcome::Pending) => *unknown_since_ms = None,
            _ => {}
        }
        None
    }
}

/// What may be offered.
#[derive(Debug, Default)]
pub(crate) struct Reference {
    selected: Option<CollectionKey>,
    state: Option<CollectionState>,
    newest_block: u64,
    lagging: u32,
    lives: BTreeMap<FindId, Life>,
}

impl Reference {
    /// Something happened.
    pub(crate) fn learn(&mut self, msg: &Msg, now_ms: u64) {
        match msg {
            Msg::StateRead {
                collection,
                result: Ok(state),
            } if Some(*collection) == self.selected => self.take_in(state),
            Msg::StateCompared {
                collection,
                state: Some(state),
            } if Some(*collection) == self.selected => {
                if state.block >= self.newest_block {
                    self.lagging = 0;
                }
                if state.block > self.newest_block {
                    self.take_in(state);
                }
            }
            Msg::AtomRead {
                collection,
                id,
                result: Ok(atom),
            } => {
                for life in self.lives.values_mut() {
                    let record = &life.record;
                    let same_number = (record.collection, record.token_id) == (*collection, *id);
                    if let Way::Sent { proven, .. } = &mut life.way
                        && same_number
                    {
                        *proven |= is_of(record, atom, true);
                    }
                }
            }
            Msg::Sent { find, result } => {
                if let Some(life) = self.lives.get_mut(find)
                    && life.way == Way::Asked
                {
                    // What the wallet did not refuse for certain is offered again too, with a word of care.
                    life.way = result.as_ref().map_or(Way::Home, |_| SENT);
                }
            }
            Msg::OutcomeRead { find, result } => {
                let block = self.lives.get_mut(find).and_then(|life| {
                    let block = life.followed(result.as_ref().ok(), now_ms)?;
                    Some((life.record.collection, block))
                });
                if let Some((collection, block)) = block
                    && Some(collection) == self.selected
                {
                    self.newest_block = self.newest_block.max(block);
                }
            }
            _ => {}
        }
    }

    fn take_in(&mut self, state: &CollectionState) {
        if state.block < self.newest_block && self.lagging < LAGGING {
            self.lagging += 1;
            return;
        }
        self.lagging = 0;
        self.newest_block = state.block;
        self.state = Some(state.clone());
        for life in self.lives.values_mut() {
            let counts = life.work() == (state.next_id, state.prev_hash);
            if counts && Some(life.record.collection) == self.selected {
                life.way = match life.way {
                    Way::Minted { known: true } => SENT,
                    Way::Minted { known: false } => Way::Home,
                    way => way,
                };
            }
        }
    }

    /// A find was stored.
    pub(crate) fn saved(&mut self, record: &FindRecord) {
        let life = Life {
            record: record.clone(),
            way: Way::Home,
        };
        self.lives.entry(record.nonce).or_insert(life);
    }

    /// The visitor threw a find away.
    pub(crate) fn discarded(&mut self, find: FindId) {
        self.lives.remove(&find);
    }

    /// The wallet was asked about a find, at this price.
    pub(crate) fn sent(&mut self, find: FindId, price_wei: U256) {
        let life = &self.lives[&find];
        let cost_wei = self.state.as_ref().map(|state| state.cost_wei);
        assert_eq!(cost_wei, Some(price_wei), "sent, and would fail: {life:?}");
        assert!(self.may_be_offered(life), "sent, and would fail: {life:?}");
        if let Some(life) = self.lives.get_mut(&find) {
            life.way = Way::Asked;
        }
    }

    /// Nothing on the page can be signed that would fail, or that would mint once more what is on its way.
    pub(crate) fn check(&mut self, page: &Page) {
        let mut choices = page.collections.iter();
        let selected = choices.find(|choice| choice.selected);
        let selected = selected.and_then(|choice| choice.key);
        if self.selected != selected {
            self.selected = selected;
            self.state = None;
            self.newest_block = 0;
            self.lagging = 0;
        }
        for shown in page.finds.iter().filter(|shown| shown.mint.is_some()) {
            let life = &self.lives[&shown.id];
            assert!(
                self.may_be_offered(life),
                "offered, and would fail: {life:?}"
            );
            assert_eq!(in_use(page), Some(life.record.account));
            assert_eq!(page.wallet.switch_chain, None, "on another chain");
        }
    }

    fn may_be_offered(&self, life: &Life) -> bool {
        let mut others = self.lives.values();
        let counts = self
            .state
            .as_ref()
            .is_some_and(|state| life.work() == (state.next_id, state.prev_hash));
        counts
            && Some(life.record.collection) == self.selected
            && life.way == Way::Home
            && !others.any(|other| {
                matches!(other.way, Way::Asked | Way::Sent { .. })
                    && other.record.collection == life.record.collection
                    && other.record.account == life.record.account
            })
    }
}

/// Whether the Atom is what the find became. A `POWNFTv3` hash depends on its block: there its owner has to do where no
/// receipt tells.
pub(crate) fn is_of(record: &FindRecord, atom: &OwnedAtom, by_owner: bool) -> bool {
    if record.collection == demo().key() {
        atom.hash == atom_hash(record.work_hash)
    } else {
        !by_owner || atom.owner == record.account
    }
}

fn in_use(page: &Page) -> Option<Address> {
    match &page.wallet.state {
        WalletState::Connected { account, .. } => Some(*account),
        _ => None,
    }
}
