//! The meter's averages are hashes over time, over the windows they claim.

use atomine_mine::{LONG_WINDOW_MS, RateMeter, SHORT_WINDOW_MS};

#[track_caller]
fn assert_rate(meter: &RateMeter, now_ms: f64, window_ms: f64, expected: f64) {
    let rate = meter.hashes_per_s(now_ms, window_ms);
    assert!(
        (rate - expected).abs() < 1e-6 * expected.max(1.0),
        "{rate} is not {expected}"
    );
}

/// Records `per_tick` every 100 ms in `from_ms..to_ms`, at the end of each tick.
fn steady(meter: &mut RateMeter, from_ms: u32, to_ms: u32, per_tick: u64) {
    for tick in (from_ms..to_ms).step_by(100) {
        meter.record(f64::from(tick + 100), per_tick);
    }
}

#[test]
fn nothing_is_claimed_before_time_passes() {
    let meter = RateMeter::new(500.0);
    assert_rate(&meter, 500.0, SHORT_WINDOW_MS, 0.0);
    assert_rate(&meter, 400.0, SHORT_WINDOW_MS, 0.0);
    assert_rate(&meter, 900.0, SHORT_WINDOW_MS, 0.0);
}

#[test]
fn a_young_meter_averages_since_its_start() {
    let mut meter = RateMeter::new(0.0);
    steady(&mut meter, 0, 2_000, 1_000);
    assert_rate(&meter, 2_000.0, SHORT_WINDOW_MS, 10_000.0);
    assert_rate(&meter, 2_000.0, LONG_WINDOW_MS, 10_000.0);
}

#[test]
fn the_short_window_forgets_sooner() {
    let mut meter = RateMeter::new(0.0);
    steady(&mut meter, 0, 60_000, 1_000);
    steady(&mut meter, 60_000, 70_000, 3_000);
    let short = meter.hashes_per_s(70_000.0, SHORT_WINDOW_MS);
    let long = meter.hashes_per_s(70_000.0, LONG_WINDOW_MS);
    // Entries are merged to quarters of a second, which is the averages' grain.
    assert!((short - 30_000.0).abs() < 750.0, "{short}");
    assert!((long - 13_333.3).abs() < 150.0, "{long}");
}

#[test]
fn a_stall_brings_the_rate_to_zero() {
    let mut meter = RateMeter::new(0.0);
    steady(&mut meter, 0, 5_000, 1_000);
    assert_rate(&meter, 16_000.0, SHORT_WINDOW_MS, 0.0);
    assert_eq!(meter.total(), 50_000);
}

#[test]
fn the_total_outlives_a_rest() {
    let mut meter = RateMeter::new(0.0);
    steady(&mut meter, 0, 5_000, 1_000);
    meter.resume(100_000.0);
    meter.record(101_000.0, 700);
    assert_rate(&meter, 101_000.0, SHORT_WINDOW_MS, 700.0);
    assert_eq!(meter.total(), 50_700);
}
