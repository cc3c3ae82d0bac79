//! The GPU: a worker of its own beside the others, on while the visitor wants it and nothing speaks against it.

use crate::explain::Explanation;
use crate::format::to_f64;
use crate::model::Effects;
use crate::notices::Topic;
use crate::view::Tone;
use crate::workers::Stage;
use crate::{Failure, Model, WorkerKind};
use atomine_mine::{RateMeter, SHORT_WINDOW_MS};

/// What the page knows of it.
#[derive(Debug)]
pub(crate) struct Gpu {
    /// The kind of worker to start; `None` in a browser without WebGPU.
    kind: Option<WorkerKind>,
    /// Why it does not mine though it is switched on; until it is switched on again.
    trouble: Option<String>,
    meter: RateMeter,
}

impl Default for Gpu {
    fn default() -> Self {
        Self {
            kind: None,
            trouble: None,
            meter: RateMeter::new(0.0),
        }
    }
}

impl Gpu {
    /// Learns whether this browser knows WebGPU, and whether the address line asks for a software GPU, as tests do.
    pub(crate) fn learn(&mut self, webgpu: bool, query: &str) {
        let software = query
            .trim_start_matches('?')
            .split('&')
            .any(|part| part == "gpu=software");
        self.kind = webgpu.then_some(if software {
            WorkerKind::SoftwareGpu
        } else {
            WorkerKind::Gpu
        });
    }

    /// The kind of worker to start, where there is any use in it.
    pub(crate) fn kind(&self) -> Option<WorkerKind> {
        self.kind.filter(|_| self.trouble.is_none())
    }

    /// The kind of worker that might use a GPU, whatever became of the last; `None` in a browser without WebGPU.
    pub(crate) fn offered(&self) -> Option<WorkerKind> {
        self.kind
    }

    /// Why it does not mine though it is switched on.
    pub(crate) fn trouble(&self) -> Option<&str> {
        self.trouble.as_deref()
    }

    /// A GPU worker begins, or begins again.
    pub(crate) fn begin(&mut self, now_ms: u64) {
        self.meter.resume(to_f64(now_ms));
    }

    /// It made so many hashes.
    pub(crate) fn record(&mut self, now_ms: u64, hashes: u64) {
        self.meter.record(to_f64(now_ms), hashes);
    }

    /// Hashes per second over the last ten.
    pub(crate) fn hashes_per_s(&self, now_ms: u64) -> f64 {
        self.meter.hashes_per_s(to_f64(now_ms), SHORT_WINDOW_MS)
    }
}

impl Model {
    /// GPU workers that ought to run: one at most, for one GPU does not get faster by two.
    pub(crate) fn gpus_wanted(&self) -> u32 {
        u32::from(self.mining.wanted && self.settings.gpu && self.gpu.kind().is_some())
    }

    /// The visitor switched the GPU on or off; on tries again whatever failed before.
    pub(crate) fn gpu_toggled(&mut self, on: bool, out: &mut Effects) {
        self.settings.gpu = on;
        self.gpu.trouble = None;
        self.save_settings_now(out);
    }

    /// The GPU's worker ended. None takes its place: what is wrong with a GPU is seldom better a moment later, and the
    /// worker has tried that itself.
    pub(crate) fn gpu_failed(&mut self, stage: Stage, failure: &Failure) {
        self.gpu.trouble = Some(crate::format::foreign(&failure.0, 200));
        // Most visitors' browsers offer no GPU: that deserves no alarm. One that mined and stopped does.
        if stage == Stage::Ready {
            let what = "The GPU stopped mining.";
            let remedy = "The processor mines on. Switch the GPU on again to give it another try.";
            let said = Explanation::new(what, remedy).with_failure(failure);
            self.notices.say(Topic::Workers, Tone::Warning, said);
        }
    }
}
