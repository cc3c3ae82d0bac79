//! Which kernel the cores mine with. The first worker tries all that the browser can run, side by side and for real; the
//! fastest is kept for the visit. Nothing waits for the trial, and no hash of it is wasted.

use crate::model::Effects;
use crate::workers::Workers;
use crate::{Effect, Model, WorkerId, WorkerKind};
use atomine_mine::message::ToWorker;

/// A kernel that comes first must be slower than another by more than this share to be given up for it: less is noise.
const NOISE: f64 = 0.03;

/// A build of the mining worker's module, by what it makes use of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// 128-bit vectors, and what may differ between processors about them.
    RelaxedSimd,
    /// 128-bit vectors.
    Simd128,
    /// WebAssembly as it was first.
    Portable,
}

impl Kernel {
    /// What a browser can run, the kernel that should be the fastest first.
    pub fn runnable(vectors: bool, relaxed: bool) -> &'static [Self] {
        match (vectors, relaxed) {
            (true, true) => &[Self::RelaxedSimd, Self::Simd128, Self::Portable],
            (true, false) => &[Self::Simd128, Self::Portable],
            (false, _) => Self::Portable.alone(),
        }
    }

    /// What the kernel calls itself, and the address line it.
    pub fn name(self) -> &'static str {
        match self {
            Self::RelaxedSimd => "relaxed-simd",
            Self::Simd128 => "simd128",
            Self::Portable => "portable",
        }
    }

    fn alone(self) -> &'static [Self] {
        match self {
            Self::RelaxedSimd => &[Self::RelaxedSimd],
            Self::Simd128 => &[Self::Simd128],
            Self::Portable => &[Self::Portable],
        }
    }
}

/// What is known about the kernels.
#[derive(Debug)]
pub(crate) struct Kernels {
    /// Those to choose from, the one that should be the fastest first.
    candidates: &'static [Kernel],
    /// The one that all workers are to have, once that is known.
    chosen: Option<Kernel>,
    /// What the trial gave so far, hashes per second of a core.
    rates: Vec<(Kernel, f64)>,
}

impl Default for Kernels {
    fn default() -> Self {
        Self {
            candidates: Kernel::Portable.alone(),
            chosen: None,
            rates: Vec::new(),
        }
    }
}

impl Kernels {
    /// Learns what this browser can run, and whether the address line asks for one of these: `?kernel=portable`.
    pub(crate) fn offered(&mut self, runnable: &'static [Kernel], query: &str) {
        let parts = query.trim_start_matches('?').split('&');
        let mut asked = parts.filter_map(|part| part.strip_prefix("kernel="));
        let forced = asked.find_map(|name| named(runnable, name));
        self.candidates = forced.map_or(runnable, Kernel::alone);
    }

    /// The one to use as long as nothing is tried.
    fn present(&self) -> &'static [Kernel] {
        let first = self.candidates.first().copied();
        self.chosen.or(first).map_or(&[], Kernel::alone)
    }

    /// What a worker on a core is to mine with.
    pub(crate) fn kind(&self) -> WorkerKind {
        WorkerKind::Cpu(self.present())
    }

    /// The same for the next of `workers`, of which one tries them all.
    pub(crate) fn kind_of_next(&self, workers: &Workers) -> WorkerKind {
        let tried = self.chosen.is_some() || self.candidates.len() < 2;
        let mut all = workers.staying();
        if tried || all.any(|(_, worker)| worker.kind.tries()) {
            self.kind()
        } else {
            WorkerKind::Cpu(self.candidates)
        }
    }

    /// Takes in a kernel's rate. Once all are known: the fastest.
    fn tried(&mut self, name: &str, hashes_per_s: f64) -> Option<Kernel> {
        let kernel = named(self.candidates, name)?;
        self.rates.retain(|(other, _)| *other != kernel);
        self.rates.push((kernel, hashes_per_s));
        let rate = |wanted: &Kernel| {
            let mut rates = self.rates.iter();
            rates.find_map(|(kernel, rate)| (kernel == wanted).then_some((*wanted, *rate)))
        };
        let rates: Option<Vec<_>> = self.candidates.iter().map(rate).collect();
        let fastest = rates?.into_iter().reduce(|best, next| {
            if next.1 > best.1 * (1.0 + NOISE) {
                next
            } else {
                best
            }
        })?;
        self.chosen = Some(fastest.0);
        self.chosen
    }

    /// What the trial gave, for the details line: `tried relaxed-simd 5.61 MH/s, portable 2.81 MH/s`.
    pub(crate) fn words(&self) -> Option<String> {
        let rates = self.rates.iter();
        let words = rates.map(|(kernel, rate)| {
            let rate = crate::format::rate(*rate);
            format!("{} {rate}", kernel.name())
        });
        let words: Vec<String> = words.collect();
        self.chosen.filter(|_| !words.is_empty())?;
        Some(format!("tried {}", words.join(", ")))
    }
}

fn named(kernels: &[Kernel], name: &str) -> Option<Kernel> {
    let mut kernels = kernels.iter().copied();
    kernels.find(|kernel| kernel.name() == name)
}

impl Model {
    /// A worker tells how fast one of its kernels is: in the trial, that decides.
    pub(crate) fn kernel_measured(
        &mut self,
        id: WorkerId,
        name: &str,
        hashes_per_s: u64,
        out: &mut Effects,
    ) {
        if !self.workers.kind(id).is_some_and(WorkerKind::tries) {
            return;
        }
        let rate = crate::format::to_f64(hashes_per_s);
        if let Some(kernel) = self.kernels.tried(name, rate) {
            let keep = ToWorker::Keep(kernel.name().to_owned());
            out.push(Effect::PostToWorker(id, keep));
            self.workers.keep(id, kernel.alone(), kernel.name());
            self.retire_slower(out);
        }
    }

    /// The worker that tried the kernels died: it may have been one of them, so it is not tried again.
    pub(crate) fn give_trial_up(&mut self) {
        self.kernels.chosen = self.kernels.candidates.first().copied();
    }
}
