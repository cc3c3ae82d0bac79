//! The picture of an Atom: from its number and hash to a [`Scene`], and from there to SVG.
//!
//! Integers only: the same Atom gives the same bytes on every machine.
#![no_std]

extern crate alloc;

mod angle;
mod colour;
mod electron;
mod gradient;
mod ground;
mod length;
mod motion;
mod nucleus;
mod scene;
mod shell;
mod svg;
mod wreath;

pub use angle::Angle;
pub use length::Length;
pub use motion::Motion;
pub use nucleus::Nucleon;
pub use scene::Scene;
pub use shell::{Electron, Place, Shell};
pub use svg::Part;
pub use wreath::{Stroke, TAIL};

use alloc::string::String;
use atomine_protocol::Atom;

/// The picture of `atom` as one SVG element, 512 by 512 units, on its own dark tile.
///
/// It consists of shapes and presentation attributes alone: no style, no script, no reference to
/// anything outside. Ids inside are made from the Atom, so that many pictures may share a page.
pub fn svg(atom: &Atom) -> String {
    Scene::of(atom).to_svg()
}
