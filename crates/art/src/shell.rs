//! The shells: each a wreath of equal orbits, two electrons to an orbit, as nature has it.

use crate::{Angle, Length, angle::ONE, colour::mix, motion};
use alloc::vec::Vec;
use atomine_protocol::{Atom, Rgb, Shells, Traits};

/// How far the outermost orbit reaches.
const REACH: i32 = 21_800;
/// All the shells that Atoms will ever have: Creation's stand empty.
const ROOM: Shells = [2, 8, 18, 32, 32, 18, 8];
/// By how many half turns the electrons of a shell are ahead of each other, once round the shell: 0 lets them breathe in and
/// out together. None brings two of them together.
const WINDINGS: [i64; 4] = [0, -2, 1, -3];

/// One shell: circular orbits, all equally large and tilted, turned against each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shell {
    /// Radius of each orbit.
    pub radius: Length,
    /// The shorter half-axis of an orbit, as it is seen.
    pub minor_radius: Length,
    /// How far each orbit's long axis is turned in the picture's plane, clockwise. An electron's place decides its orbit:
    /// the n-th of k orbits has the electrons n and n + k.
    pub turns: Vec<Angle>,
    /// Between the two colours of the palette.
    pub colour: Rgb,
    /// The electrons, in the order in which they play.
    pub electrons: Vec<Electron>,
    /// How many the neutral element has; any further ones are an ion's extra ones.
    pub own: usize,
    /// Where an ion lost electrons.
    pub lost: Vec<Electron>,
    /// Whether they go round anticlockwise.
    pub backwards: bool,
}

/// An electron of a shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Electron {
    /// How far its orbit's long axis is turned.
    pub turn: Angle,
    /// Where it is on the orbit, from the long axis on.
    pub angle: Angle,
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

/// The shells of `atom` around a nucleus that reaches so far.
pub(crate) fn shells(atom: &Atom, traits: &Traits, nucleus: Length) -> Vec<Shell> {
    let own = traits.element.shells();
    let room = if traits.element.z == 0 { ROOM } else { own };
    let count = room.iter().map(|&electrons| i32::from(electrons > 0)).sum();
    let [
        ..,
        p0,
        p1,
        p2,
        p3,
        p4,
        p5,
        p6,
        width,
        winding,
        turn,
        turn_step,
        _,
    ] = atom.hash.0.0;
    let phases = [p0, p1, p2, p3, p4, p5, p6].map(Angle::of_byte);
    let [first, second] = traits.palette.0;
    // An ion may have lost its outermost electrons; the empty orbits stay.
    let electrons = own.into_iter().zip(traits.shells());
    (0..count)
        .zip(bands(count, nucleus.0, width))
        .zip(room.into_iter().zip(electrons).zip(phases))
        .map(
            |((n, [minor_radius, radius]), ((room, (own, electrons)), phase))| {
                let orbits = room.max(electrons).div_ceil(2);
                let turn = 256 * i64::from(turn) + 64 * i64::from(turn_step) * i64::from(n);
                let step = |half_turns: i64, orbit: u8| {
                    half_turns * (i64::from(orbit) << 15) / i64::from(orbits)
                };
                let winding = WINDINGS
                    .get(usize::from(winding >> (n % 4 * 2) & 3))
                    .copied()
                    .unwrap_or(0);
                let turn = |orbit: u8| Angle::wrapping(turn + step(1, orbit));
                let electron = |place: u8| {
                    let (orbit, end) = (place % orbits, place / orbits);
                    let ahead = step(winding, orbit) + (i64::from(end) << 15);
                    Electron {
                        turn: turn(orbit),
                        angle: phase.plus(Angle::wrapping(ahead)),
                    }
                };
                Shell {
                    radius: Length(radius),
                    minor_radius: Length(minor_radius),
                    turns: (0..orbits).map(turn).collect(),
                    // The innermost has the first colour, the outermost the second.
                    colour: mix(first, second, 256 * n / (count - 1).max(1)),
                    electrons: (0..electrons).map(electron).collect(),
                    own: own.into(),
                    lost: (electrons..own).map(electron).collect(),
                    backwards: motion::is_backwards(atom, n),
                }
            },
        )
        .collect()
}

/// The half-axes of the orbits of `count` shells around a nucleus: the outermost shell is wide open, those within lie
/// close, like rings of lace. A `width` of 0 to 255 says how wide.
fn bands(count: i32, nucleus: i32, width: u8) -> Vec<[i32; 2]> {
    let width = i32::from(width);
    if count == 1 {
        return [[7_000 + 20 * width, 17_500]].into();
    }
    let (inner, outer) = (nucleus + 700, REACH * 204 / 256);
    let step = (outer - inner) / (count - 1).max(1);
    let within = (1..count).map(|n| {
        let radius = inner + step * n;
        [radius - step * (150 + width / 3) / 256, radius]
    });
    within
        .chain([[REACH * (100 + width / 3) / 256, REACH]])
        .collect()
}

impl Shell {
    /// Where an electron is seen.
    pub fn place(&self, Electron { turn, angle }: Electron) -> Place {
        let [radius, minor] = [self.radius, self.minor_radius].map(|length| i64::from(length.0));
        let (along, across) = (radius * angle.cos() / ONE, minor * angle.sin() / ONE);
        let (cos, sin) = (turn.cos(), turn.sin());
        let length = |sum: i64| Length(i32::try_from(sum / ONE).unwrap_or(i32::MAX));
        Place {
            x: length(along * cos - across * sin),
            y: length(along * sin + across * cos),
            // A circle that is seen so narrow rises so far out of the picture's plane.
            depth: angle.sin() * (radius * radius - minor * minor).isqrt() / radius.max(1),
        }
    }
}
