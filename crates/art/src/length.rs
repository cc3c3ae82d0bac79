//! Lengths in the picture, exact to a hundredth.

use core::fmt;

/// A length or coordinate in hundredths of the picture's unit. Prints as a decimal without
/// needless zeros: `Length(1250)` is `12.5`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Length(pub i32);

impl Length {
    /// `units` whole units.
    pub const fn units(units: i32) -> Self {
        Self(units * 100)
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hundredths = self.0.unsigned_abs();
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        if self.0 < 0 {
            f.write_str("-")?;
        }
        match (rest / 10, rest % 10) {
            (0, 0) => write!(f, "{whole}"),
            (tenths, 0) => write!(f, "{whole}.{tenths}"),
            (tenths, hundredths) => write!(f, "{whole}.{tenths}{hundredths}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;

    #[test]
    fn prints_like_a_person_would() {
        let printed = [0, 5, 10, 100, 1250, 1205, -5, -1250].map(|value| Length(value).to_string());
        assert_eq!(
            printed,
            ["0", "0.05", "0.1", "1", "12.5", "12.05", "-0.05", "-12.5"]
        );
    }
}
