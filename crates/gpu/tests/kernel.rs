//! Whatever GPU there is, it answers exactly as the reference does: natively (Mesa's lavapipe will do) and in a browser
//! (its software adapter will do).

use atomine_gpu::{
    Bound, CAPACITY, Choice, Gpu, GpuError, Grid, Query, judge, next_query, self_test,
};
use atomine_keccak::{PREIMAGE_BYTES, Work, counter_bytes, keccak256};
use atomine_mine::{Search, message::Job};
use atomine_protocol::work_hash;
use serde_json::Value;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::{LazyLock, Mutex, PoisonError};
#[cfg(target_arch = "wasm32")]
use std::{cell::RefCell, rc::Rc};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// Makes of each async function a test that runs natively and in the browser.
macro_rules! on_a_gpu {
    ($($name:ident)*) => {$(
        #[cfg(target_arch = "wasm32")]
        #[wasm_bindgen_test::wasm_bindgen_test]
        async fn $name() {
            let gpu = shared().await;
            checks::$name(&gpu).await;
        }

        #[cfg(not(target_arch = "wasm32"))]
        #[test]
        #[ignore = "needs a GPU, or Mesa's lavapipe (Debian: mesa-vulkan-drivers)"]
        fn $name() {
            let gpu = shared().lock().unwrap_or_else(PoisonError::into_inner);
            pollster::block_on(checks::$name(&gpu));
        }
    )*};
}

on_a_gpu! {
    the_self_test_passes
    vectors
    random_work
    carries_of_the_counter
    a_planted_counter_at_every_position
    a_planted_counter_at_every_edge_of_the_counters_bytes
    edges_of_the_bound
    all_bits_of_the_filter
    more_than_can_be_reported
    a_job_is_solved
    a_gpu_that_goes_away
}

async fn open() -> Gpu {
    match Gpu::open(Choice::Any).await {
        Ok(gpu) => gpu,
        Err(error) => panic!(
            "NO GPU WAS TESTED: {error}. Natively, install a Vulkan driver (Debian: mesa-vulkan-drivers); \
             in Chromium, start it with --enable-unsafe-webgpu"
        ),
    }
}

/// One for all: a software GPU compiles for seconds.
#[cfg(target_arch = "wasm32")]
async fn shared() -> Rc<Gpu> {
    thread_local!(static GPU: RefCell<Option<Rc<Gpu>>> = const { RefCell::new(None) });
    if let Some(gpu) = GPU.with_borrow(Clone::clone) {
        return gpu;
    }
    let gpu = Rc::new(open().await);
    GPU.replace(Some(Rc::clone(&gpu)));
    gpu
}

#[cfg(not(target_arch = "wasm32"))]
fn shared() -> &'static Mutex<Gpu> {
    static GPU: LazyLock<Mutex<Gpu>> = LazyLock::new(|| Mutex::new(pollster::block_on(open())));
    &GPU
}

mod checks {
    use super::*;

    pub(super) async fn the_self_test_passes(gpu: &Gpu) {
        assert_eq!(self_test(gpu).await, Ok(()));
    }

    pub(super) async fn vectors(gpu: &Gpu) {
        let text = include_str!("../../../tests/vectors/preimages.json");
        let file: Value = serde_json::from_str(text).unwrap();
        let vectors = file["vectors"].as_array().unwrap();
        assert!(!vectors.is_empty());
        for vector in vectors {
            let preimage: [u8; PREIMAGE_BYTES] = bytes(&vector["preimage"]);
            // The swap of two bytes undoes itself.
            let lane = u64::from_le_bytes(*preimage[72..80].first_chunk().unwrap());
            let counter = u64::from_le_bytes(counter_bytes(lane));
            let work = Work::new(&preimage, bytes(&vector["target"]));
            let hash = top(&bytes(&vector["workHash"]));
            for bound in [Bound::new(hash), exact(hash)] {
                assert!(ask(gpu, &work, counter, 64, bound).await.contains(&0));
            }
            for bound in [Bound::new(hash - 1), exact(hash - 1)] {
                assert!(!ask(gpu, &work, counter, 64, bound).await.contains(&0));
            }
        }
    }

    pub(super) async fn random_work(gpu: &Gpu) {
        for seed in 0..20 {
            let random = noise(seed);
            let filter_bits = 0x0123_4000_u32.rotate_right(u32::from(random[0]) % 18) & 0xffff_e000;
            for filter_bits in [0, filter_bits, 0x0800_0000] {
                let bound = Bound {
                    top: u64::MAX >> (random[1] % 4),
                    filter_bits,
                };
                let start = u64::from_le_bytes(*random.last_chunk().unwrap());
                agrees(gpu, &work(seed), start, 512, bound).await;
            }
        }
    }

    pub(super) async fn carries_of_the_counter(gpu: &Gpu) {
        for bits in [8, 16, 17, 24, 31, 32, 33, 48, 63, 64] {
            let edge = 1_u64.checked_shl(bits).unwrap_or(0);
            for before in [1, 63, 64, 65] {
                let bound = exact(u64::MAX >> 2);
                let start = edge.wrapping_sub(before);
                agrees(gpu, &work(bits.into()), start, 128, bound).await;
            }
        }
    }

    /// In every invocation of a workgroup and its neighbours, and around the grid's next row.
    pub(super) async fn a_planted_counter_at_every_position(gpu: &Gpu) {
        let work = work(7);
        let planted = (0..1 << 24)
            .find(|i| filtered(&work.hash(*i)) == 0)
            .unwrap();
        let bound = Bound {
            top: top(&work.hash(planted)),
            filter_bits: 0xffff_e000,
        };
        let around_a_row = [65_535, 65_536, 65_537];
        for offset in (0..=130).chain(around_a_row) {
            let start = planted.wrapping_sub(offset.into());
            let found = ask(gpu, &work, start, offset + 1, bound).await;
            assert_eq!(found, [offset]);
        }
    }

    /// The counter's bytes go to other words of the lane than they lie in, and a grid carries from one to the next.
    pub(super) async fn a_planted_counter_at_every_edge_of_the_counters_bytes(gpu: &Gpu) {
        for bits in (0..=64).step_by(8) {
            let work = work(bits.into());
            let edge = 1_u64.checked_shl(bits).unwrap_or(0);
            for planted in [edge.wrapping_sub(1), edge, edge.wrapping_add(1)] {
                let hash = work.hash(planted);
                // As much of the filter as this hash passes.
                let filter_bits = !lane_0(&hash) & 0xffff_e000;
                for offset in [0, 1, 63, 64] {
                    let start = planted.wrapping_sub(offset.into());
                    for (top, kept) in [(top(&hash), true), (top(&hash) - 1, false)] {
                        let bound = Bound { top, filter_bits };
                        let found = ask(gpu, &work, start, offset + 1, bound).await;
                        assert_eq!(
                            found.contains(&offset),
                            kept,
                            "{planted:#x} from {start:#x}"
                        );
                    }
                }
            }
        }
    }

    pub(super) async fn edges_of_the_bound(gpu: &Gpu) {
        for seed in 30..34 {
            let work = work(seed);
            let hash = top(&work.hash(seed));
            let high = 1 << 32;
            for (bound, kept) in [
                (hash, true),
                (hash + 1, true),
                (hash - 1, false),
                (hash | (high - 1), true),
                (hash.saturating_add(high), true),
                (hash.saturating_sub(high), hash < high),
                (hash & !(high - 1), hash.trailing_zeros() >= 32),
                (u64::MAX, true),
                (0, hash == 0),
            ] {
                let found = ask(gpu, &work, seed, 1, exact(bound)).await;
                assert_eq!(found.contains(&0), kept, "{hash:#x} against {bound:#x}");
            }
        }
    }

    /// Each bit alone: what passes is what has a zero there.
    pub(super) async fn all_bits_of_the_filter(gpu: &Gpu) {
        for bit in 13..32 {
            let bound = Bound {
                top: u64::MAX,
                filter_bits: 1 << bit,
            };
            agrees(gpu, &work(bit), 5, 256, bound).await;
        }
    }

    pub(super) async fn more_than_can_be_reported(gpu: &Gpu) {
        let mut found = ask(gpu, &work(1), 0, 1024, exact(u64::MAX)).await;
        assert_eq!(u32::try_from(found.len()), Ok(CAPACITY));
        found.dedup();
        assert_eq!(u32::try_from(found.len()), Ok(CAPACITY), "each once");
        assert!(found.iter().all(|offset| *offset < 1024));
    }

    pub(super) async fn a_job_is_solved(gpu: &Gpu) {
        let mut target = [0; 32];
        target[1] = 8;
        let job = Job {
            number: 1,
            sender: [1; 20],
            prev_hash: [2; 32],
            target,
        };
        let mut search = Search::new(job.clone(), [3; 24]);
        let nonce = loop {
            let query = next_query(&mut search, Grid::of(2048));
            let found = gpu.answer(gpu.ask(&query)).await.unwrap();
            if let Some(nonce) = judge(&mut search, &query, &found).unwrap() {
                break nonce;
            }
        };
        let hash = work_hash(job.sender.into(), job.prev_hash.into(), nonce);
        assert!(hash.0.0 < target);
        assert!(search.best_hash() < target);
    }

    pub(super) async fn a_gpu_that_goes_away(_: &Gpu) {
        let gpu = open().await;
        let query = Query::new(&work(1), 0, Grid::of(64), exact(0));
        assert!(gpu.answer(gpu.ask(&query)).await.is_ok());
        gpu.destroy();
        let answer = gpu.answer(gpu.ask(&query)).await;
        assert!(matches!(answer, Err(GpuError::Lost(_))), "{answer:?}");
    }
}

/// The GPU finds what a plain loop over the reference finds.
async fn agrees(gpu: &Gpu, work: &Work, start: u64, hashes: u32, bound: Bound) {
    let keeps = |offset: &u32| {
        let hash = work.hash(start.wrapping_add((*offset).into()));
        top(&hash) <= bound.top && lane_0(&hash) & bound.filter_bits == 0
    };
    let expected: Vec<u32> = (0..Grid::of(hashes).hashes()).filter(keeps).collect();
    let capacity = usize::try_from(CAPACITY).unwrap();
    let found = ask(gpu, work, start, hashes, bound).await;
    if expected.len() <= capacity {
        assert_eq!(found, expected, "from {start:#x}, {bound:?}");
    } else {
        assert_eq!(found.len(), capacity);
        assert!(found.iter().all(|offset| expected.contains(offset)));
    }
}

/// What the GPU finds, in order.
async fn ask(gpu: &Gpu, work: &Work, start: u64, hashes: u32, bound: Bound) -> Vec<u32> {
    let query = Query::new(work, start, Grid::of(hashes), bound);
    let mut offsets = gpu.answer(gpu.ask(&query)).await.unwrap().offsets;
    offsets.sort_unstable();
    offsets
}

/// A bound that every hash is compared with exactly.
fn exact(top: u64) -> Bound {
    Bound {
        top,
        filter_bits: 0,
    }
}

fn work(seed: u64) -> Work {
    let mut preimage = [0; PREIMAGE_BYTES];
    for (place, byte) in (seed << 8..).zip(preimage.chunks_mut(32)) {
        byte.copy_from_slice(&noise(place)[..byte.len()]);
    }
    Work::new(&preimage, [0; 32])
}

/// 32 bytes without a pattern, the same everywhere.
fn noise(seed: u64) -> [u8; 32] {
    let mut preimage = [0xa7; PREIMAGE_BYTES];
    preimage[..8].copy_from_slice(&seed.to_le_bytes());
    keccak256(&preimage)
}

fn top(hash: &[u8; 32]) -> u64 {
    u64::from_be_bytes(*hash.first_chunk().unwrap())
}

/// The low word of the hash's lane 0.
fn lane_0(hash: &[u8; 32]) -> u32 {
    u32::from_le_bytes(*hash.first_chunk().unwrap())
}

/// The bits of lane 0 that the filter looks at.
fn filtered(hash: &[u8; 32]) -> u32 {
    lane_0(hash) & 0xffff_e000
}

/// The bytes of a `0x…` string.
fn bytes<const N: usize>(value: &Value) -> [u8; N] {
    let digits = value.as_str().unwrap().strip_prefix("0x").unwrap();
    std::array::from_fn(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).unwrap())
}
