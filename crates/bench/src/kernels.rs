//! The kernels of this build as values, each with its scratch memory.

use atomine_keccak::{Best, Kernel, Visitor, Work, visit_kernels};

/// A kernel ready to search.
pub(crate) struct Measured {
    pub(crate) name: &'static str,
    /// The first of so many counters from a start that solves the work.
    pub(crate) search: Box<Search>,
}

/// See [`Measured::search`].
pub(crate) type Search = dyn FnMut(&Work, u64, u64) -> Option<u64>;

/// Every kernel of this build that this machine can run, the plainest first.
pub(crate) fn kernels() -> Vec<Measured> {
    let mut list = List(Vec::new());
    visit_kernels(&mut list);
    list.0
}

struct List(Vec<Measured>);

impl Visitor for List {
    fn visit<K: Kernel + Send + 'static>(&mut self) {
        let (mut kernel, mut best) = (K::default(), Best::NONE);
        let search =
            move |work: &Work, start, count| kernel.search(work, start, count, &mut best).found;
        self.0.push(Measured {
            name: K::NAME,
            search: Box::new(search),
        });
    }
}
