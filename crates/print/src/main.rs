//! Forty real Atoms side by side, to look at: `cargo xtask contact-sheet`.

use atomine_print::{PrintError, encoded, pixels};
use atomine_protocol::{Atom, TokenId};
use clap::Parser;
use fs_err as fs;
use resvg::tiny_skia::{Color, Pixmap, PixmapPaint, Transform};
use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Columns and rows of a sheet.
const COLUMNS: usize = 8;
const ROWS: usize = 5;
/// The page's own grounds, light and dark.
const LIGHT: [u8; 3] = [0xfa, 0xfa, 0xfb];
const DARK: [u8; 3] = [0x0f, 0x10, 0x14];

/// Forty real Atoms side by side, to look at.
#[derive(Parser)]
#[command(name = "cargo xtask contact-sheet")]
struct Arguments {
    /// Where to write the picture.
    #[arg(default_value_os_t = project("target/contact-sheet.png"))]
    file: PathBuf,
    /// On the light page instead of the dark.
    #[arg(long)]
    light: bool,
    /// How many pixels each Atom is wide.
    #[arg(long, default_value_t = 256, value_parser = clap::value_parser!(u32).range(16..=2048))]
    size: u32,
    /// Other forty: where in the list to begin.
    #[arg(long, default_value_t = 0)]
    skip: usize,
}

/// Why there is no sheet.
#[derive(Debug, thiserror::Error)]
enum Error {
    /// The table of real Atoms or the sheet itself; the error names it.
    #[error(transparent)]
    File(#[from] io::Error),
    /// An Atom could not be drawn.
    #[error(transparent)]
    Print(#[from] PrintError),
}

fn main() -> ExitCode {
    match sheet(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn sheet(arguments: &Arguments) -> Result<(), Error> {
    let table = fs::read_to_string(project("tests/vectors/pownft-atoms.csv"))?;
    let atoms = chosen(&real(&table), arguments.skip);
    let gap = arguments.size / 10;
    let step = arguments.size + gap;
    let span = |count: usize| step * u32::try_from(count).unwrap_or(0) + gap;
    let too_large = || PrintError::Size(span(COLUMNS));
    let mut sheet = Pixmap::new(span(COLUMNS), span(ROWS)).ok_or_else(too_large)?;
    let [red, green, blue] = if arguments.light { LIGHT } else { DARK };
    sheet.fill(Color::from_rgba8(red, green, blue, 255));
    for (place, atom) in atoms.iter().enumerate() {
        let [x, y] =
            [place % COLUMNS, place / COLUMNS].map(|n| i32::try_from(span(n)).unwrap_or(i32::MAX));
        let picture = pixels(atom, arguments.size)?;
        let (paint, still) = (PixmapPaint::default(), Transform::identity());
        sheet.draw_pixmap(x, y, picture.as_ref(), &paint, still, None);
    }
    fs::write(&arguments.file, encoded(&sheet)?)?;
    println!("{} Atoms are on {}", atoms.len(), arguments.file.display());
    Ok(())
}

/// A file of the project.
fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

/// The Atoms of the table.
fn real(csv: &str) -> Vec<Atom> {
    let atom = |line: &str| {
        let mut columns = line.split(',');
        let id = TokenId::new(columns.next()?.parse().ok()?)?;
        let hash = columns.next()?.parse().ok()?;
        Some(Atom { id, hash })
    };
    csv.lines().skip(1).filter_map(atom).collect()
}

/// A sheet's worth, spread evenly over the periodic table: of each element the one after `skip` others, where there are so many.
fn chosen(atoms: &[Atom], skip: usize) -> Vec<Atom> {
    let mut of_element: BTreeMap<u8, Vec<Atom>> = BTreeMap::new();
    for atom in atoms {
        of_element
            .entry(atom.traits().element.z)
            .or_default()
            .push(*atom);
    }
    let one = |atoms: &Vec<Atom>| atoms.get(skip % atoms.len().max(1)).copied();
    let atoms: Vec<_> = of_element.values().filter_map(one).collect();
    let count = atoms.len().min(COLUMNS * ROWS);
    let spread = |n: usize| n * (atoms.len() - 1) / (count - 1).max(1);
    (0..count)
        .filter_map(|n| atoms.get(spread(n)).copied())
        .collect()
}
