//! Turns of the event loop: a batch runs in each, and messages from the page come in between.

use std::{cell::Cell, rc::Rc};

use atomine_mine::Next;
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{MessageChannel, MessageEvent, MessagePort};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(call: &JsValue, after_ms: f64, plan: u32);
}

/// Plans the miner's turns.
///
/// A turn that is due at once goes through a message channel: browsers hold repeated timers back by 4 ms and more.
pub(crate) struct Turns {
    port: MessagePort,
    /// A plan is known by its number; only the newest counts.
    newest: Cell<u32>,
    on_timeout: Closure<dyn Fn(u32)>,
}

impl Turns {
    /// Nothing planned yet; `turn` runs at each turn and says what comes after it.
    pub(crate) fn new(turn: impl Fn() -> Next + 'static) -> Result<Rc<Self>, JsValue> {
        let channel = MessageChannel::new()?;
        let port = channel.port2();
        let turns = Rc::new(Self {
            on_timeout: Closure::new(move |plan| send(&port, plan)),
            port: channel.port2(),
            newest: Cell::new(0),
        });
        let planner = Rc::clone(&turns);
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if event.data().as_f64() == Some(planner.newest.get().into()) {
                planner.plan(turn());
            }
        });
        channel
            .port1()
            .set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        // Turns are for the worker's whole life.
        on_message.forget();
        Ok(turns)
    }

    /// Replaces what was planned before.
    pub(crate) fn plan(&self, next: Next) {
        let plan = self.newest.get().wrapping_add(1);
        self.newest.set(plan);
        match next {
            Next::Wait => {}
            Next::Turn { after_ms } if after_ms > 0.0 => {
                set_timeout(self.on_timeout.as_ref(), after_ms, plan);
            }
            Next::Turn { .. } => send(&self.port, plan),
        }
    }
}

fn send(port: &MessagePort, plan: u32) {
    // Only what cannot be copied is refused, and a number can.
    let _ = port.post_message(&plan.into());
}
