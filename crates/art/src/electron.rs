//! Electrons as they are drawn: dots of light, rings around an ion's extra ones, rings where it lost some.

use crate::colour::{WHITE, mix};
use crate::gradient::{Stop, draw_gradient};
use crate::wreath::Half;
use crate::{Length, Place, Scene, Shell, angle::ONE};
use alloc::string::String;
use core::fmt::{self, Write};

impl Scene {
    /// The light of each shell's electrons.
    pub(crate) fn define_electrons(&self, svg: &mut String) -> fmt::Result {
        for (n, shell) in self.shells.iter().enumerate() {
            draw_gradient(
                svg,
                format_args!("{}-{n}", self.key),
                format_args!(""),
                &[
                    Stop(0, WHITE, 100),
                    Stop(22, mix(WHITE, shell.colour, 90), 100),
                    Stop(38, shell.colour, 85),
                    Stop(58, shell.colour, 24),
                    Stop(100, shell.colour, 0),
                ],
            )?;
        }
        Ok(())
    }

    /// The electrons of shell `n` on this side of the picture's plane, and where it lost some there.
    pub(crate) fn draw_electrons(
        &self,
        svg: &mut String,
        n: usize,
        shell: &Shell,
        half: Half,
    ) -> fmt::Result {
        let seen = |place: &Place| half.holds(*place);
        for (e, &electron) in shell.electrons.iter().enumerate() {
            let Some(place) = Some(shell.place(electron)).filter(seen) else {
                continue;
            };
            let radius = self.draw_electron(svg, n, place)?;
            if e >= shell.own {
                draw_ring(svg, place, Length(radius.0 * 7 / 10), shell)?;
            }
        }
        for place in shell
            .lost
            .iter()
            .map(|&lost| shell.place(lost))
            .filter(seen)
        {
            draw_ring(svg, place, Length(self.electron_radius.0 * 4 / 10), shell)?;
        }
        Ok(())
    }

    /// A glowing dot: larger and brighter the nearer it is. How large it is.
    fn draw_electron(
        &self,
        svg: &mut String,
        shell: usize,
        place: Place,
    ) -> Result<Length, fmt::Error> {
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
        svg.write_str("/>")?;
        Ok(radius)
    }
}

fn draw_ring(
    svg: &mut String,
    Place { x, y, .. }: Place,
    radius: Length,
    shell: &Shell,
) -> fmt::Result {
    let colour = mix(shell.colour, WHITE, 150);
    write!(
        svg,
        r#"<circle cx="{x}" cy="{y}" r="{radius}" stroke="{colour}" stroke-width="1.3" stroke-opacity="0.85"/>"#
    )
}
