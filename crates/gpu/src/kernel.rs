//! The kernel's text, what it is asked, and how its answer is read.

use crate::GpuError;
use atomine_keccak::{ROUND_CONSTANTS, Work};

/// The kernel. Its entry point is `search`.
pub const WGSL: &str = include_str!("search.wgsl");

/// Counters that one dispatch can report; more are counted and left out.
pub const CAPACITY: u32 = 255;
/// Invocations in a workgroup.
const WORKGROUP: u32 = 64;
/// Workgroups in a row of the grid; WebGPU promises 65,535 in each direction.
const ROW: u32 = 1024;
/// Bits of lane 0 that the kernel's filter can look at.
pub(crate) const FILTER_BITS: u32 = 0xffff_e000;
/// Leading zeros from which on the filter pays: with fewer, almost every group of 32 invocations, which go together,
/// has one that passes.
const FILTER_FROM: u32 = 20;

/// Bytes of a [`Query`].
pub(crate) const QUERY_BYTES: u64 = 464;
/// Bytes of an answer: a count and the offsets.
pub(crate) const FOUND_BYTES: u64 = 4 * (1 + CAPACITY as u64);

/// How many workgroups a dispatch has, in rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Workgroups in a row.
    pub columns: u32,
    /// Rows.
    pub rows: u32,
}

impl Grid {
    /// Most hashes of one dispatch.
    pub(crate) const MOST: u32 = 1 << 30;

    /// The smallest grid that makes `hashes` (at most 2^30), at least one workgroup.
    pub fn of(hashes: u32) -> Self {
        let workgroups = hashes.min(Self::MOST).div_ceil(WORKGROUP).max(1);
        if workgroups <= ROW {
            Self {
                columns: workgroups,
                rows: 1,
            }
        } else {
            Self {
                columns: ROW,
                rows: workgroups.div_ceil(ROW),
            }
        }
    }

    /// Hashes that it makes.
    pub fn hashes(self) -> u32 {
        WORKGROUP * self.columns * self.rows
    }
}

/// What is worth reporting: a hash whose first 8 bytes, big-endian, are at most so much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The largest first 8 bytes.
    pub top: u64,
    /// Bits of lane 0 that decide before the exact look; 0 for the exact look at every hash.
    pub filter_bits: u32,
}

impl Bound {
    /// The bound at `top`, with the filter that no hash within it fails.
    pub fn new(top: u64) -> Self {
        let zeros = top.leading_zeros();
        let filter_bits = if zeros < FILTER_FROM {
            0
        } else {
            // The hash begins with lane 0's lowest byte, hence the swap.
            let leading = !u64::MAX.checked_shr(zeros).unwrap_or_default();
            low_word(leading.swap_bytes()) & FILTER_BITS
        };
        Self { top, filter_bits }
    }
}

/// One question to the kernel: which of these counters keep the bound?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Of the first invocation; the others follow, wrapping at 2^64.
    pub start: u64,
    /// How many counters.
    pub grid: Grid,
    /// What is worth reporting.
    pub bound: Bound,
    before_chi: [u64; 25],
}

impl Query {
    /// The question about `work`.
    pub fn new(work: &Work, start: u64, grid: Grid, bound: Bound) -> Self {
        Self {
            start,
            grid,
            bound,
            before_chi: work.before_first_chi(),
        }
    }

    /// As the kernel's `Query` lies in memory.
    pub fn to_bytes(&self) -> Vec<u8> {
        let [_, middle @ .., _, _] = ROUND_CONSTANTS;
        let three_rounds = middle.as_chunks::<3>().0.iter();
        let mut lanes = self.before_chi.to_vec();
        lanes.push(0);
        lanes.extend(three_rounds.flat_map(|[first, second, third]| [*first, *second, *third, 0]));
        lanes.extend([self.start, self.bound.top, self.bound.filter_bits.into(), 0]);
        lanes.into_iter().flat_map(u64::to_le_bytes).collect()
    }
}

/// The kernel's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Distances from the query's start, in no order; at most [`CAPACITY`].
    pub offsets: Vec<u32>,
}

impl Found {
    /// Reads the kernel's `Found`.
    ///
    /// # Errors
    /// [`GpuError::Wrong`] when there are fewer bytes than it has.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, GpuError> {
        let mut words = bytes.as_chunks().0.iter().copied().map(u32::from_le_bytes);
        let count = words.next().ok_or(GpuError::Wrong)?.min(CAPACITY);
        let offsets: Vec<u32> = (0..count).map_while(|_| words.next()).collect();
        if offsets.len() == count.try_into().unwrap_or(usize::MAX) {
            Ok(Self { offsets })
        } else {
            Err(GpuError::Wrong)
        }
    }
}

fn low_word(lane: u64) -> u32 {
    u32::try_from(lane & u64::from(u32::MAX)).unwrap_or_default()
}
