//! Mining on the GPU in a Web Worker, with the same messages as every other worker.
//!
//! `www/gpu-worker.js` loads it, only where the browser offers a GPU, and hands over what the page sends.
#![cfg(target_arch = "wasm32")]
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::panic))]

mod driver;
mod sleep;

use crate::driver::Driver;
use atomine_gpu::Choice;
use atomine_mine::{
    Host,
    message::{self, FromWorker},
};
use atomine_scope::Scope;
use std::{cell::OnceCell, panic, rc::Rc};
use wasm_bindgen::{JsError, prelude::wasm_bindgen};

thread_local! {
    static DRIVER: OnceCell<Rc<Driver<Scope>>> = const { OnceCell::new() };
}

/// Opens and tests the GPU, which is called `name`, and tells the page that it is ready, or why it is not. One that is
/// imitated on the processor will do where `software` is set: for tests.
#[wasm_bindgen]
pub async fn start(name: String, software: bool) {
    panic::set_hook(Box::new(|broken| {
        // wgpu panics where a browser tells of an error that it does not know, as of a driver's own.
        let reason = format!("the GPU or its driver failed in an unknown way: {broken}");
        Scope.post(&FromWorker::Failed { reason });
    }));
    let choice = if software { Choice::Any } else { Choice::Real };
    let driver = Driver::new(Scope, choice);
    if DRIVER.with(|place| place.set(Rc::clone(&driver)).is_ok()) {
        driver.start(&name).await;
    }
}

/// Takes a message's bytes from the page.
///
/// # Errors
/// When they are no message of this version.
#[wasm_bindgen]
pub fn receive(bytes: &[u8]) -> Result<(), JsError> {
    let message = message::decode(bytes)?;
    if let Some(driver) = DRIVER.with(|place| place.get().cloned()) {
        driver.receive(message);
    }
    Ok(())
}
