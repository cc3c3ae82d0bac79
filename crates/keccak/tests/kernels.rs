//! Every kernel passes the checker, natively and in a browser's engine: those that this build has and this machine can run.

mod checker;

use atomine_keccak::{Kernel, Visitor, visit_kernels};

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[test]
fn reference() {
    checker::check_reference();
}

#[test]
fn every_kernel() {
    struct Check(Vec<&'static str>);
    impl Visitor for Check {
        fn visit<K: Kernel + Send + 'static>(&mut self) {
            checker::check::<K>();
            self.0.push(K::NAME);
        }
    }
    let mut check = Check(Vec::new());
    visit_kernels(&mut check);
    #[cfg(not(target_feature = "simd128"))]
    assert_eq!(check.0[0], "portable");
    #[cfg(target_arch = "x86_64")]
    assert_eq!(check.0[1], "sse2");
    #[cfg(all(target_feature = "simd128", not(target_feature = "relaxed-simd")))]
    assert_eq!(check.0, ["simd128"]);
    #[cfg(target_feature = "relaxed-simd")]
    assert_eq!(check.0, ["relaxed-simd"]);
}
