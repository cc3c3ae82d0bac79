//! The one checker of every kernel: whatever its tricks, a kernel answers exactly as a plain loop over `sha3` does.

use atomine_keccak::{Best, Kernel, Outcome, PREIMAGE_BYTES, Work, counter_bytes, keccak256};
use serde_json::Value;
use sha3::{Digest, Keccak256};
use std::ops::Range;

type Preimage = [u8; PREIMAGE_BYTES];
type Hash = [u8; 32];

/// Message bytes of the counter.
const COUNTER: Range<usize> = 72..80;
const UNREACHABLE: Hash = [0; 32];

/// Everything a kernel must get right.
pub(crate) fn check<K: Kernel>() {
    hashes_the_vectors::<K>();
    agrees_on_random_work::<K>();
    carries_the_counter::<K>();
    finds_a_planted_nonce_at_every_position::<K>();
    is_exact_at_the_target::<K>();
    takes_the_first_of_many::<K>();
    keeps_to_its_range::<K>();
    walks_far::<K>();
}

/// The reference itself agrees with `sha3`.
pub(crate) fn check_reference() {
    let mut random = Random(1);
    for _ in 0..200 {
        let preimage = random.preimage();
        assert_eq!(keccak256(&preimage), sha3(&preimage));
    }
    for vector in vectors() {
        assert_eq!(keccak256(&vector.preimage), vector.hash);
    }
}

fn hashes_the_vectors<K: Kernel>() {
    let vectors = vectors();
    assert!(!vectors.is_empty());
    for vector in vectors {
        let counter = counter_of(&vector.preimage);
        let work = Work::new(&vector.preimage, vector.target);
        // With a best that is hardly worse, only the right hash passes the kernel's own filter.
        let mut best = worse_than(vector.hash);
        let outcome = K::default().search(&work, counter, 1, &mut best);
        assert_eq!(outcome.found, Some(counter));
        assert_eq!(best.hash, vector.hash);
    }
}

fn agrees_on_random_work<K: Kernel>() {
    let mut random = Random(2);
    for _ in 0..100 {
        let (preimage, start) = (random.preimage(), random.next());
        let count = random.next() % 700;
        // Leading zeros from none to more than the range will show.
        let mut target = random.hash();
        target[0] >>= random.next() % 8;
        target[1] >>= random.next() % 8;
        Case::new(preimage, target).agrees::<K>(start, count, Best::NONE);
    }
}

/// Around each carry, every counter in turn is the planted one, at several places of a batch.
fn carries_the_counter<K: Kernel>() {
    let mut random = Random(3);
    for bits in [8, 16, 17, 24, 31, 32, 33, 48, 63, 64] {
        let edge = 1_u64.checked_shl(bits).unwrap_or(0);
        for planted in [-2, -1, 0, 1, 2].map(|i| edge.wrapping_add_signed(i)) {
            let preimage = preimage_with_small_hash(&mut random, planted);
            let hash = hash_at(&preimage, planted);
            let case = Case::new(preimage, next_up(hash));
            for before in 0..4 {
                let start = planted.wrapping_sub(before);
                case.agrees::<K>(start, 7, worse_than(hash));
            }
        }
    }
}

fn finds_a_planted_nonce_at_every_position<K: Kernel>() {
    let preimage = Random(4).preimage();
    // Far from zero, so that each batch can begin before the smallest of a thousand hashes and none is smaller.
    let from = 1 << 40;
    let planted = smallest(&preimage, from..from + 1000);
    let case = Case::new(preimage, next_up(planted.hash));
    for position in 0..66 {
        for after in [1, 4] {
            let (start, count) = (planted.counter - position, position + after);
            for best in [Best::NONE, worse_than(planted.hash)] {
                case.agrees::<K>(start, count, best);
            }
        }
    }
}

fn is_exact_at_the_target<K: Kernel>() {
    let preimage = Random(5).preimage();
    let smallest = smallest(&preimage, 5000..5300);
    let found = |target| {
        let work = Work::new(&preimage, target);
        let search = |mut best| K::default().search(&work, 5000, 300, &mut best).found;
        let found = search(Best::NONE);
        // Also where an earlier batch has met a smaller hash that was above its target.
        assert_eq!(search(worse_than(UNREACHABLE)), found);
        found
    };
    assert_eq!(found(next_down(smallest.hash)), None);
    assert_eq!(found(smallest.hash), None);
    assert_eq!(found(next_up(smallest.hash)), Some(smallest.counter));
    assert_eq!(found(UNREACHABLE), None);
    assert_eq!(found([0xff; 32]), Some(5000));

    // Equal in the first 8 bytes, which is more than a kernel compares by itself.
    let mut low = smallest.hash;
    low[8..].fill(0);
    assert_eq!(found(low), None);
    let mut high = smallest.hash;
    high[8..].fill(0xff);
    assert_eq!(found(high), Some(smallest.counter));
}

fn takes_the_first_of_many<K: Kernel>() {
    let preimage = Random(6).preimage();
    let mut target = [0xff; 32];
    for first in [0x7f, 0x3f, 0x1f, 0x0f] {
        target[0] = first;
        for start in 0..20 {
            Case::new(preimage, target).agrees::<K>(start, 100, Best::NONE);
        }
    }
}

fn keeps_to_its_range<K: Kernel>() {
    let preimage = Random(7).preimage();
    let planted = smallest(&preimage, 2000..2200);
    let case = Case::new(preimage, next_up(planted.hash));
    for count in 0..9 {
        // Ends right before the planted nonce, or begins right after it.
        for start in [planted.counter - count, planted.counter + 1] {
            case.agrees::<K>(start, count, worse_than(planted.hash));
        }
    }
}

/// Ranges that begin and end anywhere, over several of the stretches and spans that front ends work in.
fn walks_far<K: Kernel>() {
    let mut random = Random(8);
    let mut target = [0xff; 32];
    target[..2].copy_from_slice(&[0, 0x3f]);
    let edge = random.next() << 16;
    for (before, count) in [
        (70_000, 75_000),
        (1, 2),
        (1, 66_000),
        (65_537, 65_538),
        (129, 400),
    ] {
        let case = Case::new(random.preimage(), target);
        case.finds_all::<K>(edge.wrapping_sub(before), count);
    }
    // Into the counter's wrap at 2^64.
    let case = Case::new(random.preimage(), target);
    case.finds_all::<K>(0_u64.wrapping_sub(500), 1000);
}

/// Work for which both the kernel and the oracle are asked.
struct Case {
    preimage: Preimage,
    target: Hash,
}

impl Case {
    fn new(preimage: Preimage, target: Hash) -> Self {
        Self { preimage, target }
    }

    /// The kernel answers as the oracle does, also when it has worked before.
    fn agrees<K: Kernel>(&self, start: u64, count: u64, best: Best) {
        let mut kernel = K::default();
        let work = Work::new(&self.preimage, self.target);
        let expected = self.oracle(start, count, best);
        for _ in 0..2 {
            let mut best = best;
            let outcome = kernel.search(&work, start, count, &mut best);
            assert_eq!(
                (outcome, best),
                expected,
                "{} start {start} count {count}",
                K::NAME
            );
        }
    }

    /// From find to find through the range, the kernel meets those that the oracle does.
    fn finds_all<K: Kernel>(&self, start: u64, count: u64) {
        let work = Work::new(&self.preimage, self.target);
        let mut kernel = K::default();
        let (mut done, mut finds) = (0, Vec::new());
        while done < count {
            let from = start.wrapping_add(done);
            let mut best = Best::NONE;
            let outcome = kernel.search(&work, from, count - done, &mut best);
            done += outcome.hashes;
            finds.extend(outcome.found);
        }
        let range = (0..count).map(|i| start.wrapping_add(i));
        let expected: Vec<u64> = range
            .filter(|&counter| hash_at(&self.preimage, counter) < self.target)
            .collect();
        assert_eq!((done, finds), (count, expected), "{}", K::NAME);
    }

    /// What a search must answer, by a plain loop.
    fn oracle(&self, start: u64, count: u64, mut best: Best) -> (Outcome, Best) {
        let mut found = None;
        let mut hashes = 0;
        while found.is_none() && hashes < count {
            let counter = start.wrapping_add(hashes);
            let hash = hash_at(&self.preimage, counter);
            hashes += 1;
            if hash < best.hash {
                best = Best { counter, hash };
            }
            if hash < self.target {
                found = Some(counter);
            }
        }
        (Outcome { hashes, found }, best)
    }
}

/// The smallest hash of a range.
fn smallest(preimage: &Preimage, range: Range<u64>) -> Best {
    let case = Case::new(*preimage, UNREACHABLE);
    case.oracle(range.start, range.end - range.start, Best::NONE)
        .1
}

/// A best that `hash` just beats.
fn worse_than(hash: Hash) -> Best {
    Best {
        counter: 0,
        hash: next_up(hash),
    }
}

/// A preimage whose hash at `counter` begins with five zero bits.
fn preimage_with_small_hash(random: &mut Random, counter: u64) -> Preimage {
    loop {
        let preimage = random.preimage();
        if hash_at(&preimage, counter)[0] < 8 {
            return preimage;
        }
    }
}

fn hash_at(preimage: &Preimage, counter: u64) -> Hash {
    let mut preimage = *preimage;
    preimage[COUNTER].copy_from_slice(&counter_bytes(counter));
    sha3(&preimage)
}

/// The counter that a preimage holds; the swap of `counter_bytes` undoes itself.
fn counter_of(preimage: &Preimage) -> u64 {
    let bytes = preimage[COUNTER].try_into().unwrap();
    u64::from_le_bytes(counter_bytes(u64::from_le_bytes(bytes)))
}

fn sha3(preimage: &Preimage) -> Hash {
    Keccak256::digest(preimage).into()
}

/// The number one larger than `word`.
fn next_up(mut word: Hash) -> Hash {
    for byte in word.iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            break;
        }
    }
    word
}

/// The number one smaller than `word`.
fn next_down(mut word: Hash) -> Hash {
    for byte in word.iter_mut().rev() {
        *byte = byte.wrapping_sub(1);
        if *byte != 0xff {
            break;
        }
    }
    word
}

struct Vector {
    preimage: Preimage,
    target: Hash,
    hash: Hash,
}

fn vectors() -> Vec<Vector> {
    let text = include_str!("../../../../tests/vectors/preimages.json");
    let file: Value = serde_json::from_str(text).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    vectors
        .iter()
        .map(|vector| Vector {
            preimage: bytes(&vector["preimage"]),
            target: bytes(&vector["target"]),
            hash: bytes(&vector["workHash"]),
        })
        .collect()
}

/// The bytes of a `0x…` string.
fn bytes<const N: usize>(value: &Value) -> [u8; N] {
    let digits = value.as_str().unwrap().strip_prefix("0x").unwrap();
    assert_eq!(digits.len(), 2 * N);
    std::array::from_fn(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap())
}

/// `SplitMix64`: the same "random" work on every machine, in a browser too.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn preimage(&mut self) -> Preimage {
        std::array::from_fn(|_| self.next().to_le_bytes()[0])
    }

    fn hash(&mut self) -> Hash {
        std::array::from_fn(|_| self.next().to_le_bytes()[0])
    }
}
