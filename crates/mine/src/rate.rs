//! The hash rate as people read it: moving averages that are calm (60 s), lively (10 s), and the total.

use alloc::collections::VecDeque;

/// The lively average's window.
pub const SHORT_WINDOW_MS: f64 = 10_000.0;
/// The calm average's window, and as far back as the meter remembers.
pub const LONG_WINDOW_MS: f64 = 60_000.0;
/// Reports this close together become one entry, so that many workers cost no more memory than one.
const MERGE_MS: f64 = 250.0;

/// Hashes reported at a moment.
#[derive(Clone, Copy, Debug)]
struct Entry {
    at_ms: f64,
    hashes: u64,
}

/// Counts hashes and says how fast they come. It keeps no clock: every call brings the time, in milliseconds from any
/// fixed moment.
#[derive(Clone, Debug)]
pub struct RateMeter {
    started_ms: f64,
    entries: VecDeque<Entry>,
    total: u64,
}

impl RateMeter {
    /// A meter for mining that starts now.
    pub fn new(now_ms: f64) -> Self {
        Self {
            started_ms: now_ms,
            entries: VecDeque::new(),
            total: 0,
        }
    }

    /// Mining goes on after a rest: the averages begin anew, the total stays.
    pub fn resume(&mut self, now_ms: f64) {
        self.started_ms = now_ms;
        self.entries.clear();
    }

    /// Notes `hashes` made since the last report.
    pub fn record(&mut self, now_ms: f64, hashes: u64) {
        self.total = self.total.saturating_add(hashes);
        while self
            .entries
            .front()
            .is_some_and(|entry| entry.at_ms <= now_ms - LONG_WINDOW_MS)
        {
            self.entries.pop_front();
        }
        match self.entries.back_mut() {
            Some(last) if now_ms - last.at_ms < MERGE_MS => {
                last.hashes = last.hashes.saturating_add(hashes);
            }
            _ => self.entries.push_back(Entry {
                at_ms: now_ms,
                hashes,
            }),
        }
    }

    /// Hashes per second over the last `window_ms`, or since the start where that is shorter; 0 before any time passed.
    /// The meter remembers [`LONG_WINDOW_MS`].
    pub fn hashes_per_s(&self, now_ms: f64, window_ms: f64) -> f64 {
        let span_ms = (now_ms - self.started_ms).min(window_ms);
        if span_ms <= 0.0 {
            return 0.0;
        }
        let since_ms = now_ms - span_ms;
        let recent = self.entries.iter().filter(|entry| entry.at_ms > since_ms);
        let hashes = recent.map(|entry| crate::to_f64(entry.hashes)).sum::<f64>();
        hashes / span_ms * 1000.0
    }

    /// All hashes since the meter was made.
    pub fn total(&self) -> u64 {
        self.total
    }
}
