//! What can go wrong, and the exit code it ends with.

use atomine_mine::native::NativeError;
use std::{io, path::PathBuf};

/// Why a command could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    /// The file cannot be opened.
    #[error("cannot read {path}: {source}; check the path")]
    Open {
        /// As given.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The file is no such CSV.
    #[error("{path}, line {line}: {problem}")]
    Row {
        /// As given.
        path: PathBuf,
        /// From 1, the header included.
        line: u64,
        /// What is wrong and what to do.
        problem: String,
    },
    /// A file cannot be written.
    #[error("cannot write {path}: {source}; check the folder and its space")]
    Create {
        /// As given.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The output went away or is full.
    #[error("cannot write the result: {0}")]
    Write(#[from] io::Error),
    /// The picture cannot be made in pixels.
    #[error(transparent)]
    Print(#[from] atomine_print::PrintError),
    /// Mining could not go on.
    #[error("mining stopped: {0}")]
    Mining(#[from] NativeError),
    /// A kernel does not find what another one finds.
    #[error(
        "the kernel {0} makes mistakes on this machine: do not mine with it, and please report it"
    )]
    WrongKernel(&'static str),
    /// The GPU cannot mine, or not any more.
    #[cfg(feature = "gpu")]
    #[error("mining stopped: {0}; without --gpu the processor mines")]
    Gpu(#[from] atomine_gpu::GpuError),
    /// Made without what it takes.
    #[cfg(not(feature = "gpu"))]
    #[error("this atomine was built without GPU support: build it with `--features gpu`")]
    WithoutGpu,
    /// Nothing was found.
    #[error(
        "time is up and no nonce was found: give more --seconds, or run again (no try is lost by that)"
    )]
    TimeIsUp,
}

impl CliError {
    /// 2 for bad input (as clap has it), 3 when the time is up, 1 for what is not the caller's doing.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Open { .. } | Self::Create { .. } | Self::Row { .. } => 2,
            Self::TimeIsUp => 3,
            Self::Write(_) | Self::Print(_) | Self::Mining(_) | Self::WrongKernel(_) => 1,
            #[cfg(feature = "gpu")]
            Self::Gpu(_) => 1,
            #[cfg(not(feature = "gpu"))]
            Self::WithoutGpu => 2,
        }
    }
}
