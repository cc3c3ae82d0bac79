//! The music's own commands: measuring it, accepting it, and the table of emission lines.

mod audit;
mod emission;
mod goldens;
mod synth;

pub(crate) use audit::audit;
pub(crate) use emission::write_lines;
pub(crate) use goldens::accept;
pub(crate) use synth::build_synth;
