//! A shell's orbits as they are drawn: lace of fine lines, brighter the nearer, and the light that electrons leave behind.

use crate::colour::{WHITE, mix};
use crate::{Angle, Electron, Length, Place, Shell};
use alloc::string::String;
use atomine_protocol::Rgb;
use core::fmt::{self, Write};

/// Half a turn, as [`Angle`] counts.
const HALF_TURN: i64 = 0x8000;
/// The arcs of an orbit's nearer half, from far to near: how much of either end they lack, how wide they are, and how bright.
const ARCS: [(i64, i32, i32); 4] = [
    (0x1c00, 520, 13),
    (0, 110, 34),
    (0x1000, 130, 34),
    (0x2200, 160, 50),
];
/// An electron's tail, from the longest stroke to the shortest.
pub const TAIL: [Stroke; 3] = [
    Stroke {
        length: Angle(6_400),
        width: Length(180),
        opacity: Length(22),
    },
    Stroke {
        length: Angle(4_200),
        width: Length(230),
        opacity: Length(26),
    },
    Stroke {
        length: Angle(2_200),
        width: Length(280),
        opacity: Length(45),
    },
];

/// A stroke of light that follows an electron along its orbit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stroke {
    /// How far it reaches back.
    pub length: Angle,
    /// How wide it is.
    pub width: Length,
    /// 0 to 1.
    pub opacity: Length,
}

/// Which side of the picture's plane.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Half {
    Back,
    Front,
}

impl Half {
    pub(crate) fn holds(self, place: Place) -> bool {
        (place.depth >= 0) == (self == Self::Front)
    }
}

impl Shell {
    /// How many orbits are drawn as lines; those after them lost their electrons, and are dotted.
    fn drawn(&self) -> usize {
        // Creation's shells never had any.
        if self.own == 0 {
            self.turns.len()
        } else {
            self.electrons.len().min(self.turns.len())
        }
    }

    /// Where there are many orbits each is finer: 1 to 16.
    fn fineness(&self) -> i32 {
        i32::try_from(self.turns.len()).unwrap_or(16).min(16)
    }

    /// All orbits, faintly, as glass of which every second pane is tinted.
    pub(crate) fn draw_glass(&self, svg: &mut String) -> fmt::Result {
        let (drawn, dotted) = self.turns.split_at(self.drawn());
        let (colour, fineness) = (self.colour, self.fineness());
        for (turns, dots) in [
            (drawn, ""),
            (
                dotted,
                r#" stroke-dasharray="0.5 5" stroke-linecap="round""#,
            ),
        ] {
            if turns.is_empty() {
                continue;
            }
            svg.write_str(r#"<path d=""#)?;
            for &turn in turns {
                self.draw_arc(svg, turn, [0, HALF_TURN])?;
                self.draw_arc_to(svg, turn, 2 * HALF_TURN)?;
            }
            let (pane, width, line) = (
                Length(10 - fineness / 2),
                Length(110 - 3 * fineness),
                Length(42 - fineness),
            );
            write!(
                svg,
                r#"" fill="{colour}" fill-rule="evenodd" fill-opacity="{pane}" stroke="{colour}" stroke-width="{width}" stroke-opacity="{line}"{dots}/>"#
            )?;
        }
        Ok(())
    }

    /// The nearer half of each orbit.
    pub(crate) fn draw_lines(&self, svg: &mut String) -> fmt::Result {
        let (drawn, _) = self.turns.split_at(self.drawn());
        if drawn.is_empty() {
            return Ok(());
        }
        let (light, fineness) = (mix(self.colour, WHITE, 50), self.fineness());
        for (margin, width, opacity) in ARCS {
            svg.write_str(r#"<path d=""#)?;
            for &turn in drawn {
                self.draw_arc(svg, turn, [margin, HALF_TURN - margin])?;
            }
            let (width, opacity) = (
                Length(width * (40 - fineness) / 40),
                Length(opacity * (30 - fineness) / 30),
            );
            write!(
                svg,
                r#"" stroke="{light}" stroke-width="{width}" stroke-opacity="{opacity}"/>"#
            )?;
        }
        Ok(())
    }

    /// What the electrons on this side of the picture's plane leave behind them.
    pub(crate) fn draw_tails(&self, svg: &mut String, half: Half) -> fmt::Result {
        if !self
            .electrons
            .iter()
            .any(|&electron| half.holds(self.place(electron)))
        {
            return Ok(());
        }
        let light = self.tail_colour();
        for Stroke {
            length,
            width,
            opacity,
        } in TAIL
        {
            svg.write_str(r#"<path d=""#)?;
            for electron in self
                .electrons
                .iter()
                .filter(|&&electron| half.holds(self.place(electron)))
            {
                let (head, length) = (i64::from(electron.angle.0), i64::from(length.0));
                let ends = if self.backwards {
                    [head, head + length]
                } else {
                    [head - length, head]
                };
                self.draw_arc(svg, electron.turn, ends)?;
            }
            write!(
                svg,
                r#"" stroke="{light}" stroke-width="{width}" stroke-opacity="{opacity}"/>"#
            )?;
        }
        Ok(())
    }

    /// The colour of its electrons' tails.
    pub fn tail_colour(&self) -> Rgb {
        mix(self.colour, WHITE, 90)
    }

    /// Begins at the first of these angles of an orbit, and follows it, clockwise, half a turn at most, to the second.
    fn draw_arc(&self, svg: &mut String, turn: Angle, [from, to]: [i64; 2]) -> fmt::Result {
        let angle = Angle::wrapping(from);
        let Place { x, y, .. } = self.place(Electron { turn, angle });
        write!(svg, "M{x} {y}")?;
        self.draw_arc_to(svg, turn, to)
    }

    fn draw_arc_to(&self, svg: &mut String, turn: Angle, to: i64) -> fmt::Result {
        let angle = Angle::wrapping(to);
        let Place { x, y, .. } = self.place(Electron { turn, angle });
        write!(
            svg,
            "A{} {} {} 0 1 {x} {y}",
            self.radius,
            self.minor_radius,
            turn.degrees()
        )
    }
}
