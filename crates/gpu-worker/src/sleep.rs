//! Waiting in asynchronous code.

use futures_channel::oneshot;
use wasm_bindgen::{closure::Closure, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(call: &Closure<dyn FnMut()>, after_ms: f64);
}

/// Waits so many milliseconds, or a little longer.
pub(crate) async fn sleep(ms: f64) {
    let (wake, woken) = oneshot::channel();
    let wake = Closure::once(move || drop(wake));
    set_timeout(&wake, ms);
    // It ends when the other side is dropped.
    let _: Result<(), _> = woken.await;
}
