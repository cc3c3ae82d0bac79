//! A visit to the page, with the outside played by the test.

use alloy_primitives::{Address, B256, U256, address, b256};
use atomine_app::view::{Find, Page, SetAsideFind, page};
use atomine_app::{
    Effect, Failure, FindId, FindRecord, FindStage, Kernel, Model, Msg, Settings, Stored, Timer,
    WalletId, WalletInfo, WorkerId, update,
};
use atomine_chain::{
    ChainError, Collection, CollectionKey, CollectionState, OwnedAtom, Transaction, parse_catalogue,
};
use atomine_mine::message::{FromWorker, Job, ToWorker};
use atomine_protocol::{AtomHash, Nonce, PrevHash, Target, TokenId, work_hash};

pub(crate) const ALICE: Address = address!("00000000000000000000000000000000000a11ce");
pub(crate) const BOB: Address = address!("0000000000000000000000000000000000000b0b");
pub(crate) const SENT: B256 =
    b256!("5e17000000000000000000000000000000000000000000000000000000000000");

/// A list with the demo collection (Atomine) first and POW NFT (`POWNFTv3`) second.
pub(crate) const CATALOGUE: &str = r#"[
    {"name": "Demo", "kind": "atomine", "address": "0x00000000000000000000000000000000000000de",
     "chain": {"id": 31337, "name": "Local", "currency": "ETH", "rpcs": ["http://localhost:8545"],
               "explorer": "http://localhost:4000"}},
    {"name": "POW NFT", "kind": "pownft-v3", "address": "0x9abb7bddc43fa67c76a62d8c016513827f59be1b",
     "chain": {"id": 1, "name": "Ethereum", "currency": "ETH", "rpcs": ["https://example.org"]},
     "marketplace": "https://example.com/pow-nft"}
]"#;

pub(crate) fn demo() -> Collection {
    listed(0)
}

pub(crate) fn pow_nft() -> Collection {
    listed(1)
}

fn listed(place: usize) -> Collection {
    parse_catalogue(CATALOGUE).unwrap().swap_remove(place)
}

pub(crate) fn id(number: u64) -> TokenId {
    TokenId::new(number).unwrap()
}

/// The state of a collection whose next Atom is `next_id`: one hash in sixteen is enough.
pub(crate) fn state(next_id: u64) -> CollectionState {
    CollectionState {
        block: 1_000 + next_id,
        next_id: id(next_id),
        prev_hash: PrevHash(B256::with_last_byte(u8::try_from(next_id % 251).unwrap())),
        target: Target::from(U256::MAX >> 4),
        cost_wei: U256::from(45_000_000_000_000_u64) * U256::from(15),
    }
}

/// Somebody else's Atom of that number.
pub(crate) fn foreign_atom(number: u64) -> OwnedAtom {
    OwnedAtom {
        id: id(number),
        hash: AtomHash(B256::repeat_byte(0x77)),
        owner: BOB,
    }
}

pub(crate) fn wallet_info(uuid: &str, name: &str) -> WalletInfo {
    WalletInfo {
        id: WalletId(uuid.into()),
        name: name.into(),
        rdns: format!("org.example.{}", name.to_ascii_lowercase()),
        icon: Some("data:image/svg+xml,<svg/>".into()),
    }
}

/// A nonce that solves the job.
pub(crate) fn solve(job: &Job) -> Nonce {
    first_nonce(|nonce| solves(job, nonce))
}

/// A nonce that does not solve it.
pub(crate) fn miss(job: &Job) -> Nonce {
    first_nonce(|nonce| !solves(job, nonce))
}

fn solves(job: &Job, nonce: Nonce) -> bool {
    let hash = work_hash(job.sender.into(), PrevHash::from(job.prev_hash), nonce);
    hash.meets(Target::from(job.target))
}

fn first_nonce(fits: impl Fn(Nonce) -> bool) -> Nonce {
    let mut nonces = (1_u64..).map(|number| Nonce::from(U256::from(number)));
    nonces.find(|nonce| fits(*nonce)).unwrap()
}

pub(crate) struct Visit {
    pub(crate) model: Model,
    pub(crate) now_ms: u64,
    /// What the last message led to.
    pub(crate) effects: Vec<Effect>,
}

impl Visit {
    /// A first visit, with a machine of four cores.
    pub(crate) fn first() -> Self {
        Self::with(Stored::default())
    }

    /// A visit of somebody who left this behind.
    pub(crate) fn with(stored: Stored) -> Self {
        Self::starting("", Ok(CATALOGUE.into()), Ok(stored))
    }

    pub(crate) fn starting(
        query: &str,
        collections_json: Result<String, Failure>,
        stored: Result<Stored, Failure>,
    ) -> Self {
        let mut visit = Self {
            model: Model::new(),
            now_ms: 1_000_000_000,
            effects: Vec::new(),
        };
        visit.send(Msg::Started {
            hardware_concurrency: 4,
            webgpu: false,
            kernels: Kernel::runnable(false, false),
            fragment: String::new(),
            query: query.into(),
            collections_json,
            stored,
        });
        visit
    }

    /// A visitor who selected Practice before.
    pub(crate) fn practising() -> Self {
        Self::with(Stored {
            settings: Some(Settings {
                practice: true,
                practice_generation: 5,
                ..Settings::default()
            }),
            ..Stored::default()
        })
    }

    /// Alice's wallet is connected and on the demo chain; the next Atom is #17.
    pub(crate) fn connected() -> Self {
        let mut visit = Self::first();
        visit.connect(&[ALICE], 31_337);
        visit.state_read(state(17));
        visit
    }

    /// The same, mining with three workers.
    pub(crate) fn mining() -> Self {
        let mut visit = Self::connected();
        visit.mine();
        visit.state_read(state(17));
        visit
    }

    /// The same, with a find for #17 that is stored and offered.
    pub(crate) fn with_offer() -> (Self, FindId) {
        let mut visit = Self::mining();
        let find = visit.find_nonce();
        visit.send(Msg::FindSaved {
            find,
            result: Ok(()),
        });
        visit.simulated(find, Ok(200_000));
        (visit, find)
    }

    /// The same, with the wallet's dialog open.
    pub(crate) fn with_dialog() -> (Self, FindId) {
        let (mut visit, find) = Self::with_offer();
        visit.send(Msg::MintClicked(find));
        visit.simulated(find, Ok(200_000));
        (visit, find)
    }

    /// The same, with the transaction sent.
    pub(crate) fn with_pending() -> (Self, FindId) {
        let (mut visit, find) = Self::with_dialog();
        visit.send(Msg::Sent {
            find,
            result: Ok(SENT),
        });
        (visit, find)
    }

    pub(crate) fn send(&mut self, msg: Msg) -> &[Effect] {
        self.effects = update(&mut self.model, msg, self.now_ms);
        // Whatever happens, the page can be shown.
        let _ = page(&self.model);
        &self.effects
    }

    pub(crate) fn after(&mut self, ms: u64) -> &mut Self {
        self.now_ms += ms;
        self
    }

    pub(crate) fn fire(&mut self, timer: Timer) -> &[Effect] {
        self.send(Msg::TimerFired(timer))
    }

    pub(crate) fn page(&self) -> Page {
        page(&self.model)
    }

    pub(crate) fn connect(&mut self, accounts: &[Address], chain_id: u64) {
        let wallet = wallet_info("uuid-1", "Fox");
        let id = wallet.id.clone();
        self.send(Msg::WalletFound(wallet));
        self.send(Msg::ConnectClicked(id.clone()));
        self.send(Msg::WalletConnected {
            wallet: id,
            result: Ok((accounts.to_vec(), chain_id)),
        });
    }

    pub(crate) fn state_read(&mut self, state: CollectionState) -> &[Effect] {
        self.state_answered(demo().key(), Ok(state))
    }

    pub(crate) fn state_answered(
        &mut self,
        collection: CollectionKey,
        result: Result<CollectionState, ChainError>,
    ) -> &[Effect] {
        self.send(Msg::StateRead { collection, result })
    }

    /// Presses Mine and lets every worker load.
    pub(crate) fn mine(&mut self) {
        self.send(Msg::StartClicked);
        for worker in self.spawned() {
            self.ready(worker);
        }
    }

    pub(crate) fn ready(&mut self, worker: WorkerId) -> &[Effect] {
        self.says(
            worker,
            FromWorker::Ready {
                kernel: "simd128".into(),
            },
        )
    }

    pub(crate) fn says(&mut self, worker: WorkerId, message: FromWorker) -> &[Effect] {
        self.send(Msg::WorkerSaid {
            worker,
            message: Ok(message),
        })
    }

    /// The job that a worker which is just loading gets.
    pub(crate) fn job(&mut self) -> Job {
        self.send(Msg::CoresChosen(4));
        let worker = self.spawned()[0];
        self.ready(worker);
        let job = started(&self.effects).expect("a job");
        self.send(Msg::CoresChosen(3));
        job
    }

    /// Worker 1 solves its job.
    pub(crate) fn find_nonce(&mut self) -> FindId {
        let job = self.job();
        let nonce = solve(&job);
        self.says(
            WorkerId(1),
            FromWorker::Found {
                job: job.number,
                nonce: nonce.0.0,
            },
        );
        nonce
    }

    pub(crate) fn simulated(&mut self, find: FindId, result: Result<u64, ChainError>) -> &[Effect] {
        self.send(Msg::Simulated { find, result })
    }

    /// The one find that is shown.
    pub(crate) fn find(&self) -> Find {
        let finds = self.page().finds;
        assert_eq!(finds.len(), 1, "one find is shown");
        finds.into_iter().next().unwrap()
    }

    /// What the newest notice says, both sentences.
    pub(crate) fn notice(&self) -> String {
        let notices = self.page().notices;
        let newest = notices.first().expect("a notice");
        format!("{} {}", newest.what, newest.remedy)
    }

    pub(crate) fn did(&self, wanted: impl Fn(&Effect) -> bool) -> bool {
        self.effects.iter().any(wanted)
    }

    pub(crate) fn count(&self, wanted: impl Fn(&Effect) -> bool) -> usize {
        self.effects.iter().filter(|effect| wanted(effect)).count()
    }

    pub(crate) fn spawned(&self) -> Vec<WorkerId> {
        let spawned = self.effects.iter().filter_map(|effect| match effect {
            Effect::SpawnWorker(worker, _) => Some(*worker),
            _ => None,
        });
        spawned.collect()
    }

    /// How far away the timer was set by the last message.
    pub(crate) fn timer_ms(&self, wanted: Timer) -> Option<u32> {
        let mut set = self.effects.iter().filter_map(|effect| match effect {
            Effect::After { ms, timer } if *timer == wanted => Some(*ms),
            _ => None,
        });
        set.next_back()
    }

    /// The record that the last message stored.
    pub(crate) fn saved(&self) -> Option<FindRecord> {
        let mut saved = self.effects.iter().filter_map(|effect| match effect {
            Effect::SaveFind(record) => Some(record.clone()),
            _ => None,
        });
        saved.next_back()
    }

    pub(crate) fn saved_stage(&self) -> Option<FindStage> {
        self.saved().map(|record| record.stage)
    }

    /// The transaction that the last message simulates.
    pub(crate) fn simulates(&self) -> Option<Transaction> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Simulate { transaction, .. } => Some(transaction.clone()),
            _ => None,
        })
    }

    /// The transaction and gas that the last message sends.
    pub(crate) fn sends(&self) -> Option<(Transaction, u64)> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Send {
                transaction, gas, ..
            } => Some((transaction.clone(), *gas)),
            _ => None,
        })
    }

    pub(crate) fn deletes(&self, find: FindId) -> bool {
        self.did(|effect| *effect == Effect::DeleteFind(find))
    }

    /// What settled this find, where it is set aside.
    pub(crate) fn set_aside(&self, find: FindId) -> Option<SetAsideFind> {
        let aside = self.page().set_aside?.finds.into_iter();
        aside.into_iter().find(|aside| aside.id == find)
    }

    pub(crate) fn reads_state(&self) -> bool {
        self.did(|effect| matches!(effect, Effect::ReadState(_)))
    }

    pub(crate) fn announces(&self, words: &str) -> bool {
        self.did(|effect| matches!(effect, Effect::Announce(said) if said.contains(words)))
    }
}

/// The first job among the effects.
pub(crate) fn started(effects: &[Effect]) -> Option<Job> {
    effects.iter().find_map(|effect| match effect {
        Effect::PostToWorker(_, ToWorker::Start(job)) => Some(job.clone()),
        _ => None,
    })
}

/// Whether workers are told to stop.
pub(crate) fn stops(effects: &[Effect]) -> bool {
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::PostToWorker(_, ToWorker::Stop)))
}
