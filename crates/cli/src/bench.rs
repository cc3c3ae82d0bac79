//! `atomine bench`: how fast this machine hashes: on one core with each of its kernels in turns, and on all cores with
//! the fastest.

use crate::{args::BenchArgs, error::CliError};
use atomine_mine::{AnyKernel, Batch, KernelError, SEED_BYTES, Search, message::Job};
use atomine_protocol::Nonce;
use std::{
    io::Write,
    num::NonZeroUsize,
    thread,
    time::{Duration, Instant},
};

/// Long enough for a batch, short enough for the machine's quiet moments.
const SLICE: Duration = Duration::from_millis(50);
/// Hashes per batch; a kernel's set-up serves as many.
const BATCH: u64 = 1 << 16;

/// Measures and prints.
pub(crate) fn run(args: &BenchArgs, out: &mut impl Write) -> Result<(), CliError> {
    let mut lanes = lanes();
    let deadline = args.seconds * u32::try_from(lanes.len()).unwrap_or(1);
    let started = Instant::now();
    // Each has its turn at least once.
    while lanes.iter().any(|lane| lane.rates.is_empty()) || started.elapsed() < deadline {
        for lane in &mut lanes {
            lane.slice(SLICE)?;
        }
    }
    agree(&lanes)?;
    writeln!(out, "MH/s on one core      median  98th percentile")?;
    for lane in &lanes {
        let [median, high] = [50, 98].map(|percent| quantile(&lane.rates, percent) / 1e6);
        writeln!(out, "{:<20}{median:>8.2}{high:>17.2}", lane.name)?;
    }
    let fastest = lanes
        .iter()
        .max_by(|a, b| quantile(&a.rates, 50).total_cmp(&quantile(&b.rates, 50)));
    let Some(fastest) = fastest else {
        return Ok(());
    };
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let hashes_per_s = on_all_cores(fastest.name, threads, args.seconds)?;
    writeln!(
        out,
        "\n{:.2} MH/s on all {threads} cores with {}",
        hashes_per_s / 1e6,
        fastest.name
    )?;
    Ok(())
}

/// Hashes per second of so many threads with this kernel.
fn on_all_cores(kernel: &str, threads: usize, time: Duration) -> Result<f64, CliError> {
    let measure = || {
        let mut lanes = lanes();
        let mut lane = lanes.iter_mut().find(|lane| lane.name == kernel);
        lane.as_mut().map_or(Ok(0.0), |lane| lane.slice(time))
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(measure)).collect();
        let ended = running.into_iter().map(thread::ScopedJoinHandle::join);
        ended
            // A thread that panicked has said so.
            .map(|rate| rate.unwrap_or(Err(CliError::Mining(KernelError.into()))))
            .sum()
    })
}

/// A kernel on its way through the benchmark's nonces, which are the same for all.
struct Lane {
    name: &'static str,
    search: Box<dyn FnMut() -> Result<Batch, KernelError>>,
    hashes: u64,
    /// What it found, and after how many hashes.
    found: Vec<(u64, Nonce)>,
    rates: Vec<f64>,
}

impl Lane {
    /// Makes batches until the time is over; hashes per second.
    fn slice(&mut self, time: Duration) -> Result<f64, CliError> {
        let (started, before) = (Instant::now(), self.hashes);
        while started.elapsed() < time {
            let batch = (self.search)().map_err(|error| CliError::Mining(error.into()))?;
            self.hashes += batch.hashes;
            self.found
                .extend(batch.found.map(|nonce| (self.hashes, nonce)));
        }
        #[expect(clippy::cast_precision_loss, reason = "a count for a rate")]
        let hashes = (self.hashes - before) as f64;
        let rate = hashes / started.elapsed().as_secs_f64();
        self.rates.push(rate);
        Ok(rate)
    }
}

/// A lane for each kernel that this machine can run, the plainest first.
fn lanes() -> Vec<Lane> {
    AnyKernel::all().into_iter().map(lane).collect()
}

fn lane(mut kernel: AnyKernel) -> Lane {
    let mut search = Search::new(job(), [0; SEED_BYTES]);
    Lane {
        name: kernel.name(),
        search: Box::new(move || search.run(&mut kernel, BATCH)),
        hashes: 0,
        found: Vec::new(),
        rates: Vec::new(),
    }
}

/// Nobody's job, which one hash in 2^18 solves: several in a second, and few enough to cost nothing.
fn job() -> Job {
    let mut target = [0; 32];
    target[2] = 0x40;
    Job {
        number: 0,
        sender: [0; 20],
        prev_hash: [0; 32],
        target,
    }
}

/// That all have found the same, as far as both have come, as the first has. What is found is hashed again by the
/// reference anyway; this is for what is not found.
fn agree(lanes: &[Lane]) -> Result<(), CliError> {
    let Some((first, others)) = lanes.split_first() else {
        return Ok(());
    };
    for lane in others {
        let both = first.hashes.min(lane.hashes);
        let theirs = lane.found.iter().take_while(|(at, _)| *at <= both);
        let ours = first.found.iter().take_while(|(at, _)| *at <= both);
        if !theirs.eq(ours) {
            return Err(CliError::WrongKernel(lane.name));
        }
    }
    Ok(())
}

/// The rate that so many percent of all stay below.
fn quantile(rates: &[f64], percent: usize) -> f64 {
    let mut rates = rates.to_vec();
    rates.sort_by(f64::total_cmp);
    let place = (rates.len() * percent / 100).min(rates.len().saturating_sub(1));
    rates.get(place).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(hashes: u64, found: &[u64]) -> Lane {
        let nonce = |at: &u64| (*at, Nonce::from([1; 32]));
        Lane {
            name: "tested",
            search: Box::new(|| Err(KernelError)),
            hashes,
            found: found.iter().map(nonce).collect(),
            rates: Vec::new(),
        }
    }

    #[test]
    fn kernels_agree_as_far_as_both_have_come() {
        assert!(agree(&[lane(100, &[10, 70]), lane(300, &[10, 70, 200])]).is_ok());
        assert!(agree(&[lane(300, &[10, 70, 200]), lane(100, &[10, 70])]).is_ok());
    }

    #[test]
    fn a_kernel_that_misses_or_invents_is_named() {
        for found in [&[10][..], &[10, 40, 70], &[10, 71], &[]] {
            let result = agree(&[lane(100, &[10, 70]), lane(300, found)]);
            assert!(
                matches!(result, Err(CliError::WrongKernel("tested"))),
                "{found:?}"
            );
        }
    }

    #[test]
    fn every_kernel_of_this_machine_finds_something_and_the_same() {
        let mut lanes = lanes();
        for lane in &mut lanes {
            while lane.found.len() < 2 {
                lane.slice(Duration::from_millis(1)).unwrap();
            }
        }
        agree(&lanes).unwrap();
    }

    #[test]
    fn quantiles() {
        let rates: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        let whole = |rates: &[f64], percent| format!("{:.0}", quantile(rates, percent));
        assert_eq!(whole(&rates, 50), "51");
        assert_eq!(whole(&rates, 98), "99");
        assert_eq!(whole(&[7.0], 98), "7");
    }
}
