//! What can go wrong in the project's commands, each with what to do about it.

use std::{io, path::PathBuf};

/// Why a command stopped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Reading, writing or locking a file failed.
    #[error("cannot {action} {}: {source}", path.display())]
    File {
        /// What was tried, as a verb.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
    /// A program could not be started.
    #[error("cannot start {program}: {source}\n  what to do: {remedy}")]
    Start {
        /// The program's name.
        program: String,
        /// The system's own words.
        source: io::Error,
        /// Where to get it.
        remedy: &'static str,
    },
    /// A program ran and said no.
    #[error("{command} failed ({status}){output}")]
    Command {
        /// The command line.
        command: String,
        /// The exit status in words.
        status: String,
        /// The last lines it printed, where they were not already on the screen; starts with a newline.
        output: String,
    },
    /// Something is missing that this command cannot install by itself.
    #[error("{what}\n  what to do: {remedy}")]
    Missing {
        /// What is missing or wrong.
        what: String,
        /// What to do about it.
        remedy: String,
    },
    /// The wasm32 target could not be installed in any way.
    #[error(
        "Rust's wasm32-unknown-unknown target is missing and could not be installed:{tried}\n  what to do: run `rustup target add wasm32-unknown-unknown` where rustup can download"
    )]
    WasmTarget {
        /// What was tried, a line each, each led by a newline.
        tried: String,
    },
    /// Turning a wasm module into what the page loads failed.
    #[error(
        "wasm-bindgen cannot process {module}: {reason}\n  what to do: the versions of wasm-bindgen and wasm-bindgen-cli must be equal in the manifests"
    )]
    Bindgen {
        /// The module's name.
        module: &'static str,
        /// wasm-bindgen's own words.
        reason: String,
    },
    /// A module could not be split in what is loaded first and the rest.
    #[error(
        "cannot split {module}: {reason}\n  what to do: see that the functions where it is cut, in xtask's build.rs, are there and not inlined"
    )]
    Split {
        /// The module's name.
        module: &'static str,
        /// What was not found or not understood.
        reason: String,
    },
    /// The asked-for port belongs to another program.
    #[error(
        "port {port} is taken by another program\n  what to do: choose another with {flag}, or leave {flag} out to get the next free one"
    )]
    PortTaken {
        /// The port.
        port: u16,
        /// The flag that chooses it.
        flag: &'static str,
    },
    /// The local chain gave no or a wrong answer.
    #[error("the local chain: {0}")]
    Chain(String),
    /// A check found this.
    #[error("{0}")]
    Checks(String),
    /// Checks failed; each has said why already.
    #[error("not everything passed")]
    ChecksFailed,
}

impl Error {
    /// An [`Error::File`], for `map_err`.
    pub(crate) fn file(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File {
            action,
            path,
            source,
        }
    }
}
