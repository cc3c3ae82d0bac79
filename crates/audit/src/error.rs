//! What can go wrong while measuring.

use std::{io, path::PathBuf};

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A file of the project could not be read or written; the error names it.
    #[error(transparent)]
    File(#[from] io::Error),
    /// A line of a table is none.
    #[error("{}: not a row: {line}", path.display())]
    Row {
        /// The table.
        path: PathBuf,
        /// The line.
        line: String,
    },
    /// The music is not what it promises to be.
    #[error("{0} promises are broken")]
    Broken(usize),
}
