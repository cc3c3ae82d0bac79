//! `cargo xtask emission-lines`: the table of emission lines as Rust, small enough for the synth.

use crate::{error::Error, project};
use fs_err as fs;
use std::{collections::BTreeMap, fmt::Write};

/// Elements 0 to 99; the table has none beyond.
const ROWS: usize = 100;
/// Lines kept of each.
const LINES: usize = 6;
/// The end of red, from which pitches are counted, in nanometres.
const RED_NM: f64 = 780.0;

/// Reads crates/music/data/emission-lines.csv and writes crates/music/src/emission.rs.
pub(crate) fn write_lines() -> Result<(), Error> {
    let music = project("crates/music");
    let csv = music.join("data/emission-lines.csv");
    let text = fs::read_to_string(&csv)?;
    let mut rows = vec![BTreeMap::new(); ROWS];
    for line in text.lines().skip(1) {
        let columns: Vec<_> = line.split(',').collect();
        let parsed = columns.get(..4).and_then(|columns| {
            let row = columns[0].parse::<usize>().ok()?;
            let wavelength_nm: f64 = columns[2].parse().ok()?;
            let intensity: f64 = columns[3].parse().ok()?;
            Some((row, wavelength_nm, intensity))
        });
        let Some((row, wavelength_nm, intensity)) = parsed else {
            return Err(Error::Row {
                path: csv,
                line: line.to_owned(),
            });
        };
        let step = byte(1200.0 * (RED_NM / wavelength_nm).log2() / 5.0);
        if let Some(lines) = rows.get_mut(row) {
            *lines.entry(step).or_insert(0.0) += intensity;
        }
    }
    let table = music.join("src/emission.rs");
    Ok(fs::write(&table, source(&rows))?)
}

fn source(rows: &[BTreeMap<u8, f64>]) -> String {
    let mut source = String::from(HEAD);
    for row in rows {
        let mut lines: Vec<(u8, u8)> = row
            .iter()
            .map(|(&step, intensity)| (step, byte(255.0 * intensity.sqrt())))
            .collect();
        lines.sort_by_key(|&(step, level)| (u8::MAX - level, step));
        lines.resize(LINES, (0, 0));
        let steps = lines.iter().map(|&(step, _)| step);
        let levels = lines
            .chunks_exact(2)
            .map(|pair| sixteenth(pair[0].1) | sixteenth(pair[1].1) << 4);
        let row: Vec<u8> = steps.chain(levels).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(source, "    {row:?},");
    }
    source + "];\n"
}

/// A level in steps of 17: 0 to 15.
const fn sixteenth(level: u8) -> u8 {
    level / 17 + (level % 17 > 8) as u8
}

/// The nearest whole number that fits.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn byte(value: f64) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}

const HEAD: &str = "\
//! The lines of `../data/emission-lines.csv` (NIST), as `cargo xtask emission-lines` writes them. Not edited by hand.

/// By atomic number, up to 6 lines of an element, the strongest first: how far above 780 nm, in steps of 5 cents; then
/// the square roots of their relative intensities, times 15, two in a byte, the first in its lower half. Lines within
/// one step are added. Level 0: no line.
#[rustfmt::skip]
pub(crate) const EMISSION_LINES: [[u8; 9]; 100] = [
";
