//! Draws a [`Scene`] as SVG.

use crate::colour::{NIGHT, WHITE, mix};
use crate::{Angle, Length, Place, Scene, Shell, angle::ONE};
use alloc::{format, string::String};
use atomine_protocol::Rgb;
use core::fmt::{self, Write};

impl Scene {
    /// The scene as one SVG element, 512 by 512 units.
    pub fn to_svg(&self) -> String {
        let mut svg = String::with_capacity(16 * 1024);
        // Writing to a string cannot fail.
        let _ = self.draw(&mut svg);
        svg
    }

    fn draw(&self, svg: &mut String) -> fmt::Result {
        write!(
            svg,
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="-256 -256 512 512" role="img"><title>{}</title>"#,
            self.title
        )?;
        self.define(svg)?;
        let key = &self.key;
        write!(
            svg,
            r#"<rect x="-256" y="-256" width="512" height="512" rx="48" fill="url(#{key}-tile)"/>"#
        )?;
        write!(svg, r#"<circle r="236" fill="url(#{key}-glow)"/>"#)?;
        if self.shells.is_empty() {
            draw_ripples(svg, self.colours[0])?;
        }
        self.draw_half(svg, Half::Back)?;
        write!(
            svg,
            r#"<circle r="{}" fill="url(#{key}-nucleus)"/>"#,
            self.nucleus_radius
        )?;
        self.draw_half(svg, Half::Front)?;
        svg.write_str("</svg>")
    }

    fn define(&self, svg: &mut String) -> fmt::Result {
        let [first, second] = self.colours;
        let key = &self.key;
        svg.write_str("<defs>")?;
        gradient(
            svg,
            &format!("{key}-tile"),
            r#"r=".75""#,
            &[
                Stop(0, mix(NIGHT, second, 44), 100),
                Stop(55, mix(NIGHT, first, 18), 100),
                Stop(100, NIGHT, 100),
            ],
        )?;
        gradient(
            svg,
            &format!("{key}-glow"),
            "",
            &[
                Stop(0, first, 60),
                Stop(22, second, 26),
                Stop(60, second, 7),
                Stop(100, second, 0),
            ],
        )?;
        gradient(
            svg,
            &format!("{key}-nucleus"),
            r#"cx=".36" cy=".32" r=".74""#,
            &[
                Stop(0, WHITE, 100),
                Stop(38, first, 100),
                Stop(100, mix(NIGHT, second, 200), 100),
            ],
        )?;
        for (n, shell) in self.shells.iter().enumerate() {
            gradient(
                svg,
                &format!("{key}-{n}"),
                "",
                &[
                    Stop(0, WHITE, 100),
                    Stop(26, mix(WHITE, shell.colour, 120), 100),
                    Stop(44, shell.colour, 90),
                    Stop(62, shell.colour, 26),
                    Stop(100, shell.colour, 0),
                ],
            )?;
        }
        svg.write_str("</defs>")
    }

    /// Orbits and electrons behind the nucleus, or those in front of it.
    fn draw_half(&self, svg: &mut String, half: Half) -> fmt::Result {
        for (n, shell) in self.shells.iter().enumerate() {
            self.draw_arc(svg, shell, half)?;
            let places = shell.electrons.iter().map(|&angle| shell.place(angle));
            for place in places.filter(|place| half.holds(*place)) {
                self.draw_electron(svg, n, place)?;
            }
        }
        Ok(())
    }

    /// Half an orbit; an orbit without electrons is dotted.
    fn draw_arc(&self, svg: &mut String, shell: &Shell, half: Half) -> fmt::Result {
        let (start, end) = (shell.place(Angle(0)), shell.place(Angle(0x8000)));
        let (from, to, opacity) = match half {
            Half::Front => (start, end, Length(80)),
            Half::Back => (end, start, Length(35)),
        };
        write!(
            svg,
            r#"<path d="M{} {}A{} {} {} 0 1 {} {}" fill="none" stroke="{}" stroke-width="{}" stroke-opacity="{opacity}""#,
            from.x,
            from.y,
            shell.radius,
            shell.minor_radius(),
            shell.turn.degrees(),
            to.x,
            to.y,
            shell.colour,
            Length(self.electron_radius.0 / 6),
        )?;
        if shell.electrons.is_empty() {
            svg.write_str(r#" stroke-dasharray="1 10" stroke-linecap="round""#)?;
        }
        svg.write_str("/>")
    }

    /// A glowing dot: larger and brighter the nearer it is.
    fn draw_electron(&self, svg: &mut String, shell: usize, place: Place) -> fmt::Result {
        let nearness = i32::try_from(place.depth * 100 / ONE).unwrap_or(0);
        let (Place { x, y, .. }, key) = (place, &self.key);
        let radius = Length(self.electron_radius.0 * (300 + nearness) / 300);
        write!(
            svg,
            r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="url(#{key}-{shell})""#
        )?;
        if nearness < 0 {
            write!(svg, r#" opacity="{}""#, Length(100 + nearness * 2 / 5))?;
        }
        svg.write_str("/>")
    }
}

/// Which side of the picture's plane.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Back,
    Front,
}

impl Half {
    fn holds(self, place: Place) -> bool {
        (place.depth >= 0) == (self == Self::Front)
    }
}

/// A gradient's stop: offset in percent, colour, opacity in percent.
struct Stop(u8, Rgb, u8);

fn gradient(svg: &mut String, id: &str, shape: &str, stops: &[Stop]) -> fmt::Result {
    write!(svg, r#"<radialGradient id="{id}" {shape}>"#)?;
    for Stop(offset, colour, opacity) in stops {
        write!(svg, r#"<stop offset="{offset}%" stop-color="{colour}""#)?;
        if *opacity < 100 {
            write!(svg, r#" stop-opacity="{}""#, Length(i32::from(*opacity)))?;
        }
        svg.write_str("/>")?;
    }
    svg.write_str("</radialGradient>")
}

/// Creation has no electrons: rings of light go out from it.
fn draw_ripples(svg: &mut String, colour: Rgb) -> fmt::Result {
    for n in 1..=6 {
        let (radius, opacity) = (Length(2400 + 2900 * n), Length(60 - 9 * n));
        write!(
            svg,
            r#"<circle r="{radius}" fill="none" stroke="{colour}" stroke-width="1.5" stroke-opacity="{opacity}"/>"#
        )?;
    }
    Ok(())
}
