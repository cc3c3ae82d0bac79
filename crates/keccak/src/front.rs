//! Rounds 1 to 3, up to χ of round 3, for two xors a lane.
//!
//! Everything in a round but χ is linear over GF(2), and χ adds to a bit the product of two others. Let c be the 16
//! lowest bits of the counter, everything else being constant.
//!
//! 1. *Right before χ of round 2 the state is affine in c.* θ, ρ and π bring bit i of lane 9 to eleven places. Only in
//!    rows 1 and 4 do such places lie side by side, where χ multiplies them: bits i and i + 9, and i and i + 17 (mod 64),
//!    meet. [`counter_bytes`](crate::counter_bytes) puts c into bits 0 to 7 and 32 to 39, no two of which are that far
//!    apart. So χ of round 1 multiplies no two bits of c, and the next θ, ρ and π change nothing about that:
//!    `e(c) = e(0) ^ (xor of e(bit) ^ e(0) over the bits of c)`, which is [`Affine`].
//! 2. *Right before χ of round 3 the state is quadratic in c*: f(c), one χ later. A quadratic function's second difference
//!    D(s, l) = f(s ^ l) ^ f(s) ^ f(l) ^ f(0) is linear in s and in l, and the same around every point:
//!    `f(u ^ s ^ l) = f(u ^ l) ^ D(s, l) ^ (f(u ^ s) ^ f(u))`.
//!
//! Let u hold the upper bits of c and l the lower ones. A table holds f(u ^ l) for every l. When u counts up by one, its
//! lowest bits flip: s is one of a few values 0…01…1, whose D(s, l) are in tables too, and f(u ^ s) ^ f(u) is the same for
//! all l. That is the step: two xors a lane, instead of two rounds.

use alloc::{boxed::Box, vec};
use core::hint::black_box;

use crate::{
    lane::Lane,
    reference::{Block, ROUND_CONSTANTS, theta_rho_pi},
    rounds::{Rows, State, to_next_chi},
    work::Work,
};

/// Bits of the counter that never meet in round 1.
const FREE_BITS: usize = 16;
/// Those that are looked up: the tables that are used most must stay in the caches nearest to the processor, and what is
/// done once a step should not weigh.
const LOWER_BITS: usize = 7;
const UPPER_BITS: usize = FREE_BITS - LOWER_BITS;

/// Counters with the same upper bits.
pub(crate) const STRETCH: usize = 1 << LOWER_BITS;
/// Counters with the same bits above the free ones.
const SPAN: u64 = 1 << FREE_BITS;

/// f at the counters of a stretch.
type Table<L> = Box<[State<L>]>;

/// f for one stretch of counters after the other.
#[derive(Debug)]
pub(crate) struct Front<L> {
    affine: Affine,
    /// u of the present stretch.
    upper: usize,
    /// f(u).
    first: Block,
    /// f at the stretch before, where [`Self::take`] has not been yet, else at the present one.
    table: Table<L>,
    /// One after the other D(s, ·) for the s that flip one, two, … of the upper bits; then f itself, for the step from
    /// nothing.
    steps: Table<L>,
    /// Which of these leads to the present stretch.
    step: usize,
    /// What the step adds for all l alike: f(u ^ s) ^ f(u).
    common: State<L>,
    /// Room to work out a table in.
    plain: Box<[Block]>,
}

impl<L: Lane> Default for Front<L> {
    fn default() -> Self {
        let table =
            |stretches| vec![[L::from_fn(|_| 0); 25]; stretches * Self::VECTORS].into_boxed_slice();
        Self {
            affine: Affine {
                base: [0; 25],
                bits: [[0; 25]; FREE_BITS],
            },
            upper: 0,
            first: [0; 25],
            table: table(1),
            steps: table(UPPER_BITS + 1),
            step: UPPER_BITS,
            common: [L::from_fn(|_| 0); 25],
            plain: vec![[0; 25]; STRETCH].into_boxed_slice(),
        }
    }
}

impl<L: Lane> Front<L> {
    /// Vectors that hold a stretch.
    const VECTORS: usize = STRETCH / L::WIDTH;

    /// Goes to the stretch that `counter` is in, wherever that is.
    #[inline(never)]
    pub(crate) fn go_to(&mut self, work: &Work, counter: u64) {
        self.affine = Affine::new(work, counter & !(SPAN - 1));
        self.upper = low_bits(counter) & !(STRETCH - 1);
        for (n, step) in self.steps.chunks_exact_mut(Self::VECTORS).enumerate() {
            if n < UPPER_BITS {
                let flipped = ((2 << n) - 1) << LOWER_BITS;
                self.affine.second_differences(flipped, &mut self.plain);
            } else {
                self.affine.quadratics(self.upper, &mut self.plain);
                self.first = self.plain[0];
            }
            side_by_side(&self.plain, step);
        }
        self.table.as_flattened_mut().fill(L::from_fn(|_| 0));
        self.step = UPPER_BITS;
        self.common = [L::from_fn(|_| 0); 25];
    }

    /// Goes on to the next stretch, which begins at `counter`; all of the present one has been taken.
    #[inline(never)]
    pub(crate) fn go_on(&mut self, work: &Work, counter: u64) {
        if counter.is_multiple_of(SPAN) {
            self.go_to(work, counter);
            return;
        }
        self.upper = low_bits(counter);
        let first = self.affine.quadratic(self.upper);
        for (i, lane) in self.common.iter_mut().enumerate() {
            let common = first[i] ^ self.first[i];
            *lane = L::from_fn(|_| common);
        }
        self.first = first;
        // As many bits flip as there are trailing ones before, and the zero above them.
        self.step = self.upper.trailing_zeros() as usize - LOWER_BITS;
    }

    /// The present stretch's states right before χ of round 3, `WIDTH` counters at a time. All must be taken, if the
    /// next stretch is to be gone on to.
    #[inline(always)]
    pub(crate) fn steps(&mut self) -> impl Iterator<Item = Step<'_, L>> {
        let mut steps = self.steps.chunks_exact(Self::VECTORS);
        let differences = steps.nth(self.step).unwrap_or_default();
        let states = self.table.iter_mut().zip(differences);
        let common = &self.common;
        states.map(move |(state, difference)| Step {
            state,
            difference,
            common,
        })
    }
}

/// The way from a state of the stretch before to one of the present: taken by asking for each row once.
pub(crate) struct Step<'a, L> {
    state: &'a mut State<L>,
    difference: &'a State<L>,
    common: &'a State<L>,
}

impl<L: Lane> Step<'_, L> {
    #[inline(always)]
    fn lane(&mut self, i: usize) -> L {
        self.state[i] = self.state[i].xor(self.difference[i]).xor(self.common[i]);
        self.state[i]
    }
}

impl<L: Lane> Rows<L> for Step<'_, L> {
    #[inline(always)]
    fn row(&mut self, y: usize) -> [L; 5] {
        let i = 5 * y;
        [
            self.lane(i),
            self.lane(i + 1),
            self.lane(i + 2),
            self.lane(i + 3),
            self.lane(i + 4),
        ]
    }
}

/// The state right before χ of round 2 as an affine function of the free bits.
#[derive(Debug)]
struct Affine {
    /// Where all are zero.
    base: Block,
    /// What each adds.
    bits: [Block; FREE_BITS],
}

impl Affine {
    /// For the counters from `base` on, a multiple of [`SPAN`].
    #[inline(never)]
    fn new(work: &Work, base: u64) -> Self {
        let at = |counter| to_next_chi(&theta_rho_pi(&work.block_at(counter)), ROUND_CONSTANTS[0]);
        let zero = at(base);
        let mut bits = [zero; FREE_BITS];
        for (i, bit) in bits.iter_mut().enumerate() {
            add(bit, &at(base | 1 << i));
        }
        Self { base: zero, bits }
    }

    /// e(c).
    fn at(&self, c: usize) -> Block {
        let mut sum = self.base;
        let mut rest = c % (1 << FREE_BITS);
        while rest != 0 {
            add(&mut sum, &self.bits[rest.trailing_zeros() as usize]);
            rest &= rest - 1;
        }
        sum
    }

    /// f(c).
    #[inline(never)]
    fn quadratic(&self, c: usize) -> Block {
        to_next_chi(&self.at(c), ROUND_CONSTANTS[1])
    }

    /// f(u ^ l) for every l.
    #[inline(never)]
    fn quadratics(&self, u: usize, table: &mut [Block]) {
        for (l, block) in table.iter_mut().enumerate() {
            *block = self.quadratic(u | l);
        }
    }

    /// D(s, l) for every l.
    #[inline(never)]
    fn second_differences(&self, s: usize, table: &mut [Block]) {
        let mut alone = self.quadratic(s);
        add(&mut alone, &self.quadratic(0));
        table[0] = [0; 25];
        for l in 1..table.len() {
            let rest = l & (l - 1);
            let mut difference = alone;
            if rest == 0 {
                add(&mut difference, &self.quadratic(s | l));
                add(&mut difference, &self.quadratic(l));
            } else {
                difference = table[rest];
                add(&mut difference, &table[l ^ rest]);
            }
            table[l] = difference;
        }
    }
}

/// `plain` with neighbours side by side in one vector.
fn side_by_side<L: Lane>(plain: &[Block], table: &mut [State<L>]) {
    for (state, blocks) in table.iter_mut().zip(plain.chunks_exact(L::WIDTH)) {
        // A bound that the compiler does not know: it would write the loop out.
        for i in 0..black_box(25) {
            state[i] = L::from_fn(|hash| blocks[hash][i]);
        }
    }
}

/// The free bits of a counter.
fn low_bits(counter: u64) -> usize {
    (counter % SPAN) as usize
}

/// `sum ^= block`, out of line: it is used all over the set-up.
#[inline(never)]
fn add(sum: &mut Block, block: &Block) {
    for (lane, other) in sum.iter_mut().zip(block) {
        *lane ^= other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PREIMAGE_BYTES, keccak256};

    /// Random work, and a random counter whose free bits are zero.
    fn random(seed: u8) -> (Work, u64) {
        let mut preimage = [seed; PREIMAGE_BYTES];
        let first = keccak256(&preimage);
        preimage[..32].copy_from_slice(&first);
        let second = keccak256(&preimage);
        preimage[32..64].copy_from_slice(&second);
        let base = u64::from_le_bytes(*second.first_chunk().unwrap());
        (Work::new(&preimage, [0; 32]), base & !(SPAN - 1))
    }

    /// e and f by the plain rounds, at a counter.
    fn plainly(work: &Work, counter: u64) -> [Block; 2] {
        let e = to_next_chi(&theta_rho_pi(&work.block_at(counter)), ROUND_CONSTANTS[0]);
        [e, to_next_chi(&e, ROUND_CONSTANTS[1])]
    }

    /// The xor of `function` over all sums of the given bits: its derivative, zero where its degree is smaller than
    /// their number.
    fn derivative(bits: &[u64], function: impl Fn(u64) -> Block) -> Block {
        (0..1 << bits.len()).fold([0; 25], |sum, chosen: u64| {
            let chosen = bits
                .iter()
                .enumerate()
                .filter(|(i, _)| chosen >> i & 1 == 1);
            let mut sum = sum;
            add(&mut sum, &function(chosen.map(|(_, bit)| bit).sum()));
            sum
        })
    }

    #[test]
    fn the_free_bits_are_affine_before_round_2_and_quadratic_before_round_3() {
        for seed in 0..8 {
            let (work, base) = random(seed);
            let e = |c| plainly(&work, base ^ c)[0];
            let f = |c| plainly(&work, base ^ c)[1];
            for i in 0..FREE_BITS {
                for j in 0..i {
                    assert_eq!(derivative(&[1 << i, 1 << j], e), [0; 25], "{i} {j}");
                    let k = (i + 3 * j + usize::from(seed)) % FREE_BITS;
                    if k != i && k != j {
                        assert_eq!(
                            derivative(&[1 << i, 1 << j, 1 << k], f),
                            [0; 25],
                            "{i} {j} {k}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn the_property_is_that_of_these_bits() {
        let (work, base) = random(9);
        let e = |c| plainly(&work, base ^ c)[0];
        let f = |c| plainly(&work, base ^ c)[1];
        // Lane bits 0 and 17, which are 17 apart.
        assert_ne!(derivative(&[1 << 0, 1 << 17], e), [0; 25]);
        // f is no more than quadratic, but no less.
        assert_ne!(derivative(&[1 << 0, 1 << 1], f), [0; 25]);
    }

    #[test]
    fn stretch_after_stretch_is_what_the_rounds_give() {
        let (work, base) = random(10);
        let mut front = Front::<u64>::default();
        // From the middle of a span into the next one.
        let start = base + SPAN / 2 + 5 * STRETCH as u64;
        front.go_to(&work, start + 3);
        let mut counter = start;
        while counter < base + SPAN + 3 * STRETCH as u64 {
            for mut step in front.steps() {
                let state: [[u64; 5]; 5] = core::array::from_fn(|y| step.row(y));
                assert_eq!(
                    state.as_flattened(),
                    plainly(&work, counter)[1],
                    "{counter}"
                );
                counter += 1;
            }
            front.go_on(&work, counter);
        }
    }
}
