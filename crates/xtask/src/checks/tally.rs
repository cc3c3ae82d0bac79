//! Counts what passed and what failed, across all kinds of checks.

use crate::{error::Error, progress};
use std::{
    io::{self, BufRead, BufReader, Write},
    process::{Command, Stdio},
    time::Instant,
};

/// The count so far.
#[derive(Default)]
pub(crate) struct Tally {
    passed: u64,
    failed: u64,
    /// The names of the checks that failed.
    failures: Vec<String>,
    /// What could not be tested here, and what it takes.
    not_run: Vec<String>,
}

/// Tests of one run, as its own closing lines count them.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: u64,
    failed: u64,
}

impl Tally {
    /// A check that counts as one.
    pub(super) fn check(&mut self, name: &str, check: impl FnOnce() -> Result<(), Error>) {
        heading(name);
        let started = Instant::now();
        match check() {
            Ok(()) => self.passed += 1,
            Err(error) => self.fail(name, &error, 1),
        }
        progress::note(&format!("{name}: {:.0} s", started.elapsed().as_secs_f32()));
    }

    /// A run of tests, counted one by one. Tests that were skipped count as failed: a test that did not run proves
    /// nothing.
    pub(super) fn tests(&mut self, name: &str, prepare: impl FnOnce() -> Result<Command, Error>) {
        heading(name);
        let started = Instant::now();
        match prepare().and_then(watch) {
            Ok((counts, true)) if counts.failed == 0 && counts.passed > 0 => {
                self.passed += counts.passed;
            }
            Ok((counts, _)) => {
                self.passed += counts.passed;
                let reason = Error::Checks("see above".to_owned());
                self.fail(name, &reason, counts.failed.max(1));
            }
            Err(error) => self.fail(name, &error, 1),
        }
        progress::note(&format!("{name}: {:.0} s", started.elapsed().as_secs_f32()));
    }

    /// Tests that nobody asked for and that cannot run by themselves: said loudly, at the end.
    pub(super) fn not_run(&mut self, what: &str) {
        self.not_run.push(what.to_owned());
    }

    fn fail(&mut self, name: &str, error: &Error, count: u64) {
        eprintln!("error: {name}: {error}");
        self.failed += count;
        self.failures.push(name.to_owned());
    }

    /// Prints the count as the last line.
    pub(super) fn close(self) -> Result<(), Error> {
        println!();
        for what in &self.not_run {
            println!("NOT RUN: {what}");
        }
        for name in &self.failures {
            println!("FAILED: {name}");
        }
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failures.is_empty() {
            Ok(())
        } else {
            Err(Error::ChecksFailed)
        }
    }
}

fn heading(name: &str) {
    eprintln!("\n• {name}");
}

/// Runs `command`, its output on the screen and counted; also whether it ended well.
fn watch(mut command: Command) -> Result<(Counts, bool), Error> {
    let program = command.get_program().to_string_lossy().into_owned();
    let started = |source| Error::Start {
        program,
        source,
        remedy: "check that it is installed and on the PATH",
    };
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(started)?;
    let mut counts = Counts::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line.map_err(Error::file("read", "the output of the tests"))?;
            let line = String::from_utf8_lossy(&line);
            // A closed screen is no reason to stop testing.
            let _ = writeln!(io::stdout(), "{line}");
            counts.read(&line);
        }
    }
    let status = child.wait().map_err(Error::file("wait for", "the tests"))?;
    Ok((counts, status.success()))
}

impl Counts {
    /// Reads the closing lines of Cargo's, node's and forge's tests.
    fn read(&mut self, line: &str) {
        let line = plain(line);
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            // test result: ok. 5 passed; 0 failed; 0 ignored; …
            ["test", "result:", _, passed, "passed;", failed, "failed;", ignored, "ignored;", ..]
            // Ran 2 test suites in 1.2s (2.1s CPU time): 5 tests passed, 0 failed, 0 skipped (5 total tests)
            | ["Ran", _, "test", "suites" | "suite", "in", .., passed, "tests", "passed,", failed, "failed,", ignored, "skipped", _, "total", "tests)"] => {
                self.passed += number(passed);
                self.failed += number(failed) + number(ignored);
            }
            // ℹ pass 5
            [_, "pass", passed] => self.passed += number(passed),
            [_, "fail" | "cancelled" | "skipped" | "todo", failed] => self.failed += number(failed),
            _ => {}
        }
    }
}

fn number(word: &str) -> u64 {
    word.parse().unwrap_or_default()
}

/// `line` without terminal colours.
fn plain(line: &str) -> String {
    let mut parts = line.split('\x1b');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once('m').map_or("", |(_, rest)| rest)
    })
}

#[cfg(test)]
mod tests {
    use super::Counts;

    fn counts(output: &str) -> (u64, u64) {
        let mut counts = Counts::default();
        output.lines().for_each(|line| counts.read(line));
        (counts.passed, counts.failed)
    }

    #[test]
    fn cargos_closing_lines_are_counted() {
        let output = "running 2 tests\ntest result: ok. 5 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\
            test result: FAILED. 2 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(counts(output), (7, 2));
    }

    #[test]
    fn nodes_closing_lines_are_counted() {
        assert_eq!(
            counts(
                "\u{2139} tests 4\n\u{2139} pass 2\n\u{2139} fail 1\n\u{2139} cancelled 0\n\u{2139} skipped 1"
            ),
            (2, 2)
        );
        assert_eq!(counts("\x1b[34m\u{2139} pass 3\x1b[39m"), (3, 0));
    }

    #[test]
    fn forges_closing_line_is_counted_once() {
        let output = "Suite result: ok. 3 passed; 0 failed; 0 skipped; finished in 1ms (2ms CPU time)\n\
            Ran 2 test suites in 9.5ms (11ms CPU time): 7 tests passed, 1 failed, 0 skipped (8 total tests)";
        assert_eq!(counts(output), (7, 1));
    }
}
