//! What is drawn: the rate's history as spectral lines, the dial's lit graduation, an electron for each worker.
//!
//! In whole numbers: formatting floats would weigh more in the download than all of this.

use crate::WebError;
use std::fmt::Write;
use web_sys::{Document, Element};

/// The chart's view box; ten units of its width are one second.
const WIDTH: u32 = 1200;
/// Height of the chart's view box.
const HEIGHT: u32 = 400;
/// Length of the line of the highest rate shown.
const HIGHEST: f64 = 380.0;
/// Graduations of the dial.
const GRADUATIONS: f64 = 120.0;
/// The dial's shells: how many electrons each takes, and its radius. The last takes what is left.
const SHELLS: [(u32, u32); 2] = [(2, 136), (u32::MAX, 158)];

/// Path data with a vertical line a second, the newest at the right edge, the highest nearly filling the chart.
pub(super) fn rate_path(history: &[f64]) -> String {
    let highest = history.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let mut path = String::new();
    for (x, rate) in (5..WIDTH).step_by(10).rev().zip(history.iter().rev()) {
        // A second without a hash still leaves a mark, so that the time axis is seen.
        let length = whole((rate / highest * HIGHEST).clamp(6.0, HIGHEST));
        // Writing to a String cannot fail.
        let _ = write!(path, "M{x} {HEIGHT}v-{length}");
    }
    path
}

/// A dash pattern that lights this share of the dial's graduations.
pub(super) fn lit_graduations(share: f64) -> String {
    let lit = whole(share.clamp(0.0, 1.0) * GRADUATIONS);
    let mut pattern: String = (0..lit).map(|_| ".22 .78 ").collect();
    pattern.push_str("0 120");
    pattern
}

/// A share in whole percent, 0..=100.
pub(super) fn percent(share: f64) -> u32 {
    whole(share.clamp(0.0, 1.0) * 100.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small numbers from 0 up; NaN becomes 0"
)]
fn whole(number: f64) -> u32 {
    number.round() as u32
}

/// Puts an electron for each worker on the dial's shells, evenly spaced.
///
/// # Errors
/// [`WebError::Thrown`] when the document refuses an element, which it does not.
pub(super) fn show_electrons(
    document: &Document,
    group: &Element,
    workers: u32,
) -> Result<(), WebError> {
    group.set_text_content(None);
    let mut left = workers;
    for (capacity, radius) in SHELLS {
        let here = left.min(capacity);
        left -= here;
        for index in 0..here {
            let degrees = u64::from(index) * 360 / u64::from(here) + 303;
            let electron =
                document.create_element_ns(Some("http://www.w3.org/2000/svg"), "circle")?;
            electron.set_attribute("cx", &(200 + radius).to_string())?;
            electron.set_attribute("cy", "200")?;
            electron.set_attribute("r", "5")?;
            electron.set_attribute("transform", &format!("rotate({degrees} 200 200)"))?;
            group.append_child(&electron)?;
        }
    }
    Ok(())
}
