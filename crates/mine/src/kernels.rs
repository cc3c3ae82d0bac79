//! Kernels as values, to choose from while running.

use alloc::{boxed::Box, vec::Vec};
use core::fmt;

use atomine_keccak::{Baseline, Best, Kernel, Outcome, Visitor, Work, visit_kernels};

/// A kernel of any kind with its memory.
pub struct AnyKernel {
    name: &'static str,
    kernel: Box<dyn Search + Send>,
}

impl AnyKernel {
    /// A kernel of kind `K`.
    pub fn new<K: Kernel + Send + 'static>() -> Self {
        Self {
            name: K::NAME,
            kernel: Box::new(K::default()),
        }
    }

    /// The one of this build's kernels that should be the fastest on this machine: wider vectors have never been slower.
    pub fn fastest() -> Self {
        let mut fastest = Fastest(Self::new::<Baseline>);
        visit_kernels(&mut fastest);
        (fastest.0)()
    }

    /// Every kernel that this build has and this machine can run, the one that should be the fastest last.
    pub fn all() -> Vec<Self> {
        let mut all = All(Vec::new());
        visit_kernels(&mut all);
        all.0
    }

    /// What to call it in front of people.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// [`Kernel::search`].
    pub fn search(&mut self, work: &Work, start: u64, count: u64, best: &mut Best) -> Outcome {
        self.kernel.search(work, start, count, best)
    }
}

impl fmt::Debug for AnyKernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

struct All(Vec<AnyKernel>);

impl Visitor for All {
    fn visit<K: Kernel + Send + 'static>(&mut self) {
        self.0.push(AnyKernel::new::<K>());
    }
}

/// How to make the last one seen.
struct Fastest(fn() -> AnyKernel);

impl Visitor for Fastest {
    fn visit<K: Kernel + Send + 'static>(&mut self) {
        self.0 = AnyKernel::new::<K>;
    }
}

/// [`Kernel`] without what belongs to the type alone.
trait Search {
    fn search(&mut self, work: &Work, start: u64, count: u64, best: &mut Best) -> Outcome;
}

impl<K: Kernel> Search for K {
    fn search(&mut self, work: &Work, start: u64, count: u64, best: &mut Best) -> Outcome {
        Kernel::search(self, work, start, count, best)
    }
}
