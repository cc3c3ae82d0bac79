//! What is drawn: the rate's history as spectral lines, the dial's lit graduation, an electron for each worker.

use crate::WebError;
use std::fmt::Write;
use web_sys::{Document, Element};

/// Width and height of the chart's view box; one unit is one second.
const CHART: (f64, f64) = (120.0, 40.0);
/// Graduations of the dial.
const GRADUATIONS: f64 = 120.0;
/// The dial's shells: how many electrons each takes, and its radius. The last takes what is left.
const SHELLS: [(u32, f64); 2] = [(2, 136.0), (u32::MAX, 158.0)];

/// Path data with a vertical line a second, the newest at the right edge, the highest nearly filling the chart.
pub(super) fn rate_path(history: &[f64]) -> String {
    let (width, height) = CHART;
    let highest = history.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    let mut path = String::new();
    let newest_first = history.iter().rev().take(120);
    for (seconds_ago, rate) in (0_u32..).zip(newest_first) {
        let x = width - 0.5 - f64::from(seconds_ago);
        // A second without a hash still leaves a mark, so that the time axis is seen.
        let length = (rate / highest * height * 0.95).clamp(0.6, height);
        // Writing to a String cannot fail.
        let _ = write!(path, "M{x} {height}v-{length:.1}");
    }
    path
}

/// A dash pattern that lights this share of the dial's graduations.
pub(super) fn lit_graduations(share: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=120"
    )]
    let lit = (share.clamp(0.0, 1.0) * GRADUATIONS).round() as usize;
    format!("{}0 {GRADUATIONS}", ".22 .78 ".repeat(lit))
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
            let angle = std::f64::consts::TAU * f64::from(index) / f64::from(here) - 1.0;
            let electron =
                document.create_element_ns(Some("http://www.w3.org/2000/svg"), "circle")?;
            electron.set_attribute("cx", &format!("{:.1}", 200.0 + radius * angle.cos()))?;
            electron.set_attribute("cy", &format!("{:.1}", 200.0 + radius * angle.sin()))?;
            electron.set_attribute("r", "5")?;
            group.append_child(&electron)?;
        }
    }
    Ok(())
}
