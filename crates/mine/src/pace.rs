//! How long a worker hashes before it listens again, and how long it rests: batches that follow the machine's speed.

/// What a warm batch should take. Short enough for a new job to be taken within 100 ms, long enough for the event
/// loop's turn to weigh nothing.
const BATCH_MS: f64 = 70.0;
/// What the first batches should take: an engine swaps in its optimised code only when a call begins.
const WARM_UP_BATCH_MS: f64 = 12.0;
/// How long batches stay short.
const WARM_UP_MS: f64 = 250.0;
/// Hashes in the first batch, before anything is known: some 5 ms in the slowest kernel's unoptimised code.
const FIRST_BATCH: u64 = 2_000;
/// At most so many times the batch before, for a clock that stood still or a machine that was asleep.
const MAX_GROWTH: f64 = 4.0;

/// Decides the size of each batch and the rest after it.
#[derive(Clone, Debug)]
pub struct Pace {
    batch: u64,
    worked_ms: f64,
    power_percent: u8,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            batch: FIRST_BATCH,
            worked_ms: 0.0,
            power_percent: 100,
        }
    }
}

impl Pace {
    /// The share of time to hash, in percent; taken into 10..=100.
    pub fn set_power(&mut self, percent: u8) {
        self.power_percent = percent.clamp(10, 100);
    }

    /// Hashes to make in the next batch.
    pub fn batch(&self) -> u64 {
        self.batch
    }

    /// Learns that the last batch, of `hashes`, took `took_ms`; answers how many milliseconds to rest now.
    pub fn after(&mut self, hashes: u64, took_ms: f64) -> f64 {
        let took_ms = took_ms.max(0.0);
        self.worked_ms += took_ms;
        let aim_ms = if self.worked_ms < WARM_UP_MS {
            WARM_UP_BATCH_MS
        } else {
            BATCH_MS
        };
        let wanted = aim_ms / took_ms * crate::to_f64(hashes);
        // Neither a batch that ended at its first hash nor a clock that stood still says anything about the speed.
        if wanted >= 1.0 {
            let most = MAX_GROWTH * crate::to_f64(self.batch);
            self.batch = crate::to_u64(wanted.min(most));
        }
        let power = f64::from(self.power_percent);
        took_ms * (100.0 - power) / power
    }
}
