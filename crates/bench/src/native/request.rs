//! What the benchmark that drives this program asks, a line each, and the answers, a line of JSON each.

use std::time::Duration;

use atomine_keccak::PREIMAGE_BYTES;

use super::{Kind, Runner, Task, runners};

/// Why a request was not answered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BenchError {
    /// A result was not true.
    #[error("{0} does not find what there is to find")]
    Wrong(String),
    /// Nobody asks this.
    #[error("not understood: {0}")]
    NotUnderstood(String),
}

/// The task and everything that works on it, once they are known.
#[derive(Default)]
pub struct Bench {
    loaded: Option<(Task, Vec<Runner>)>,
}

impl Bench {
    /// Does what `line` asks; the answer is JSON.
    ///
    /// - `load <preimage> <target> <range>`: the first two in hex. Answers with names and kinds.
    /// - `warm <index> <ms>`: answers with `null`.
    /// - `slice <index> <ms>`: answers with hashes per second.
    /// - `prove`: answers with `null`.
    ///
    /// # Errors
    /// [`BenchError`] for another line, and for results that are not true.
    pub fn answer(&mut self, line: &str) -> Result<String, BenchError> {
        let not_understood = || BenchError::NotUnderstood(line.to_owned());
        let words: Vec<&str> = line.split_whitespace().collect();
        match (words.as_slice(), &mut self.loaded) {
            (["load", preimage, target, range], loaded) => {
                let task = read_task(preimage, target, range).ok_or_else(not_understood)?;
                let runners = runners(&task);
                let names = names(&runners);
                *loaded = Some((task, runners));
                Ok(names)
            }
            ([verb @ ("warm" | "slice"), index, ms], Some((task, runners))) => {
                let index: usize = index.parse().map_err(|_| not_understood())?;
                let ms = ms.parse().map_err(|_| not_understood())?;
                let runner = runners.get_mut(index).ok_or_else(not_understood)?;
                let time = Duration::from_millis(ms);
                if *verb == "warm" {
                    runner.warm(task, time)?;
                    Ok("null".to_owned())
                } else {
                    Ok(format!("{:.0}", runner.slice(task, time)?))
                }
            }
            (["prove"], Some((task, runners))) => {
                runners.iter().try_for_each(|runner| runner.prove(task))?;
                Ok("null".to_owned())
            }
            _ => Err(not_understood()),
        }
    }
}

fn read_task(preimage: &str, target: &str, range: &str) -> Option<Task> {
    let preimage: [u8; PREIMAGE_BYTES] = bytes(preimage)?;
    Some(Task::new(preimage, bytes(target)?, range.parse().ok()?))
}

/// Exactly `N` bytes in hex.
fn bytes<const N: usize>(hex: &str) -> Option<[u8; N]> {
    let digits: Vec<u8> = hex
        .chars()
        .map(|digit| {
            digit
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        })
        .collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    bytes.try_into().ok().filter(|_| rest.is_empty())
}

/// No name holds a character that JSON would escape.
fn names(runners: &[Runner]) -> String {
    let name = |runner: &Runner| {
        let kind = match runner.kind {
            Kind::Kernel => "kernel",
            Kind::Peer => "peer",
        };
        format!(r#"{{"name":"{}","kind":"{kind}"}}"#, runner.name)
    };
    let names: Vec<String> = runners.iter().map(name).collect();
    format!("[{}]", names.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_answered_in_order() {
        let mut bench = Bench::default();
        assert!(bench.answer("slice 0 1").is_err(), "nothing is loaded");
        let (preimage, target) = ("07".repeat(84), format!("01{}", "00".repeat(31)));
        let names = bench
            .answer(&format!("load {preimage} {target} 900"))
            .unwrap();
        assert!(
            names.starts_with(r#"[{"name":"native/portable","kind":"kernel"}"#),
            "{names}"
        );
        assert!(
            names.contains(r#"{"name":"native/tiny-keccak","kind":"peer"}"#),
            "{names}"
        );
        assert_eq!(bench.answer("warm 0 1"), Ok("null".to_owned()));
        let rate: f64 = bench.answer("slice 0 1").unwrap().parse().unwrap();
        assert!(rate > 0.0);
        assert_eq!(bench.answer("prove"), Ok("null".to_owned()));
    }

    #[test]
    fn nonsense_is_refused() {
        let mut bench = Bench::default();
        let target = "00".repeat(32);
        for line in [
            "",
            "hello",
            "load 00 00 9",
            &format!("load {} {target} x", "07".repeat(84)),
            "slice 0",
        ] {
            assert!(bench.answer(line).is_err(), "{line}");
        }
    }
}
