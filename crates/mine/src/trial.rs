//! How fast a kernel is on this machine, learned from the first tenth of a second that it mines.

/// Hashing that does not count: the engine is still making its optimised code.
const WARM_UP_MS: f64 = 40.0;
/// Hashing that counts.
const COUNTED_MS: f64 = 60.0;

/// What is known so far. The fastest batch tells: whatever else runs on the machine only makes batches slower.
#[derive(Clone, Debug, Default)]
pub(crate) struct Trial {
    worked_ms: f64,
    most_per_ms: f64,
}

impl Trial {
    /// Learns that a batch of `hashes` took `took_ms`. Answers with hashes per second, once.
    pub(crate) fn learn(&mut self, hashes: u64, took_ms: f64) -> Option<u64> {
        let before_ms = self.worked_ms;
        if before_ms >= WARM_UP_MS + COUNTED_MS || took_ms <= 0.0 {
            return None;
        }
        self.worked_ms += took_ms;
        if before_ms >= WARM_UP_MS {
            let per_ms = crate::to_f64(hashes) / took_ms;
            self.most_per_ms = self.most_per_ms.max(per_ms);
        }
        let over = self.worked_ms >= WARM_UP_MS + COUNTED_MS && self.most_per_ms > 0.0;
        over.then(|| crate::to_u64(self.most_per_ms * 1_000.0))
    }
}
