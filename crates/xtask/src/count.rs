//! `cargo xtask count`: the instructions that each native kernel executes per hash, which no busy machine can change.
//!
//! A kernel that valgrind's machine cannot run (AVX-512) is not counted.

use crate::{apt, error::Error, process, progress, workspace::Workspace};
use std::{collections::BTreeMap, env, fs, path::Path, process::Command};

/// Counted are the hashes between these two runs, so that starting the program and setting up do not count.
const HASHES: [u64; 2] = [1 << 16, 1 << 17];
/// The last figures that were accepted, instructions per hash.
const FIGURES: &str = "crates/bench/instructions.csv";

/// What to do with the figures.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// Take these figures for the last ones
    #[arg(long)]
    accept: bool,
}

/// Counts, and prints the figures beside the last ones.
pub(crate) fn run(options: &Options) -> Result<(), Error> {
    let workspace = Workspace::find()?;
    ensure_valgrind()?;
    progress::loud("Compiling the native benchmark", || {
        let mut cargo = process::cargo();
        cargo.args(["build", "--release", "--package", "atomine-bench"]);
        process::run(cargo.current_dir(&workspace.root))
    })?;
    let program = format!("release/atomine-bench{}", env::consts::EXE_SUFFIX);
    let program = workspace.target.join(program);
    let path = workspace.root.join(FIGURES);
    let last = read(&fs::read_to_string(&path).unwrap_or_default());
    let mut figures = BTreeMap::new();
    println!("instructions per hash        now       last");
    for name in process::capture(valgrind(&program, 2).arg("names"))?.lines() {
        let figure = progress::step(format!("Counting {name}"), |_| per_hash(&program, name))?;
        let before = last
            .get(name)
            .map_or_else(String::new, |last| format!("{last:.1}"));
        println!("{name:<22}{figure:>10.1} {before:>10}");
        figures.insert(name.to_owned(), figure);
    }
    if options.accept {
        fs::write(&path, write(&figures)).map_err(Error::file("write", &path))?;
    }
    Ok(())
}

fn ensure_valgrind() -> Result<(), Error> {
    if process::exists("valgrind") {
        return Ok(());
    }
    if apt::install("valgrind", &["valgrind"])? {
        return Ok(());
    }
    Err(Error::Missing {
        what: "valgrind, which counts the instructions, is not here".to_owned(),
        remedy: "install it (Debian: apt-get install valgrind)".to_owned(),
    })
}

/// The program in valgrind, whose own words go to this file descriptor.
fn valgrind(program: &Path, words_to: u8) -> Command {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(format!("--log-fd={words_to}")).arg(program);
    valgrind
}

/// The instructions of one hash.
fn per_hash(program: &Path, kernel: &str) -> Result<f64, Error> {
    let [few, many] = HASHES;
    let executed = |hashes: u64| {
        let mut count = valgrind(program, 1);
        count.args(["hash", kernel, &hashes.to_string()]);
        let said = process::capture(&mut count)?;
        collected(&said).ok_or_else(|| Error::Checks("valgrind gave no count".to_owned()))
    };
    let instructions = executed(many)?.saturating_sub(executed(few)?);
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let per_hash = instructions as f64 / (many - few) as f64;
    Ok(per_hash)
}

/// The number in callgrind's line `==123== Collected : 4567`.
fn collected(said: &str) -> Option<u64> {
    let (_, rest) = said.split_once("Collected : ")?;
    rest.split_whitespace().next()?.parse().ok()
}

fn read(figures: &str) -> BTreeMap<String, f64> {
    let rows = figures
        .lines()
        .skip(1)
        .filter_map(|line| line.rsplit_once(','));
    rows.filter_map(|(name, figure)| Some((name.to_owned(), figure.parse().ok()?)))
        .collect()
}

fn write(figures: &BTreeMap<String, f64>) -> String {
    let rows = figures
        .iter()
        .map(|(name, figure)| format!("{name},{figure:.1}\n"));
    format!("kernel,instructions_per_hash\n{}", rows.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{collected, read, write};
    use std::collections::BTreeMap;

    #[test]
    fn valgrinds_count_is_read() {
        let said = "==7== Events    : Ir\n==7== Collected : 1234567\n==7== \n";
        assert_eq!(collected(said), Some(1_234_567));
        assert_eq!(collected("==7== Events : Ir"), None);
    }

    #[test]
    fn figures_are_read_as_they_were_written() {
        let figures = BTreeMap::from([("avx2".to_owned(), 912.5), ("portable".to_owned(), 3821.0)]);
        assert_eq!(read(&write(&figures)), figures);
        assert!(read("").is_empty());
    }
}
