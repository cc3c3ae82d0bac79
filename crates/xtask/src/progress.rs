//! Says what is being done and for how long, so that no step longer than a second is silent.

use std::{
    io::{IsTerminal, Write, stderr},
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// How often the line of a running step is renewed on a terminal.
const TICK: Duration = Duration::from_millis(500);
/// How often a running step reports in a log.
const LOG_TICK: Duration = Duration::from_secs(20);

/// A running step; its end is printed when it is dropped.
pub(crate) struct Step {
    shared: Arc<Shared>,
    ticker: Option<JoinHandle<()>>,
}

struct Shared {
    title: String,
    started: Instant,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    detail: String,
    ended: bool,
}

/// A line on stderr that is no step.
pub(crate) fn note(text: &str) {
    eprintln!("  {text}");
}

/// Does `work` under a line that says `title`, the seconds so far, and what `work` adds by [`Step::detail`].
pub(crate) fn step<T>(title: impl Into<String>, work: impl FnOnce(&Step) -> T) -> T {
    let step = Step::begin(title.into());
    work(&step)
}

/// Does `work`, whose own output goes to the screen, between a heading and nothing.
pub(crate) fn loud<T>(title: &str, work: impl FnOnce() -> T) -> T {
    eprintln!("• {title}");
    work()
}

impl Step {
    fn begin(title: String) -> Self {
        let shared = Arc::new(Shared {
            title,
            started: Instant::now(),
            state: Mutex::default(),
            changed: Condvar::new(),
        });
        let terminal = stderr().is_terminal();
        if !terminal {
            eprintln!("• {} …", shared.title);
        }
        let ticker = thread::spawn({
            let shared = Arc::clone(&shared);
            move || shared.tick(terminal)
        });
        Self {
            shared,
            ticker: Some(ticker),
        }
    }

    /// What the step is at now, in a few words.
    pub(crate) fn detail(&self, text: impl Into<String>) {
        self.shared.lock().detail = text.into();
    }
}

impl Drop for Step {
    fn drop(&mut self) {
        self.shared.lock().ended = true;
        self.shared.changed.notify_all();
        // A ticker that panicked has nothing more to print.
        let _ = self.ticker.take().map(JoinHandle::join);
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tick(&self, terminal: bool) {
        let every = if terminal { TICK } else { LOG_TICK };
        let mut state = self.lock();
        while !state.ended {
            if terminal {
                eprint!("\r\x1b[K• {} … {}", self.title, self.progress(&state));
                // Progress that cannot be shown is no reason to stop.
                let _ = stderr().flush();
            } else if self.started.elapsed() >= every {
                eprintln!("  {} … {}", self.title, self.progress(&state));
            }
            (state, _) = self
                .changed
                .wait_timeout(state, every)
                .unwrap_or_else(PoisonError::into_inner);
        }
        let lead = if terminal { "\r\x1b[K•" } else { " " };
        eprintln!("{lead} {}: {}", self.title, self.progress(&state));
    }

    fn progress(&self, state: &State) -> String {
        let seconds = self.started.elapsed().as_secs_f32();
        if state.detail.is_empty() {
            format!("{seconds:.1} s")
        } else {
            format!("{seconds:.1} s, {}", state.detail)
        }
    }
}
