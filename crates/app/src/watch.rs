//! How long there was work to do, as the page lived through it: what a silent worker is measured by.

/// The page looks at least so often while it is awake; what lies beyond was sleep.
const LONGEST_STEP_MS: u64 = 2_000;

/// A clock that runs only while there is work and the page is awake.
///
/// A laptop that slept, a tab that the browser held back or froze and a clock that was set anew all look like a long
/// silence of every worker. Here each of them counts as one short step.
#[derive(Debug, Default)]
pub(crate) struct MiningTime {
    ms: u64,
    ticked_at_ms: Option<u64>,
}

impl MiningTime {
    /// Milliseconds so far.
    pub(crate) fn ms(&self) -> u64 {
        self.ms
    }

    /// It is `now_ms` (Unix time in ms), and there is work or not.
    pub(crate) fn tick(&mut self, now_ms: u64, working: bool) {
        let before_ms = self.ticked_at_ms.replace(now_ms);
        if let (Some(before_ms), true) = (before_ms, working) {
            let step_ms = now_ms.saturating_sub(before_ms).min(LONGEST_STEP_MS);
            self.ms = self.ms.saturating_add(step_ms);
        }
    }
}
