//! A world that answers every effect of the page, in any order, late, and not always well; and that watches what the
//! page does with a visitor's finds and money.

use crate::reference::{Reference, is_of};
use crate::visit::{
    ALICE, BOB, SENT, Visit, demo, foreign_atom, pow_nft, solve, state, wallet_info,
};
use alloy_primitives::{Address, B256, U256};
use atomine_app::view::Page;
use atomine_app::{Effect, Failure, FindId, FindRecord, FindStage, Msg, SetAside, Timer, WorkerId};
use atomine_chain::{
    ChainError, Collection, CollectionState, MintOutcome, OwnedAtom, RpcError, Transaction,
};
use atomine_mine::message::{FromWorker, Job, ToWorker};
use atomine_protocol::{PrevHash, TokenId, atom_hash};
use proptest::prelude::*;
use std::collections::{BTreeMap, VecDeque};

/// One turn of the world: what happens, and two dice for its details.
pub(crate) type Turn = (u8, u8, u8);

pub(crate) fn turns(most: usize) -> impl Strategy<Value = Vec<Turn>> {
    proptest::collection::vec(any::<Turn>(), 1..most)
}

pub(crate) fn error(die: u8) -> ChainError {
    match die % 14 {
        0 => ChainError::Rpc(RpcError {
            code: -32_603,
            message: "Internal".into(),
            data: None,
        }),
        1 => ChainError::Unreachable("down".into()),
        2 => ChainError::Nonsense("<html>".into()),
        3 => ChainError::Stale,
        4 => ChainError::WrongCost,
        5 => ChainError::InsufficientFunds,
        6 => ChainError::Reverted("receiver".into()),
        7 => ChainError::NoSuchAtom,
        8 => ChainError::AlreadyOpen,
        9 => ChainError::NotAuthorized,
        10 => ChainError::UnknownChain,
        11 => ChainError::Unsupported,
        12 => ChainError::NoContract,
        _ => ChainError::Rejected,
    }
}

/// Mostly the state that was there, else a later one, an earlier one, another previous hash or another price.
pub(crate) fn any_state(die: u8) -> CollectionState {
    match die % 24 {
        0 => state(16),
        1 => state(18),
        2 => state(19),
        3 => CollectionState {
            prev_hash: PrevHash(B256::repeat_byte(0xee)),
            ..state(17)
        },
        4 => CollectionState {
            cost_wei: U256::from(die),
            ..state(17)
        },
        _ => state(17),
    }
}

pub(crate) fn account(die: u8) -> Address {
    if die.is_multiple_of(16) { BOB } else { ALICE }
}

/// What the world knows about a stored find.
#[derive(Debug)]
struct Known {
    record: FindRecord,
    minted: bool,
    other_prev_seen: u32,
    overtaken: bool,
    discarded: bool,
}

impl Known {
    fn may_be_set_aside(&self) -> bool {
        self.minted || self.overtaken || self.other_prev_seen >= 2
    }
}

/// How often what matters came to pass: a property that is never put to the test proves nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) found: u32,
    pub(crate) sent: u32,
    pub(crate) minted: u32,
    pub(crate) stale: u32,
    pub(crate) back: u32,
    pub(crate) discarded: u32,
    pub(crate) offered: u32,
}

impl core::ops::Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            found: self.found + other.found,
            sent: self.sent + other.sent,
            minted: self.minted + other.minted,
            stale: self.stale + other.stale,
            back: self.back + other.back,
            discarded: self.discarded + other.discarded,
            offered: self.offered + other.offered,
        }
    }
}

/// A page and a world around it that answers every effect once, sometimes late and not always well.
pub(crate) struct World {
    visit: Visit,
    awaited: VecDeque<Effect>,
    timers: Vec<Timer>,
    job: Option<(WorkerId, Job)>,
    finds: BTreeMap<FindId, Known>,
    /// The last simulation that was asked for, per find.
    simulated: BTreeMap<FindId, Transaction>,
    /// The label of the button when it was clicked, per find.
    clicked: BTreeMap<FindId, String>,
    reference: Reference,
    pub(crate) tally: Tally,
}

impl World {
    pub(crate) fn new() -> Self {
        let mut world = Self {
            visit: Visit::mining(),
            awaited: VecDeque::new(),
            timers: Vec::new(),
            job: None,
            finds: BTreeMap::new(),
            simulated: BTreeMap::new(),
            clicked: BTreeMap::new(),
            reference: Reference::default(),
            tally: Tally::default(),
        };
        world.reference.check(&world.visit.page());
        // A new state brings a new job, so that the world knows one.
        world.tell(&Msg::StateRead {
            collection: demo().key(),
            result: Ok(state(18)),
        });
        world.tell(&Msg::StateRead {
            collection: demo().key(),
            result: Ok(CollectionState {
                block: 5_000,
                ..state(17)
            }),
        });
        world
    }

    fn tell(&mut self, msg: &Msg) {
        self.visit.now_ms += 50;
        self.learn(msg);
        self.reference.learn(msg, self.visit.now_ms);
        self.visit.send(msg.clone());
        let effects = self.visit.effects.clone();
        for effect in effects {
            self.watch(msg, effect);
        }
        let page = self.visit.page();
        self.nothing_is_lost(&page);
        self.reference.check(&page);
    }

    /// What the page is told, and what it may conclude from it.
    fn learn(&mut self, msg: &Msg) {
        match msg {
            Msg::StateRead {
                collection,
                result: Ok(state),
            } => {
                for known in self.finds.values_mut() {
                    let record = &known.record;
                    if record.collection == *collection && record.token_id == state.next_id {
                        let other = record.prev_hash != state.prev_hash;
                        known.other_prev_seen = if other { known.other_prev_seen + 1 } else { 0 };
                    }
                }
            }
            Msg::StateCompared {
                collection,
                state: Some(state),
            } => {
                for known in self.finds.values_mut() {
                    let record = &known.record;
                    let other = record.prev_hash != state.prev_hash;
                    if record.collection == *collection && record.token_id == state.next_id && other
                    {
                        known.other_prev_seen += 1;
                    }
                }
            }
            Msg::AtomRead {
                collection,
                id,
                result: Ok(atom),
            } => {
                for known in self.finds.values_mut() {
                    let record = &known.record;
                    if (record.collection, record.token_id) == (*collection, *id) {
                        let ours = is_of(record, atom, true);
                        known.minted |= ours;
                        known.overtaken |= !ours;
                    }
                }
            }
            Msg::OutcomeRead {
                find,
                result: Ok(MintOutcome::Minted { .. }),
            } => {
                if let Some(known) = self.finds.get_mut(find) {
                    known.minted = true;
                }
            }
            Msg::DiscardFindClicked(find) => {
                if let Some(known) = self.finds.get_mut(find) {
                    known.discarded = true;
                }
            }
            Msg::MintClicked(find) => {
                let finds = self.visit.page().finds;
                let shown = finds.into_iter().find(|shown| shown.id == *find);
                if let Some(label) = shown.and_then(|shown| shown.mint) {
                    self.clicked.insert(*find, label);
                }
            }
            _ => {}
        }
    }

    fn watch(&mut self, cause: &Msg, effect: Effect) {
        match &effect {
            Effect::SaveFind(record) => {
                let find = record.nonce;
                self.tally.found += u32::from(!self.finds.contains_key(&find));
                self.reference.saved(record);
                if let FindStage::SetAside(why) = record.stage {
                    let known = &self.finds[&find];
                    assert!(
                        known.may_be_set_aside(),
                        "set aside without a reason: {known:?}"
                    );
                    let minted = matches!(why, SetAside::Minted { .. });
                    self.tally.minted += u32::from(minted);
                    self.tally.stale += u32::from(!minted);
                } else if matches!(self.finds.get(&find), Some(known) if matches!(known.record.stage, FindStage::SetAside(_)))
                {
                    self.tally.back += 1;
                }
                let fresh = Known {
                    record: record.clone(),
                    minted: false,
                    other_prev_seen: 0,
                    overtaken: false,
                    discarded: false,
                };
                self.finds.entry(find).or_insert(fresh).record = record.clone();
            }
            Effect::DeleteFind(find) => {
                let known = self.finds.remove(find).expect("it was stored");
                assert!(known.discarded, "lost without a reason: {known:?}");
                self.reference.discarded(*find);
                self.tally.discarded += 1;
            }
            Effect::Simulate { find, transaction } => {
                self.simulated.insert(*find, transaction.clone());
            }
            Effect::Send {
                find,
                transaction,
                gas,
            } => {
                self.money_rule(cause, *find, transaction, *gas);
                self.reference.sent(*find, transaction.value_wei);
                self.tally.sent += 1;
            }
            Effect::PostToWorker(worker, ToWorker::Start(job)) => {
                self.job = Some((*worker, job.clone()));
            }
            Effect::After { timer, .. } => {
                self.timers.retain(|other| other != timer);
                self.timers.push(*timer);
            }
            Effect::Cancel(timer) => self.timers.retain(|other| other != timer),
            _ => {}
        }
        if is_answered(&effect) {
            self.awaited.push_back(effect);
        }
    }

    /// Nothing is sent before a simulation of the very same transaction succeeded just now, at the price that was shown.
    fn money_rule(&self, cause: &Msg, find: FindId, transaction: &Transaction, gas: u64) {
        let simulated = Msg::Simulated {
            find,
            result: Ok(gas),
        };
        assert_eq!(*cause, simulated);
        assert_eq!(self.simulated.get(&find), Some(transaction));
        let record = &self.finds[&find].record;
        assert_eq!(transaction.chain_id, record.collection.chain_id);
        assert_eq!(transaction.to, record.collection.address);
        assert_eq!(transaction.from, record.account);
        let label = &self.clicked[&find];
        let wei = label
            .rsplit(' ')
            .nth(1)
            .map(|price| price.replace(',', ""))
            .unwrap();
        assert_eq!(in_wei(&wei), transaction.value_wei, "{label}");
    }

    fn nothing_is_lost(&self, page: &Page) {
        for (find, known) in &self.finds {
            let open = page.finds.iter().any(|shown| shown.id == *find);
            let mut aside = page.set_aside.iter().flat_map(|aside| &aside.finds);
            assert!(
                open || aside.any(|shown| shown.id == *find),
                "out of sight: {known:?}"
            );
        }
    }

    /// In the end all is well: everything is answered, the chain stands where most finds were made for, and their
    /// account is there. Then everything that counts is offered, whatever was said about it before.
    pub(crate) fn end_well(&mut self) {
        self.tell(&Msg::CollectionChosen(demo().key()));
        self.tell(&Msg::VisibilityChanged { hidden: false });
        self.tell(&Msg::ConnectClicked(wallet_info("uuid-1", "Fox").id));
        for _ in 0..20 {
            while let Some(effect) = self.awaited.pop_front() {
                if let Some(msg) = self.good_answer(effect) {
                    self.tell(&msg);
                }
            }
            self.tell(&Msg::AccountsChanged(vec![ALICE]));
            self.tell(&Msg::ChainChanged(31_337));
            self.visit.now_ms += 15_000;
            for timer in core::mem::take(&mut self.timers) {
                self.tell(&Msg::TimerFired(timer));
            }
        }
        let finds = self.visit.page().finds;
        for (find, known) in &self.finds {
            let record = &known.record;
            let now = state(17);
            let counts = (record.token_id, record.prev_hash) == (now.next_id, now.prev_hash);
            if counts && record.account == ALICE && record.collection == demo().key() {
                let shown = finds.iter().find(|shown| shown.id == *find);
                let offered = shown.is_some_and(|shown| shown.mint.is_some());
                assert!(offered, "it counts: {known:?}, {shown:?}");
                self.tally.offered += 1;
            }
        }
    }

    /// What a chain that stands at #17 and a wallet that is not confirmed answer.
    fn good_answer(&self, effect: Effect) -> Option<Msg> {
        Some(match effect {
            Effect::ReadState(collection) => Msg::StateRead {
                collection: collection.key(),
                result: Ok(state(17)),
            },
            Effect::CompareState(collection) => Msg::StateCompared {
                collection: collection.key(),
                state: Some(state(17)),
            },
            Effect::ReadAtom { collection, id } => Msg::AtomRead {
                collection: collection.key(),
                id,
                result: Err(ChainError::NoSuchAtom),
            },
            Effect::Connect { wallet, .. } => Msg::WalletConnected {
                wallet,
                result: Ok((vec![ALICE], 31_337)),
            },
            Effect::Send { find, .. } => Msg::Sent {
                find,
                result: Err(ChainError::Rejected),
            },
            Effect::ReadOutcome { find, .. } => Msg::OutcomeRead {
                find,
                result: Ok(MintOutcome::Unknown),
            },
            effect => return self.answer_to(effect, 0),
        })
    }

    pub(crate) fn turn(&mut self, (what, a, b): Turn) {
        match what % 32 {
            0..=13 => self.answer(a, b),
            14..=15 => self.find(),
            16..=21 => self.click(a, b),
            22..=26 => self.fire(a),
            27 => self.tell(&Msg::AccountsChanged(vec![account(a), account(b)])),
            28 => self.tell(&Msg::ChainChanged(if a < 200 { 31_337 } else { 1 })),
            29 => self.tell(&Msg::VisibilityChanged { hidden: a < 100 }),
            30 => {
                self.visit.now_ms += u64::from(a) * 1_000;
                self.fire(b);
            }
            _ => self.visitor(a),
        }
    }

    fn visitor(&mut self, die: u8) {
        self.tell(&match die % 16 {
            0 => Msg::CollectionChosen(pow_nft().key()),
            1 => Msg::ForgetWalletClicked,
            2..=5 => Msg::ConnectClicked(wallet_info("uuid-1", "Fox").id),
            6 => Msg::StopClicked,
            7 => Msg::RetryClicked,
            8..=9 => Msg::StartClicked,
            _ => Msg::CollectionChosen(demo().key()),
        });
    }

    fn fire(&mut self, die: u8) {
        if !self.timers.is_empty() {
            let timer = self.timers.remove(usize::from(die) % self.timers.len());
            self.tell(&Msg::TimerFired(timer));
        }
    }

    fn find(&mut self) {
        if let Some((worker, job)) = self.job.clone() {
            let nonce = solve(&job).0.0;
            let found = FromWorker::Found {
                job: job.number,
                nonce,
            };
            self.tell(&Msg::WorkerSaid {
                worker,
                message: Ok(found),
            });
        }
    }

    fn click(&mut self, a: u8, b: u8) {
        let finds = self.visit.page().finds;
        if let Some(find) = finds.get(usize::from(a) % finds.len().max(1)) {
            let click = if b < 20 {
                Msg::DiscardFindClicked(find.id)
            } else {
                Msg::MintClicked(find.id)
            };
            self.tell(&click);
        }
    }

    /// Answers one of the effects that wait for an answer.
    fn answer(&mut self, a: u8, b: u8) {
        if self.awaited.is_empty() {
            return;
        }
        let place = usize::from(a) % self.awaited.len();
        let Some(effect) = self.awaited.remove(place) else {
            return;
        };
        if let Some(msg) = self.answer_to(effect, b) {
            self.tell(&msg);
        }
    }

    fn answer_to(&self, effect: Effect, die: u8) -> Option<Msg> {
        let good = die < 170;
        Some(match effect {
            Effect::SpawnWorker(worker, _) => Msg::WorkerSaid {
                worker,
                message: Ok(FromWorker::Ready {
                    kernel: "test".into(),
                }),
            },
            Effect::ReadState(collection) => Msg::StateRead {
                collection: collection.key(),
                result: if good {
                    Ok(any_state(die))
                } else {
                    Err(error(die))
                },
            },
            Effect::CompareState(collection) => Msg::StateCompared {
                collection: collection.key(),
                state: good.then(|| any_state(die)),
            },
            Effect::ReadAtom { collection, id } => self.atom_answer(&collection, id, die),
            Effect::Connect { wallet, .. } => Msg::WalletConnected {
                wallet,
                result: Ok((vec![account(die)], 31_337)),
            },
            Effect::SaveFind(record) => Msg::FindSaved {
                find: record.nonce,
                result: if good {
                    Ok(())
                } else {
                    Err(Failure("full".into()))
                },
            },
            Effect::Simulate { find, .. } => Msg::Simulated {
                find,
                result: if good {
                    Ok(u64::from(die))
                } else {
                    Err(error(die))
                },
            },
            Effect::Send { find, .. } => Msg::Sent {
                find,
                result: if die < 100 { Ok(SENT) } else { Err(error(die)) },
            },
            Effect::ReadOutcome { find, .. } => Msg::OutcomeRead {
                find,
                result: self.outcome(find, die),
            },
            _ => return None,
        })
    }

    fn ours(&self, find: FindId) -> Option<OwnedAtom> {
        let record = &self.finds.get(&find)?.record;
        Some(OwnedAtom {
            id: record.token_id,
            hash: atom_hash(record.work_hash),
            owner: record.account,
        })
    }

    fn atom_answer(&self, collection: &Collection, id: TokenId, die: u8) -> Msg {
        let mut finds = self.finds.values();
        let ours = finds
            .find(|known| known.record.token_id == id)
            .and_then(|known| self.ours(known.record.nonce));
        Msg::AtomRead {
            collection: collection.key(),
            id,
            result: match (die % 3, ours) {
                (0, Some(atom)) => Ok(atom),
                (1, _) => Ok(foreign_atom(id.get())),
                _ => Err(error(die)),
            },
        }
    }

    fn outcome(&self, find: FindId, die: u8) -> Result<MintOutcome, ChainError> {
        match (die % 6, self.ours(find)) {
            (0, Some(atom)) => Ok(MintOutcome::Minted {
                atom,
                transaction: SENT,
                block: 2_000,
            }),
            (1, _) => Ok(MintOutcome::Reverted { block: 2_000 }),
            (2, _) => Ok(MintOutcome::Unknown),
            (3, _) => Err(error(die)),
            _ => Ok(MintOutcome::Pending),
        }
    }
}

/// Whether the world has an answer to it.
fn is_answered(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::SpawnWorker(..)
            | Effect::ReadState(_)
            | Effect::CompareState(_)
            | Effect::ReadAtom { .. }
            | Effect::Connect { .. }
            | Effect::SaveFind(_)
            | Effect::Simulate { .. }
            | Effect::Send { .. }
            | Effect::ReadOutcome { .. }
    )
}

/// `0.00045` as wei.
fn in_wei(amount: &str) -> U256 {
    let (whole, decimals) = amount.split_once('.').unwrap_or((amount, ""));
    format!("{whole}{decimals:0<18}").parse().unwrap()
}
