//! Measures the music of real Atoms, and writes what is made from it.

mod emission;
mod error;
mod goldens;
mod table;
mod variants;

use clap::Parser;
use std::{
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::ExitCode,
    thread,
};

/// The music's measures and goldens.
#[derive(Parser)]
#[command(name = "cargo xtask")]
enum Command {
    /// Render real Atoms and measure loudness, peaks, clicks, onsets, likeness.
    Sound {
        /// How many Atoms, spread over all that are at hand.
        #[arg(long, default_value_t = 530)]
        count: usize,
        /// How many threads; as many as there are cores without it.
        #[arg(long)]
        threads: Option<NonZeroUsize>,
    },
    /// Take what the music is now for what it should be: writes tests/goldens/music.csv.
    Accept,
    /// Write the music's table of emission lines from crates/music/data.
    EmissionLines,
}

fn main() -> ExitCode {
    let done = match Command::parse() {
        Command::Sound { count, threads } => {
            let threads = threads.or_else(|| thread::available_parallelism().ok());
            table::audit(count, threads.map_or(1, NonZeroUsize::get))
        }
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
