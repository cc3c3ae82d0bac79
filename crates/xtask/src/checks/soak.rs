//! `cargo xtask soak`: the checks that take hours on a busy machine, and find what a thousand cases do not.

use super::{cargo, in_page, tally::Tally};
use crate::{error::Error, npm, reproduce, workspace::Workspace};
use std::process::Command;

/// What is fuzzed: a name, Cargo's arguments that choose the tests, and the cases of each.
const FUZZED: [(&str, &[&str], &str); 8] = [
    (
        "what nodes and wallets answer, ABI, JSON-RPC, collections.json and queries",
        &["--package", "atomine-chain", "--lib"],
        "1000000",
    ),
    (
        "messages between page and workers",
        &["--package", "atomine-mine", "--test", "message"],
        "4000000",
    ),
    (
        "addresses of pages, stored records, numbers in words",
        &["--package", "atomine-app", "--lib"],
        "2000000",
    ),
    (
        "the rules and traits",
        &["--package", "atomine-protocol", "--tests"],
        "1000000",
    ),
    (
        "scores, MIDI files and WAV headers",
        &["--package", "atomine-music", "--test", "score"],
        "100000",
    ),
    (
        "pictures",
        &["--package", "atomine-art", "--test", "picture"],
        "200000",
    ),
    (
        "CSV files",
        &["--package", "atomine-cli", "--bin", "atomine"],
        "1000000",
    ),
    (
        "the contract beside the protocol: targets, costs, dividends, work, metadata, pictures",
        &["--package", "atomine-contract", "--test", "contract"],
        "20000",
    ),
];
/// Sequences of calls that the contract's invariants are held to, and how many calls each has.
const INVARIANT_RUNS: &str = "10000";
const INVARIANT_DEPTH: &str = "16";

/// A part of the long checks.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// Millions of random inputs to everything that reads or writes.
    Fuzz,
    /// The contract's invariants.
    Contract,
    /// A day of job changes in Chromium.
    Jobs,
    /// The page built in two folders.
    Reproduce,
}

const ALL: [Part; 4] = [Part::Reproduce, Part::Contract, Part::Jobs, Part::Fuzz];

/// Runs `parts`, or all; goes on after a failure.
///
/// # Errors
/// [`Error::ChecksFailed`] when any failed or could not run.
pub(crate) fn run(parts: &[Part]) -> Result<(), Error> {
    let workspace = Workspace::find()?;
    let mut tally = Tally::default();
    for part in ALL
        .into_iter()
        .filter(|part| parts.is_empty() || parts.contains(part))
    {
        match part {
            Part::Fuzz => fuzz(&workspace, &mut tally),
            Part::Contract => contract(&workspace, &mut tally),
            Part::Jobs => jobs(&workspace, &mut tally),
            Part::Reproduce => tally.check("the page built in two folders", || {
                reproduce::run(&reproduce::Options::default())
            }),
        }
    }
    tally.close()
}

fn fuzz(workspace: &Workspace, tally: &mut Tally) {
    for (name, tests, cases) in FUZZED {
        tally.tests(&format!("{cases} cases each: {name}"), || {
            let mut test = cargo(workspace);
            test.args(["test", "--profile", "soak"]).args(tests);
            test.env("PROPTEST_CASES", cases);
            Ok(test)
        });
    }
}

fn contract(workspace: &Workspace, tally: &mut Tally) {
    let name = format!("{INVARIANT_RUNS} runs of the contract's invariants");
    tally.tests(&name, || {
        let folder = workspace.root.join("crates/contract");
        npm::require()?;
        npm::install(workspace, &folder)?;
        let mut forge = Command::new(folder.join("node_modules/.bin/forge"));
        forge
            .args(["test", "--match-contract", "SolvencyTest"])
            .env("FOUNDRY_INVARIANT_RUNS", INVARIANT_RUNS)
            .env("FOUNDRY_INVARIANT_DEPTH", INVARIANT_DEPTH)
            .current_dir(&folder);
        Ok(forge)
    });
}

fn jobs(workspace: &Workspace, tally: &mut Tally) {
    tally.tests("a day of job changes in Chromium", || {
        let mut node = in_page(workspace)?;
        node.arg("soak/jobs.test.js");
        Ok(node)
    });
}
