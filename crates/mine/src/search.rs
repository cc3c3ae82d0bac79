//! One worker's search for one job: batch after batch through its own part of the nonces.

use atomine_keccak::{Best, Work};
use atomine_protocol::{Address, Nonce, PrevHash, Target, work_hash};

use crate::{
    kernels::AnyKernel,
    message::Job,
    nonce::{NonceSpace, SEED_BYTES},
};

/// A kernel and the reference disagree: this machine or this build cannot be trusted to mine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the mining code made a mistake on this machine: reload the page, or try another browser")]
pub struct KernelError;

/// The first counter that solves the self-test's job: near enough to take no time, far enough for a filter to be at work.
const SELF_TEST_COUNTER: u64 = 212;

/// Whether `kernel` finds a nonce that is known to be there, and no other before it.
pub(crate) fn self_test(kernel: &mut AnyKernel) -> Result<(), KernelError> {
    let mut target = [0; 32];
    target[1] = 0x80;
    let job = Job {
        number: 0,
        sender: [0; 20],
        prev_hash: [0; 32],
        target,
    };
    let mut search = Search::new(job, [0; SEED_BYTES]);
    let found = search.run(kernel, SELF_TEST_COUNTER + 1)?.found;
    if found == Some(search.space.nonce(SELF_TEST_COUNTER)) {
        Ok(())
    } else {
        Err(KernelError)
    }
}

/// What one batch brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Hashes made.
    pub hashes: u64,
    /// A nonce that solves the job, hashed again by the protocol's own function.
    pub found: Option<Nonce>,
}

/// A job, and how far it is.
#[derive(Debug)]
pub struct Search {
    job: Job,
    space: NonceSpace,
    work: Work,
    next: u64,
    best: Best,
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
            best: Best::NONE,
        }
    }

    /// What is searched for.
    pub fn job(&self) -> &Job {
        &self.job
    }

    /// The smallest work hash met so far, big-endian; all 0xff before the first batch.
    pub fn best_hash(&self) -> [u8; 32] {
        self.best.hash
    }

    /// Takes the next `count` counters, wrapping at 2^64, for somebody who hashes them elsewhere; the first of them.
    pub fn take(&mut self, count: u64) -> u64 {
        let start = self.next;
        self.next = start.wrapping_add(count);
        start
    }

    /// The work that the counters belong to.
    pub fn work(&self) -> &Work {
        &self.work
    }

    /// The hash at `counter` by the kernels' reference; it counts for the best one.
    pub fn look(&mut self, counter: u64) -> [u8; 32] {
        let hash = self.work.hash(counter);
        if hash < self.best.hash {
            self.best = Best { counter, hash };
        }
        hash
    }

    /// The nonce at `counter`, if it solves the job by [`work_hash`], which shares no code with the kernels.
    ///
    /// # Errors
    /// [`KernelError`] when it does not.
    pub fn confirm(&self, counter: u64) -> Result<Nonce, KernelError> {
        let nonce = self.space.nonce(counter);
        let sender = Address::from(self.job.sender);
        let hash = work_hash(sender, PrevHash::from(self.job.prev_hash), nonce);
        if hash.meets(Target::from(self.job.target)) {
            Ok(nonce)
        } else {
            Err(KernelError)
        }
    }

    /// Makes `count` hashes with `kernel`, or fewer when one solves the job. May be called again after a find, for another.
    ///
    /// # Errors
    /// [`KernelError`] when what the kernel reports as found is no solution by [`work_hash`].
    pub fn run(&mut self, kernel: &mut AnyKernel, count: u64) -> Result<Batch, KernelError> {
        let outcome = kernel.search(&self.work, self.next, count, &mut self.best);
        self.next = self.next.wrapping_add(outcome.hashes);
        let found = outcome.found.map(|counter| self.confirm(counter));
        Ok(Batch {
            hashes: outcome.hashes,
            found: found.transpose()?,
        })
    }
}
