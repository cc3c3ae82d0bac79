//! `atomine mine`: the search, and the line that tells how it goes.

use crate::{args::MineArgs, error::CliError};
use atomine_mine::{
    message::Job,
    native::{self, Progress},
    odds,
};
use atomine_protocol::Nonce;
use std::{
    io::{self, IsTerminal, Write},
    num::NonZeroUsize,
    thread,
    time::{Duration, Instant},
};

/// Mines and prints the nonce.
pub(crate) fn run(args: &MineArgs, out: &mut impl Write) -> Result<(), CliError> {
    let job = Job {
        number: 0,
        sender: args.sender.into_array(),
        prev_hash: args.prev.0.0,
        target: args.target.0.0,
    };
    // A deadline too far to reckon with is none.
    let deadline = args
        .seconds
        .and_then(|seconds| Instant::now().checked_add(seconds));
    let expected = odds::expected_hashes(args.target);
    let terminal = io::stderr().is_terminal();
    let found = search(args, &job, deadline, |hashes, elapsed| {
        if terminal {
            eprint!("\r{}\x1b[K", progress_line(hashes, elapsed, expected));
        }
    });
    if terminal {
        eprint!("\r\x1b[K");
    }
    let nonce = found?.ok_or(CliError::TimeIsUp)?;
    writeln!(out, "{nonce}")?;
    Ok(())
}

/// Searches with what `args` ask for; tells the hashes made and the time they took.
fn search(
    args: &MineArgs,
    job: &Job,
    deadline: Option<Instant>,
    mut on_progress: impl FnMut(u64, Duration),
) -> Result<Option<Nonce>, CliError> {
    if args.gpu {
        return gpu(args, job, deadline, on_progress);
    }
    let threads = args
        .threads
        .unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
    let found = native::search(job, threads, deadline, |progress: Progress| {
        on_progress(progress.hashes, progress.elapsed);
    });
    Ok(found?)
}

#[cfg(feature = "gpu")]
fn gpu(
    args: &MineArgs,
    job: &Job,
    deadline: Option<Instant>,
    mut on_progress: impl FnMut(u64, Duration),
) -> Result<Option<Nonce>, CliError> {
    use atomine_gpu::{Choice, native};
    let choice = if args.software {
        Choice::Any
    } else {
        Choice::Real
    };
    let gpu = native::open(choice)?;
    eprintln!("Mining on {}", gpu.name());
    let found = native::search(&gpu, job, deadline, |progress| {
        on_progress(progress.hashes, progress.elapsed);
    });
    Ok(found?)
}

#[cfg(not(feature = "gpu"))]
fn gpu(
    _: &MineArgs,
    _: &Job,
    _: Option<Instant>,
    _: impl FnMut(u64, Duration),
) -> Result<Option<Nonce>, CliError> {
    Err(CliError::WithoutGpu)
}

/// Rate and odds in one line.
fn progress_line(hashes: u64, elapsed: Duration, expected: f64) -> String {
    if hashes == 0 {
        return "starting".to_owned();
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of hashes, shown in three digits"
    )]
    let hashes = hashes as f64;
    let hashes_per_s = hashes / elapsed.as_secs_f64();
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

    #[test]
    fn progress_in_words() {
        let elapsed = Duration::from_secs(2);
        assert_eq!(
            progress_line(6_000_000, elapsed, 6e6),
            "3.00 MH/s · 63 % chance so far · one takes 2 s on average"
        );
        assert_eq!(progress_line(0, elapsed, 6e6), "starting");
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
