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

pub mod bench;
mod scope;
mod turns;

use std::{cell::RefCell, rc::Rc};

use atomine_mine::{Miner, message};
use wasm_bindgen::{JsError, JsValue, prelude::wasm_bindgen};

use crate::{scope::Scope, turns::Turns};

/// The miner of this worker, and the turns it gets.
#[wasm_bindgen]
pub struct MiningWorker {
    miner: Rc<RefCell<Miner<Scope>>>,
    turns: Rc<Turns>,
}

#[wasm_bindgen]
impl MiningWorker {
    /// Checks the kernel and tells the page that this worker is ready, or that it has failed.
    ///
    /// # Errors
    /// What the browser threw when it could not make a message channel.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Self, JsValue> {
        let miner = Rc::new(RefCell::new(Miner::new(Scope)));
        let turning = Rc::clone(&miner);
        let turns = Turns::new(move || turning.borrow_mut().turn())?;
        Ok(Self { miner, turns })
    }

    /// Takes a message's bytes from the page.
    ///
    /// # Errors
    /// When they are no message of this version.
    pub fn receive(&self, bytes: &[u8]) -> Result<(), JsError> {
        let next = self.miner.borrow_mut().receive(message::decode(bytes)?);
        if let Some(next) = next {
            self.turns.plan(next);
        }
        Ok(())
    }
}
