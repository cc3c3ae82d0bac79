//! Draws a [`Scene`] as SVG.

use crate::Scene;
use crate::wreath::Half;
use alloc::string::String;
use core::fmt::{self, Write};

/// A piece of the picture that stands still where the Atom moves; each a whole SVG element with all gradients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The tile with clouds and stars.
    Ground,
    /// The orbits.
    Wreaths,
    /// The nucleus.
    Nucleus,
}

impl Scene {
    /// The scene as one SVG element, 512 by 512 units.
    pub fn to_svg(&self) -> String {
        self.element(|svg| {
            self.draw_ground(svg)?;
            for (n, shell) in self.shells.iter().enumerate() {
                shell.draw_glass(svg)?;
                shell.draw_tails(svg, Half::Back)?;
                self.draw_electrons(svg, n, shell, Half::Back)?;
            }
            self.draw_nucleus(svg)?;
            for (n, shell) in self.shells.iter().enumerate() {
                shell.draw_lines(svg)?;
                shell.draw_tails(svg, Half::Front)?;
                self.draw_electrons(svg, n, shell, Half::Front)?;
            }
            self.draw_frame(svg)
        })
    }

    /// One part of the scene, drawn as it is in the whole.
    pub fn part_to_svg(&self, part: Part) -> String {
        self.element(|svg| match part {
            Part::Ground => {
                self.draw_ground(svg)?;
                self.draw_frame(svg)
            }
            Part::Wreaths => self.shells.iter().try_for_each(|shell| {
                shell.draw_glass(svg)?;
                shell.draw_lines(svg)
            }),
            Part::Nucleus => self.draw_nucleus(svg),
        })
    }

    fn element(&self, draw: impl FnOnce(&mut String) -> fmt::Result) -> String {
        let mut svg = String::with_capacity(32 * 1024);
        // Writing to a string cannot fail.
        let _ = self.draw_head(&mut svg).and_then(|()| draw(&mut svg));
        svg.push_str("</svg>");
        svg
    }

    fn draw_head(&self, svg: &mut String) -> fmt::Result {
        write!(
            svg,
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="-256 -256 512 512" role="img" fill="none"><title>{}</title><defs>"#,
            self.title
        )?;
        self.define_ground(svg)?;
        self.define_nucleus(svg)?;
        self.define_electrons(svg)?;
        svg.write_str("</defs>")
    }
}
