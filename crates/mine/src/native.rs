//! Mining with threads, for the command line and the demo.

use std::{
    num::NonZeroUsize,
    sync::{
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread,
    time::{Duration, Instant},
    vec::Vec,
};

use atomine_protocol::Nonce;

use crate::{
    kernels::AnyKernel,
    message::Job,
    nonce::SEED_BYTES,
    search::{Batch, KernelError, Search},
};

/// Hashes per batch: at most some 20 ms on an ordinary core, so that all threads stop at once.
const BATCH: u64 = 1 << 16;
/// How often progress is told.
const PROGRESS_EVERY: Duration = Duration::from_millis(250);

/// Why a native search ended without an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NativeError {
    /// The system gave no random bytes for the nonces.
    #[error("the system gives no random numbers: {0}")]
    NoRandomness(getrandom::Error),
    /// A kernel reported a nonce that is none.
    #[error(transparent)]
    Kernel(#[from] KernelError),
}

/// How a native search stands.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Hashes made by all threads.
    pub hashes: u64,
    /// Time since the start.
    pub elapsed: Duration,
    /// The smallest work hash so far, big-endian.
    pub best: [u8; 32],
}

/// Searches for a nonce that solves `job` on `threads` threads; `None` when the `deadline` passes first. Calls
/// `on_progress` on this thread about four times a second.
///
/// # Errors
/// [`NativeError`] without randomness or with a kernel that is wrong.
pub fn search(
    job: &Job,
    threads: NonZeroUsize,
    deadline: Option<Instant>,
    mut on_progress: impl FnMut(Progress),
) -> Result<Option<Nonce>, NativeError> {
    let searches = (0..threads.get())
        .map(|_| Ok(Search::new(job.clone(), seed()?)))
        .collect::<Result<Vec<_>, NativeError>>()?;
    let stop = AtomicBool::new(false);
    let (sender, reports) = mpsc::channel();
    thread::scope(|scope| {
        for search in searches {
            let (sender, stop) = (sender.clone(), &stop);
            scope.spawn(move || mine(search, stop, &sender));
        }
        drop(sender);
        let mut watch = Watch::new(deadline);
        let result = watch.follow(&reports, &mut on_progress);
        stop.store(true, Ordering::Relaxed);
        result
    })
}

fn seed() -> Result<[u8; SEED_BYTES], NativeError> {
    let mut seed = [0; SEED_BYTES];
    getrandom::fill(&mut seed).map_err(NativeError::NoRandomness)?;
    Ok(seed)
}

/// What a thread tells after each batch, with its best hash.
type Report = (Result<Batch, KernelError>, [u8; 32]);

/// One thread: batches until it is told to stop or nobody listens any more.
fn mine(mut search: Search, stop: &AtomicBool, reports: &Sender<Report>) {
    let mut kernel = AnyKernel::fastest();
    while !stop.load(Ordering::Relaxed) {
        let batch = search.run(&mut kernel, BATCH);
        if reports.send((batch, search.best_hash())).is_err() {
            return;
        }
    }
}

/// Collects what the threads tell.
struct Watch {
    started: Instant,
    deadline: Option<Instant>,
    told: Instant,
    hashes: u64,
    best: [u8; 32],
}

impl Watch {
    fn new(deadline: Option<Instant>) -> Self {
        let started = Instant::now();
        Self {
            started,
            deadline,
            told: started,
            hashes: 0,
            best: [0xff; 32],
        }
    }

    fn follow(
        &mut self,
        reports: &mpsc::Receiver<Report>,
        on_progress: &mut impl FnMut(Progress),
    ) -> Result<Option<Nonce>, NativeError> {
        loop {
            let now = Instant::now();
            if self.deadline.is_some_and(|deadline| now >= deadline) {
                return Ok(None);
            }
            if now - self.told >= PROGRESS_EVERY {
                self.told = now;
                on_progress(Progress {
                    hashes: self.hashes,
                    elapsed: now - self.started,
                    best: self.best,
                });
            }
            match reports.recv_timeout(PROGRESS_EVERY) {
                Ok((batch, best)) => {
                    let batch = batch?;
                    self.hashes += batch.hashes;
                    self.best = self.best.min(best);
                    if batch.found.is_some() {
                        return Ok(batch.found);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                // Threads end only after an error, which was reported before.
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
            }
        }
    }
}
