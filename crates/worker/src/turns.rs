//! Turns of the event loop: a batch runs in each, and messages from the page come in between.

use std::{cell::Cell, rc::Rc};

use atomine_mine::Next;
use wasm_bindgen::{closure::Closure, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(call: &Closure<dyn Fn(u32)>, after_ms: f64, plan: u32);

    type MessageChannel;
    #[wasm_bindgen(constructor)]
    fn new() -> MessageChannel;
    #[wasm_bindgen(method, getter)]
    fn port1(this: &MessageChannel) -> MessagePort;
    #[wasm_bindgen(method, getter)]
    fn port2(this: &MessageChannel) -> MessagePort;

    type MessagePort;
    #[wasm_bindgen(method, setter)]
    fn set_onmessage(this: &MessagePort, call: &Closure<dyn Fn(MessageEvent)>);
    #[wasm_bindgen(method, js_name = postMessage)]
    fn post_message(this: &MessagePort, plan: u32);

    type MessageEvent;
    #[wasm_bindgen(method, getter)]
    fn data(this: &MessageEvent) -> u32;
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
    pub(crate) fn new(turn: impl Fn() -> Next + 'static) -> Rc<Self> {
        let channel = MessageChannel::new();
        let port = channel.port2();
        let turns = Rc::new(Self {
            on_timeout: Closure::new(move |plan| port.post_message(plan)),
            port: channel.port2(),
            newest: Cell::new(0),
        });
        let planner = Rc::clone(&turns);
        let on_message = Closure::new(move |event: MessageEvent| {
            if event.data() == planner.newest.get() {
                planner.plan(turn());
            }
        });
        channel.port1().set_onmessage(&on_message);
        // Turns are for the worker's whole life.
        on_message.forget();
        turns
    }

    /// Replaces what was planned before.
    pub(crate) fn plan(&self, next: Next) {
        let plan = self.newest.get().wrapping_add(1);
        self.newest.set(plan);
        match next {
            Next::Wait => {}
            Next::Turn { after_ms } if after_ms > 0.0 => {
                set_timeout(&self.on_timeout, after_ms, plan);
            }
            Next::Turn { .. } => self.port.post_message(plan),
        }
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use std::{cell::RefCell, rc::Rc};

    use atomine_mine::Next;
    use js_sys::{Function, Promise};
    use wasm_bindgen::prelude::wasm_bindgen;
    use wasm_bindgen_futures::JsFuture;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    use super::Turns;

    wasm_bindgen_test_configure!(run_in_dedicated_worker);

    const AT_ONCE: Next = Next::Turn { after_ms: 0.0 };

    /// Turns that follow `script`, and how many there were.
    fn turns(script: &[Next]) -> (Rc<Turns>, Rc<RefCell<usize>>) {
        let count = Rc::new(RefCell::new(0));
        let counter = Rc::clone(&count);
        let script = script.to_vec();
        let turns = Turns::new(move || {
            let mut counter = counter.borrow_mut();
            let next = script[*counter];
            *counter += 1;
            next
        });
        (turns, count)
    }

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = setTimeout)]
        fn set_timeout(call: &Function, after_ms: f64);
    }

    /// Lets the event loop run for some time.
    async fn wait(ms: f64) {
        let promise = Promise::new(&mut |resolve, _| set_timeout(&resolve, ms));
        JsFuture::from(promise).await.unwrap();
    }

    #[wasm_bindgen_test]
    async fn turns_follow_each_other_until_there_is_nothing_to_do() {
        let rest = Next::Turn { after_ms: 5.0 };
        let (turns, count) = turns(&[AT_ONCE, rest, AT_ONCE, Next::Wait]);
        turns.plan(AT_ONCE);
        assert_eq!(*count.borrow(), 0, "a turn waits for the event loop");
        wait(500.0).await;
        assert_eq!(*count.borrow(), 4);
    }

    #[wasm_bindgen_test]
    async fn a_new_plan_replaces_the_old_one() {
        let (turns, count) = turns(&[Next::Wait, Next::Wait]);
        turns.plan(AT_ONCE);
        turns.plan(Next::Turn { after_ms: 5.0 });
        turns.plan(AT_ONCE);
        wait(500.0).await;
        assert_eq!(*count.borrow(), 1);
    }

    #[wasm_bindgen_test]
    async fn a_plan_to_wait_ends_the_turns() {
        let (turns, count) = turns(&[]);
        turns.plan(AT_ONCE);
        turns.plan(Next::Wait);
        wait(500.0).await;
        assert_eq!(*count.borrow(), 0);
    }
}
