//! Why the GPU does not mine, in words for whoever wanted it to.

/// Why the GPU does not mine (any more).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GpuError {
    /// Nothing to compute on.
    #[error("no GPU can be used for computing here")]
    NoAdapter,
    /// The system only pretends to have one.
    #[error(
        "there is no real GPU, only a program that imitates one, slower than the processor itself"
    )]
    Software,
    /// The GPU is there and may not be used.
    #[error("the GPU cannot be used: {0}")]
    Refused(String),
    /// The driver does not take the kernel, or what it is fed with.
    #[error("the GPU's driver does not accept the mining code: {0}")]
    Invalid(String),
    /// Some kilobytes were too many.
    #[error("the GPU has no memory left; close other programs that use it")]
    OutOfMemory,
    /// Driver reset, GPU unplugged or switched, sleep.
    #[error("the GPU was reset or taken away: {0}")]
    Lost(String),
    /// What it reported is no hit, or it missed one that is known.
    #[error("the GPU made a mistake in its sums")]
    Wrong,
}
