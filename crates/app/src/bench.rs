//! The benchmark: how fast this browser hashes on this machine, on one core and then on all. It has workers of its own,
//! and mining rests meanwhile.

use crate::model::Effects;
use crate::{Effect, Failure, Model, Timer, WorkerId, WorkerKind};
use atomine_mine::message::{FromWorker, Job, ToWorker};

/// How long workers hash before it counts: compilers take their time.
const WARM_UP_MS: u32 = 1_000;
/// How long it counts.
const MEASURE_MS: u32 = 4_000;
/// How long workers may take to load.
const LOADING_LIMIT_MS: u32 = 30_000;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// One worker alone.
    OneCore,
    /// As many workers as there are cores.
    AllCores(u32),
}

/// A subject's rate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measurement {
    /// What was measured.
    pub(crate) subject: Subject,
    /// How fast it is.
    pub(crate) hashes_per_s: f64,
}

/// How the benchmark stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nobody asked for it, or it was stopped.
    #[default]
    Idle,
    /// Workers are loading.
    Loading,
    /// Under way.
    Measuring(Subject),
    /// All was measured.
    Done,
    /// It ended early, for this reason.
    Failed(Failure),
}

/// The benchmark as a whole.
#[derive(Debug, Default)]
pub(crate) struct Bench {
    run: Option<Run>,
    failure: Option<Failure>,
    /// The last run's, or those of the run under way so far.
    pub(crate) measurements: Vec<Measurement>,
    /// The kernel that was measured, once it is known.
    pub(crate) kernel: Option<String>,
    /// The browser's own description of itself.
    pub(crate) user_agent: String,
    /// Whether the result could be copied, once it was tried.
    pub(crate) copied: Option<bool>,
}

/// A run under way.
#[derive(Debug)]
struct Run {
    subject: Subject,
    phase: Phase,
    /// When the subject's warm-up began, Unix time in ms.
    begun_ms: u64,
    workers: Vec<Measured>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Loading,
    WarmingUp,
    Measuring,
}

/// A worker and what it has done since it counts.
#[derive(Debug)]
struct Measured {
    id: WorkerId,
    ready: bool,
    /// Its first and last reports: what it hashed in between is known exactly.
    first_ms: Option<u64>,
    last_ms: u64,
    hashes: u64,
}

impl Measured {
    fn hashes_per_s(&self) -> Option<f64> {
        let span_ms = self.last_ms.checked_sub(self.first_ms?)?;
        let rate = crate::format::to_f64(self.hashes) / crate::format::to_f64(span_ms) * 1_000.0;
        (span_ms > 0).then_some(rate)
    }
}

impl Bench {
    /// Whether hashing for the benchmark is under way.
    pub(crate) fn is_running(&self) -> bool {
        self.run.is_some()
    }

    /// How it stands.
    pub(crate) fn standing(&self) -> Standing {
        match (&self.run, &self.failure) {
            (Some(run), _) if run.phase == Phase::Loading => Standing::Loading,
            (Some(run), _) => Standing::Measuring(run.subject),
            (None, Some(failure)) => Standing::Failed(failure.clone()),
            (None, None) if self.measurements.is_empty() => Standing::Idle,
            (None, None) => Standing::Done,
        }
    }

    /// How far the run is, in percent.
    pub(crate) fn percent(&self, now_ms: u64) -> Option<u8> {
        let run = self.run.as_ref()?;
        let subject_ms = u64::from(WARM_UP_MS + MEASURE_MS);
        let elapsed_ms = match run.phase {
            Phase::Loading => 0,
            _ => now_ms.saturating_sub(run.begun_ms).min(subject_ms),
        };
        let percent = elapsed_ms * 50 / subject_ms;
        let before = if run.subject == Subject::OneCore {
            0
        } else {
            50
        };
        u8::try_from(before + percent).ok()
    }

    fn worker(&mut self, id: WorkerId) -> Option<&mut Measured> {
        let mut workers = self.run.as_mut()?.workers.iter_mut();
        workers.find(|worker| worker.id == id)
    }

    /// Whether this is one of the benchmark's workers.
    pub(crate) fn has_worker(&self, id: WorkerId) -> bool {
        let mut workers = self.run.iter().flat_map(|run| &run.workers);
        workers.any(|worker| worker.id == id)
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
            run: Some(Run {
                subject: Subject::OneCore,
                phase: Phase::Loading,
                begun_ms: self.now_ms,
                workers: Vec::new(),
            }),
            ..Bench::default()
        };
        self.add_measured(1, out);
    }

    /// The visitor has seen enough.
    pub(crate) fn stop_measuring(&mut self, out: &mut Effects) {
        self.end_run(out);
        self.bench.measurements.clear();
    }

    /// Starts workers until there are `count`.
    fn add_measured(&mut self, count: u32, out: &mut Effects) {
        let Some(run) = &mut self.bench.run else {
            return;
        };
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
            out.push(Effect::SpawnWorker(id, WorkerKind::Cpu));
        }
        out.push(after(LOADING_LIMIT_MS));
    }

    /// One of the benchmark's workers said something.
    pub(crate) fn measured_said(&mut self, id: WorkerId, said: FromWorker, out: &mut Effects) {
        match said {
            FromWorker::Ready { kernel } => {
                self.bench.kernel = Some(crate::format::foreign(&kernel, 40));
                if let Some(worker) = self.bench.worker(id) {
                    worker.ready = true;
                }
                out.push(Effect::PostToWorker(id, ToWorker::Power(100)));
                out.push(Effect::PostToWorker(id, endless_job()));
                self.warm_up_when_ready(out);
            }
            FromWorker::Progress { hashes, .. } => self.measured_progress(id, hashes),
            FromWorker::Failed { reason } => self.measuring_failed(Failure(reason), out),
            FromWorker::Found { .. } => {
                let impossible = Failure("a worker claims to have found what cannot be".into());
                self.measuring_failed(impossible, out);
            }
        }
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
                out.push(after(MEASURE_MS));
            }
            Phase::Measuring => {
                let subject = run.subject;
                let rates = run.workers.iter().map(Measured::hashes_per_s);
                if let Some(hashes_per_s) = rates.sum::<Option<f64>>() {
                    self.measured(subject, hashes_per_s, out);
                } else {
                    let silent = Failure("a worker did not report in time".into());
                    self.measuring_failed(silent, out);
                }
            }
        }
    }

    fn measured(&mut self, subject: Subject, hashes_per_s: f64, out: &mut Effects) {
        self.bench.measurements.push(Measurement {
            subject,
            hashes_per_s,
        });
        let cores = self.cores_max;
        match &mut self.bench.run {
            Some(run) if subject == Subject::OneCore && cores > 1 => {
                run.subject = Subject::AllCores(cores);
                run.phase = Phase::Loading;
                self.add_measured(cores, out);
            }
            _ => self.end_run(out),
        }
    }

    /// A worker of the benchmark died, failed or cannot be trusted: the rest would be worth nothing.
    pub(crate) fn measuring_failed(&mut self, failure: Failure, out: &mut Effects) {
        self.end_run(out);
        self.bench.failure = Some(failure);
    }

    fn end_run(&mut self, out: &mut Effects) {
        if let Some(run) = self.bench.run.take() {
            let ids = run.workers.into_iter().map(|worker| worker.id);
            out.extend(ids.map(Effect::TerminateWorker));
            out.push(Effect::Cancel(Timer::Bench));
        }
    }
}

fn after(ms: u32) -> Effect {
    Effect::After {
        ms,
        timer: Timer::Bench,
    }
}
