//! The rounds of Keccak-f[1600] as the kernels use them, from χ of round 3 on; what comes before is `front`'s.

use core::hint::black_box;

use crate::{
    lane::Lane,
    reference::{self, Block, ROUND_CONSTANTS},
};

/// Lane (x, y) is at `x + 5 * y`.
pub(crate) type State<L> = [L; 25];

/// The parities of the five columns, which θ starts from.
type Parities<L> = [L; 5];

/// π and ρ: for each row of χ's input, the lanes that it is made of and how far they are rotated.
const ROWS: [[(usize, u32); 5]; 5] = [
    [(0, 0), (6, 44), (12, 43), (18, 21), (24, 14)],
    [(3, 28), (9, 20), (10, 3), (16, 45), (22, 61)],
    [(1, 1), (7, 6), (13, 25), (19, 8), (20, 18)],
    [(4, 27), (5, 36), (11, 10), (17, 15), (23, 56)],
    [(2, 62), (8, 55), (14, 39), (15, 41), (21, 2)],
];

/// A state that is asked for row by row, each once and in order, so that few lanes are at hand at a time.
pub(crate) trait Rows<L> {
    /// The lanes (0, y) to (4, y).
    fn row(&mut self, y: usize) -> [L; 5];
}

/// The first 8 bytes of the hash, from the state right before χ of round 3. `scratch` is for the states in between.
#[inline(always)]
pub(crate) fn finish<L: Lane>(before_chi: impl Rows<L>, scratch: &mut [State<L>; 2]) -> L {
    let [_, _, third, middle @ .., last] = &ROUND_CONSTANTS;
    let [a, b] = scratch;
    let mut parities = chi(before_chi, a, *third);
    // Two rounds an iteration: more do not fit the processors' caches of decoded instructions, one costs copies.
    for [odd, even] in middle.as_chunks().0 {
        parities = round(a, &parities, b, *odd);
        in_memory(b);
        parities = round(b, &parities, a, *even);
        in_memory(a);
    }
    last_lane_0(a, &parities, *last)
}

/// From right before χ of a round to right before χ of the next one, for the set-up of `front`. Out of line: it is
/// long.
#[inline(never)]
pub(crate) fn to_next_chi(before_chi: &Block, constant: u64) -> Block {
    let mut a = reference::chi(before_chi);
    a[0] ^= constant;
    let d = theta(&sums(&a));
    let mut next = [0; 25];
    for (row_out, from) in next.as_chunks_mut().0.iter_mut().zip(ROWS) {
        *row_out = row(&a, &d, from);
    }
    next
}

/// Keeps compilers from carrying `state` over in variables, of which they make copies on the stack.
#[inline(always)]
fn in_memory<L: Lane>(state: &mut State<L>) {
    if L::IN_MEMORY {
        black_box(state);
    }
}

/// A whole round, 4 to 23. The parities of what comes out are summed up on the way, while the rows are at hand.
#[inline(always)]
fn round<L: Lane>(
    a: &State<L>,
    parities: &Parities<L>,
    out: &mut State<L>,
    constant: u64,
) -> Parities<L> {
    let parities = if L::IN_MEMORY { *parities } else { sums(a) };
    let d = theta(&parities);
    let mut parities = first_row(out, row(a, &d, ROWS[0]), constant);
    // Written out: compilers leave a loop a loop.
    next_row(out, &mut parities, 1, row(a, &d, ROWS[1]));
    next_row(out, &mut parities, 2, row(a, &d, ROWS[2]));
    next_row(out, &mut parities, 3, row(a, &d, ROWS[3]));
    next_row(out, &mut parities, 4, row(a, &d, ROWS[4]));
    parities
}

/// χ and ι alone.
#[inline(always)]
fn chi<L: Lane>(mut b: impl Rows<L>, out: &mut State<L>, constant: u64) -> Parities<L> {
    let mut parities = first_row(out, b.row(0), constant);
    next_row(out, &mut parities, 1, b.row(1));
    next_row(out, &mut parities, 2, b.row(2));
    next_row(out, &mut parities, 3, b.row(3));
    next_row(out, &mut parities, 4, b.row(4));
    parities
}

/// Round 24 as far as lane 0 of its output, which holds the hash's first 8 bytes.
#[inline(always)]
fn last_lane_0<L: Lane>(a: &State<L>, parities: &Parities<L>, constant: u64) -> L {
    let d = theta(parities);
    let [b0, b1, b2, ..] = ROWS[0];
    let (b0, b1, b2) = (rho(a, &d, b0), rho(a, &d, b1), rho(a, &d, b2));
    b0.xor(b2.and_not(b1)).xor(L::splat(constant))
}

/// The parities of the columns, which other rounds than the present one need not know.
#[inline(always)]
fn sums<L: Lane>(a: &State<L>) -> Parities<L> {
    [sum(a, 0), sum(a, 1), sum(a, 2), sum(a, 3), sum(a, 4)]
}

#[inline(always)]
fn sum<L: Lane>(a: &State<L>, x: usize) -> L {
    a[x].xor(a[x + 5])
        .xor(a[x + 10])
        .xor(a[x + 15])
        .xor(a[x + 20])
}

/// What θ adds to each column: the parities of its neighbours.
#[inline(always)]
fn theta<L: Lane>(&[c0, c1, c2, c3, c4]: &Parities<L>) -> [L; 5] {
    [
        c4.xor(c1.rotate_left(1)),
        c0.xor(c2.rotate_left(1)),
        c1.xor(c3.rotate_left(1)),
        c2.xor(c4.rotate_left(1)),
        c3.xor(c0.rotate_left(1)),
    ]
}

/// θ's addition and ρ's rotation for a row of χ's input.
#[inline(always)]
fn row<L: Lane>(a: &State<L>, d: &[L; 5], from: [(usize, u32); 5]) -> [L; 5] {
    [
        rho(a, d, from[0]),
        rho(a, d, from[1]),
        rho(a, d, from[2]),
        rho(a, d, from[3]),
        rho(a, d, from[4]),
    ]
}

/// θ's addition and ρ's rotation for one lane.
#[inline(always)]
fn rho<L: Lane>(a: &State<L>, d: &[L; 5], (lane, offset): (usize, u32)) -> L {
    a[lane].xor(d[lane % 5]).rotate_left(offset)
}

/// χ and ι of row 0 into `out`.
#[inline(always)]
fn first_row<L: Lane>(out: &mut State<L>, b: [L; 5], constant: u64) -> Parities<L> {
    let [r0, r1, r2, r3, r4] = chi_row(b);
    let row = [r0.xor(L::splat(constant)), r1, r2, r3, r4];
    [out[0], out[1], out[2], out[3], out[4]] = row;
    row
}

/// χ of row `y` into `out` and, summed up, into `parities`.
#[inline(always)]
fn next_row<L: Lane>(out: &mut State<L>, parities: &mut Parities<L>, y: usize, b: [L; 5]) {
    let row = chi_row(b);
    let at = 5 * y;
    [out[at], out[at + 1], out[at + 2], out[at + 3], out[at + 4]] = row;
    let [c0, c1, c2, c3, c4] = *parities;
    *parities = [
        c0.xor(row[0]),
        c1.xor(row[1]),
        c2.xor(row[2]),
        c3.xor(row[3]),
        c4.xor(row[4]),
    ];
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
