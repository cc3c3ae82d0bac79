//! One job's search on the GPU: which counters come next, and what of its answers is true.

use crate::{Bound, Found, GpuError, Grid, Query};
use atomine_mine::Search;
use atomine_protocol::Nonce;

/// So many hashes of a dispatch may keep the bound on average, if the target allows: then that none does, or more than
/// can be reported, is less likely than one in a million.
const EXPECTED_FINDS: u64 = 16;

/// What to ask the GPU next for `search`: it finds what solves the job, and what would be the best so far.
pub fn next_query(search: &mut Search, grid: Grid) -> Query {
    let start = search.take(grid.hashes().into());
    let a_few = u64::MAX / u64::from(grid.hashes()) * EXPECTED_FINDS;
    let bound = top(&search.job().target).max(top(&search.best_hash()).min(a_few));
    Query::new(search.work(), start, grid, Bound::new(bound))
}

/// Hashes again what the GPU found for `query`; the nonce of the smallest hash, if that solves the job.
///
/// # Errors
/// [`GpuError::Wrong`] when anything that was reported is not what was asked for.
pub fn judge(search: &mut Search, query: &Query, found: &Found) -> Result<Option<Nonce>, GpuError> {
    let mut smallest = None;
    for &offset in &found.offsets {
        let counter = query.start.wrapping_add(offset.into());
        let hash = search.look(counter);
        if offset >= query.grid.hashes() || top(&hash) > query.bound.top {
            return Err(GpuError::Wrong);
        }
        if smallest.is_none_or(|(best, _)| hash < best) {
            smallest = Some((hash, counter));
        }
    }
    match smallest {
        Some((hash, counter)) if hash < search.job().target => {
            let confirmed = search.confirm(counter);
            confirmed.map(Some).map_err(|_| GpuError::Wrong)
        }
        _ => Ok(None),
    }
}

/// The first 8 bytes of a hash or target, big-endian.
pub(crate) fn top(word: &[u8; 32]) -> u64 {
    word.first_chunk().copied().map_or(0, u64::from_be_bytes)
}
