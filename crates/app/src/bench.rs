//! The benchmark: how fast this browser hashes on this machine, on one core, then on all, then on the GPU. It has workers
//! of its own, and mining rests meanwhile.

mod run;

use crate::{Failure, WorkerId, WorkerKind};
use run::{Phase, Run};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// One worker alone.
    OneCore,
    /// As many workers as there are cores.
    AllCores(u32),
    /// The GPU alone, by a worker of this kind.
    Gpu(WorkerKind),
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
    /// The workers for this are loading.
    Loading(Subject),
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
    /// What the GPU is called, once it is known.
    pub(crate) gpu_name: Option<String>,
    /// Why the GPU could not be measured.
    pub(crate) gpu_trouble: Option<String>,
    /// The browser's own description of itself.
    pub(crate) user_agent: String,
    /// Whether the result could be copied, once it was tried.
    pub(crate) copied: Option<bool>,
}

impl Bench {
    /// Whether hashing for the benchmark is under way.
    pub(crate) fn is_running(&self) -> bool {
        self.run.is_some()
    }

    /// How it stands.
    pub(crate) fn standing(&self) -> Standing {
        match (&self.run, &self.failure) {
            (Some(run), _) if run.phase == Phase::Loading => Standing::Loading(run.subject),
            (Some(run), _) => Standing::Measuring(run.subject),
            (None, Some(failure)) => Standing::Failed(failure.clone()),
            (None, None) if self.measurements.is_empty() => Standing::Idle,
            (None, None) => Standing::Done,
        }
    }

    /// How far the run is, in percent.
    pub(crate) fn percent(&self, now_ms: u64) -> Option<u8> {
        self.run.as_ref()?.percent(now_ms)
    }

    /// Whether this is one of the benchmark's workers.
    pub(crate) fn has_worker(&self, id: WorkerId) -> bool {
        let mut workers = self.run.iter().flat_map(|run| &run.workers);
        workers.any(|worker| worker.id == id)
    }
}
