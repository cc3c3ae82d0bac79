//! The worker's side of the conversation, without the worker: what it does with each message and each turn it is given.

use alloc::string::ToString;

use crate::{
    Batch, Host, Pace, Running,
    kernels::AnyKernel,
    message::{FromWorker, Job, ToWorker},
    search::self_test,
    trial::Trial,
};

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
    /// None when it cannot be trusted, or lost the trial.
    kernel: Option<AnyKernel>,
    pace: Pace,
    trial: Trial,
    running: Option<Running>,
}

impl<H: Host> Miner<H> {
    /// A miner without a job, which says that it is ready, or that `kernel` fails the self-test.
    pub fn new(host: H, mut kernel: AnyKernel) -> Self {
        let tested = self_test(&mut kernel);
        host.post(&match &tested {
            Ok(()) => FromWorker::Ready {
                kernel: kernel.name().into(),
            },
            Err(error) => failed(error),
        });
        Self {
            host,
            kernel: tested.is_ok().then_some(kernel),
            pace: Pace::default(),
            trial: Trial::default(),
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
            ToWorker::Keep(name) => {
                self.kernel.take_if(|kernel| kernel.name() != name)?;
                self.leave();
                Some(Next::Wait)
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
        let took_ms = self.host.now_ms() - before_ms;
        match batch {
            Ok(Batch { hashes, found }) => {
                running.made(hashes, &self.host);
                if let Some(hashes_per_s) = self.trial.learn(hashes, took_ms) {
                    self.host.post(&FromWorker::Measured {
                        kernel: kernel.name().into(),
                        hashes_per_s,
                    });
                }
                if let Some(nonce) = found
                    && let Some(running) = self.running.take()
                {
                    running.found(nonce, &self.host);
                    return Next::Wait;
                }
                let after_ms = self.pace.after(hashes, took_ms);
                Next::Turn { after_ms }
            }
            Err(error) => self.fail(&error),
        }
    }

    fn start(&mut self, job: Job) -> Next {
        match Running::begin(job, &self.host) {
            Ok(running) => {
                self.running = Some(running);
                Next::Turn { after_ms: 0.0 }
            }
            Err(reason) => self.fail(&reason),
        }
    }

    fn leave(&mut self) {
        if let Some(running) = self.running.take() {
            running.end(&self.host);
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
