//! The native kernels alone, with statistics: `cargo bench -p atomine-bench`. An item is a hash.
#![allow(missing_docs)]

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use atomine_bench::native::count;
    use divan::{Bencher, counter::ItemsCount};

    /// Hashes per call: what the workers' batches have, in the order of magnitude.
    const HASHES: u64 = 1 << 16;

    fn kernels() -> Vec<String> {
        count::names().lines().map(str::to_owned).collect()
    }

    #[divan::bench(args = kernels())]
    fn kernel(bencher: Bencher, name: &str) {
        let bencher = bencher.counter(ItemsCount::new(HASHES));
        bencher.bench(|| count::hash(name, HASHES));
    }
}

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    divan::main();
}
