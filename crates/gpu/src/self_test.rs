//! What a GPU must get right before anything it says counts.

use crate::{Bound, Gpu, GpuError, Grid, Query, kernel::FILTER_BITS, search::top};
use atomine_keccak::{PREIMAGE_BYTES, Work};

/// One hash in 16 keeps this, and every hash gets the exact look.
const EASY: u64 = u64::MAX >> 4;
/// Where runs begin: at 0, just before a carry into the high word, just before the end.
const STARTS: [u64; 3] = [0, 0xffff_ff80, u64::MAX - 0x7f];
/// Counters of the self-test's work whose hashes pass the whole filter, each alone in its neighbourhood.
const PLANTED: [u64; 2] = [0x0000_0001_0007_cdf0, 0xfedc_ba98_765b_39cd];
/// How far from the start they are looked for: in the grid's second row.
const DISTANCE: u32 = (1 << 16) + 77;

/// A question whose answer is known.
struct Case {
    query: Query,
    /// In order.
    offsets: Vec<u32>,
}

/// Asks `gpu` for what is known.
///
/// # Errors
/// [`GpuError::Wrong`] when it finds more, or less, or something else; and whatever else goes wrong with it.
pub async fn self_test(gpu: &Gpu) -> Result<(), GpuError> {
    for case in cases() {
        let mut offsets = gpu.answer(gpu.ask(&case.query)).await?.offsets;
        offsets.sort_unstable();
        if offsets != case.offsets {
            return Err(GpuError::Wrong);
        }
    }
    Ok(())
}

fn cases() -> Vec<Case> {
    let work = Work::new(&[0; PREIMAGE_BYTES], [0; 32]);
    let easy = STARTS.map(|start| easy(&work, start));
    let planted = PLANTED.map(|planted| far(&work, planted));
    let edges = PLANTED.map(|planted| edge(&work, planted)).into_iter();
    let edges = edges.flatten();
    easy.into_iter().chain(planted).chain(edges).collect()
}

/// Exactly the hashes that keep the bound, across carries of the counter.
fn easy(work: &Work, start: u64) -> Case {
    let grid = Grid::of(256);
    let keeps = |offset: &u32| {
        let counter = start.wrapping_add((*offset).into());
        top(&work.hash(counter)) <= EASY
    };
    Case {
        query: Query::new(work, start, grid, Bound::new(EASY)),
        offsets: (0..grid.hashes()).filter(keeps).collect(),
    }
}

/// The one counter of many that passes the filter.
fn far(work: &Work, planted: u64) -> Case {
    let start = planted.wrapping_sub(DISTANCE.into());
    let bound = Bound {
        top: u64::MAX,
        filter_bits: FILTER_BITS,
    };
    Case {
        query: Query::new(work, start, Grid::of(2 * DISTANCE), bound),
        offsets: vec![DISTANCE],
    }
}

/// A bound that the hash just keeps, and one that it just misses.
fn edge(work: &Work, planted: u64) -> [Case; 2] {
    let hash = top(&work.hash(planted));
    [(hash, vec![0]), (hash.wrapping_sub(1), Vec::new())].map(|(top, offsets)| {
        let bound = Bound {
            top,
            filter_bits: FILTER_BITS,
        };
        Case {
            query: Query::new(work, planted, Grid::of(64), bound),
            offsets,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The filter's bits of lane 0, as the reference hashes.
    fn filtered(work: &Work, counter: u64) -> u32 {
        let hash = work.hash(counter);
        u32::from_le_bytes(*hash.first_chunk().unwrap()) & FILTER_BITS
    }

    #[test]
    fn planted_counters_are_what_is_said_of_them() {
        let work = Work::new(&[0; PREIMAGE_BYTES], [0; 32]);
        for planted in PLANTED {
            let start = planted - u64::from(DISTANCE);
            let run = start..start + u64::from(Grid::of(2 * DISTANCE).hashes());
            let passing: Vec<u64> = run.filter(|i| filtered(&work, *i) == 0).collect();
            assert_eq!(passing, [planted]);
        }
    }

    #[test]
    fn runs_have_something_to_find_on_both_sides_of_each_carry() {
        for case in cases().iter().take(STARTS.len()) {
            let (before, after) = case
                .offsets
                .split_at(case.offsets.partition_point(|i| *i < 128));
            assert!(!before.is_empty() && !after.is_empty());
        }
    }
}
