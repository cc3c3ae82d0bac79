//! Atoms from and to CSV.

use crate::{
    atom::Columns,
    error::CliError,
    number::{token_id, word},
};
use atomine_protocol::Atom;
use std::{fs, io::Write, path::Path};

/// Reads the Atoms of a CSV file by its header columns `token_id` and `hash`; other columns are ignored.
/// All of it or nothing: one bad row is an error.
pub(crate) fn read(path: &Path) -> Result<Vec<Atom>, CliError> {
    let file = fs::read(path).map_err(|source| CliError::Open {
        path: path.into(),
        source,
    })?;
    parse(path, &file)
}

/// What `file`, read from `path`, holds.
fn parse(path: &Path, file: &[u8]) -> Result<Vec<Atom>, CliError> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(file);
    let header = reader
        .headers()
        .map_err(|error| reader_error(path, file, error))?
        .clone();
    let column = |name: &str| {
        let place = header
            .iter()
            .position(|column| column.trim_start_matches('\u{feff}') == name);
        place.ok_or_else(|| CliError::Row {
            path: path.into(),
            line: 1,
            problem: format!("the header has no column {name:?}: it must name token_id and hash"),
        })
    };
    let (id_column, hash_column) = (column("token_id")?, column("hash")?);
    let mut atoms = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| reader_error(path, file, error))?;
        let cell = |column| record.get(column).unwrap_or_default();
        let bad = |name: &str, text: &str, problem: &str| CliError::Row {
            path: path.into(),
            line: record.position().map_or(1, |place| line_of(file, place)),
            problem: format!("{name} {text:?}: {problem}"),
        };
        let (id, hash) = (cell(id_column), cell(hash_column));
        atoms.push(Atom {
            id: token_id(id).map_err(|problem| bad("token_id", id, &problem))?,
            hash: word(hash).map_err(|problem| bad("hash", hash, &problem))?,
        });
    }
    Ok(atoms)
}

/// The line of the record that was read from `place` on. The reader's own count is that of the line before where lines
/// end in `\r\n`, or are empty.
fn line_of(file: &[u8], place: &csv::Position) -> u64 {
    let start = usize::try_from(place.byte()).unwrap_or(usize::MAX);
    let (before, after) = file.split_at(start.min(file.len()));
    let ends = after.iter().take_while(|byte| b"\r\n".contains(byte));
    let newlines = before.iter().chain(ends).filter(|&&byte| byte == b'\n');
    newlines.map(|_| 1).sum::<u64>() + 1
}

/// What the CSV reader complains of, with the line where it does.
fn reader_error(path: &Path, file: &[u8], error: csv::Error) -> CliError {
    let line = error.position().map_or(1, |place| line_of(file, place));
    let problem = match error.into_kind() {
        csv::ErrorKind::Io(source) => {
            return CliError::Open {
                path: path.into(),
                source,
            };
        }
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => {
            format!("{len} columns where the header has {expected_len}: complete or remove the row")
        }
        _ => "not UTF-8 text: save the file as plain CSV".to_owned(),
    };
    CliError::Row {
        path: path.into(),
        line,
        problem,
    }
}

/// Prints the traits of `atoms`, header first, as the vector file has them.
pub(crate) fn write(atoms: &[Atom], out: &mut impl Write) -> Result<(), CliError> {
    writeln!(out, "{}", Columns::NAMES)?;
    for atom in atoms {
        Columns::of(atom).write_row(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{parse, write};
    use crate::error::CliError;
    use atomine_protocol::{Atom, AtomHash, TokenId};
    use proptest::prelude::*;
    use std::path::Path;

    /// Cells as files have them, more or less.
    fn any_cell() -> impl Strategy<Value = String> {
        prop_oneof![
            Just("token_id".to_owned()),
            Just("hash".to_owned()),
            Just(format!("0x{}", "a5".repeat(32))),
            any::<u64>().prop_map(|number| number.to_string()),
            ".{0,12}",
        ]
    }

    proptest! {
        #[test]
        fn any_file_is_atoms_or_an_error_with_its_line(
            bytes: Vec<u8>,
            rows in prop::collection::vec(prop::collection::vec(any_cell(), 1..4), 0..6),
            end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        ) {
            let rows: Vec<String> = rows.iter().map(|cells| cells.join(",")).collect();
            let head = [b"token_id,hash\n", bytes.as_slice()].concat();
            for file in [bytes.as_slice(), rows.join(end).as_bytes(), &head] {
                let lines = file.len() as u64 + 1;
                if let Err(CliError::Row { line, .. }) = parse(Path::new("file"), file) {
                    prop_assert!((1..=lines).contains(&line), "line {} of {}", line, lines);
                }
            }
        }

        #[test]
        fn what_is_written_reads_back(atoms in prop::collection::vec((1..=u64::MAX, any::<[u8; 32]>()), 0..8)) {
            let atoms: Vec<Atom> = atoms
                .into_iter()
                .map(|(id, hash)| Atom { id: TokenId::new(id).unwrap(), hash: AtomHash::from(hash) })
                .collect();
            let mut file = Vec::new();
            write(&atoms, &mut file).unwrap();
            prop_assert_eq!(parse(Path::new("file"), &file).unwrap(), atoms);
        }
    }
}
