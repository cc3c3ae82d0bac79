//! What is in the picture and where: an Atom's nucleus, shells and electrons, before any drawing.

use crate::{Angle, Length, angle::ONE, colour::mix};
use alloc::{format, string::String, vec::Vec};
use atomine_protocol::{Atom, Rgb, TokenId, Traits};

/// One degree as [`Angle`] counts.
const DEGREE: i32 = 65_536 / 360;

/// An Atom at rest, seen from the front; the middle of the picture is (0, 0), y points down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scene {
    /// What the picture shows, for example `#12 Carbon` or `#4097 Iron 3+`.
    pub title: String,
    /// A name of this Atom that can start an XML id; equal only for equal Atoms (in practice).
    pub key: String,
    /// The Atom's palette.
    pub colours: [Rgb; 2],
    /// The nucleus grows with the atomic number.
    pub nucleus_radius: Length,
    /// How far an electron's glow reaches; larger where there are few shells.
    pub electron_radius: Length,
    /// The innermost first; one for each shell of the neutral element.
    pub shells: Vec<Shell>,
}

/// One shell: a circular orbit, tilted in space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shell {
    /// Radius of the orbit.
    pub radius: Length,
    /// How far it is tilted out of the picture's plane, about its own long axis.
    pub tilt: Angle,
    /// How far that long axis is turned in the picture's plane, clockwise.
    pub turn: Angle,
    /// Between the two colours of the palette.
    pub colour: Rgb,
    /// Where the electrons are on the orbit, from the long axis on; none where an ion lost them.
    pub electrons: Vec<Angle>,
}

/// A place in the scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// To the right.
    pub x: Length,
    /// Downwards.
    pub y: Length,
    /// Towards the viewer: from -65,536 to 65,536 times the orbit's radius.
    pub depth: i64,
}

impl Scene {
    /// The scene of `atom`. Its hash's bytes 20 to 26 place the electrons of the seven shells,
    /// bytes 27 to 30 tilt and turn the orbits.
    pub fn of(atom: &Atom) -> Self {
        let traits = atom.traits();
        let colours = traits.palette.0;
        let shells = shells(atom, &traits);
        Self {
            title: title(atom, &traits),
            key: key(atom),
            colours,
            nucleus_radius: Length(2700 + 13 * i32::from(traits.element.z)),
            electron_radius: Length(1720 - 100 * i32::try_from(shells.len()).unwrap_or(7)),
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

fn shells(atom: &Atom, traits: &Traits) -> Vec<Shell> {
    // An ion may have lost its outermost electrons; the empty orbit stays.
    let neutral = traits.element.shells();
    let count = neutral
        .iter()
        .map(|&electrons| i32::from(electrons > 0))
        .sum();
    let [
        ..,
        p0,
        p1,
        p2,
        p3,
        p4,
        p5,
        p6,
        tilt,
        tilt_step,
        turn,
        turn_step,
        _,
    ] = atom.hash.0.0;
    let phases = [p0, p1, p2, p3, p4, p5, p6].map(Angle::of_byte);
    let [first, second] = traits.palette.0;
    (0..count)
        .zip(traits.shells().into_iter().zip(phases))
        .map(|(n, (electrons, phase))| Shell {
            radius: radius(n, count),
            tilt: orbit_tilt(tilt, tilt_step, n),
            turn: orbit_turn(turn, turn_step, n),
            colour: mix(first, second, outwardness(n, count)),
            electrons: (0..electrons)
                .map(|k| phase.plus(Angle::of_turn(k.into(), electrons.into())))
                .collect(),
        })
        .collect()
}

/// How far out orbit `n` of `count` is: 0 for the innermost, 256 for the outermost.
fn outwardness(n: i32, count: i32) -> i32 {
    256 * n / (count - 1).max(1)
}

/// Few orbits stay near the nucleus, seven fill the picture.
fn radius(n: i32, count: i32) -> Length {
    let (inner, outer) = (80, 160 + 10 * count);
    if count == 1 {
        return Length::units(outer);
    }
    Length((inner * 256 + (outer - inner) * outwardness(n, count)) * 100 / 256)
}

/// Between a circle and a line: about 40 to 75 degrees, changing from orbit to orbit by up to 4.
fn orbit_tilt(tilt: u8, step: u8, n: i32) -> Angle {
    let middle = 52 * DEGREE + i32::from(tilt) * 11 * DEGREE / 255;
    let change = (i32::from(step) - 128) * 4 * DEGREE / 128;
    Angle::wrapping(middle + change * (n - 3))
}

/// Each orbit is turned by 10 to 60 degrees against the one within, all the same way.
fn orbit_turn(turn: u8, step: u8, n: i32) -> Angle {
    let size = 10 * DEGREE + i32::from(step / 2) * 50 * DEGREE / 127;
    let step = if step.is_multiple_of(2) { size } else { -size };
    Angle::of_byte(turn).plus(Angle::wrapping(step * n))
}

impl Shell {
    /// Where an electron at `angle` of this orbit is seen.
    pub fn place(&self, angle: Angle) -> Place {
        let along = angle.cos();
        let across = angle.sin() * self.tilt.cos() / ONE;
        let (cos, sin) = (self.turn.cos(), self.turn.sin());
        Place {
            x: self.scaled((along * cos - across * sin) / ONE),
            y: self.scaled((along * sin + across * cos) / ONE),
            depth: angle.sin() * self.tilt.sin() / ONE,
        }
    }

    /// The shorter half-axis of the orbit as it is seen.
    pub fn minor_radius(&self) -> Length {
        self.scaled(self.tilt.cos())
    }

    fn scaled(&self, share: i64) -> Length {
        Length(i32::try_from(i64::from(self.radius.0) * share / ONE).unwrap_or(i32::MAX))
    }
}
