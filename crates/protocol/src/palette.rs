//! The two colours of an Atom, with every quirk of the original.

use core::fmt;

/// A colour in sRGB, 8 bits a channel. Prints as `#rrggbb`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rgb {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.r, self.g, self.b)
    }
}

impl From<[u8; 3]> for Rgb {
    fn from([r, g, b]: [u8; 3]) -> Self {
        Self { r, g, b }
    }
}

/// An Atom's two colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette(pub [Rgb; 2]);

/// What the darkest channel of a colour gets.
const FLOOR: u8 = 70;

impl Palette {
    /// Genesis is white.
    pub const WHITE: Self = Self(
        [Rgb {
            r: 255,
            g: 255,
            b: 255,
        }; 2],
    );

    /// The palette for hash bytes 7, 8 and 9.
    ///
    /// Bytes 7 and 8 choose which channel is high and which low; the third is in the middle, as
    /// byte 9 says. A byte of 255 chooses one past the end, nothing, and what follows it stays as it was:
    /// such palettes are kept because real Atoms have them.
    pub(crate) fn of_bytes(hi_byte: u8, lo_byte: u8, mid_byte: u8) -> Self {
        let shade = u8::try_from(185 * u16::from(mid_byte) / 255).unwrap_or(u8::MAX);
        let mut channels = Channels {
            left: [0, 1, 2],
            len: 3,
        };
        let hi = channels.take(3 * u16::from(hi_byte) / 255);
        let lo = channels.take(2 * u16::from(lo_byte) / 255);
        let mid = match (hi, lo) {
            (Some(_), Some(_)) => channels.take(0),
            _ => None,
        };
        let colour = |low: u8, middle: u8| {
            let mut rgb = [0; 3];
            for (channel, value) in [(hi, 255), (lo, low), (mid, middle)] {
                if let Some(place) = channel.and_then(|channel| rgb.get_mut(channel)) {
                    *place = value;
                }
            }
            Rgb::from(rgb)
        };
        Self([colour(FLOOR, FLOOR + shade), colour(255 - shade, FLOOR)])
    }
}

/// The channels not chosen yet, in the order red, green, blue.
struct Channels {
    left: [usize; 3],
    len: usize,
}

impl Channels {
    /// Removes the channel at `place`; `None`, removing nothing, where there is none.
    fn take(&mut self, place: u16) -> Option<usize> {
        let place = usize::from(place);
        let chosen = *self.left[..self.len].get(place)?;
        self.left.copy_within(place + 1.., place);
        self.len -= 1;
        Some(chosen)
    }
}
