//! An Atom's picture in pixels.

use atomine_protocol::Atom;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree},
};

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The drawing is none that resvg understands.
    #[error("the drawing cannot be read: {0}")]
    Drawing(#[from] resvg::usvg::Error),
    /// No memory for so large a picture, or a width of 0.
    #[error("a picture {0} pixels wide cannot be made")]
    Size(u32),
    /// The pixels could not be written as PNG.
    #[error("the picture cannot be written as PNG: {0}")]
    Encoding(String),
}

/// The picture of `atom`, `width` pixels wide and high, on transparent ground.
///
/// # Errors
/// [`PrintError::Size`] where the width is 0 or too large for this machine.
pub fn pixels(atom: &Atom, width: u32) -> Result<Pixmap, PrintError> {
    let tree = Tree::from_str(&atomine_art::svg(atom), &Options::default())?;
    let mut pixmap = Pixmap::new(width, width).ok_or(PrintError::Size(width))?;
    #[expect(clippy::cast_precision_loss, reason = "pictures are far smaller")]
    let scale = width as f32 / tree.size().width();
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixmap.as_mut(),
    );
    Ok(pixmap)
}

/// The picture of `atom` as a PNG file, `width` pixels wide and high.
///
/// # Errors
/// As [`pixels`].
pub fn png(atom: &Atom, width: u32) -> Result<Vec<u8>, PrintError> {
    encoded(&pixels(atom, width)?)
}

/// A PNG file of these pixels.
///
/// # Errors
/// [`PrintError::Encoding`].
pub fn encoded(pixmap: &Pixmap) -> Result<Vec<u8>, PrintError> {
    pixmap
        .encode_png()
        .map_err(|error| PrintError::Encoding(error.to_string()))
}
