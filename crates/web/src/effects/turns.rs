//! Which of this browser's tabs mines.

use super::{
    Dispatch,
    locks::{Hold, How, hold, is_held},
};
use crate::{WebError, browser};
use atomine_app::{Msg, Turn};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, Event};

/// Whoever has it mines.
const LOCK: &str = "atomine-mining";

/// This tab among the others.
pub(crate) struct Turns {
    dispatch: Dispatch,
    /// Tells the others that the turn was taken; dead where the browser has none.
    channel: Option<BroadcastChannel>,
    /// Counts what the page wanted: a turn that comes after it changed its mind is given back.
    wish: Cell<u32>,
    hold: RefCell<Option<Hold>>,
    /// Waiting for the other tab to end.
    watching: Cell<bool>,
}

impl Turns {
    /// Finds out whether another tab mines, now and whenever one begins.
    ///
    /// # Errors
    /// [`WebError`] when the browser refuses to listen, which it does not.
    pub(crate) fn begin(dispatch: Dispatch) -> Result<Rc<Self>, WebError> {
        let turns = Rc::new(Self {
            dispatch,
            channel: BroadcastChannel::new(LOCK).ok(),
            wish: Cell::default(),
            hold: RefCell::default(),
            watching: Cell::default(),
        });
        if let Some(channel) = &turns.channel {
            let listening = Rc::clone(&turns);
            browser::listen(channel, "message", move |_: Event| listening.look())?;
        }
        turns.look();
        Ok(turns)
    }

    /// Takes the turn; the answer comes as a message. A browser without locks lets every tab mine.
    pub(crate) fn take(self: &Rc<Self>, by_force: bool) {
        let wish = self.next_wish();
        let turns = Rc::clone(self);
        browser::spawn(Box::pin(async move {
            let how = if by_force { How::ByForce } else { How::IfFree };
            match hold(LOCK, how).await {
                Ok(Some(held)) if wish == turns.wish.get() => turns.taken(held).await,
                Ok(None) => turns.elsewhere(),
                _ => {}
            }
        }));
    }

    async fn taken(self: Rc<Self>, held: Hold) {
        let ended = held.ended.clone();
        self.hold.replace(Some(held));
        self.tell(Turn::Ours);
        if let Some(channel) = &self.channel {
            // A closed channel has no listeners left to miss it.
            let _ = channel.post_message(&JsValue::NULL);
        }
        if JsFuture::from(ended).await.is_err() {
            self.give();
            self.elsewhere();
        }
    }

    /// Gives the turn back.
    pub(crate) fn give(&self) {
        self.next_wish();
        self.hold.take();
    }

    fn next_wish(&self) -> u32 {
        self.wish.set(self.wish.get().wrapping_add(1));
        self.wish.get()
    }

    fn tell(&self, turn: Turn) {
        (self.dispatch)(Msg::TurnChanged(turn));
    }

    fn look(self: &Rc<Self>) {
        let turns = Rc::clone(self);
        browser::spawn(Box::pin(async move {
            if is_held(LOCK).await && turns.hold.borrow().is_none() {
                turns.elsewhere();
            }
        }));
    }

    /// Another tab mines: says so, and when it ends, be it by a crash.
    fn elsewhere(self: &Rc<Self>) {
        self.tell(Turn::Elsewhere);
        if self.watching.replace(true) {
            return;
        }
        let turns = Rc::clone(self);
        browser::spawn(Box::pin(async move {
            let free = hold(LOCK, How::Shared).await.is_ok();
            turns.watching.set(false);
            if free && turns.hold.borrow().is_none() {
                turns.tell(Turn::Free);
            }
        }));
    }
}
