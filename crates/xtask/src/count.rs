//! `cargo xtask count`: the instructions that each kernel executes per hash, which no busy machine can change: natively
//! the processor's, counted by valgrind, in the worker's builds WebAssembly's own.
//!
//! A kernel that valgrind's machine cannot run (AVX-512) is not counted.

mod meter;

use crate::{apt, build, error::Error, npm, process, progress, workspace::Workspace};
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
    let mut figures = in_wasm(&workspace)?;
    for name in process::capture(valgrind(&program, 2).arg("names"))?.lines() {
        let figure = progress::step(format!("Counting {name}"), |_| natively(&program, name))?;
        figures.insert(format!("native/{name}"), figure);
    }
    println!("instructions per hash        now       last");
    for (name, figure) in &figures {
        let last = last.get(name);
        let last = last.map_or_else(String::new, |last| format!("{last:.1}"));
        println!("{name:<22}{figure:>10.1} {last:>10}");
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

/// The instructions of one hash in each of the worker's builds.
fn in_wasm(workspace: &Workspace) -> Result<BTreeMap<String, f64>, Error> {
    npm::require()?;
    let modules = build::build_bench(workspace)?;
    let metered = workspace.target.join("count");
    fs::create_dir_all(&metered).map_err(Error::file("make", &metered))?;
    for folder in build::worker_folders() {
        let place = modules.join(folder);
        let (module, script) = (
            place.join("atomine_bench_bg.wasm"),
            place.join("atomine_bench.js"),
        );
        let bytes = fs::read(&module).map_err(Error::file("read", &module))?;
        let bytes = meter::install(&bytes).map_err(Error::Checks)?;
        let copy = metered.join(folder);
        fs::write(copy.with_extension("wasm"), bytes).map_err(Error::file("write", &copy))?;
        fs::copy(&script, copy.with_extension("mjs")).map_err(Error::file("copy", &script))?;
    }
    let mut node = Command::new("node");
    node.arg("count.mjs").arg(&metered);
    node.args(HASHES.map(|hashes| hashes.to_string()));
    let said = process::capture(node.current_dir(workspace.bench()))?;
    let figures = said.lines().map(|line| {
        let figure = wasm_figure(line);
        figure.ok_or_else(|| Error::Checks(format!("this is no count: {line}")))
    });
    figures.collect()
}

/// `simd128 123 456`: a kernel, and what it executed for the fewer and for the more hashes.
fn wasm_figure(line: &str) -> Option<(String, f64)> {
    let mut words = line.split_whitespace();
    let name = format!("wasm/{}", words.next()?);
    let [few, many] = [words.next()?, words.next()?].map(str::parse);
    Some((name, per_hash([few.ok()?, many.ok()?])))
}

/// The instructions of one hash, of those that so many took.
fn per_hash([few, many]: [u64; 2]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let instructions = many.saturating_sub(few) as f64;
    #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
    let hashes = (HASHES[1] - HASHES[0]) as f64;
    instructions / hashes
}

/// The instructions of one hash, natively.
fn natively(program: &Path, kernel: &str) -> Result<f64, Error> {
    let [few, many] = HASHES;
    let executed = |hashes: u64| {
        let mut count = valgrind(program, 1);
        count.args(["hash", kernel, &hashes.to_string()]);
        let said = process::capture(&mut count)?;
        collected(&said).ok_or_else(|| Error::Checks("valgrind gave no count".to_owned()))
    };
    Ok(per_hash([executed(few)?, executed(many)?]))
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
    use super::{collected, read, wasm_figure, write};
    use std::collections::BTreeMap;

    #[test]
    fn valgrinds_count_is_read() {
        let said = "==7== Events    : Ir\n==7== Collected : 1234567\n==7== \n";
        assert_eq!(collected(said), Some(1_234_567));
        assert_eq!(collected("==7== Events : Ir"), None);
    }

    #[test]
    fn counts_of_wasm_are_read() {
        let more = format!("simd128 1000 {}", 1_000 + 900 * (1 << 16));
        assert_eq!(wasm_figure(&more), Some(("wasm/simd128".to_owned(), 900.0)));
        assert_eq!(wasm_figure("simd128 1000"), None);
    }

    #[test]
    fn figures_are_read_as_they_were_written() {
        let figures = BTreeMap::from([("avx2".to_owned(), 912.5), ("portable".to_owned(), 3821.0)]);
        assert_eq!(read(&write(&figures)), figures);
        assert!(read("").is_empty());
    }
}
