//! One job's search on the GPU: which counters come next, and what of its answers is true.

use crate::{Bound, Found, GpuError, Grid, Query};
use atomine_keccak::Work;
use atomine_mine::{NonceSpace, SEED_BYTES, confirm, message::Job};
use atomine_protocol::Nonce;

/// So many hashes of a dispatch may keep the bound on average, if the target allows: then that none does, or more than
/// can be reported, is less likely than one in a million.
const EXPECTED_FINDS: u64 = 16;

/// A job, its part of the nonces, and how far it is.
#[derive(Debug)]
pub struct Search {
    job: Job,
    space: NonceSpace,
    work: Work,
    next: u64,
    best: [u8; 32],
}

impl Search {
    /// Starts on `job` where nobody else works: `seed` is fresh randomness of the best kind the machine has.
    pub fn new(job: Job, seed: [u8; SEED_BYTES]) -> Self {
        let space = NonceSpace::new(seed);
        Self {
            work: space.work(&job),
            job,
            space,
            next: 0,
            best: [0xff; 32],
        }
    }

    /// What is searched for.
    pub fn job(&self) -> &Job {
        &self.job
    }

    /// The smallest work hash met so far, big-endian; all 0xff before the first.
    pub fn best_hash(&self) -> [u8; 32] {
        self.best
    }

    /// The next run of counters, wrapping at 2^64.
    pub fn query(&mut self, grid: Grid) -> Query {
        let start = self.next;
        self.next = start.wrapping_add(grid.hashes().into());
        Query::new(&self.work, start, grid, self.bound(grid))
    }

    /// Hashes again what the GPU found for `query`; the nonce of the smallest hash, if that solves the job.
    ///
    /// # Errors
    /// [`GpuError::Wrong`] when anything that was reported is not what was asked for.
    pub fn judge(&mut self, query: &Query, found: &Found) -> Result<Option<Nonce>, GpuError> {
        let mut smallest = None;
        for &offset in &found.offsets {
            let counter = query.start.wrapping_add(offset.into());
            let hash = self.work.hash(counter);
            if offset >= query.grid.hashes() || top(&hash) > query.bound.top {
                return Err(GpuError::Wrong);
            }
            if smallest.is_none_or(|(best, _)| hash < best) {
                smallest = Some((hash, counter));
            }
        }
        let Some((hash, counter)) = smallest else {
            return Ok(None);
        };
        self.best = self.best.min(hash);
        if hash < self.job.target {
            let nonce = self.space.nonce(counter);
            let confirmed = confirm(&self.job, nonce).map_err(|_| GpuError::Wrong)?;
            return Ok(Some(confirmed));
        }
        Ok(None)
    }

    /// What solves the job, and what would be the best so far.
    fn bound(&self, grid: Grid) -> Bound {
        let a_few = u64::MAX / u64::from(grid.hashes()) * EXPECTED_FINDS;
        Bound::new(top(&self.job.target).max(top(&self.best).min(a_few)))
    }
}

/// The first 8 bytes of a hash or target, big-endian.
pub(crate) fn top(word: &[u8; 32]) -> u64 {
    word.first_chunk().copied().map_or(0, u64::from_be_bytes)
}
