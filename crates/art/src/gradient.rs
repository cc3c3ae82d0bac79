//! Colours that fade from a middle outwards.

use crate::Length;
use alloc::string::String;
use atomine_protocol::Rgb;
use core::fmt::{self, Write};

/// A gradient's stop: offset in percent, colour, opacity in percent.
pub(crate) struct Stop(pub(crate) i32, pub(crate) Rgb, pub(crate) i32);

/// Defines a gradient; `shape` are its attributes for middle and radius.
pub(crate) fn draw_gradient(
    svg: &mut String,
    id: fmt::Arguments,
    shape: fmt::Arguments,
    stops: &[Stop],
) -> fmt::Result {
    write!(svg, r#"<radialGradient id="{id}"{shape}>"#)?;
    for Stop(offset, colour, opacity) in stops {
        write!(svg, r#"<stop offset="{offset}%" stop-color="{colour}""#)?;
        if *opacity < 100 {
            write!(svg, r#" stop-opacity="{}""#, Length(*opacity))?;
        }
        svg.write_str("/>")?;
    }
    svg.write_str("</radialGradient>")
}
