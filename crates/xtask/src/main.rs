//! The project's own commands: `cargo xtask build | serve | test-runner`.

mod build;
mod error;
mod npm;
mod process;
mod progress;
mod serve;
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
    /// Build the page's wasm modules into pkg/.
    Build,
    /// Build, then serve the page on this machine.
    Serve {
        /// The port; without it, the first free one from 8080; 0 lets the system choose.
        #[arg(long)]
        port: Option<u16>,
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
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<(), Error> {
    match command {
        Command::Build => build::build(&Workspace::find()?),
        Command::Serve { port } => {
            let workspace = Workspace::find()?;
            build::build(&workspace)?;
            let listener = serve::listen(port)?;
            println!(
                "Atomine is at {} (Ctrl-C ends it)",
                serve::address(&listener)?
            );
            serve::serve(
                listener,
                Site::new(workspace.www(), workspace.pkg(), Vec::new()),
            )
        }
        Command::TestRunner { arguments } => test_runner::run(arguments),
    }
}
