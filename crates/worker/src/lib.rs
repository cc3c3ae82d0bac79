//! Mining in a Web Worker: the smallest possible module around [`Miner`].
//!
//! `www/worker.js` loads it and hands over what the page sends; answers go out by `postMessage`. Both are the bytes of
//! [`atomine_mine::message`].
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing))]

#[cfg(target_arch = "wasm32")]
mod allocator;

mod turns;

use std::{cell::RefCell, rc::Rc};

use atomine_mine::{AnyKernel, Miner, message};
use atomine_scope::Scope;
use wasm_bindgen::{JsError, prelude::wasm_bindgen};

use crate::turns::Turns;

thread_local! {
    static WORKER: Worker = Worker::new();
}

/// The one miner of this worker, and the turns it gets.
struct Worker {
    miner: Rc<RefCell<Miner<Scope>>>,
    turns: Rc<Turns>,
}

impl Worker {
    fn new() -> Self {
        let miner = Rc::new(RefCell::new(Miner::new(Scope, AnyKernel::fastest())));
        let turning = Rc::clone(&miner);
        let turns = Turns::new(move || turning.borrow_mut().turn());
        Self { miner, turns }
    }
}

/// Checks the kernel and tells the page that this worker is ready, or that it has failed.
#[wasm_bindgen]
pub fn start() {
    WORKER.with(|_| ());
}

/// Takes a message's bytes from the page.
///
/// # Errors
/// When they are no message of this version.
#[wasm_bindgen]
pub fn receive(bytes: &[u8]) -> Result<(), JsError> {
    let message = message::decode(bytes)?;
    WORKER.with(|worker| {
        if let Some(next) = worker.miner.borrow_mut().receive(message) {
            worker.turns.plan(next);
        }
    });
    Ok(())
}
