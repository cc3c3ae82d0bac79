//! Finds: nonces that somebody's electricity was spent on, from the worker's word to an Atom on the chain.
//!
//! A find is stored before anything else happens to it. What the chain calls minted or stale is set aside, for a chain
//! can take that back and a node can lie; its record goes when the visitor throws it away.

mod aside;
mod life;
mod mint;
mod obstacle;
mod outcome;
mod proof;
mod simulation;

use crate::mining::Work;
use crate::view::Card;
use crate::{FindId, FindRecord, FindStage, SetAside};
use alloy_primitives::B256;
use atomine_chain::{ChainError, CollectionKey, OwnedAtom, Transaction};

pub(crate) use obstacle::Obstacle;

/// What a successful simulation is followed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Then {
    /// The mint button.
    Offer,
    /// The wallet's dialog, at once: the visitor has clicked.
    Send,
}

/// Where a find stands in this page. What survives a reload is its record's stage.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// Being written to this browser's storage.
    Saving,
    /// To be simulated as soon as nothing is in its way.
    Unchecked,
    /// Its transaction is being simulated.
    Checking {
        /// The very one.
        transaction: Transaction,
        /// And then?
        then: Then,
    },
    /// The simulation succeeded: the visitor decides.
    Offered {
        /// The very one.
        transaction: Transaction,
    },
    /// The wallet or the chain said no, for now.
    Refused {
        /// The very one.
        transaction: Transaction,
        /// Why.
        error: ChainError,
    },
    /// In the wallet's dialog.
    Asked {
        /// The very one.
        transaction: Transaction,
        /// It was asked for before, and the answer never came.
        again: bool,
        /// Why it would fail if it were confirmed now, as a simulation meanwhile told.
        doubt: Option<ChainError>,
    },
    /// Sent.
    Pending(Pending),
    /// It became an Atom a moment ago.
    Minted {
        /// What it became.
        card: Box<Card>,
    },
    /// It is settled and out of the way: what settled it is in the record.
    SetAside,
}

/// A transaction on its way.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pending {
    /// Its hash.
    pub(crate) transaction: B256,
    /// An answer is awaited.
    asking: bool,
    /// Since when the node has not known it, Unix time in ms.
    pub(crate) unknown_since_ms: Option<u64>,
    /// Why the last look failed.
    pub(crate) error: Option<ChainError>,
    /// The chain shows the find's own Atom: all that is open is which transaction made it.
    proof: Option<OwnedAtom>,
}

impl Pending {
    fn new(transaction: B256) -> Self {
        Self {
            transaction,
            asking: false,
            unknown_since_ms: None,
            error: None,
            proof: None,
        }
    }
}

/// What the chain says about the work of a find.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// As far as is known it counts.
    #[default]
    Good,
    /// Its number seems to be taken: by whom is being looked at.
    Taken,
    /// The Atom before it seems to have been replaced; seen once, that may be a node's passing view.
    Replaced,
    /// The chain moved on without it, for this reason.
    Stale(SetAside),
}

impl Standing {
    /// The chain moved on without it.
    pub(crate) fn is_stale(self) -> bool {
        matches!(self, Self::Stale(_))
    }
}

/// One find.
#[derive(Clone, Debug)]
pub(crate) struct Find {
    /// What is stored.
    pub(crate) record: FindRecord,
    /// This browser could not store it.
    pub(crate) unkept: bool,
    /// Where it stands.
    pub(crate) step: Step,
    /// What the chain says about its work.
    pub(crate) standing: Standing,
    /// Simulations that are not answered yet.
    simulating: u32,
    /// What the first of them that failed said.
    failure: Option<ChainError>,
    /// A transaction of it failed on the chain before.
    pub(crate) failed_before: bool,
    /// What it will be, where that is known before paying.
    pub(crate) preview: Option<Card>,
}

impl Find {
    /// Its name everywhere.
    pub(crate) fn id(&self) -> FindId {
        self.record.nonce
    }

    /// A transaction of it is in the wallet or on its way.
    pub(crate) fn is_under_way(&self) -> bool {
        let sending = matches!(
            self.step,
            Step::Checking {
                then: Then::Send,
                ..
            }
        );
        sending || matches!(self.step, Step::Asked { .. } | Step::Pending(_))
    }

    /// The transaction that the wallet told of, as far as its record says.
    pub(crate) fn sent_transaction(&self) -> Option<B256> {
        match self.record.stage {
            FindStage::Pending { transaction } => Some(transaction),
            FindStage::SetAside(SetAside::Minted { transaction, .. }) => transaction,
            _ => None,
        }
    }

    fn lacks_funds(&self) -> bool {
        matches!(
            self.step,
            Step::Refused {
                error: ChainError::InsufficientFunds,
                ..
            }
        )
    }

    /// An answer about it is awaited that must not be mistaken for another one's.
    pub(crate) fn is_busy(&self) -> bool {
        self.is_under_way() || matches!(self.step, Step::Checking { .. })
    }

    /// It was asked for in the wallet, and the answer never came: a reload, another tab, a broken connection.
    pub(crate) fn has_lost_answer(&self) -> bool {
        self.record.stage == FindStage::Asked && !matches!(self.step, Step::Asked { .. })
    }
}

/// All finds, newest first.
#[derive(Debug, Default)]
pub(crate) struct Finds {
    all: Vec<Find>,
    /// A timer for the next look at pending transactions is running.
    outcome_armed: bool,
}

impl Finds {
    /// All of them, newest first.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Find> + Clone {
        self.all.iter()
    }

    fn get_mut(&mut self, id: FindId) -> Option<&mut Find> {
        self.all.iter_mut().find(|find| find.id() == id)
    }

    fn get(&self, id: FindId) -> Option<&Find> {
        self.all.iter().find(|find| find.id() == id)
    }

    fn remove(&mut self, id: FindId) {
        self.all.retain(|find| find.id() != id);
    }

    /// The find that this very work led to already, so that hashing for it rests.
    pub(crate) fn open_for(&self, work: &Work, key: CollectionKey) -> Option<FindId> {
        let open = self.all.iter().find(|find| {
            let record = &find.record;
            !find.standing.is_stale()
                && record.collection == key
                && record.account == work.sender
                && record.token_id == work.id
                && record.prev_hash == work.prev_hash
        });
        open.map(Find::id)
    }

    /// Those that this browser could not store.
    pub(crate) fn unkept(&self) -> impl Iterator<Item = &Find> {
        self.all.iter().filter(|find| find.unkept)
    }

    /// Whether one of them waits for funds.
    pub(crate) fn any_lacks_funds(&self) -> bool {
        self.all.iter().any(Find::lacks_funds)
    }

    /// The account got funds: finds that lacked them are looked at again.
    pub(crate) fn funds_arrived(&mut self) {
        for find in self.all.iter_mut().filter(|find| find.lacks_funds()) {
            find.step = Step::Unchecked;
        }
    }
}
