//! The workers' lives: as many as are wanted, replaced when they die, and really gone when they are stopped.

use crate::explain::Explanation;
use crate::model::Effects;
use crate::notices::Topic;
use crate::view::Tone;
use crate::watch::MiningTime;
use crate::{Effect, Failure, Kernel, Model, Timer, WorkerId, WorkerKind};
use atomine_mine::message::ToWorker;

/// How long a worker has to stop by itself before it is ended.
const GRACE_MS: u32 = 200;
/// The pause before the first replacement; it doubles with each death in a row.
const FIRST_PAUSE_MS: u32 = 250;
/// The longest pause before a replacement.
const MAX_PAUSE_MS: u32 = 30_000;
/// After so long without a death, the next one counts as the first.
const FORGIVEN_AFTER_MS: u64 = 60_000;
/// A worker that hashes speaks at least once a second; one that is silent for so long hangs.
const SILENCE_MS: u64 = 30_000;
/// A worker that loads so slowly may still come; later it is tried anew.
const LOADING_MS: u64 = 120_000;

/// What a worker is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Its predecessor died; it starts after a pause.
    Pausing,
    /// Started, not heard of yet.
    Loading,
    /// Takes jobs.
    Ready,
    /// Told to stop; ended in a moment.
    Leaving,
}

/// One worker.
#[derive(Debug)]
pub(crate) struct Worker {
    /// Its name towards the outside.
    id: WorkerId,
    /// What it mines with.
    pub(crate) kind: WorkerKind,
    /// What it is doing.
    pub(crate) stage: Stage,
    /// Its kernel's name, once it is ready.
    pub(crate) kernel: Option<String>,
    /// When it was started or heard of last, in [`MiningTime`].
    heard_ms: u64,
}

impl Worker {
    /// How long it may be silent while there is work.
    fn patience_ms(&self) -> Option<u64> {
        match self.stage {
            Stage::Loading => Some(LOADING_MS),
            Stage::Ready => Some(SILENCE_MS),
            Stage::Pausing | Stage::Leaving => None,
        }
    }
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Workers {
    /// In the order in which they were added.
    all: Vec<Worker>,
    last_id: u32,
    deaths_in_a_row: u32,
    last_death_ms: u64,
    mining_time: MiningTime,
}

impl Workers {
    /// Those that are to stay.
    pub(crate) fn staying(&self) -> impl Iterator<Item = (WorkerId, &Worker)> {
        let all = self.all.iter().map(|worker| (worker.id, worker));
        all.filter(|(_, worker)| worker.stage != Stage::Leaving)
    }

    /// Those that take jobs.
    pub(crate) fn ready(&self) -> impl Iterator<Item = (WorkerId, &Worker)> {
        let all = self.staying();
        all.filter(|(_, worker)| worker.stage == Stage::Ready)
    }

    /// Whether this one takes jobs and is heard.
    pub(crate) fn is_ready(&self, id: WorkerId) -> bool {
        self.stage(id) == Some(Stage::Ready)
    }

    fn stage(&self, id: WorkerId) -> Option<Stage> {
        let worker = self.all.iter().find(|worker| worker.id == id);
        worker.map(|worker| worker.stage)
    }

    /// What this one mines with.
    pub(crate) fn kind(&self, id: WorkerId) -> Option<WorkerKind> {
        let worker = self.all.iter().find(|worker| worker.id == id);
        worker.map(|worker| worker.kind)
    }

    /// Those on the same device that are to stay.
    fn beside(&self, kind: WorkerKind) -> impl Iterator<Item = WorkerId> {
        let staying = self.staying();
        let same = staying.filter(move |(_, worker)| worker.kind.is_beside(kind));
        same.map(|(id, _)| id)
    }

    /// Of this one's kernels only one stays.
    pub(crate) fn keep(&mut self, id: WorkerId, kernel: &'static [Kernel], name: &str) {
        if let Some(worker) = self.get_mut(id) {
            worker.kind = WorkerKind::Cpu(kernel);
            worker.kernel = Some(name.to_owned());
        }
    }

    fn get_mut(&mut self, id: WorkerId) -> Option<&mut Worker> {
        self.all.iter_mut().find(|worker| worker.id == id)
    }

    fn remove(&mut self, id: WorkerId) -> Option<Worker> {
        let place = self.all.iter().position(|worker| worker.id == id)?;
        Some(self.all.remove(place))
    }

    /// A name that no worker had before.
    pub(crate) fn next_id(&mut self) -> WorkerId {
        self.last_id = self.last_id.wrapping_add(1);
        WorkerId(self.last_id)
    }

    fn add(&mut self, kind: WorkerKind, stage: Stage) -> WorkerId {
        let id = self.next_id();
        let worker = Worker {
            id,
            kind,
            stage,
            kernel: None,
            heard_ms: self.mining_time.ms(),
        };
        self.all.push(worker);
        id
    }

    /// A worker said something, whatever it was.
    pub(crate) fn heard(&mut self, id: WorkerId) {
        let now_ms = self.mining_time.ms();
        if let Some(worker) = self.get_mut(id) {
            worker.heard_ms = now_ms;
        }
    }

    /// Those that were silent for too long.
    fn hung(&self) -> Vec<WorkerId> {
        let now_ms = self.mining_time.ms();
        let hangs = |worker: &&Worker| {
            let silent_ms = now_ms.saturating_sub(worker.heard_ms);
            worker.patience_ms().is_some_and(|most| silent_ms > most)
        };
        let hung = self.all.iter().filter(hangs);
        hung.map(|worker| worker.id).collect()
    }

    /// Forgets the deaths so far: the visitor wants to try again now.
    pub(crate) fn forgive(&mut self) {
        self.deaths_in_a_row = 0;
    }

    /// Counts one more death and says how long to pause.
    fn pause_after_death(&mut self, now_ms: u64) -> u32 {
        if now_ms.saturating_sub(self.last_death_ms) > FORGIVEN_AFTER_MS {
            self.deaths_in_a_row = 0;
        }
        self.last_death_ms = now_ms;
        let doublings = self.deaths_in_a_row.min(16);
        self.deaths_in_a_row = self.deaths_in_a_row.saturating_add(1);
        (FIRST_PAUSE_MS << doublings).min(MAX_PAUSE_MS)
    }
}

impl Model {
    /// Starts or retires workers until there are as many as are wanted.
    pub(crate) fn settle_workers(&mut self, out: &mut Effects) {
        let cores = if self.mining.wanted { self.cores() } else { 0 };
        self.settle_kind(self.kernels.kind(), cores, out);
        let gpus = self.gpus_wanted();
        for kind in [WorkerKind::Gpu, WorkerKind::SoftwareGpu] {
            let wanted = if self.gpu.kind() == Some(kind) {
                gpus
            } else {
                0
            };
            self.settle_kind(kind, wanted, out);
        }
    }

    fn settle_kind(&mut self, kind: WorkerKind, wanted: u32, out: &mut Effects) {
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        while self.workers.beside(kind).count() < wanted {
            let kind = if kind.is_gpu() {
                kind
            } else {
                self.kernels.kind_of_next(&self.workers)
            };
            let id = self.workers.add(kind, Stage::Loading);
            out.push(Effect::SpawnWorker(id, kind));
        }
        let surplus = self.workers.beside(kind).count().saturating_sub(wanted);
        let mut leaving: Vec<WorkerId> = self.workers.beside(kind).collect();
        // The newest first.
        leaving.reverse();
        for id in leaving.into_iter().take(surplus) {
            self.retire(id, out);
        }
    }

    /// Retires the workers on cores that have not the kernel which was chosen; others take their places.
    pub(crate) fn retire_slower(&mut self, out: &mut Effects) {
        let kind = self.kernels.kind();
        let others = self.workers.staying();
        let slower =
            others.filter(|(_, worker)| worker.kind.is_beside(kind) && worker.kind != kind);
        let slower: Vec<WorkerId> = slower.map(|(id, _)| id).collect();
        for id in slower {
            self.retire(id, out);
        }
    }

    fn retire(&mut self, id: WorkerId, out: &mut Effects) {
        let Some(worker) = self.workers.get_mut(id) else {
            return;
        };
        if worker.stage == Stage::Pausing {
            self.workers.remove(id);
            out.push(Effect::Cancel(Timer::Respawn(id)));
            return;
        }
        worker.stage = Stage::Leaving;
        out.push(Effect::PostToWorker(id, ToWorker::Stop));
        out.push(Effect::After {
            ms: GRACE_MS,
            timer: Timer::Grace(id),
        });
    }

    /// A stopping worker's time is up.
    pub(crate) fn grace_over(&mut self, id: WorkerId, out: &mut Effects) {
        if self.workers.stage(id) == Some(Stage::Leaving) {
            self.workers.remove(id);
            out.push(Effect::TerminateWorker(id));
        }
    }

    /// A replacement's pause is over.
    pub(crate) fn respawn(&mut self, id: WorkerId, out: &mut Effects) {
        if let Some(worker) = self.workers.get_mut(id)
            && worker.stage == Stage::Pausing
        {
            worker.stage = Stage::Loading;
            let kind = worker.kind;
            self.workers.heard(id);
            out.push(Effect::SpawnWorker(id, kind));
        }
    }

    /// Some time has passed: workers that hang are replaced.
    pub(crate) fn watch_workers(&mut self, out: &mut Effects) {
        let working = self.mining.work().is_some();
        self.workers.mining_time.tick(self.now_ms, working);
        for id in self.workers.hung() {
            let what = "A mining worker stopped answering.";
            self.replace_worker(id, what, &Failure("it hangs".into()), out);
        }
    }

    /// A worker has loaded: it gets its power and the job.
    pub(crate) fn worker_ready(&mut self, id: WorkerId, kernel: &str, out: &mut Effects) {
        let Some(worker) = self.workers.get_mut(id) else {
            return;
        };
        if worker.stage != Stage::Loading {
            return;
        }
        worker.stage = Stage::Ready;
        worker.kernel = Some(crate::format::foreign(kernel, 40));
        let kind = worker.kind;
        if kind.is_gpu() {
            self.gpu.begin(self.now_ms);
        }
        out.push(Effect::PostToWorker(id, self.power(kind)));
        if let Some(start) = self.mining.start_message() {
            out.push(Effect::PostToWorker(id, start));
        }
    }

    /// Tells every worker how much of its time to hash.
    pub(crate) fn post_power(&self, out: &mut Effects) {
        let ready = self.workers.ready();
        out.extend(ready.map(|(id, worker)| Effect::PostToWorker(id, self.power(worker.kind))));
    }

    fn power(&self, kind: WorkerKind) -> ToWorker {
        ToWorker::Power(if kind.is_gpu() {
            self.settings.gpu_power
        } else {
            self.settings.power
        })
    }

    /// Tells every worker.
    pub(crate) fn post_to_ready(&self, message: &ToWorker, out: &mut Effects) {
        let ready = self.workers.ready();
        out.extend(ready.map(|(id, _)| Effect::PostToWorker(id, message.clone())));
    }

    /// A worker died, failed or cannot be trusted: it is ended, and another takes its place after a pause.
    pub(crate) fn replace_worker(
        &mut self,
        id: WorkerId,
        what: &str,
        failure: &Failure,
        out: &mut Effects,
    ) {
        let Some(worker) = self.workers.remove(id) else {
            return;
        };
        out.push(Effect::TerminateWorker(id));
        if worker.stage == Stage::Leaving {
            out.push(Effect::Cancel(Timer::Grace(id)));
            return;
        }
        if worker.kind.is_gpu() {
            self.gpu_failed(worker.stage, failure);
            return;
        }
        if worker.kind.tries() {
            self.give_trial_up();
        }
        let pause_ms = self.workers.pause_after_death(self.now_ms);
        let successor = self.workers.add(self.kernels.kind(), Stage::Pausing);
        out.push(Effect::After {
            ms: pause_ms,
            timer: Timer::Respawn(successor),
        });
        let remedy = if self.workers.deaths_in_a_row > 3 {
            "It is tried again, more slowly now; if it stays so, reload the page or try another browser."
        } else {
            "Another one takes its place; nothing is lost."
        };
        let said = Explanation::new(what, remedy).with_failure(failure);
        self.notices.say(Topic::Workers, Tone::Warning, said);
    }
}
