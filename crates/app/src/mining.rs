//! What is mined: the job that follows from what the visitor wants and what the chain says, and what workers answer.

use crate::collection::Selected;
use crate::format::to_f64;
use crate::model::Effects;
use crate::wallet::is_refused;
use crate::{Effect, Failure, FindId, Model, WorkerId, WorkerKind};
use alloy_primitives::{Address, B256};
use atomine_chain::CollectionKey;
use atomine_mine::RateMeter;
use atomine_mine::message::{FromWorker, Job, ToWorker};
use atomine_protocol::{Nonce, PrevHash, Target, TokenId, WorkHash, work_hash};
use std::collections::VecDeque;

/// No worker hashes so much between two messages; more is a mistake and not counted.
const MAX_HASHES_PER_MESSAGE: u64 = 1_000_000_000_000;
/// The chart's length in seconds.
const HISTORY_S: usize = 120;

/// What the work is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// An Atom that is nobody's but this browser's.
    Practice,
    /// The next Atom of a collection.
    Collection(CollectionKey),
}

/// Work as it follows from the model; the same work is never started twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Work {
    /// What for.
    pub(crate) subject: Subject,
    /// The Atom it would make.
    pub(crate) id: TokenId,
    /// Who would submit it.
    pub(crate) sender: Address,
    /// What it builds on.
    pub(crate) prev_hash: PrevHash,
    /// What it must stay below.
    pub(crate) target: Target,
}

/// Why nothing is being hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// Nobody asked for it.
    NotWanted,
    /// The benchmark needs the machine for itself.
    Measuring,
    /// A moment to look at the Atom just found in Practice.
    Admiring,
    /// The contract brought by the address line is being looked at.
    Identifying,
    /// The collection was not read yet.
    NoState,
    /// No account that could submit it.
    NoAccount,
    /// The account's key is public.
    TestAccount,
    /// A find for this very work waits for the visitor, the wallet or the chain.
    FindOpen(FindId),
}

/// How much was done on a piece of work.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// Which.
    pub(crate) work: Work,
    /// Hashes so far.
    pub(crate) hashes: u64,
    /// The smallest work hash so far.
    pub(crate) best: Option<WorkHash>,
}

/// Mining as a whole.
#[derive(Debug)]
pub(crate) struct Mining {
    /// The visitor wants it.
    pub(crate) wanted: bool,
    /// What the workers were told to do.
    job: Option<(u32, Work)>,
    last_number: u32,
    effort: Option<Effort>,
    meter: RateMeter,
    chart: Chart,
}

impl Default for Mining {
    fn default() -> Self {
        Self {
            wanted: false,
            job: None,
            last_number: 0,
            effort: None,
            meter: RateMeter::new(0.0),
            chart: Chart::default(),
        }
    }
}

impl Mining {
    /// The work under way.
    pub(crate) fn work(&self) -> Option<&Work> {
        self.job.as_ref().map(|(_, work)| work)
    }

    /// What was done so far on the current work.
    pub(crate) fn effort(&self) -> Option<&Effort> {
        self.effort.as_ref()
    }

    /// The message that puts a worker to the current work.
    pub(crate) fn start_message(&self) -> Option<ToWorker> {
        self.job.as_ref().map(|(number, work)| {
            ToWorker::Start(Job {
                number: *number,
                sender: work.sender.into_array(),
                prev_hash: work.prev_hash.0.0,
                target: work.target.0.0,
            })
        })
    }

    /// Hashes per second over a window that ends now; 0 while nothing is hashed.
    pub(crate) fn hashes_per_s(&self, now_ms: u64, window_ms: f64) -> f64 {
        match self.job {
            Some(_) => self.meter.hashes_per_s(to_f64(now_ms), window_ms),
            None => 0.0,
        }
    }

    /// The chart: hashes in each of the last seconds, oldest first.
    pub(crate) fn history(&self) -> Vec<f64> {
        self.chart.seconds.iter().copied().map(to_f64).collect()
    }

    fn begin(&mut self, work: Work, now_ms: u64) {
        if self.job.is_none() {
            self.meter.resume(to_f64(now_ms));
        }
        self.last_number = self.last_number.wrapping_add(1);
        self.job = Some((self.last_number, work));
        if self.effort.is_none_or(|effort| effort.work != work) {
            self.effort = Some(Effort {
                work,
                hashes: 0,
                best: None,
            });
        }
    }

    fn progress(&mut self, job: u32, hashes: u64, best: [u8; 32], now_ms: u64) -> u64 {
        if self.job.is_none_or(|(number, _)| number != job) || hashes > MAX_HASHES_PER_MESSAGE {
            return 0;
        }
        self.meter.record(to_f64(now_ms), hashes);
        self.chart.record(now_ms, hashes);
        if let Some(effort) = &mut self.effort {
            effort.hashes = effort.hashes.saturating_add(hashes);
            if best != [0xff; 32] {
                let best = WorkHash(B256::new(best));
                effort.best = Some(effort.best.map_or(best, |so_far| so_far.min(best)));
            }
        }
        hashes
    }

    /// The chart goes on in silence too.
    pub(crate) fn tick(&mut self, now_ms: u64) {
        self.chart.record(now_ms, 0);
    }
}

/// Hashes second by second.
#[derive(Debug, Default)]
struct Chart {
    seconds: VecDeque<u64>,
    /// The Unix time in s of the last entry.
    last_s: u64,
}

impl Chart {
    fn record(&mut self, now_ms: u64, hashes: u64) {
        let second = now_ms / 1_000;
        let silent = second.saturating_sub(self.last_s);
        for _ in 0..silent.min(to_u64(HISTORY_S)) {
            self.seconds.push_back(0);
        }
        self.last_s = self.last_s.max(second);
        if let Some(last) = self.seconds.back_mut() {
            *last = last.saturating_add(hashes);
        }
        while self.seconds.len() > HISTORY_S {
            self.seconds.pop_front();
        }
    }
}

fn to_u64(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

impl Model {
    /// Workers that run while mining.
    pub(crate) fn cores(&self) -> u32 {
        let chosen = self.settings.cores;
        let spare_one = self.cores_max.saturating_sub(1);
        chosen.unwrap_or(spare_one).clamp(1, self.cores_max)
    }

    /// Whether mining can be started as things are.
    pub(crate) fn can_start(&self) -> bool {
        !matches!(
            self.possible_work(),
            Err(Rest::NoAccount | Rest::TestAccount | Rest::Identifying)
        )
    }

    /// The work that ought to be done now, or why there is none.
    pub(crate) fn wanted_work(&self) -> Result<Work, Rest> {
        if !self.mining.wanted {
            Err(Rest::NotWanted)
        } else if self.bench.is_running() {
            Err(Rest::Measuring)
        } else {
            self.possible_work()
        }
    }

    /// The work that could be done now, wanted or not, or why there is none.
    pub(crate) fn possible_work(&self) -> Result<Work, Rest> {
        match self.collections.selected {
            Selected::Practice => self.practice_work(),
            Selected::Identifying(_) => Err(Rest::Identifying),
            Selected::Collection(key) => self.collection_work(key),
        }
    }

    fn collection_work(&self, key: CollectionKey) -> Result<Work, Rest> {
        let sender = self.wallet.account().ok_or(Rest::NoAccount)?;
        if is_refused(sender, key) {
            return Err(Rest::TestAccount);
        }
        let state = self.collections.state().ok_or(Rest::NoState)?;
        let work = Work {
            subject: Subject::Collection(key),
            id: state.next_id,
            sender,
            prev_hash: state.prev_hash,
            target: state.target,
        };
        match self.finds.open_for(&work, key) {
            Some(find) => Err(Rest::FindOpen(find)),
            None => Ok(work),
        }
    }

    /// Puts the workers to the work that ought to be done, or to rest.
    pub(crate) fn settle_job(&mut self, out: &mut Effects) {
        let wanted = self.wanted_work().ok();
        if wanted.as_ref() == self.mining.work() {
            return;
        }
        if let Some(work) = wanted {
            self.mining.begin(work, self.now_ms);
            if let Some(start) = self.mining.start_message() {
                self.post_to_ready(&start, out);
            }
        } else {
            self.mining.job = None;
            self.post_to_ready(&ToWorker::Stop, out);
        }
    }

    /// The visitor wants to mine.
    pub(crate) fn start_mining(&mut self, out: &mut Effects) {
        if self.mining.wanted || !self.can_start() {
            return;
        }
        self.mining.wanted = true;
        self.take_turn(out);
        self.workers.forgive();
        self.read_state_now(out);
    }

    /// The visitor wants to stop.
    pub(crate) fn stop_mining(&mut self, out: &mut Effects) {
        if self.mining.wanted {
            self.mining.wanted = false;
            out.push(Effect::GiveTurn);
            out.push(Effect::Announce("Mining stopped.".to_owned()));
            self.save_settings_now(out);
        }
    }

    /// A worker said something.
    pub(crate) fn worker_said(&mut self, id: WorkerId, said: FromWorker, out: &mut Effects) {
        self.workers.heard(id);
        match said {
            FromWorker::Ready { kernel } => self.worker_ready(id, &kernel, out),
            FromWorker::Failed { reason } => {
                let what = "A mining worker could not go on.";
                self.replace_worker(id, what, &Failure(reason), out);
            }
            _ if !self.workers.is_ready(id) => {}
            FromWorker::Progress { job, hashes, best } => {
                let counted = self.mining.progress(job, hashes, best, self.now_ms);
                if self.workers.kind(id).is_some_and(WorkerKind::is_gpu) {
                    self.gpu.record(self.now_ms, counted);
                }
                self.settings.total_hashes = self.settings.total_hashes.saturating_add(counted);
                if counted > 0 {
                    self.save_settings_sometime(out);
                }
            }
            FromWorker::Measured {
                kernel,
                hashes_per_s,
            } => self.kernel_measured(id, &kernel, hashes_per_s, out),
            FromWorker::Found { job, nonce } => {
                self.worker_found(id, job, Nonce(B256::new(nonce)), out);
            }
        }
    }

    /// Nobody sees a found nonce before the reference has hashed it again.
    fn worker_found(&mut self, id: WorkerId, job: u32, nonce: Nonce, out: &mut Effects) {
        let Some((number, work)) = self.mining.job else {
            return;
        };
        if number != job {
            return;
        }
        let hash = work_hash(work.sender, work.prev_hash, nonce);
        if !hash.meets(work.target) {
            let what = "A mining worker made a mistake in its sums.";
            let words = format!("nonce {nonce} hashes to {hash}, target {}", work.target);
            self.replace_worker(id, what, &Failure(words), out);
            return;
        }
        match work.subject {
            Subject::Practice => self.practice_found(work.id, hash, out),
            Subject::Collection(key) => self.found(key, &work, nonce, hash, out),
        }
    }
}
