//! The built `atomine` as a user meets it: output, messages and exit codes.
#![allow(missing_docs)]

mod atom;
mod bench;
#[cfg(feature = "gpu")]
mod gpu;
mod mine;
mod support;
#[cfg(unix)]
mod terminal;
mod work;
