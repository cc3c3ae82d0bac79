//! One run of the benchmark: which workers it starts, when they count, and what becomes of their reports.

use super::{Bench, Measurement, Subject};
use crate::format::{foreign, to_f64};
use crate::model::Effects;
use crate::{Effect, Failure, Model, Timer, WorkerId, WorkerKind};
use atomine_mine::message::{FromWorker, Job, ToWorker};

/// What a run takes, shared equally by all that it measures; loading comes on top.
const RUN_MS: u32 = 10_000;
/// How long workers hash before it counts: compilers take their time, and so do GPUs to find their pace.
const WARM_UP_MS: u32 = 1_000;
/// How long workers may take to load.
const LOADING_LIMIT_MS: u32 = 30_000;

/// A run under way.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) subject: Subject,
    core: WorkerKind,
    cores: u32,
    gpu: Option<WorkerKind>,
    /// Subjects that are over.
    over: u32,
    pub(super) phase: Phase,
    /// When the subject's warm-up began, Unix time in ms.
    begun_ms: u64,
    pub(super) workers: Vec<Measured>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Loading,
    WarmingUp,
    Measuring,
}

/// A worker and what it has done since it counts.
#[derive(Debug)]
pub(super) struct Measured {
    pub(super) id: WorkerId,
    ready: bool,
    /// Its first and last reports: what it hashed in between is known exactly.
    first_ms: Option<u64>,
    last_ms: u64,
    hashes: u64,
}

impl Run {
    /// One core by a worker of kind `core`, then all of `cores`, then the GPU where there is a kind of worker for it.
    fn new(core: WorkerKind, cores: u32, gpu: Option<WorkerKind>, now_ms: u64) -> Self {
        Self {
            subject: Subject::OneCore,
            core,
            cores,
            gpu,
            over: 0,
            phase: Phase::Loading,
            begun_ms: now_ms,
            workers: Vec::new(),
        }
    }

    /// What each subject takes, warm-up included.
    fn share_ms(&self) -> u32 {
        RUN_MS / (1 + u32::from(self.cores > 1) + u32::from(self.gpu.is_some()))
    }

    /// What is measured after this.
    fn next(&self) -> Option<Subject> {
        let gpu = self.gpu.map(Subject::Gpu);
        match self.subject {
            Subject::OneCore if self.cores > 1 => Some(Subject::AllCores(self.cores)),
            Subject::OneCore | Subject::AllCores(_) => gpu,
            Subject::Gpu(_) => None,
        }
    }

    /// How far it is.
    pub(super) fn percent(&self, now_ms: u64) -> Option<u8> {
        let share_ms = u64::from(self.share_ms());
        let elapsed_ms = match self.phase {
            Phase::Loading => 0,
            _ => now_ms.saturating_sub(self.begun_ms).min(share_ms),
        };
        let percent = (u64::from(self.over) * share_ms + elapsed_ms) * 100 / u64::from(RUN_MS);
        u8::try_from(percent).ok()
    }

    /// The kind of worker that its subject takes, and how many.
    fn crew(&self) -> (WorkerKind, u32) {
        match self.subject {
            Subject::OneCore => (self.core, 1),
            Subject::AllCores(cores) => (self.core, cores),
            Subject::Gpu(kind) => (kind, 1),
        }
    }
}

impl Measured {
    fn hashes_per_s(&self) -> Option<f64> {
        let span_ms = self.last_ms.checked_sub(self.first_ms?)?;
        let rate = to_f64(self.hashes) / to_f64(span_ms) * 1_000.0;
        (span_ms > 0).then_some(rate)
    }
}

impl Bench {
    fn worker(&mut self, id: WorkerId) -> Option<&mut Measured> {
        let mut workers = self.run.as_mut()?.workers.iter_mut();
        workers.find(|worker| worker.id == id)
    }
}

/// Work that no hash solves.
fn endless_job() -> ToWorker {
    ToWorker::Start(Job {
        number: 0,
        sender: [0; 20],
        prev_hash: [0; 32],
        target: [0; 32],
    })
}

impl Model {
    /// The visitor wants to know.
    pub(crate) fn measure(&mut self, user_agent: String, out: &mut Effects) {
        if self.bench.is_running() {
            return;
        }
        self.bench = Bench {
            user_agent,
            run: Some(Run::new(
                self.kernels.kind(),
                self.cores_max,
                self.gpu.offered(),
                self.now_ms,
            )),
            ..Bench::default()
        };
        self.add_measured(out);
    }

    /// The visitor has seen enough.
    pub(crate) fn stop_measuring(&mut self, out: &mut Effects) {
        self.end_run(out);
        self.bench.measurements.clear();
    }

    /// Starts workers until there are as many as the subject takes.
    fn add_measured(&mut self, out: &mut Effects) {
        let Some(run) = &mut self.bench.run else {
            return;
        };
        let (kind, count) = run.crew();
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        while run.workers.len() < count {
            let id = self.workers.next_id();
            run.workers.push(Measured {
                id,
                ready: false,
                first_ms: None,
                last_ms: 0,
                hashes: 0,
            });
            out.push(Effect::SpawnWorker(id, kind));
        }
        out.push(after(LOADING_LIMIT_MS));
    }

    /// One of the benchmark's workers said something.
    pub(crate) fn measured_said(&mut self, id: WorkerId, said: FromWorker, out: &mut Effects) {
        match said {
            FromWorker::Ready { kernel } => self.measured_ready(id, &kernel, out),
            FromWorker::Progress { hashes, .. } => self.measured_progress(id, hashes),
            FromWorker::Measured { .. } => {}
            FromWorker::Failed { reason } => self.measuring_failed(Failure(reason), out),
            FromWorker::Found { .. } => {
                let impossible = Failure("a worker claims to have found what cannot be".into());
                self.measuring_failed(impossible, out);
            }
        }
    }

    fn measured_ready(&mut self, id: WorkerId, kernel: &str, out: &mut Effects) {
        let Some(run) = &mut self.bench.run else {
            return;
        };
        let name = Some(foreign(kernel, 40));
        match run.subject {
            Subject::Gpu(_) => self.bench.gpu_name = name,
            Subject::OneCore | Subject::AllCores(_) => self.bench.kernel = name,
        }
        if let Some(worker) = self.bench.worker(id) {
            worker.ready = true;
        }
        out.push(Effect::PostToWorker(id, ToWorker::Power(100)));
        out.push(Effect::PostToWorker(id, endless_job()));
        self.warm_up_when_ready(out);
    }

    fn warm_up_when_ready(&mut self, out: &mut Effects) {
        if let Some(run) = &mut self.bench.run
            && run.phase == Phase::Loading
            && run.workers.iter().all(|worker| worker.ready)
        {
            run.phase = Phase::WarmingUp;
            run.begun_ms = self.now_ms;
            out.push(after(WARM_UP_MS));
        }
    }

    fn measured_progress(&mut self, id: WorkerId, hashes: u64) {
        let now_ms = self.now_ms;
        if self
            .bench
            .run
            .as_ref()
            .is_none_or(|run| run.phase != Phase::Measuring)
        {
            return;
        }
        if let Some(worker) = self.bench.worker(id) {
            if worker.first_ms.is_none() {
                // These were hashed before it counted.
                worker.first_ms = Some(now_ms);
            } else {
                worker.hashes = worker.hashes.saturating_add(hashes);
            }
            worker.last_ms = now_ms;
        }
    }

    /// The benchmark's timer went off: a phase is over.
    pub(crate) fn measuring_timer(&mut self, out: &mut Effects) {
        let Some(run) = &mut self.bench.run else {
            return;
        };
        match run.phase {
            Phase::Loading => {
                let slow = Failure("the workers did not load in time".into());
                self.measuring_failed(slow, out);
            }
            Phase::WarmingUp => {
                run.phase = Phase::Measuring;
                for worker in &mut run.workers {
                    (worker.first_ms, worker.last_ms, worker.hashes) = (None, 0, 0);
                }
                out.push(after(run.share_ms().saturating_sub(WARM_UP_MS)));
            }
            Phase::Measuring => {
                let subject = run.subject;
                let rates = run.workers.iter().map(Measured::hashes_per_s);
                if let Some(hashes_per_s) = rates.sum::<Option<f64>>() {
                    self.bench.measurements.push(Measurement {
                        subject,
                        hashes_per_s,
                    });
                    self.next_subject(out);
                } else {
                    let silent = Failure("a worker did not report in time".into());
                    self.measuring_failed(silent, out);
                }
            }
        }
    }

    fn next_subject(&mut self, out: &mut Effects) {
        let Some(run) = &mut self.bench.run else {
            return;
        };
        let Some(subject) = run.next() else {
            self.end_run(out);
            return;
        };
        if matches!(subject, Subject::Gpu(_)) {
            // Alone: beside busy cores it would wait for the one that feeds it.
            out.extend(end_all(&mut run.workers));
        }
        run.subject = subject;
        run.over += 1;
        run.phase = Phase::Loading;
        self.add_measured(out);
    }

    /// A worker of the benchmark died, failed or cannot be trusted. Without the GPU the rest is worth something, for
    /// most computers have none that a page can use; without a core it would be worth nothing.
    pub(crate) fn measuring_failed(&mut self, failure: Failure, out: &mut Effects) {
        let subject = self.bench.run.as_ref().map(|run| run.subject);
        if matches!(subject, Some(Subject::Gpu(_))) {
            self.bench.gpu_trouble = Some(foreign(&failure.0, 200));
            self.next_subject(out);
        } else {
            self.end_run(out);
            self.bench.failure = Some(failure);
        }
    }

    fn end_run(&mut self, out: &mut Effects) {
        if let Some(mut run) = self.bench.run.take() {
            out.extend(end_all(&mut run.workers));
            out.push(Effect::Cancel(Timer::Bench));
        }
    }
}

fn end_all(workers: &mut Vec<Measured>) -> impl Iterator<Item = Effect> {
    let ids = workers.drain(..).map(|worker| worker.id);
    ids.map(Effect::TerminateWorker)
}

fn after(ms: u32) -> Effect {
    Effect::After {
        ms,
        timer: Timer::Bench,
    }
}
