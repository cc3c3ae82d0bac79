//! Mining natively, for the command line.

use crate::{Choice, Gpu, GpuError, Miner, Plan, self_test};
use atomine_mine::{
    Host, SEED_BYTES,
    message::{FromWorker, Job, ToWorker},
};
use atomine_protocol::Nonce;
use std::{
    cell::RefCell,
    collections::VecDeque,
    thread,
    time::{Duration, Instant},
};

/// How a search stands.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Hashes made.
    pub hashes: u64,
    /// Time since the start.
    pub elapsed: Duration,
}

/// Opens the fastest GPU and tests it.
///
/// # Errors
/// [`GpuError`] when there is none that will do, or it fails the test.
pub fn open(choice: Choice) -> Result<Gpu, GpuError> {
    pollster::block_on(async {
        let gpu = Gpu::open(choice).await?;
        self_test(&gpu).await?;
        Ok(gpu)
    })
}

/// Searches on `gpu` for a nonce that solves `job`; `None` when the `deadline` passes first. Calls `on_progress` about
/// four times a second.
///
/// # Errors
/// [`GpuError`] when the GPU is lost or wrong, or the system has no random numbers.
pub fn search(
    gpu: &Gpu,
    job: &Job,
    deadline: Option<Instant>,
    mut on_progress: impl FnMut(Progress),
) -> Result<Option<Nonce>, GpuError> {
    let place = Place::new();
    let mut miner = Miner::new(&place);
    let mut under_way = VecDeque::new();
    let mut hashes = 0;
    miner.receive(ToWorker::Start(job.clone()));
    while deadline.is_none_or(|deadline| Instant::now() < deadline) {
        for message in place.said.take() {
            match message {
                FromWorker::Progress { hashes: more, .. } => {
                    hashes += more;
                    let elapsed = place.started.elapsed();
                    on_progress(Progress { hashes, elapsed });
                }
                FromWorker::Found { nonce, .. } => return Ok(Some(Nonce::from(nonce))),
                FromWorker::Failed { reason } => return Err(GpuError::Refused(reason)),
                FromWorker::Ready { .. } | FromWorker::Measured { .. } => {}
            }
        }
        match miner.plan() {
            Plan::Dispatch(dispatch) => {
                let pending = gpu.ask(&dispatch.query);
                under_way.push_back((dispatch, pending));
            }
            Plan::Rest { ms } => thread::sleep(Duration::from_secs_f64(ms / 1000.0)),
            Plan::Wait => {
                if let Some((dispatch, pending)) = under_way.pop_front() {
                    let found = pollster::block_on(gpu.answer(pending))?;
                    miner.answered(&dispatch, &found)?;
                }
            }
        }
    }
    Ok(None)
}

/// This thread, as the miner sees it.
struct Place {
    started: Instant,
    said: RefCell<Vec<FromWorker>>,
}

impl Place {
    fn new() -> Self {
        Self {
            started: Instant::now(),
            said: RefCell::default(),
        }
    }
}

impl Host for &Place {
    fn now_ms(&self) -> f64 {
        self.started.elapsed().as_secs_f64() * 1000.0
    }

    fn post(&self, message: &FromWorker) {
        self.said.borrow_mut().push(message.clone());
    }

    fn seed(&self) -> Result<[u8; SEED_BYTES], String> {
        let mut seed = [0; SEED_BYTES];
        match getrandom::fill(&mut seed) {
            Ok(()) => Ok(seed),
            Err(error) => Err(format!("the system gives no random numbers: {error}")),
        }
    }
}
