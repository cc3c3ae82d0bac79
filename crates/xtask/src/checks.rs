//! `cargo xtask test`: every check of the project, each part also alone.

mod licences;
mod purity;
pub(crate) mod soak;
mod tally;
mod vulkan;

use crate::{
    browser, build, error::Error, npm, process, synth, wasm_target, wasm_target::TARGET,
    workspace::Workspace,
};
use std::{env, fs, path::PathBuf, process::Command};
use tally::Tally;

/// Crates whose tests run in a browser.
const BROWSER_TESTED: [&str; 5] = [
    "atomine-gpu",
    "atomine-gpu-worker",
    "atomine-keccak",
    "atomine-web",
    "atomine-worker",
];
/// Crates that exist in the browser alone: the native clippy does not see most of them.
const BROWSER_ONLY: [&str; 3] = ["atomine-gpu-worker", "atomine-web", "atomine-worker"];
/// Crates with code of their own for 128-bit SIMD.
const VECTORISED: [&str; 2] = ["atomine-keccak", "atomine-worker"];

/// The command line as it is not built by default.
const CLI_WITH_GPU: [&str; 4] = ["--package", "atomine-cli", "--features", "gpu"];

/// Names the folder of the real `MetaMask`, which cannot be had from a package registry.
const METAMASK: &str = "ATOMINE_METAMASK";

/// A part of the checks.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Part {
    /// Formatting, clippy, what the pure crates depend on, licences.
    Lint,
    /// Native tests of all crates.
    Native,
    /// The contract: artifact rebuilt and compared, forge's tests.
    Contract,
    /// wasm tests in headless Chromium.
    Wasm,
    /// The whole page in Chromium against a local chain.
    E2e,
}

/// In this order: what fails soonest comes first.
const ALL: [Part; 5] = [
    Part::Lint,
    Part::Native,
    Part::Contract,
    Part::Wasm,
    Part::E2e,
];

/// Runs `parts`, or all; goes on after a failure, so that one run shows all there is.
///
/// # Errors
/// [`Error::Checks`] when any check failed or could not run.
pub(crate) fn run(parts: &[Part]) -> Result<(), Error> {
    let workspace = Workspace::find()?;
    let mut tally = Tally::default();
    for part in ALL
        .into_iter()
        .filter(|part| parts.is_empty() || parts.contains(part))
    {
        match part {
            Part::Lint => lint(&workspace, &mut tally),
            Part::Native => native(&workspace, &mut tally),
            Part::Contract => contract(&workspace, &mut tally),
            Part::Wasm => wasm(&workspace, &mut tally),
            Part::E2e => e2e(&workspace, &mut tally),
        }
    }
    tally.close()
}

fn lint(workspace: &Workspace, tally: &mut Tally) {
    tally.check("formatting", || {
        process::run(cargo(workspace).args(["fmt", "--all", "--check"]))
    });
    tally.check("clippy", || {
        let flags = [
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "--deny",
            "warnings",
        ];
        process::run(cargo(workspace).args(flags))
    });
    tally.check("clippy of the command line's GPU support", || {
        let mut clippy = cargo(workspace);
        clippy.args(["clippy", "--all-targets"]).args(CLI_WITH_GPU);
        process::run(clippy.args(["--", "--deny", "warnings"]))
    });
    tally.check("clippy for wasm32", || {
        wasm_target::ensure(workspace)?;
        let mut clippy = cargo(workspace);
        clippy
            .args(["clippy", "--target", TARGET, "--all-targets"])
            .args(packages(&BROWSER_ONLY));
        process::run(clippy.args(["--", "--deny", "warnings"]))?;
        // The benchmark's library; its program is native.
        let mut clippy = cargo(workspace);
        clippy.args([
            "clippy",
            "--target",
            TARGET,
            "--lib",
            "--package",
            "atomine-bench",
        ]);
        process::run(clippy.args(["--", "--deny", "warnings"]))
    });
    for (name, flags) in build::VECTORS {
        tally.check(&format!("clippy for wasm32 with {name}"), || {
            let mut clippy = cargo(workspace);
            clippy
                .args(["clippy", "--target", TARGET, "--all-targets"])
                .args(packages(&VECTORISED));
            build::with_flags(&mut clippy, flags)
                .arg("--target-dir")
                .arg(workspace.target.join(name));
            process::run(clippy.args(["--", "--deny", "warnings"]))
        });
    }
    tally.check("pure crates see no browser", || purity::check(workspace));
    tally.check("licences", || licences::check(workspace));
}

/// These commands' own tests run apart: together with the other crates, Cargo would build their many dependencies a
/// second time, with the features that all crates ask for.
fn native(workspace: &Workspace, tally: &mut Tally) {
    tally.tests("native tests", || {
        npm::require()?;
        npm::install(workspace, &workspace.tests())?;
        vulkan::ensure()?;
        let mut tests = cargo(workspace);
        tests.args([
            "test",
            "--workspace",
            "--exclude",
            "atomine-xtask",
            "--no-fail-fast",
        ]);
        // Tests that need the local chain or a GPU are ignored where nobody says that they are there.
        tests
            .args(["--", "--include-ignored"])
            .env("ATOMINE_ANVIL", npm::anvil(workspace)?);
        Ok(tests)
    });
    // More than 500 real Atoms, on all cores.
    tally.check("what the music sounds like", || synth::audit("sound", &[]));
    tally.tests("tests of the command line on a GPU", || {
        let mut tests = cargo(workspace);
        tests.arg("test").args(CLI_WITH_GPU);
        tests.args(["--test", "command", "--", "--include-ignored", "gpu"]);
        Ok(tests)
    });
    tally.tests("tests of these commands", || {
        let mut tests = cargo(workspace);
        tests.args(["test", "--package", "atomine-xtask"]);
        Ok(tests)
    });
}

fn contract(workspace: &Workspace, tally: &mut Tally) {
    let folder = workspace.root.join("crates/contract");
    tally.check("the contract's artifact", || {
        npm::require()?;
        npm::install(workspace, &folder)?;
        process::run(
            npm::npm()
                .args(["run", "--silent", "artifact:check"])
                .current_dir(&folder),
        )
    });
    tally.tests("contract tests", || {
        let mut tests = npm::npm();
        tests.args(["test", "--silent"]).current_dir(&folder);
        Ok(tests)
    });
}

fn wasm(workspace: &Workspace, tally: &mut Tally) {
    tally.tests("wasm tests", || {
        wasm_target::ensure(workspace)?;
        let browser = browser::ensure()?;
        let mut tests = cargo(workspace);
        tests
            .args(["test", "--target", TARGET, "--no-fail-fast"])
            .args(packages(&BROWSER_TESTED));
        Ok(in_browser(tests, &browser, workspace))
    });
    for (name, flags) in build::VECTORS {
        tally.tests(&format!("wasm tests with {name}"), || {
            let browser = browser::ensure()?;
            let mut tests = cargo(workspace);
            tests.args([
                "test",
                "--target",
                TARGET,
                "--no-fail-fast",
                "--package",
                "atomine-keccak",
            ]);
            build::with_flags(&mut tests, flags)
                .arg("--target-dir")
                .arg(workspace.target.join(name));
            Ok(in_browser(tests, &browser, workspace))
        });
    }
}

fn e2e(workspace: &Workspace, tally: &mut Tally) {
    tally.check("the music in Node, Chromium and Firefox", || {
        synth::check(workspace)
    });
    tally.tests("end-to-end tests", || {
        let mut node = in_page(workspace)?;
        // One file at a time: each mines, and would slow the others down.
        node.arg("--test-concurrency=1").args(specs(workspace)?);
        if env::var_os(METAMASK).is_some() {
            node.arg("metamask/metamask.test.js");
        }
        node.env("FIREFOX", browser::ensure_firefox()?);
        Ok(node)
    });
    if env::var_os(METAMASK).is_none() {
        tally.not_run(&format!(
            "the page with the real MetaMask: set {METAMASK} to the unpacked extension's folder"
        ));
    }
}

/// Node's test runner, and all that tests of the built page need.
fn in_page(workspace: &Workspace) -> Result<Command, Error> {
    npm::require()?;
    npm::install(workspace, &workspace.tests())?;
    let browser = browser::ensure()?;
    build::build(workspace)?;
    process::run(cargo(workspace).args(["build", "--package", "atomine-cli"]))?;
    let cli = format!("debug/atomine{}", env::consts::EXE_SUFFIX);
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec"])
        .current_dir(workspace.tests());
    node.env("ATOMINE_XTASK", &workspace.program)
        .env("ATOMINE_CLI", workspace.target.join(cli))
        .env("ATOMINE_ANVIL", npm::anvil(workspace)?)
        .env("CHROMIUM", browser.chromium);
    Ok(node)
}

/// The end-to-end tests' files: versions of node disagree on how they would look for them.
fn specs(workspace: &Workspace) -> Result<Vec<PathBuf>, Error> {
    let folder = workspace.tests().join("e2e");
    let entries = fs::read_dir(&folder).map_err(Error::file("read", &folder))?;
    let files = entries.flatten().map(|entry| entry.path());
    let mut specs: Vec<PathBuf> = files
        .filter(|path| path.to_string_lossy().ends_with(".test.js"))
        .collect();
    specs.sort();
    Ok(specs)
}

/// Makes `tests` run in `browser` by this very program, so that Cargo need not look whether to build it again.
fn in_browser(mut tests: Command, browser: &browser::Browser, workspace: &Workspace) -> Command {
    let runner = format!("{} test-runner", workspace.program.display());
    tests
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", &browser.driver);
    tests
}

fn cargo(workspace: &Workspace) -> Command {
    let mut cargo = process::cargo();
    cargo.current_dir(&workspace.root);
    cargo
}

fn packages<'a>(names: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    names.iter().flat_map(|name| ["--package", name])
}
