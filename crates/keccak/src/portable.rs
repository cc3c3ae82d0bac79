//! The scalar kernel: one hash at a time, on any machine.

use crate::{
    Best, Kernel, Outcome, Work,
    reference::ROUND_CONSTANTS,
    rounds::{FirstRound, last_lane_0, round},
    tally::Tally,
};

/// One hash at a time in 64-bit scalars.
#[derive(Debug, Default)]
pub struct Portable;

impl Kernel for Portable {
    const NAME: &'static str = "portable";

    fn search(&mut self, work: &Work, start: u64, count: u64, best: &mut Best) -> Outcome {
        let first = FirstRound::<u64>::new(work);
        let mut tally = Tally::new(work, best);
        for done in 0..count {
            let counter = start.wrapping_add(done);
            if lane_0(&first, counter) & tally.mask() == 0 && tally.look(counter) {
                return Outcome::found(done + 1, counter);
            }
        }
        Outcome::nothing(count)
    }
}

/// The first 8 bytes of the hash at `counter`.
#[inline(always)]
fn lane_0(first: &FirstRound<u64>, counter: u64) -> u64 {
    let [_, middle @ .., last] = ROUND_CONSTANTS;
    let mut a = [0; 25];
    let mut b = [0; 25];
    first.at(counter, &mut a);
    for [odd, even] in middle.as_chunks().0 {
        round(&a, &mut b, *odd);
        round(&b, &mut a, *even);
    }
    last_lane_0(&a, last)
}
