//! Batches settle at a length that keeps a worker responsive, on fast and slow machines, and rest as told.

use atomine_mine::Pace;

/// Runs batches on a machine of `hashes_per_ms` for `total_ms`; the length of each.
fn run(pace: &mut Pace, hashes_per_ms: f64, total_ms: f64) -> Vec<f64> {
    let mut lengths = Vec::new();
    while lengths.iter().sum::<f64>() < total_ms {
        let hashes = u32::try_from(pace.batch()).unwrap();
        let took_ms = f64::from(hashes) / hashes_per_ms;
        pace.after(hashes.into(), took_ms);
        lengths.push(took_ms);
    }
    lengths
}

#[test]
fn warm_batches_take_50_to_100_ms() {
    for hashes_per_ms in [20.0, 300.0, 5_000.0, 30_000.0] {
        let mut pace = Pace::default();
        run(&mut pace, hashes_per_ms, 1_000.0);
        for took_ms in run(&mut pace, hashes_per_ms, 1_000.0) {
            assert!(
                (50.0..=100.0).contains(&took_ms),
                "{took_ms} at {hashes_per_ms}"
            );
        }
    }
}

#[test]
fn first_batches_are_short_for_the_optimiser() {
    for hashes_per_ms in [300.0, 5_000.0] {
        let lengths = run(&mut Pace::default(), hashes_per_ms, 200.0);
        assert!(lengths.len() >= 10);
        assert!(
            lengths.iter().all(|&took_ms| took_ms <= 20.0),
            "{lengths:?}"
        );
    }
}

#[test]
fn batches_follow_a_machine_that_slows_down() {
    let mut pace = Pace::default();
    run(&mut pace, 5_000.0, 1_000.0);
    let lengths = run(&mut pace, 1_000.0, 1_000.0);
    assert!(
        lengths[1..].iter().all(|&took_ms| took_ms <= 100.0),
        "{lengths:?}"
    );
}

#[test]
fn power_is_the_share_of_time_at_work() {
    let mut pace = Pace::default();
    let mut rest_after_80_ms = |percent| {
        pace.set_power(percent);
        pace.after(1_000, 80.0)
    };
    assert!(rest_after_80_ms(100).abs() < 1e-9);
    assert!((rest_after_80_ms(50) - 80.0).abs() < 1e-9);
    assert!((rest_after_80_ms(25) - 240.0).abs() < 1e-9);
    assert!((rest_after_80_ms(10) - 720.0).abs() < 1e-9);
    // Out of range is taken into it.
    assert!((rest_after_80_ms(0) - 720.0).abs() < 1e-9);
    assert!(rest_after_80_ms(255).abs() < 1e-9);
}

#[test]
fn a_find_at_once_does_not_make_batches_short() {
    let mut pace = Pace::default();
    run(&mut pace, 1_000.0, 1_000.0);
    let before = pace.batch();
    pace.after(10, 0.01);
    pace.after(0, 1.0);
    assert!(pace.batch() >= before / 2);
}

#[test]
fn a_clock_that_stands_still_or_runs_back_does_no_harm() {
    let mut pace = Pace::default();
    for _ in 0..5 {
        let before = pace.batch();
        assert!(pace.after(before, 0.0).abs() < 1e-9);
        assert!((1..=4 * before).contains(&pace.batch()));
        pace.after(0, 0.0);
        assert!(pace.batch() >= 1);
        pace.after(pace.batch(), -5.0);
        assert!(pace.batch() >= 1);
    }
}
