//! Timers: `setTimeout`, one per purpose.

use super::Dispatch;
use crate::{WebError, browser};
use atomine_app::{Msg, Timer};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, closure::Closure};

/// The timers that are set.
///
/// A hidden tab's timers run late, after some minutes only once a minute. Messages from workers are not held back, so
/// each of them also rings the timers that are overdue: see [`Timers::ring_overdue`].
pub(crate) struct Timers {
    dispatch: Dispatch,
    set: Rc<RefCell<Vec<Pending>>>,
}

struct Pending {
    timer: Timer,
    due_ms: f64,
    handle: i32,
    /// Lives as long as the browser may call it.
    _callback: Closure<dyn FnMut()>,
}

impl Timers {
    /// None set.
    pub(crate) fn new(dispatch: Dispatch) -> Self {
        Self {
            dispatch,
            set: Rc::default(),
        }
    }

    /// Sets `timer`, in place of an earlier one for the same purpose.
    ///
    /// # Errors
    /// [`WebError`] when the browser refuses, which it does not.
    pub(crate) fn set(&self, timer: Timer, ms: u32) -> Result<(), WebError> {
        self.cancel(timer);
        let set = Rc::clone(&self.set);
        let dispatch = Rc::clone(&self.dispatch);
        let callback = Closure::<dyn FnMut()>::new(move || {
            if take(&set, timer).is_some() {
                dispatch(Msg::TimerFired(timer));
            }
        });
        let handle =
            browser::set_timeout(&browser::window()?, callback.as_ref().unchecked_ref(), ms)?;
        let due_ms = js_sys::Date::now() + f64::from(ms);
        self.set.borrow_mut().push(Pending {
            timer,
            due_ms,
            handle,
            _callback: callback,
        });
        Ok(())
    }

    /// Unsets `timer`; nothing when it is not set.
    pub(crate) fn cancel(&self, timer: Timer) {
        if let (Some(pending), Ok(window)) = (take(&self.set, timer), browser::window()) {
            window.clear_timeout_with_handle(pending.handle);
        }
    }

    /// Rings what should have rung before now.
    pub(crate) fn ring_overdue(&self) {
        let now_ms = js_sys::Date::now();
        let overdue: Vec<Timer> = self
            .set
            .borrow()
            .iter()
            .filter(|pending| pending.due_ms < now_ms)
            .map(|pending| pending.timer)
            .collect();
        for timer in overdue {
            self.cancel(timer);
            (self.dispatch)(Msg::TimerFired(timer));
        }
    }
}

/// Removes `timer` from those that are set.
fn take(set: &RefCell<Vec<Pending>>, timer: Timer) -> Option<Pending> {
    let mut set = set.borrow_mut();
    let index = set.iter().position(|pending| pending.timer == timer)?;
    Some(set.swap_remove(index))
}
