//! What can go wrong while measuring.

use std::{io, path::PathBuf};

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A file of the project could not be read or written.
    #[error("cannot {action} {}: {source}", path.display())]
    File {
        /// What was tried, as a verb.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
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

impl Error {
    /// [`Error::File`] for `path`, as `map_err` wants it.
    pub(crate) fn file(
        action: &'static str,
        path: &std::path::Path,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File {
            action,
            path,
            source,
        }
    }
}
