//! The nucleus: its protons, packed as seeds are in a sunflower.

use crate::colour::{NIGHT, WHITE, mix};
use crate::gradient::{Stop, draw_gradient};
use crate::{Angle, Length, Scene, angle::ONE};
use alloc::{string::String, vec::Vec};
use core::fmt::{self, Write};

/// A proton as it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nucleon {
    /// To the right of the middle.
    pub x: Length,
    /// Below the middle.
    pub y: Length,
    /// How large it is.
    pub radius: Length,
    /// Which colour of the palette it has, 0 or 1.
    pub colour: u8,
}

/// The golden angle, as [`Angle`] counts.
const GOLDEN: i64 = 25_033;
/// How far Creation's one ball of light reaches.
const CREATION: Length = Length(2_600);

/// How far the nucleus of element `z` reaches.
pub(crate) fn radius(z: u8) -> Length {
    match z {
        0 => CREATION,
        _ => Length(1_500 + 290 * root(z) / 100),
    }
}

/// The square root of `z`, times 100.
fn root(z: u8) -> i32 {
    (i32::from(z) * 10_000).isqrt()
}

/// The `z` protons of a nucleus that reaches so far; the outermost, which lie behind, come first.
pub(crate) fn nucleons(z: u8, reach: Length, hash: [u8; 32]) -> Vec<Nucleon> {
    let radius = Length(reach.0 * 150 / (root(z) + 50));
    let spread = i64::from(reach.0 - radius.0);
    let [first, ..] = hash;
    let nucleon = |n: u8| {
        // In 65,536ths: the root of how much of the disc lies within. A single proton is in the middle.
        let within = (((2 * i64::from(n) + 1) << 31) / i64::from(z)).isqrt();
        let out = if z == 1 { 0 } else { spread * within / ONE };
        let angle = Angle::wrapping(i64::from(n) * GOLDEN).plus(Angle::of_byte(first));
        let along = |share: i64| Length(i32::try_from(out * share / ONE).unwrap_or(0));
        // Each byte of the hash colours the protons n, n + 32, n + 64 and n + 96.
        let byte = hash.get(usize::from(n % 32)).copied().unwrap_or(0);
        Nucleon {
            x: along(angle.cos()),
            y: along(angle.sin()),
            radius,
            colour: byte >> (n / 32) & 1,
        }
    };
    (0..z).rev().map(nucleon).collect()
}

impl Scene {
    /// Balls of both colours, lit from the upper left.
    pub(crate) fn define_nucleus(&self, svg: &mut String) -> fmt::Result {
        for (n, colour) in self.colours.iter().enumerate() {
            draw_gradient(
                svg,
                format_args!("{}-p{n}", self.key),
                format_args!(r#" cx=".36" cy=".32" r=".74""#),
                &[
                    Stop(0, mix(*colour, WHITE, 235), 100),
                    Stop(42, *colour, 100),
                    Stop(100, mix(NIGHT, *colour, 110), 100),
                ],
            )?;
        }
        Ok(())
    }

    pub(crate) fn draw_nucleus(&self, svg: &mut String) -> fmt::Result {
        let key = &self.key;
        if self.nucleons.is_empty() {
            write!(
                svg,
                r#"<circle r="{}" fill="url(#{key}-p0)"/>"#,
                self.nucleus_radius
            )?;
        }
        for Nucleon {
            x,
            y,
            radius,
            colour,
        } in &self.nucleons
        {
            write!(
                svg,
                r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="url(#{key}-p{colour})"/>"#
            )?;
        }
        Ok(())
    }
}
