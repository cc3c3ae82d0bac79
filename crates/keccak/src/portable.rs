//! The scalar kernel: one hash at a time, on any machine.

use crate::{Best, Kernel, Outcome, Work, search::Memory};

/// One hash at a time in 64-bit scalars.
#[derive(Debug, Default)]
pub struct Portable(Memory<u64>);

impl Kernel for Portable {
    const NAME: &'static str = "portable";

    // Out of line: a caller that is compiled for size would have it compiled so too.
    #[inline(never)]
    fn search(&mut self, work: &Work, start: u64, count: u64, best: &mut Best) -> Outcome {
        self.0.search(work, start, count, best)
    }
}
