//! Angles and their sines in whole numbers.

use crate::Length;

/// An angle as a share of a full turn: 65,536 steps; adding wraps around.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Angle(pub u16);

/// One as [`Angle::sin`] counts: sines are in -65,536..=65,536.
pub(crate) const ONE: i64 = 1 << 16;

impl Angle {
    /// A share of a full turn, `numerator / denominator` (a denominator of 0 counts as 1).
    pub fn of_turn(numerator: u32, denominator: u32) -> Self {
        Self::wrapping((i64::from(numerator) << 16) / i64::from(denominator.max(1)))
    }

    /// A 256th of a turn times `byte`.
    pub fn of_byte(byte: u8) -> Self {
        Self(u16::from(byte) << 8)
    }

    /// `steps` of 65,536ths of a turn, whole turns taken away.
    pub fn wrapping(steps: impl Into<i64>) -> Self {
        // The remainder is in 0..65,536.
        Self(u16::try_from(steps.into().rem_euclid(ONE)).unwrap_or(0))
    }

    /// This angle and `other` together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.wrapping_add(other.0))
    }

    /// This angle in degrees, as a [`Length`] (SVG writes both alike).
    pub fn degrees(self) -> Length {
        Length(i32::try_from(i64::from(self.0) * 36_000 / ONE).unwrap_or(0))
    }

    /// The sine times 65,536, within 3 of the true value.
    pub fn sin(self) -> i64 {
        let within_half = i64::from(self.0 & 0x7fff);
        // The quarter turn x in 0..=2^30, mirrored about the quarter.
        let x = within_half.min(0x8000 - within_half) << 16;
        let square = (x * x) >> 30;
        // sin(πx/2) = x · (c1 - x²(c3 - x²(c5 - x²(c7 - x² c9)))), the Taylor terms times 2^30.
        let [c1, c3, c5, c7, c9] = [1_686_629_713, 693_598_668, 85_569_306, 5_026_983, 172_272];
        let series = [c5, c3, c1]
            .into_iter()
            .fold(c7 - ((square * c9) >> 30), |sum, term| {
                term - ((square * sum) >> 30)
            });
        let sine = ((x * series) >> 30) >> 14;
        if self.0 < 0x8000 { sine } else { -sine }
    }

    /// The cosine times 65,536.
    pub fn cos(self) -> i64 {
        self.plus(Self(0x4000)).sin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sines_are_close_everywhere() {
        for step in 0..=u16::MAX {
            let truth = (f64::from(step) / 32768.0 * core::f64::consts::PI).sin() * 65536.0;
            let sine = i32::try_from(Angle(step).sin()).expect("small");
            let error = f64::from(sine) - truth;
            assert!(error.abs() < 3.0, "sin({step}) is off by {error}");
        }
    }

    #[test]
    fn shares_of_a_turn() {
        assert_eq!(Angle::of_turn(1, 4), Angle(0x4000));
        assert_eq!(Angle::of_turn(5, 4), Angle(0x4000));
        assert_eq!(Angle::of_turn(1, 0), Angle(0));
    }
}
