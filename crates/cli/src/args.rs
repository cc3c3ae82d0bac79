//! The command line.

use crate::number::{address, seconds, token_id, uint256, word};
use atomine_protocol::{Address, AtomHash, Nonce, PrevHash, Target, TokenId};
use clap::{Parser, Subcommand};
use std::{num::NonZeroUsize, path::PathBuf, time::Duration};

/// Atoms by numbers: what they are, what they take, and mining them without a browser.
#[derive(Debug, Parser)]
#[command(name = "atomine", version, about)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Say what an Atom is: element, charge, colours and all other traits
    Atom(AtomArgs),
    /// Print the work hash of a nonce
    Work(WorkArgs),
    /// Say what mining an Atom of POW NFT takes: target, expected hashes, price
    Target(TargetArgs),
    /// Write an Atom as sound, score and picture
    Render(RenderArgs),
    /// Print the Keccak-256 of an Atom's sound, as the page shows it under details
    Verify(VerifyArgs),
    /// Search for a nonce and print it, alone, on the standard output
    ///
    /// Exit codes: 0 found, 2 bad input, 3 time is up.
    Mine(MineArgs),
    /// Measure how fast this machine hashes: each kernel on one core, and the fastest on all cores
    Bench(BenchArgs),
}

/// Either one Atom or a file of them.
#[derive(Debug, clap::Args)]
pub(crate) struct AtomArgs {
    /// The Atom's number
    #[arg(value_parser = token_id, allow_negative_numbers = true, required_unless_present = "csv", requires = "hash")]
    pub(crate) id: Option<TokenId>,
    /// The Atom's own hash (not its work hash): 64 hex digits
    #[arg(value_parser = word::<AtomHash>)]
    pub(crate) hash: Option<AtomHash>,
    /// Print as JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// A CSV file with header columns `token_id` and `hash`; prints a CSV with the traits of each row
    #[arg(long, value_name = "FILE", conflicts_with_all = ["id", "json"])]
    pub(crate) csv: Option<PathBuf>,
}

/// An Atom and the files to write.
#[derive(Debug, clap::Args)]
pub(crate) struct RenderArgs {
    #[command(flatten)]
    pub(crate) atom: VerifyArgs,
    /// The sound: 16-bit stereo at 44,100 Hz
    #[arg(long, value_name = "FILE", required_unless_present_any = ["midi", "svg", "png"])]
    pub(crate) wav: Option<PathBuf>,
    /// The score: MIDI, type 1
    #[arg(long, value_name = "FILE")]
    pub(crate) midi: Option<PathBuf>,
    /// The picture
    #[arg(long, value_name = "FILE")]
    pub(crate) svg: Option<PathBuf>,
    /// The picture in pixels
    #[arg(long, value_name = "FILE")]
    pub(crate) png: Option<PathBuf>,
    /// How many pixels wide and high
    #[arg(long, requires = "png", default_value_t = 1024, value_parser = clap::value_parser!(u32).range(16..=8192))]
    pub(crate) width: u32,
    /// How long the sound is, looping if need be [default: the piece, once]
    #[arg(long, requires = "wav", value_parser = clap::value_parser!(u32).range(1..=3600))]
    pub(crate) seconds: Option<u32>,
}

/// An Atom.
#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// The Atom's number
    #[arg(value_parser = token_id, allow_negative_numbers = true)]
    pub(crate) id: TokenId,
    /// The Atom's own hash (not its work hash): 64 hex digits
    #[arg(value_parser = word::<AtomHash>)]
    pub(crate) hash: AtomHash,
}

/// A nonce and what it is for.
#[derive(Debug, clap::Args)]
pub(crate) struct WorkArgs {
    /// The account that will submit the nonce
    #[arg(long, value_parser = address)]
    pub(crate) sender: Address,
    /// The newest Atom's hash
    #[arg(long, value_parser = word::<PrevHash>)]
    pub(crate) prev: PrevHash,
    /// The nonce: decimal, or hex after 0x
    #[arg(long, value_parser = uint256::<Nonce>, allow_negative_numbers = true)]
    pub(crate) nonce: Nonce,
}

/// An Atom not mined yet.
#[derive(Debug, clap::Args)]
pub(crate) struct TargetArgs {
    /// The Atom's number
    #[arg(value_parser = token_id, allow_negative_numbers = true)]
    pub(crate) id: TokenId,
    /// Print as JSON, big numbers as strings
    #[arg(long)]
    pub(crate) json: bool,
}

/// What to search for, and how hard.
#[derive(Debug, clap::Args)]
pub(crate) struct MineArgs {
    /// The account that will submit the nonce
    #[arg(long, value_parser = address)]
    pub(crate) sender: Address,
    /// The newest Atom's hash
    #[arg(long, value_parser = word::<PrevHash>)]
    pub(crate) prev: PrevHash,
    /// What the work hash must be below: hex after 0x (as `atomine target` prints it), or decimal
    #[arg(long, value_parser = reachable_target, allow_negative_numbers = true)]
    pub(crate) target: Target,
    /// Threads to mine on [default: one for each processor core]
    #[arg(long)]
    pub(crate) threads: Option<NonZeroUsize>,
    /// Mine on the GPU instead of the processor
    #[arg(long, conflicts_with = "threads")]
    pub(crate) gpu: bool,
    /// Take what only imitates a GPU too, for tests
    #[arg(long, hide = true, requires = "gpu")]
    pub(crate) software: bool,
    /// Give up after so many seconds
    #[arg(long, value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) seconds: Option<Duration>,
}

/// How long to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct BenchArgs {
    /// Seconds for each kernel, and for all cores
    #[arg(long, default_value = "3", value_parser = seconds, allow_negative_numbers = true)]
    pub(crate) seconds: Duration,
}

fn reachable_target(text: &str) -> Result<Target, String> {
    match uint256::<Target>(text)? {
        target if target == Target::default() => Err("no hash is below 0".to_owned()),
        target => Ok(target),
    }
}
