//! What mining workers of all kinds need of a Web Worker's global scope.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use atomine_mine::{
    Host, SEED_BYTES,
    message::{self, FromWorker},
};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = postMessage)]
    fn post_message(bytes: Vec<u8>);
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
}

/// The global scope of a dedicated worker.
#[derive(Clone, Copy, Debug)]
pub struct Scope;

impl Host for Scope {
    fn now_ms(&self) -> f64 {
        now()
    }

    fn post(&self, message: &FromWorker) {
        post_message(message::encode(message));
    }

    fn seed(&self) -> Result<[u8; SEED_BYTES], String> {
        let mut seed = [0; SEED_BYTES];
        match getrandom::fill(&mut seed) {
            Ok(()) => Ok(seed),
            // The error knows no more than that.
            Err(_) => Err("this browser gives no random numbers".into()),
        }
    }
}
