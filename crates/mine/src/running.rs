//! A search in a worker of any kind, and what of it is told to the page when.

use alloc::string::String;

use atomine_protocol::Nonce;

use crate::{
    Search,
    message::{FromWorker, Job},
    nonce::SEED_BYTES,
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

/// A search, and the hashes that the page does not know of yet.
#[derive(Debug)]
pub struct Running {
    /// The search.
    pub search: Search,
    untold: u64,
    told_ms: f64,
}

impl Running {
    /// Begins with `job` at a place of its own.
    ///
    /// # Errors
    /// In plain words, why there is no randomness for that.
    pub fn begin(job: Job, host: &impl Host) -> Result<Self, String> {
        Ok(Self {
            search: Search::new(job, host.seed()?),
            untold: 0,
            told_ms: host.now_ms(),
        })
    }

    /// So many hashes were made; about four times a second that is told.
    pub fn made(&mut self, hashes: u64, host: &impl Host) {
        self.untold += hashes;
        if host.now_ms() - self.told_ms >= PROGRESS_EVERY_MS {
            self.tell(host);
        }
    }

    /// Ends with what solves the job.
    pub fn found(self, nonce: Nonce, host: &impl Host) {
        let job = self.search.job().number;
        let nonce = nonce.0.0;
        self.end(host);
        host.post(&FromWorker::Found { job, nonce });
    }

    /// Ends; the last hashes are told, so that totals are true.
    pub fn end(mut self, host: &impl Host) {
        if self.untold > 0 {
            self.tell(host);
        }
    }

    fn tell(&mut self, host: &impl Host) {
        host.post(&FromWorker::Progress {
            job: self.search.job().number,
            hashes: self.untold,
            best: self.search.best_hash(),
        });
        self.untold = 0;
        self.told_ms = host.now_ms();
    }
}
