//! The worker's side of the conversation with the page: what the GPU is asked next, and what is told of its answers.
//! It never touches a GPU itself: whoever runs it carries the dispatches out.

use crate::{Found, GpuError, Grid, Query, judge, next_query, pace::Pace};
use atomine_mine::{
    Host, Running,
    message::{FromWorker, Job, ToWorker},
};

/// Dispatches under way at a time, so that the GPU never waits for us.
const AT_ONCE: u32 = 2;

/// What to do next.
#[derive(Clone, Debug, PartialEq)]
pub enum Plan {
    /// Ask the GPU, and ask for the next plan.
    Dispatch(Box<Dispatch>),
    /// Ask for the next plan after so many milliseconds.
    Rest {
        /// At least so long.
        ms: f64,
    },
    /// Nothing, until a message or an answer comes.
    Wait,
}

/// A question to the GPU, and what the miner needs to know when the answer comes.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispatch {
    /// The question.
    pub query: Query,
    /// The job's turn it was for.
    turn: u32,
    asked_ms: f64,
    /// How many were under way, this one included.
    depth: u32,
}

/// Mines the job it is told to on a GPU that somebody else holds.
#[derive(Debug)]
pub struct Miner<H> {
    host: H,
    pace: Pace,
    running: Option<Running>,
    /// Counts jobs and stops; answers of an older turn are dropped.
    turn: u32,
    under_way: u32,
    rest_until_ms: f64,
}

impl<H: Host> Miner<H> {
    /// A miner without a job; it says nothing yet.
    pub fn new(host: H) -> Self {
        Self {
            host,
            pace: Pace::default(),
            running: None,
            turn: 0,
            under_way: 0,
            rest_until_ms: 0.0,
        }
    }

    /// Tells the page that the GPU called `name` is ready.
    pub fn ready(&self, name: &str) {
        self.host.post(&FromWorker::Ready {
            kernel: name.to_owned(),
        });
    }

    /// Obeys a message.
    pub fn receive(&mut self, message: ToWorker) {
        match message {
            ToWorker::Power(percent) => self.pace.set_power(percent),
            ToWorker::Stop => self.leave(),
            // There is only one.
            ToWorker::Keep(_) => {}
            ToWorker::Start(job) => {
                self.leave();
                self.start(job);
            }
        }
    }

    /// What to do now.
    pub fn plan(&mut self) -> Plan {
        let at_once = if self.pace.rests() { 1 } else { AT_ONCE };
        let Some(running) = &mut self.running else {
            return Plan::Wait;
        };
        if self.under_way >= at_once {
            return Plan::Wait;
        }
        let now_ms = self.host.now_ms();
        if now_ms < self.rest_until_ms {
            let ms = self.rest_until_ms - now_ms;
            return Plan::Rest { ms };
        }
        self.under_way += 1;
        Plan::Dispatch(Box::new(Dispatch {
            query: next_query(&mut running.search, self.pace.grid()),
            turn: self.turn,
            asked_ms: now_ms,
            depth: self.under_way,
        }))
    }

    /// Takes the GPU's answer to `dispatch`.
    ///
    /// # Errors
    /// [`GpuError::Wrong`] when the GPU reported what is no hit.
    pub fn answered(&mut self, dispatch: &Dispatch, found: &Found) -> Result<(), GpuError> {
        self.under_way = self.under_way.saturating_sub(1);
        let now_ms = self.host.now_ms();
        let Dispatch { query, .. } = dispatch;
        self.learn(query.grid, dispatch, now_ms);
        if dispatch.turn != self.turn {
            return Ok(());
        }
        let Some(running) = &mut self.running else {
            return Ok(());
        };
        let nonce = judge(&mut running.search, query, found)?;
        running.made(query.grid.hashes().into(), &self.host);
        if let Some(nonce) = nonce
            && let Some(running) = self.take()
        {
            running.found(nonce, &self.host);
        }
        Ok(())
    }

    /// The GPU is gone and with it what was under way; another may take over.
    pub fn forget_dispatches(&mut self) {
        self.under_way = 0;
        self.turn = self.turn.wrapping_add(1);
    }

    /// Tells the page that this is the end.
    pub fn fail(&mut self, error: &GpuError) {
        self.leave();
        self.host.post(&FromWorker::Failed {
            reason: error.to_string(),
        });
    }

    /// Of several under way each waits for those before it: its own time is its share.
    fn learn(&mut self, grid: Grid, dispatch: &Dispatch, now_ms: f64) {
        let took_ms = (now_ms - dispatch.asked_ms) / f64::from(dispatch.depth.max(1));
        self.rest_until_ms = now_ms + self.pace.after(grid, took_ms);
    }

    fn start(&mut self, job: Job) {
        match Running::begin(job, &self.host) {
            Ok(running) => self.running = Some(running),
            Err(reason) => self.host.post(&FromWorker::Failed { reason }),
        }
    }

    /// Ends the job, so that answers which are still under way count no more.
    fn take(&mut self) -> Option<Running> {
        self.turn = self.turn.wrapping_add(1);
        self.running.take()
    }

    fn leave(&mut self) {
        if let Some(running) = self.take() {
            running.end(&self.host);
        }
    }
}
