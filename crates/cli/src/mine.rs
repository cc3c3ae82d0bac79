//! `atomine mine`: the search, and the line that tells how it goes.

use crate::{args::MineArgs, error::CliError};
use atomine_mine::{
    message::Job,
    native::{self, Progress},
    odds,
};
use std::{
    io::{self, IsTerminal, Write},
    num::NonZeroUsize,
    thread,
    time::Instant,
};

/// Mines and prints the nonce.
pub(crate) fn run(args: &MineArgs, out: &mut impl Write) -> Result<(), CliError> {
    let job = Job {
        number: 0,
        sender: args.sender.into_array(),
        prev_hash: args.prev.0.0,
        target: args.target.0.0,
    };
    let threads = args
        .threads
        .unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
    // A deadline too far to reckon with is none.
    let deadline = args
        .seconds
        .and_then(|seconds| Instant::now().checked_add(seconds));
    let expected = odds::expected_hashes(args.target);
    let terminal = io::stderr().is_terminal();
    let found = native::search(&job, threads, deadline, |progress| {
        if terminal {
            eprint!("\r{}\x1b[K", progress_line(progress, expected));
        }
    });
    if terminal {
        eprint!("\r\x1b[K");
    }
    let nonce = found?.ok_or(CliError::TimeIsUp)?;
    writeln!(out, "{nonce}")?;
    Ok(())
}

/// Rate and odds in one line.
fn progress_line(progress: Progress, expected: f64) -> String {
    if progress.hashes == 0 {
        return "starting".to_owned();
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of hashes, shown in three digits"
    )]
    let hashes = progress.hashes as f64;
    let hashes_per_s = hashes / progress.elapsed.as_secs_f64();
    format!(
        "{:.2} MH/s · {:.0} % chance so far · one takes {} on average",
        hashes_per_s / 1e6,
        odds::chance(hashes, expected) * 100.0,
        duration(odds::seconds_for(expected, hashes_per_s)),
    )
}

/// A time as people say it, in its largest fitting unit.
fn duration(seconds: f64) -> String {
    let units = [
        (31_557_600.0, "years"),
        (86_400.0, "days"),
        (3600.0, "h"),
        (60.0, "min"),
    ];
    match units.into_iter().find(|(unit, _)| seconds >= 2.0 * unit) {
        Some((unit, name)) => format!("{:.0} {name}", seconds / unit),
        None => format!("{seconds:.0} s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn progress_in_words() {
        let progress = Progress {
            hashes: 6_000_000,
            elapsed: Duration::from_secs(2),
            best: [0xff; 32],
        };
        assert_eq!(
            progress_line(progress, 6e6),
            "3.00 MH/s · 63 % chance so far · one takes 2 s on average"
        );
        assert_eq!(
            progress_line(
                Progress {
                    hashes: 0,
                    ..progress
                },
                6e6
            ),
            "starting"
        );
    }

    #[test]
    fn times_in_words() {
        let times = [0.4, 119.0, 120.0, 7200.0, 1e6, 1e12].map(duration);
        assert_eq!(
            times,
            ["0 s", "119 s", "2 min", "2 h", "12 days", "31688 years"]
        );
    }
}
