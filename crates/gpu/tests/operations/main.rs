//! How many operations a hash takes, counted in what the kernel is compiled to; and that what is counted is right.
//! `cargo test -p atomine-gpu --test operations -- --nocapture` prints the count.
#![cfg(not(target_arch = "wasm32"))]
#![allow(missing_docs)]

mod graph;
mod spirv;

use atomine_gpu::{Bound, Grid, Query, WGSL};
use atomine_keccak::Work;
use naga::{
    back::spv,
    front::wgsl,
    valid::{Capabilities, ValidationFlags, Validator},
};
use spirv::{Module, Run};

/// A counter of this work whose hash passes the whole filter.
const PLANTED: u64 = 0x0000_0001_0007_cdf0;

fn work() -> Work {
    Work::new(&[0; 84], [0; 32])
}

fn module() -> Module {
    let module = wgsl::parse_str(WGSL).expect("the kernel is WGSL");
    let mut validator = Validator::new(ValidationFlags::all(), Capabilities::empty());
    let info = validator.validate(&module).expect("the kernel is valid");
    let options = spv::Options {
        // Browsers and wgpu may bound loops; this one's bound is plain to see.
        force_loop_bounding: false,
        ..spv::Options::default()
    };
    let words = spv::write_vec(&module, &info, &options, None).expect("it can be compiled");
    Module::new(&words)
}

/// Runs the kernel for the counter `start + index`.
fn run(module: &Module, start: u64, index: u32, bound: Bound) -> Run<'_> {
    let query = Query::new(&work(), start, Grid::of(64), bound).to_bytes();
    let words = query.as_chunks().0.iter().copied();
    let words: Vec<u32> = words.map(u32::from_le_bytes).collect();
    Run::new(module, &words, index)
}

fn top(counter: u64) -> u64 {
    u64::from_be_bytes(*work().hash(counter).first_chunk().unwrap())
}

#[test]
fn the_compiled_kernel_is_exact() {
    let module = module();
    for filter_bits in [0, 0xffff_e000] {
        for (top, reported) in [(top(PLANTED), true), (top(PLANTED) - 1, false)] {
            let bound = Bound { top, filter_bits };
            for index in [0, 7] {
                let start = PLANTED - u64::from(index);
                assert_eq!(run(&module, start, index, bound).reported, reported);
            }
        }
    }
    for counter in [0, 1, u64::from(u32::MAX), u64::MAX] {
        for (top, reported) in [(top(counter), true), (top(counter) - 1, false)] {
            let bound = Bound {
                top,
                filter_bits: 0,
            };
            assert_eq!(run(&module, counter, 0, bound).reported, reported);
            // The counter's carry into its high word.
            let before = counter.wrapping_sub(3);
            assert_eq!(run(&module, before, 3, bound).reported, reported);
        }
    }
}

#[test]
fn a_hash_takes_few_operations() {
    let module = module();
    // A hash that the filter dismisses, as it does all but one in half a million.
    let run = run(&module, 0, 1, Bound::new(0));
    assert!(!run.reported);
    let count = run.graph.count(&run.decisions);
    println!(
        "a hash takes {} operations on a GPU with logic of three inputs and funnel shifts: {count:?}",
        count.total()
    );
    // 2,754 + 1,276 + 27 = 4,057 were reckoned by hand, and a few for the swap of two of the counter's bytes.
    assert!(count.total() <= 4_069, "{count:?}");
}
