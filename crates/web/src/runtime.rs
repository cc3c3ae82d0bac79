//! The loop: a message changes the model, its effects are carried out, the page is shown.

use crate::{
    WebError, browser, crash,
    effects::{Dispatch, Effects},
    view::View,
};
use atomine_app::{Model, Msg, update, view};
use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    rc::Rc,
};

/// The page is shown at most this often: what is heard from many workers at once is one change to look at.
const SHOW_EVERY_MS: u32 = 40;

/// Takes messages in, one after the other, however they come.
#[derive(Default)]
pub(crate) struct Runtime {
    queue: RefCell<VecDeque<Msg>>,
    /// `None` until [`Runtime::begin`]; messages wait.
    core: RefCell<Option<Core>>,
    /// A message is being taken in or the page is being shown: new messages only join the queue.
    busy: Cell<bool>,
    /// Something changed since the page was shown.
    stale: Cell<bool>,
    /// When the page was shown last, Unix time in ms.
    shown_ms: Cell<u64>,
    /// A timer will show the page.
    waiting: Cell<bool>,
}

struct Core {
    model: Model,
    view: View,
    effects: Rc<Effects>,
}

impl Runtime {
    /// What others send messages with.
    pub(crate) fn dispatch(self: &Rc<Self>) -> Dispatch {
        let runtime = Rc::clone(self);
        Rc::new(move |msg| {
            runtime.queue.borrow_mut().push_back(msg);
            runtime.run();
        })
    }

    /// Starts taking messages in, `started` first.
    pub(crate) fn begin(self: &Rc<Self>, view: View, effects: Effects, started: Msg) {
        *self.core.borrow_mut() = Some(Core {
            model: Model::new(),
            view,
            effects: Rc::new(effects),
        });
        self.queue.borrow_mut().push_front(started);
        self.run();
    }

    fn run(self: &Rc<Self>) {
        if crash::crashed() || self.busy.replace(true) {
            return;
        }
        if let Some(core) = self.core.borrow_mut().as_mut() {
            self.take_in(core);
            if self.stale.get() && self.may_show() {
                self.stale.set(false);
                self.shown_ms.set(browser::now_ms());
                core.show();
                // Showing may move the focus, which sends messages.
                self.take_in(core);
            }
            if self.stale.get() && !self.waiting.replace(true) {
                self.show_later();
            }
        }
        self.busy.set(false);
    }

    fn take_in(&self, core: &mut Core) {
        while let Some(msg) = self.next() {
            core.take_in(msg);
            self.stale.set(true);
        }
    }

    fn next(&self) -> Option<Msg> {
        self.queue.borrow_mut().pop_front()
    }

    /// By the clock, not only by the timer: a hidden tab's timers may be a minute late, its title should not.
    fn may_show(&self) -> bool {
        browser::now_ms().abs_diff(self.shown_ms.get()) >= u64::from(SHOW_EVERY_MS)
    }

    fn show_later(self: &Rc<Self>) {
        let runtime = Rc::clone(self);
        browser::spawn(Box::pin(async move {
            // Without a timer the page is shown with the next message.
            let _ = browser::sleep_ms(SHOW_EVERY_MS).await;
            runtime.waiting.set(false);
            runtime.run();
        }));
    }
}

impl Core {
    fn take_in(&mut self, msg: Msg) {
        for effect in update(&mut self.model, msg, browser::now_ms()) {
            report(self.effects.carry_out(effect));
        }
    }

    fn show(&mut self) {
        self.view.show(&view::page(&self.model));
    }
}

/// Tells developers of what the browser refused although it never should; the page goes on without.
pub(crate) fn report(result: Result<(), WebError>) {
    if let Err(error) = result {
        web_sys::console::error_1(&error.to_string().into());
    }
}
