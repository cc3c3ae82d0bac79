//! The rounds of Keccak-f[1600] as the kernels use them: the first with all but the counter done beforehand, the middle
//! ones, and the end of the last.

use crate::{
    lane::Lane,
    reference::{self, ROUND_CONSTANTS},
    work::{CounterLane, Work},
};

/// Lane (x, y) is at `x + 5 * y`.
pub(crate) type State<L> = [L; 25];

/// Round 1 up to χ, for a counter of zero.
///
/// Only one lane of the message changes during a search, and θ, ρ and π are linear: the counter reaches eleven lanes,
/// rotated, and the rest of the linear part is done once per search.
pub(crate) struct FirstRound<L> {
    before_chi: State<L>,
    counter_lane: CounterLane,
}

impl<L: Lane> FirstRound<L> {
    pub(crate) fn new(work: &Work) -> Self {
        Self {
            before_chi: reference::theta_rho_pi(work.block()).map(L::splat),
            counter_lane: work.counter_lane(),
        }
    }

    /// The state after round 1 at `counter`.
    ///
    /// A lane's bits go to the lane itself, to its right neighbour's column and, rotated by 1, to its left neighbour's;
    /// the rotations are ρ's on top of that. Written out for the same reason as χ.
    #[inline(always)]
    pub(crate) fn at(&self, counter: L, out: &mut State<L>) {
        let b = &self.before_chi;
        let with = |lane: usize, rotation| b[lane].xor(counter.rotate_left(rotation));
        let b = match self.counter_lane {
            #[rustfmt::skip]
            CounterLane::Eight => [
                b[0], b[1], with(2, 44), b[3], with(4, 14),
                b[5], with(6, 20), b[7], b[8], with(9, 62),
                b[10], with(11, 7), b[12], with(13, 8), b[14],
                with(15, 27), b[16], b[17], with(18, 16), b[19],
                with(20, 63), with(21, 55), with(22, 39), b[23], b[24],
            ],
            #[rustfmt::skip]
            CounterLane::Nine => [
                with(0, 0), b[1], b[2], with(3, 22), b[4],
                with(5, 29), with(6, 20), with(7, 3), b[8], b[9],
                b[10], b[11], with(12, 26), b[13], with(14, 18),
                b[15], with(16, 36), b[17], b[18], with(19, 57),
                b[20], with(21, 56), b[22], with(23, 41), b[24],
            ],
        };
        *out = chi(&b);
        out[0] = out[0].xor(L::splat(ROUND_CONSTANTS[0]));
    }
}

/// A whole round, 2 to 23.
#[inline(always)]
pub(crate) fn round<L: Lane>(a: &State<L>, out: &mut State<L>, constant: L) {
    let d = theta(a);
    *out = chi(&[
        rho(a, &d, 0, 0),
        rho(a, &d, 6, 44),
        rho(a, &d, 12, 43),
        rho(a, &d, 18, 21),
        rho(a, &d, 24, 14),
        rho(a, &d, 3, 28),
        rho(a, &d, 9, 20),
        rho(a, &d, 10, 3),
        rho(a, &d, 16, 45),
        rho(a, &d, 22, 61),
        rho(a, &d, 1, 1),
        rho(a, &d, 7, 6),
        rho(a, &d, 13, 25),
        rho(a, &d, 19, 8),
        rho(a, &d, 20, 18),
        rho(a, &d, 4, 27),
        rho(a, &d, 5, 36),
        rho(a, &d, 11, 10),
        rho(a, &d, 17, 15),
        rho(a, &d, 23, 56),
        rho(a, &d, 2, 62),
        rho(a, &d, 8, 55),
        rho(a, &d, 14, 39),
        rho(a, &d, 15, 41),
        rho(a, &d, 21, 2),
    ]);
    out[0] = out[0].xor(constant);
}

/// Round 24 as far as lane 0 of its output, which holds the hash's first 8 bytes.
#[inline(always)]
pub(crate) fn last_lane_0<L: Lane>(a: &State<L>, constant: L) -> L {
    let d = theta(a);
    let (b0, b1, b2) = (rho(a, &d, 0, 0), rho(a, &d, 6, 44), rho(a, &d, 12, 43));
    b0.xor(b2.and_not(b1)).xor(constant)
}

/// What θ adds to each column: the parities of its neighbours.
#[inline(always)]
fn theta<L: Lane>(a: &State<L>) -> [L; 5] {
    let c = |x: usize| {
        a[x].xor(a[x + 5])
            .xor(a[x + 10])
            .xor(a[x + 15])
            .xor(a[x + 20])
    };
    let c = [c(0), c(1), c(2), c(3), c(4)];
    let d = |x: usize| c[(x + 4) % 5].xor(c[(x + 1) % 5].rotate_left(1));
    [d(0), d(1), d(2), d(3), d(4)]
}

/// θ's addition and ρ's rotation for one lane.
#[inline(always)]
fn rho<L: Lane>(a: &State<L>, d: &[L; 5], lane: usize, offset: u32) -> L {
    a[lane].xor(d[lane % 5]).rotate_left(offset)
}

/// χ, a row at a time. Written out: compilers leave a loop over the lanes a loop.
#[inline(always)]
fn chi<L: Lane>(b: &State<L>) -> State<L> {
    let [a0, a1, a2, a3, a4] = chi_row([b[0], b[1], b[2], b[3], b[4]]);
    let [a5, a6, a7, a8, a9] = chi_row([b[5], b[6], b[7], b[8], b[9]]);
    let [a10, a11, a12, a13, a14] = chi_row([b[10], b[11], b[12], b[13], b[14]]);
    let [a15, a16, a17, a18, a19] = chi_row([b[15], b[16], b[17], b[18], b[19]]);
    let [a20, a21, a22, a23, a24] = chi_row([b[20], b[21], b[22], b[23], b[24]]);
    [
        a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19,
        a20, a21, a22, a23, a24,
    ]
}

#[inline(always)]
fn chi_row<L: Lane>([b0, b1, b2, b3, b4]: [L; 5]) -> [L; 5] {
    [
        b0.xor(b2.and_not(b1)),
        b1.xor(b3.and_not(b2)),
        b2.xor(b4.and_not(b3)),
        b3.xor(b0.and_not(b4)),
        b4.xor(b1.and_not(b0)),
    ]
}
