//! The project's own commands: `cargo xtask demo | build | serve | test | soak | bench`.

mod anvil;
mod apt;
mod bench;
mod browser;
mod build;
mod checks;
mod collection;
mod count;
mod demo;
mod error;
mod guard;
mod npm;
mod port;
mod process;
mod progress;
mod reproduce;
mod rpc;
mod serve;
mod shorten;
mod split;
mod synth;
mod test_runner;
mod wasm_target;
mod workspace;

use clap::{Parser, Subcommand};
use error::Error;
use serve::Site;
use std::{ffi::OsString, process::ExitCode};
use workspace::Workspace;

/// The project's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run everything on this machine: a local chain with a collection, the page, a test wallet.
    Demo(demo::Options),
    /// Build the page's wasm modules into pkg/.
    Build,
    /// Build, then serve the page on this machine.
    Serve {
        /// The port; without it, the first free one from 8080; 0 lets the system choose.
        #[arg(long)]
        port: Option<u16>,
    },
    /// Run every check, or only the parts named.
    Test {
        /// The parts.
        parts: Vec<checks::Part>,
    },
    /// Run the checks that take hours, or only the parts named.
    Soak {
        /// The parts.
        parts: Vec<checks::soak::Part>,
    },
    /// Build the page here and in another folder, and see that both, or what a host serves, are the same bytes.
    Reproduce(reproduce::Options),
    /// Measure the kernels beside other Keccak implementations, in one browser session.
    Bench(bench::Options),
    /// Count the instructions that each native kernel executes per hash, beside the last accepted figures.
    Count(count::Options),
    /// Measure the sound of real Atoms: `--count`, `--threads`.
    #[command(disable_help_flag = true)]
    AuditSound {
        /// For the measuring program.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Draw forty real Atoms side by side, to look at: `--light`, `--size`, `--skip`.
    #[command(disable_help_flag = true)]
    ContactSheet {
        /// For the drawing program.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Take what the music is now for what it should be: writes tests/goldens/music.csv.
    AcceptSound,
    /// Write the music's table of emission lines from crates/music/data.
    EmissionLines,
    /// Build the music alone as a wasm module and play the goldens with it in Node, Chromium and Firefox.
    Synth,
    /// Run a program that ends when this command's input does (called by demo).
    #[command(hide = true)]
    Guard {
        /// The program and its arguments.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<OsString>,
    },
    /// Run a wasm test module in a headless browser (called by Cargo).
    #[command(hide = true)]
    TestRunner {
        /// What Cargo passes on.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        // The checks have closed with their own last line.
        Err(Error::ChecksFailed) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Error> {
    match command {
        Command::Demo(options) => demo::run(&options),
        Command::Build => build::build(&Workspace::find()?),
        Command::Serve { port } => {
            let workspace = Workspace::find()?;
            build::build(&workspace)?;
            let listener = port::listen(port, serve::PORT)?;
            let port = port::of(&listener)?;
            println!("Atomine is at http://127.0.0.1:{port}/ (Ctrl-C ends it)");
            serve::serve(
                &listener,
                Site::new(workspace.www(), workspace.pkg(), Vec::new()),
            );
            Ok(())
        }
        Command::Test { parts } => checks::run(&parts),
        Command::Soak { parts } => checks::soak::run(&parts),
        Command::Reproduce(options) => reproduce::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Count(options) => count::run(&options),
        Command::AuditSound { arguments } => synth::audit("sound", &arguments),
        Command::ContactSheet { arguments } => process::run_package("atomine-print", &arguments),
        Command::AcceptSound => synth::audit("accept", &[]),
        Command::EmissionLines => synth::audit("emission-lines", &[]),
        Command::Synth => synth::check(&Workspace::find()?),
        Command::Guard { command } => guard::run(command.into_iter()),
        Command::TestRunner { arguments } => test_runner::run(arguments),
    }
}
