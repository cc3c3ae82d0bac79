//! Euclidean rhythms: pulses spread over a cycle as evenly as whole steps allow.

/// `pulses` over `steps`, turned by `rotation` steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cycle {
    pub(crate) pulses: u32,
    pub(crate) steps: u32,
    pub(crate) rotation: u32,
}

impl Cycle {
    /// Which pulse of the cycle `step` is, counted from the beginning of the piece, if it is one: Bresenham's line,
    /// which is Bjorklund's pattern up to rotation.
    pub(crate) fn pulse(&self, step: u32) -> Option<u32> {
        let place = (step + self.rotation) % self.steps * self.pulses;
        (place % self.steps < self.pulses).then(|| place / self.steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    fn drawn(pulses: u32, steps: u32) -> String {
        let cycle = Cycle {
            pulses,
            steps,
            rotation: 0,
        };
        (0..steps)
            .map(|step| {
                if cycle.pulse(step).is_some() {
                    'x'
                } else {
                    '.'
                }
            })
            .collect()
    }

    #[test]
    fn known_rhythms() {
        assert_eq!(drawn(3, 8), "x..x..x.");
        assert_eq!(drawn(4, 16), "x...x...x...x...");
        assert_eq!(drawn(0, 4), "....");
        assert_eq!(drawn(4, 4), "xxxx");
    }

    #[test]
    fn pulses_are_as_many_as_asked_for_and_even() {
        for steps in 1..40 {
            for pulses in 1..=steps {
                let drawn = drawn(pulses, steps);
                assert_eq!(drawn.matches('x').count() as u32, pulses);
                let cycle = Cycle {
                    pulses,
                    steps,
                    rotation: 0,
                };
                let counted = (0..steps).filter_map(|step| cycle.pulse(step));
                assert!(counted.eq(0..pulses));
                let gaps = drawn.split('x').skip(1).map(str::len);
                let (least, most) = (gaps.clone().min(), gaps.max());
                assert!(most.unwrap_or(0) - least.unwrap_or(0) <= 1, "{drawn}");
            }
        }
    }
}
