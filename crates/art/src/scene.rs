//! What is in the picture and where: an Atom's nucleus, shells and electrons, before any drawing.

use crate::{Length, Shell, nucleus, nucleus::Nucleon, shell};
use alloc::{format, string::String, vec::Vec};
use atomine_protocol::{Atom, Rgb, TokenId, Traits};

/// An Atom at rest, seen from the front; the middle of the picture is (0, 0), y points down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// What the picture shows, for example `#12 Carbon` or `#4097 Iron 3+`.
    pub title: String,
    /// A name of this Atom that can start an XML id; equal only for equal Atoms (in practice).
    pub key: String,
    /// The Atom's palette.
    pub colours: [Rgb; 2],
    /// The Atom's hash: 16 pairs of bytes, each a star's place between left and right, top and bottom.
    pub hash: [u8; 32],
    /// How far the nucleus reaches; it grows with the atomic number.
    pub nucleus_radius: Length,
    /// The protons, those behind first; none for Creation.
    pub nucleons: Vec<Nucleon>,
    /// How far an electron's glow reaches; larger where there are few shells.
    pub electron_radius: Length,
    /// The innermost first; one for each shell of the neutral element. Creation has all seven, empty.
    pub shells: Vec<Shell>,
}

impl Scene {
    /// The scene of `atom`. Its hash's bytes 20 to 26 place the electrons of the seven shells,
    /// byte 27 says how wide the outermost shell opens, 28 how the electrons of a shell follow each other,
    /// 29 and 30 turn the orbits, and the last byte says how fast and which way they go round.
    pub fn of(atom: &Atom) -> Self {
        let traits = atom.traits();
        let z = traits.element.z;
        let nucleus_radius = nucleus::radius(z);
        let shells = shell::shells(atom, &traits, nucleus_radius);
        let hash = atom.hash.0.0;
        Self {
            title: title(atom, &traits),
            key: key(atom),
            colours: traits.palette.0,
            hash,
            nucleus_radius,
            nucleons: nucleus::nucleons(z, nucleus_radius, hash),
            electron_radius: Length(1900 - 120 * i32::try_from(shells.len()).unwrap_or(7)),
            shells,
        }
    }
}

fn title(atom: &Atom, traits: &Traits) -> String {
    match traits.ion_label() {
        Some(ion) => format!("{} {ion}", atom.title()),
        None => format!("{}", atom.title()),
    }
}

/// A 64-bit piece of the hash tells any two Atoms of a page apart.
fn key(atom: &Atom) -> String {
    let piece = atom
        .hash
        .0
        .0
        .iter()
        .take(8)
        .fold(0_u64, |key, &byte| key << 8 | u64::from(byte));
    match atom.id {
        TokenId::GENESIS => format!("genesis-{piece:016x}"),
        id => format!("atom-{id}-{piece:016x}"),
    }
}
