//! What an Atom floats in: a night sky with clouds of its colours and the stars that its hash names.

use crate::colour::{NIGHT, WHITE, mix, opposite};
use crate::gradient::{Stop, draw_gradient};
use crate::{Length, Scene};
use alloc::string::String;
use atomine_protocol::Rgb;
use core::fmt::{self, Write};

/// The sky around Creation, which is white itself.
const DAWN: [Rgb; 2] = [
    Rgb {
        r: 90,
        g: 120,
        b: 210,
    },
    Rgb {
        r: 120,
        g: 70,
        b: 190,
    },
];
/// Layers of the tile, the lowest first.
const LAYERS: [&str; 4] = ["tile", "east", "west", "glow"];
/// The stars of the contract's picture, and two fainter skies made from the same bytes: their size, how bright they are, and
/// what is done to the bytes.
const SKIES: [(Length, Length, u8); 3] = [
    (Length(240), Length(70), 0),
    (Length(160), Length(50), 0x6b),
    (Length(120), Length(50), 0xb5),
];

impl Scene {
    /// The gradients of the layers.
    pub(crate) fn define_ground(&self, svg: &mut String) -> fmt::Result {
        let key = &self.key;
        let [first, second] = if self.nucleons.is_empty() {
            DAWN
        } else {
            self.colours
        };
        let [.., east_x, east_y, west_x, west_y] = self.hash.map(i32::from);
        let edge = mix(NIGHT, opposite(first), 12);
        draw_gradient(
            svg,
            format_args!("{key}-tile"),
            format_args!(r#" r=".72""#),
            &[
                Stop(0, mix(NIGHT, second, 62), 100),
                Stop(50, mix(NIGHT, first, 24), 100),
                Stop(100, edge, 100),
            ],
        )?;
        let clouds = [
            ("east", second, 62 + east_x / 8, east_y, 26),
            ("west", first, 38 - west_x / 8, west_y, 20),
        ];
        for (side, colour, x, y, strength) in clouds {
            draw_gradient(
                svg,
                format_args!("{key}-{side}"),
                format_args!(r#" cx="{x}%" cy="{}%" r="78%""#, y * 100 / 255),
                &[
                    Stop(0, colour, strength),
                    Stop(40, colour, strength / 3),
                    Stop(100, colour, 0),
                ],
            )?;
        }
        let [inner, _] = self.colours;
        draw_gradient(
            svg,
            format_args!("{key}-glow"),
            format_args!(""),
            &[
                Stop(0, mix(inner, WHITE, 120), 90),
                Stop(9, mix(inner, WHITE, 30), 58),
                Stop(24, first, 30),
                Stop(52, second, 11),
                Stop(100, second, 0),
            ],
        )
    }

    /// The tile, its clouds and its stars.
    pub(crate) fn draw_ground(&self, svg: &mut String) -> fmt::Result {
        let key = &self.key;
        for layer in LAYERS {
            write!(
                svg,
                r#"<rect x="-256" y="-256" width="512" height="512" rx="8" fill="url(#{key}-{layer})"/>"#
            )?;
        }
        // None is cut by the edge.
        let coordinate = |byte: u8| Length(i32::from(byte) * 47_200 / 255 - 23_600);
        let (stars, _) = self.hash.as_chunks::<2>();
        for (width, opacity, change) in SKIES {
            write!(
                svg,
                r#"<path stroke="{}" stroke-width="{width}" stroke-opacity="{opacity}" stroke-linecap="round" d=""#,
                mix(WHITE, self.colours[1], 60)
            )?;
            for [x, y] in stars {
                write!(
                    svg,
                    "M{} {}h0",
                    coordinate(x ^ change),
                    coordinate(y.wrapping_add(change))
                )?;
            }
            svg.write_str(r#""/>"#)?;
        }
        Ok(())
    }

    /// The tile's bevelled edge.
    pub(crate) fn draw_frame(&self, svg: &mut String) -> fmt::Result {
        write!(
            svg,
            r#"<rect x="-255" y="-255" width="510" height="510" rx="7" stroke="{}" stroke-width="2" stroke-opacity="0.14"/>"#,
            mix(self.colours[0], WHITE, 128)
        )
    }
}
