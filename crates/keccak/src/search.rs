//! The search that all kernels share, over lanes of any width.

use crate::{
    Best, Outcome, Work,
    front::{Front, STRETCH},
    lane::Lane,
    rounds::{State, finish},
    tally::Tally,
};

/// A kernel's scratch memory.
#[derive(Debug)]
pub(crate) struct Memory<L> {
    front: Front<L>,
    states: [State<L>; 2],
}

impl<L: Lane> Default for Memory<L> {
    fn default() -> Self {
        Self {
            front: Front::default(),
            states: [[L::splat(0); 25]; 2],
        }
    }
}

impl<L: Lane> Memory<L> {
    /// [`Kernel::search`](crate::Kernel::search).
    ///
    /// All of it is inlined into the kernel, which may be compiled for other processors than the rest of the crate.
    #[inline(always)]
    pub(crate) fn search(
        &mut self,
        work: &Work,
        start: u64,
        count: u64,
        best: &mut Best,
    ) -> Outcome {
        let Self { front, states } = self;
        let mut tally = Tally::new(work, best);
        if count > 0 {
            front.go_to(work, start);
        }
        let mut done = 0;
        while done < count {
            let counter = start.wrapping_add(done);
            // The part of this stretch that is in the range.
            let from = place(counter % STRETCH as u64);
            let to = place(
                (count - done)
                    .saturating_add(from as u64)
                    .min(STRETCH as u64),
            );
            let steps = front.steps().take(to.div_ceil(L::WIDTH));
            for (i, step) in steps.enumerate() {
                let hashes = finish(step, states);
                if !hashes.any_without(tally.mask()) {
                    continue;
                }
                for hash in 0..L::WIDTH {
                    let at = i * L::WIDTH + hash;
                    let in_range = (from..to).contains(&at);
                    let found = done + at.wrapping_sub(from) as u64;
                    if in_range
                        && hashes.get(hash) & tally.mask() == 0
                        && tally.look(start.wrapping_add(found))
                    {
                        return Outcome::found(found + 1, start.wrapping_add(found));
                    }
                }
            }
            done += (to - from) as u64;
            if done < count {
                front.go_on(work, start.wrapping_add(done));
            }
        }
        Outcome::nothing(count)
    }
}

/// A place in a stretch.
#[expect(clippy::cast_possible_truncation, reason = "at most STRETCH")]
fn place(at: u64) -> usize {
    at as usize
}
