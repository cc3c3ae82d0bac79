//! One implementation on its way through the task's range, again and again.

use std::{
    ops::Range,
    time::{Duration, Instant},
};

use atomine_keccak::Work;

use super::{BenchError, Task, peers};
use crate::kernels::{self, Measured};

/// Counters per batch of a kernel: a front end's set-up serves as many.
const KERNEL_BATCH: u64 = 65_536;
/// Counters per batch of a peer: under a millisecond.
const PEER_BATCH: u64 = 1_000;

/// Whose an implementation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Ours.
    Kernel,
    /// Somebody else's.
    Peer,
}

/// Hashes the counters of a range and pushes those that solve the task.
pub(super) type Step = dyn FnMut(&Task, Range<u64>, &mut Vec<u64>);

/// An implementation, how far it is, and what it has found since the range's beginning.
pub struct Runner {
    /// For example `native/portable`.
    pub name: String,
    /// Whose it is.
    pub kind: Kind,
    batch: u64,
    step: Box<Step>,
    position: u64,
    found: Vec<u64>,
    passes: u64,
}

/// Everything that this machine can run: kernels first, the plainest first.
pub fn runners(task: &Task) -> Vec<Runner> {
    let kernels = kernels::kernels().into_iter().map(Runner::kernel);
    let mut runners: Vec<Runner> = kernels.collect();
    runners.push(Runner::hash("sha3", peers::sha3));
    runners.push(Runner::hash("tiny-keccak", peers::tiny_keccak));
    #[cfg(unix)]
    runners.push(Runner::hash("keccak-asm", peers::keccak_asm));
    #[cfg(all(feature = "xkcp", unix, target_arch = "x86_64"))]
    if is_x86_feature_detected!("avx2") {
        runners.push(Runner::xkcp(task));
    }
    // Without XKCP nothing here needs the task beforehand.
    let _ = task;
    runners
}

impl Runner {
    pub(super) fn new(
        name: &str,
        kind: Kind,
        batch: u64,
        step: impl FnMut(&Task, Range<u64>, &mut Vec<u64>) + 'static,
    ) -> Self {
        Self {
            name: format!("native/{name}"),
            kind,
            batch,
            step: Box::new(step),
            position: 0,
            found: Vec::new(),
            passes: 0,
        }
    }

    fn kernel(Measured { name, mut search }: Measured) -> Self {
        let mut first = move |work: &Work, range: &Range<u64>| {
            search(work, range.start, range.end - range.start)
        };
        let step = move |task: &Task, mut range: Range<u64>, found: &mut Vec<u64>| {
            while let Some(counter) = first(&task.work, &range) {
                found.push(counter);
                range.start = counter + 1;
            }
        };
        Self::new(name, Kind::Kernel, KERNEL_BATCH, step)
    }

    fn hash(name: &str, hash: impl Fn(&[u8]) -> [u8; 32] + 'static) -> Self {
        let step = move |task: &Task, range: Range<u64>, found: &mut Vec<u64>| {
            found.extend(range.filter(|counter| hash(&task.at(*counter)) < task.target));
        };
        Self::new(name, Kind::Peer, PEER_BATCH, step)
    }

    #[cfg(all(feature = "xkcp", unix, target_arch = "x86_64"))]
    fn xkcp(task: &Task) -> Self {
        use super::xkcp::{Times4, WIDTH};
        let times4 = Times4::new(task.message);
        let [a, b, c, d, e, f, g, h, ..] = task.target;
        let bound = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
        let step = move |_: &Task, range: Range<u64>, found: &mut Vec<u64>| {
            let mut counter = range.start;
            while counter < range.end {
                let words = times4.first_words(counter);
                let solving = words.into_iter().zip(counter..range.end);
                found.extend(solving.filter(|(word, _)| *word < bound).map(|(_, at)| at));
                counter += WIDTH;
            }
        };
        Self::new("XKCP times4 (AVX2)", Kind::Peer, PEER_BATCH, step)
    }

    /// Makes one batch; the hashes made. At the range's end everything found is proven, and the range begins anew.
    ///
    /// # Errors
    /// [`BenchError::Wrong`] when it is not what there is to find.
    pub fn advance(&mut self, task: &Task) -> Result<u64, BenchError> {
        let end = task.range.min(self.position + self.batch);
        let hashes = end - self.position;
        (self.step)(task, self.position..end, &mut self.found);
        self.position = end;
        if end == task.range {
            self.prove(task)?;
            self.position = 0;
            self.found.clear();
            self.passes += 1;
        }
        Ok(hashes)
    }

    /// Makes batches for `time`; hashes per second.
    ///
    /// # Errors
    /// As [`Runner::advance`].
    pub fn slice(&mut self, task: &Task, time: Duration) -> Result<f64, BenchError> {
        let started = Instant::now();
        let mut hashes = 0;
        loop {
            hashes += self.advance(task)?;
            let elapsed = started.elapsed();
            if elapsed >= time {
                #[expect(clippy::cast_precision_loss, reason = "a count for a rate")]
                return Ok(hashes as f64 / elapsed.as_secs_f64());
            }
        }
    }

    /// Makes batches for `time`, and until the whole range was gone through once.
    ///
    /// # Errors
    /// As [`Runner::advance`].
    pub fn warm(&mut self, task: &Task, time: Duration) -> Result<(), BenchError> {
        self.slice(task, time)?;
        while self.passes == 0 {
            self.advance(task)?;
        }
        Ok(())
    }

    /// That everything found since the range's beginning is what there is to find.
    ///
    /// # Errors
    /// [`BenchError::Wrong`] when it is not.
    pub fn prove(&self, task: &Task) -> Result<(), BenchError> {
        let due = task.solving.iter().take_while(|due| **due < self.position);
        if due.eq(&self.found) {
            Ok(())
        } else {
            Err(BenchError::Wrong(self.name.clone()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Some ten of these counters solve the work.
    fn task() -> Task {
        let mut target = [0; 32];
        target[0] = 0x01;
        Task::new(
            std::array::from_fn(|i| u8::try_from(i).unwrap()),
            target,
            2_500,
        )
    }

    /// What the benchmark says of `step` after one way through the range.
    fn verdict(task: &Task, step: impl FnMut(&Task, Range<u64>, &mut Vec<u64>) + 'static) -> bool {
        let mut runner = Runner::new("tested", Kind::Kernel, 999, step);
        runner.warm(task, Duration::ZERO).is_ok()
    }

    fn truth(task: &Task, range: &Range<u64>, found: &mut Vec<u64>) {
        let solving = task.solving.iter().copied();
        found.extend(solving.filter(|counter| range.contains(counter)));
    }

    #[test]
    fn everything_measured_here_passes_the_proof() {
        let task = task();
        assert!(task.solving.len() > 1, "there is something to find");
        for mut runner in runners(&task) {
            runner.warm(&task, Duration::ZERO).unwrap();
            assert!(runner.slice(&task, Duration::ZERO).unwrap() > 0.0);
            runner.prove(&task).unwrap();
        }
    }

    #[test]
    fn one_that_lies_is_caught() {
        let task = task();
        assert!(verdict(&task, |task, range, found| truth(
            task, &range, found
        )));
        assert!(!verdict(&task, |_, _, _| {}), "hashes nothing at all");
        let last = *task.solving.last().unwrap();
        assert!(
            !verdict(&task, move |task, range, found| {
                truth(task, &range, found);
                found.retain(|counter| *counter != last);
            }),
            "misses one"
        );
        assert!(
            !verdict(&task, |task, range, found| {
                if range.start == 0 {
                    found.push(1);
                }
                truth(task, &range, found);
            }),
            "invents one"
        );
    }
}
