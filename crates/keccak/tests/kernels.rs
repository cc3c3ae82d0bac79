//! Every kernel passes the checker, natively and (the vector kernel only there) in a browser's engine.

mod checker;

#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

#[test]
fn reference() {
    checker::check_reference();
}

#[test]
fn portable() {
    checker::check::<atomine_keccak::Portable>();
}

#[cfg(target_feature = "simd128")]
#[test]
fn simd128() {
    checker::check::<atomine_keccak::Simd128>();
}
