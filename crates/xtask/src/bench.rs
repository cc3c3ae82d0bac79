//! `cargo xtask bench`: the kernels beside other Keccak implementations, in turns, in one session of a real browser.

use crate::{apt, browser, build, error::Error, npm, process, progress, workspace::Workspace};
use std::{
    env,
    path::PathBuf,
    process::{Command, Stdio},
};

/// What building XKCP takes besides a C compiler: programs, and Debian's packages that bring them.
const XKCP_NEEDS: [&str; 2] = ["make", "xsltproc"];
const XKCP_PACKAGES: [&str; 3] = ["make", "xsltproc", "libclang-dev"];

/// What to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Print `{"browser":…,"rows":[{"name","kind","median_hs","p98_hs"}]}` and nothing else on stdout
    #[arg(long)]
    json: bool,
    /// Measure the native kernels and their peers as well, in one program
    #[arg(long)]
    native: bool,
    /// Measure in Firefox
    #[arg(long)]
    firefox: bool,
    /// Slices of 20 ms for each implementation
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
}

/// Builds what is measured, and measures it.
pub(crate) fn run(options: &Options) -> Result<(), Error> {
    let workspace = Workspace::find()?;
    npm::require()?;
    npm::install(&workspace, &workspace.tests())?;
    npm::install(&workspace, &workspace.bench())?;
    let (kind, program) = if options.firefox {
        ("firefox", browser::ensure_firefox()?)
    } else {
        ("chrome", browser::ensure()?.chromium)
    };
    let modules = build::build_bench(&workspace)?;
    let mut node = Command::new("node");
    node.arg("hash-rate.mjs").current_dir(workspace.bench());
    node.args(["--browser", kind, "--rounds", &options.rounds.to_string()]);
    node.arg("--program").arg(program);
    node.arg("--modules").arg(modules);
    if options.native {
        node.arg("--native").arg(native(&workspace)?);
    }
    if options.json {
        node.arg("--json");
    }
    process::run(&mut node)
}

/// Builds the native program, with XKCP where that can be built.
fn native(workspace: &Workspace) -> Result<PathBuf, Error> {
    progress::loud("Compiling the native benchmark", || {
        if env::consts::ARCH == "x86_64" && cfg!(unix) {
            apt_for_xkcp()?;
            if process::run(&mut cargo(workspace, &["--features", "xkcp"])).is_ok() {
                return Ok(());
            }
        }
        progress::note("XKCP is left out: it builds on x86-64 with make, xsltproc and libclang");
        process::run(&mut cargo(workspace, &[]))
    })?;
    let program = format!("release/atomine-bench{}", env::consts::EXE_SUFFIX);
    Ok(workspace.target.join(program))
}

fn cargo(workspace: &Workspace, more: &[&str]) -> Command {
    let mut cargo = process::cargo();
    cargo.args(["build", "--release", "--package", "atomine-bench"]);
    cargo.args(more).current_dir(&workspace.root);
    // XKCP's four hashes at a time in 256-bit vectors, whatever this machine has besides.
    cargo.env("XKCP_RS_TARGET", "AVX2").stdout(Stdio::null());
    cargo
}

/// Installs what XKCP is built with, where something is missing and we may.
fn apt_for_xkcp() -> Result<(), Error> {
    if !XKCP_NEEDS.into_iter().all(process::exists) {
        apt::install("what XKCP is built with", &XKCP_PACKAGES)?;
    }
    Ok(())
}
