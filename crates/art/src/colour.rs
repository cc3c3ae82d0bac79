//! Colours between colours.

use atomine_protocol::Rgb;

/// The tile's edge, and what colours fade into.
pub(crate) const NIGHT: Rgb = Rgb { r: 7, g: 8, b: 14 };
/// The heart of what glows.
pub(crate) const WHITE: Rgb = Rgb {
    r: 255,
    g: 255,
    b: 255,
};

/// From `from` at a `share` of 0 to `to` at 256.
pub(crate) fn mix(from: Rgb, to: Rgb, share: i32) -> Rgb {
    let channel = |from: u8, to: u8| {
        let (from, to) = (i32::from(from), i32::from(to));
        u8::try_from(from + (to - from) * share / 256).unwrap_or(u8::MAX)
    };
    Rgb {
        r: channel(from.r, to.r),
        g: channel(from.g, to.g),
        b: channel(from.b, to.b),
    }
}

/// The colour across the wheel.
pub(crate) fn opposite(colour: Rgb) -> Rgb {
    Rgb {
        r: 255 - colour.r,
        g: 255 - colour.g,
        b: 255 - colour.b,
    }
}
