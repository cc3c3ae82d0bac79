//! How much one dispatch does, and how long the GPU rests after it.

use crate::kernel::Grid;

/// What a dispatch should take. The desktop is drawn by the same GPU, which does not interrupt a dispatch: this long a
/// picture may be late. Drivers end what takes seconds.
const AIM_MS: f64 = 20.0;
/// Hashes of the first dispatch: some 30 ms even on a processor that imitates a GPU.
const FIRST: u32 = 4096;
/// At most so many times the dispatch before: times are noisy, and 50 ms must not be passed by luck.
const MAX_GROWTH: f64 = 2.0;

/// Follows the GPU's speed.
#[derive(Clone, Debug)]
pub(crate) struct Pace {
    hashes: u32,
    power_percent: u8,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            hashes: FIRST,
            power_percent: 100,
        }
    }
}

impl Pace {
    /// The share of time to hash, in percent; taken into 10..=100.
    pub(crate) fn set_power(&mut self, percent: u8) {
        self.power_percent = percent.clamp(10, 100);
    }

    /// Whether it ever rests.
    pub(crate) fn rests(&self) -> bool {
        self.power_percent < 100
    }

    /// The next dispatch's size.
    pub(crate) fn grid(&self) -> Grid {
        Grid::of(self.hashes)
    }

    /// Learns that a dispatch of `grid` took `took_ms`; answers how many milliseconds to rest now.
    pub(crate) fn after(&mut self, grid: Grid, took_ms: f64) -> f64 {
        // Clocks in browsers are coarse.
        let took_ms = took_ms.max(0.1);
        let made = f64::from(grid.hashes());
        let wanted = (AIM_MS / took_ms).min(MAX_GROWTH) * made;
        self.hashes = to_u32(wanted.clamp(1.0, f64::from(Grid::MOST)));
        let power = f64::from(self.power_percent);
        took_ms * (100.0 - power) / power
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to 1..=2^30"
)]
fn to_u32(hashes: f64) -> u32 {
    hashes as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How long a dispatch takes once the pace has settled, on a GPU of this speed.
    fn settled_ms(hashes_per_ms: f64) -> f64 {
        let mut pace = Pace::default();
        let mut took_ms = 0.0;
        for _ in 0..40 {
            let grid = pace.grid();
            took_ms = f64::from(grid.hashes()) / hashes_per_ms;
            pace.after(grid, took_ms);
        }
        took_ms
    }

    #[test]
    fn dispatches_come_to_take_what_they_should() {
        for hashes_per_ms in [100.0, 1e3, 1e5, 5e6, 2e7] {
            let took_ms = settled_ms(hashes_per_ms);
            assert!(
                (15.0..25.0).contains(&took_ms),
                "{took_ms} ms at {hashes_per_ms} hashes/ms"
            );
        }
    }

    #[test]
    fn the_smallest_dispatch_is_one_workgroup_and_the_largest_is_bounded() {
        let mut pace = Pace::default();
        pace.after(pace.grid(), 1e9);
        assert_eq!(pace.grid().hashes(), 64);
        for _ in 0..100 {
            pace.after(pace.grid(), 0.0);
        }
        assert_eq!(pace.grid().hashes(), 1 << 30);
    }

    #[test]
    fn a_growing_dispatch_never_passes_50_ms() {
        let mut pace = Pace::default();
        for _ in 0..40 {
            let grid = pace.grid();
            let took_ms = f64::from(grid.hashes()) / 1e5;
            assert!(took_ms < 50.0, "{took_ms}");
            // Measured too short, as a clock that lags may have it, by a quarter.
            pace.after(grid, took_ms * 0.75);
        }
    }

    #[test]
    fn at_half_power_it_rests_as_long_as_it_works() {
        let mut pace = Pace::default();
        assert!(!pace.rests());
        assert_eq!(pace.after(pace.grid(), 20.0).to_bits(), 0.0_f64.to_bits());
        pace.set_power(50);
        assert!(pace.rests());
        assert_eq!(pace.after(pace.grid(), 20.0).to_bits(), 20.0_f64.to_bits());
        pace.set_power(0);
        assert_eq!(pace.after(pace.grid(), 20.0).to_bits(), 180.0_f64.to_bits());
    }
}
