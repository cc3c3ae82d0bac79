//! The few functions that the sound needs, of additions and multiplications alone, so that they are the same
//! everywhere.

/// 2 to the power of `x`, for -126 < `x` < 127, within 1 in a million.
pub(super) fn exp2(x: f32) -> f32 {
    // To the nearest whole number: the series is best about 0, where decays and detunings are.
    let whole = (x + 127.5) as i32 - 127;
    let part = x - whole as f32;
    // Taylor's series about 0 in ln 2: six terms are enough on -½..½.
    let series = 1.0
        + part
            * (core::f32::consts::LN_2
                + part
                    * (0.240_226_5
                        + part
                            * (0.055_504_1
                                + part
                                    * (0.009_618_13 + part * (0.001_333_36 + part * 0.000_154)))));
    f32::from_bits(((whole + 127) << 23).cast_unsigned()) * series
}

/// The square root of a positive number: Newton's steps from a guess that halves the exponent.
pub(super) fn sqrt(x: f32) -> f32 {
    let guess = f32::from_bits((x.to_bits() >> 1) + 0x1fbb_4f2e);
    (0..3).fold(guess, |root, _| 0.5 * (root + x / root))
}

/// The sine of a share of a full turn, within 2 in a million.
pub(super) fn sin_turn(turn: f32) -> f32 {
    let part = turn - turn as i32 as f32;
    let part = if part < 0.0 { part + 1.0 } else { part };
    // Mirrored into the first quarter, where the series converges at once.
    let (part, sign) = if part < 0.5 {
        (part, 1.0)
    } else {
        (part - 0.5, -1.0)
    };
    let x = core::f32::consts::TAU * if part < 0.25 { part } else { 0.5 - part };
    let square = x * x;
    let series = 1.0
        - square / 6.0
            * (1.0
                - square / 20.0
                    * (1.0 - square / 42.0 * (1.0 - square / 72.0 * (1.0 - square / 110.0))));
    sign * x * series
}

/// The cosine of a share of a full turn.
pub(super) fn cos_turn(turn: f32) -> f32 {
    sin_turn(turn + 0.25)
}

/// How many turns a sample at a pitch in cents above MIDI note 0.
pub(super) fn turns_per_sample(cents: i32) -> f32 {
    // A4, 440 Hz, is note 69.
    exp2((cents - 6900) as f32 / 1200.0) * (440.0 / 44_100.0)
}

/// What a level is multiplied with in each sample, so that it falls by 60 dB in so many milliseconds.
pub(super) fn decay(ms: f32) -> f32 {
    exp2(-9.965_784 / (ms.max(1.0) * 44.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn close_to_the_truth() {
        for step in -4000..4000_i16 {
            let x = f64::from(step) / 400.0;
            let error = f64::from(exp2(x as f32)) / libm::exp2(x) - 1.0;
            assert!(error.abs() < 1e-5, "exp2({x}) is off by {error}");
            let error = f64::from(sin_turn(x as f32)) - libm::sin(x * core::f64::consts::TAU);
            assert!(error.abs() < 1e-5, "sin_turn({x}) is off by {error}");
        }
    }

    #[test]
    fn square_roots() {
        for x in [1e-9, 1e-6, 0.04, 0.5, 1.0, 2.0, 3.0, 1e4_f32] {
            let error = sqrt(x) * sqrt(x) / x - 1.0;
            assert!(error.abs() < 1e-6, "sqrt({x}) is off by {error}");
        }
    }

    #[test]
    fn pitches_and_decays() {
        assert!((turns_per_sample(6900) * 44_100.0 - 440.0).abs() < 0.01);
        assert!((turns_per_sample(8100) * 44_100.0 - 880.0).abs() < 0.02);
        let level = (0..44_100).fold(1.0_f32, |level, _| level * decay(1000.0));
        assert!((level - 0.001).abs() < 1e-5, "{level}");
    }
}
