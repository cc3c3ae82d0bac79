//! The rest of the program: what it does not take to show the page and start mining is a module of its own, which is
//! loaded when mining has begun or something of it is wanted. `cargo xtask build` cuts it off at the functions that it
//! names; whoever calls one of them asks here first.

use crate::{WebError, browser, effects::Dispatch};
use atomine_app::{Failure, Msg};
use js_sys::{Function, Promise};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Between two tries to load it.
const AGAIN_MS: u32 = 5_000;

/// Whether the rest is here, and what waits for it.
pub(crate) struct Rest {
    dispatch: Dispatch,
    /// Answers a promise. `None`: there is nothing to load, everything is one module.
    load: Option<Function>,
    asked: Cell<bool>,
    here: Cell<bool>,
    waiting: RefCell<Vec<Box<dyn FnOnce()>>>,
}

impl Rest {
    /// Not here unless there is nothing to load.
    pub(crate) fn new(dispatch: Dispatch, load: Option<Function>) -> Self {
        Self {
            dispatch,
            here: Cell::new(load.is_none()),
            load,
            asked: Cell::default(),
            waiting: RefCell::default(),
        }
    }

    /// Whether what belongs to the rest may be called.
    pub(crate) fn is_here(&self) -> bool {
        self.here.get()
    }

    /// Does `work`, which belongs to the rest: at once if it is here, else in turn when it is.
    pub(crate) fn with(self: &Rc<Self>, work: Box<dyn FnOnce()>) {
        if self.is_here() {
            return work();
        }
        self.waiting.borrow_mut().push(work);
        self.fetch();
    }

    /// Has it loaded, once. It is tried until it is here; each time the state machine hears how it went.
    pub(crate) fn fetch(self: &Rc<Self>) {
        if self.is_here() || self.asked.replace(true) {
            return;
        }
        let rest = Rc::clone(self);
        browser::spawn(Box::pin(async move {
            while let Err(error) = rest.try_to_load().await {
                (rest.dispatch)(Msg::Rest(Err(Failure::from(error))));
                // Without a timer it is tried at once.
                let _ = browser::sleep_ms(AGAIN_MS).await;
            }
            rest.here.set(true);
            for work in rest.waiting.take() {
                work();
            }
            (rest.dispatch)(Msg::Rest(Ok(())));
        }));
    }

    async fn try_to_load(&self) -> Result<(), WebError> {
        if let Some(load) = &self.load {
            let loading = load.call0(&JsValue::UNDEFINED)?;
            JsFuture::from(loading.unchecked_into::<Promise>()).await?;
        }
        Ok(())
    }
}
