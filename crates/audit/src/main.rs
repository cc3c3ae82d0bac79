//! Measures the music of real Atoms, and writes what is made from it.

mod emission;
mod error;
mod goldens;
mod table;

use clap::Parser;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The music's measures and goldens.
#[derive(Parser)]
#[command(name = "cargo xtask")]
enum Command {
    /// Render real Atoms and measure loudness, peaks, clicks, onsets, likeness.
    Sound {
        /// How many Atoms, spread over all that are at hand.
        #[arg(long, default_value_t = 500)]
        count: usize,
        /// How many threads.
        #[arg(long, default_value_t = 2)]
        threads: usize,
    },
    /// Take what the music is now for what it should be: writes tests/goldens/music.csv.
    Accept,
    /// Write the music's table of emission lines from crates/music/data.
    EmissionLines,
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Sound { count, threads } => table::audit(count, threads),
        Command::Accept => goldens::accept(),
        Command::EmissionLines => emission::write_lines(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A file of the project.
fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}
