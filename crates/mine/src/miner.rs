//! The worker's side of the conversation, without the worker: what it does with each message and each turn it is given.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use core::iter;

use crate::{
    Batch, KernelError, Pace, Search,
    kernels::AnyKernel,
    message::{FromWorker, Job, ToWorker},
    nonce::SEED_BYTES,
    search::self_test,
};

/// How often progress is told, in hashing or resting time.
const PROGRESS_EVERY_MS: f64 = 250.0;

/// What a miner needs of the place it runs in.
pub trait Host {
    /// Milliseconds since any fixed moment.
    fn now_ms(&self) -> f64;
    /// Sends a message to the page.
    fn post(&self, message: &FromWorker);
    /// Fresh random bytes of the best kind there is.
    ///
    /// # Errors
    /// In plain words, why there are none.
    fn seed(&self) -> Result<[u8; SEED_BYTES], String>;
}

/// What the miner wants after a message or a turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next {
    /// Nothing to do until a message comes.
    Wait,
    /// A turn after so many milliseconds, 0 for at once; messages that wait go first.
    Turn {
        /// The rest before it.
        after_ms: f64,
    },
}

/// Mines the job it is told to, a batch per turn.
#[derive(Debug)]
pub struct Miner<H> {
    host: H,
    /// None when no kernel can be trusted.
    kernel: Option<AnyKernel>,
    pace: Pace,
    running: Option<Running>,
}

/// A search and what of it the page does not know yet.
#[derive(Debug)]
struct Running {
    search: Search,
    untold: u64,
    told_ms: f64,
}

impl<H: Host> Miner<H> {
    /// A miner without a job, which says that it is ready, or that none of `kernels` passes the self-test. Of
    /// those that do it uses the last.
    pub fn new(host: H, mut kernels: Vec<AnyKernel>) -> Self {
        let kernel = iter::from_fn(|| kernels.pop())
            .find_map(|mut kernel| self_test(&mut kernel).is_ok().then_some(kernel));
        host.post(&match &kernel {
            Some(kernel) => FromWorker::Ready {
                kernel: kernel.name().into(),
            },
            None => failed(&KernelError),
        });
        Self {
            host,
            kernel,
            pace: Pace::default(),
            running: None,
        }
    }

    /// Obeys a message. What it answers holds from now on, whatever was answered before; `None` leaves that as it is.
    pub fn receive(&mut self, message: ToWorker) -> Option<Next> {
        match message {
            ToWorker::Power(percent) => {
                self.pace.set_power(percent);
                None
            }
            ToWorker::Stop => {
                self.leave();
                Some(Next::Wait)
            }
            ToWorker::Start(job) => {
                self.leave();
                Some(self.start(job))
            }
        }
    }

    /// Hashes one batch of the job, if there is one.
    pub fn turn(&mut self) -> Next {
        let (Some(running), Some(kernel)) = (&mut self.running, &mut self.kernel) else {
            return Next::Wait;
        };
        let before_ms = self.host.now_ms();
        let batch = running.search.run(kernel, self.pace.batch());
        let now_ms = self.host.now_ms();
        match batch {
            Ok(Batch { hashes, found }) => {
                running.untold += hashes;
                if let Some(nonce) = found {
                    let job = running.search.job().number;
                    let nonce = nonce.0.0;
                    self.leave();
                    self.host.post(&FromWorker::Found { job, nonce });
                    return Next::Wait;
                }
                if now_ms - running.told_ms >= PROGRESS_EVERY_MS {
                    running.tell(&self.host, now_ms);
                }
                let after_ms = self.pace.after(hashes, now_ms - before_ms);
                Next::Turn { after_ms }
            }
            Err(error) => self.fail(&error),
        }
    }

    fn start(&mut self, job: Job) -> Next {
        match self.host.seed() {
            Ok(seed) => {
                self.running = Some(Running {
                    search: Search::new(job, seed),
                    untold: 0,
                    told_ms: self.host.now_ms(),
                });
                Next::Turn { after_ms: 0.0 }
            }
            Err(reason) => self.fail(&reason),
        }
    }

    /// Ends the job; its last hashes are told, so that totals are true.
    fn leave(&mut self) {
        if let Some(mut running) = self.running.take()
            && running.untold > 0
        {
            running.tell(&self.host, self.host.now_ms());
        }
    }

    fn fail(&mut self, why: &impl ToString) -> Next {
        self.leave();
        self.host.post(&failed(why));
        Next::Wait
    }
}

fn failed(why: &impl ToString) -> FromWorker {
    FromWorker::Failed {
        reason: why.to_string(),
    }
}

impl Running {
    fn tell(&mut self, host: &impl Host, now_ms: f64) {
        host.post(&FromWorker::Progress {
            job: self.search.job().number,
            hashes: self.untold,
            best: self.search.best_hash(),
        });
        self.untold = 0;
        self.told_ms = now_ms;
    }
}
