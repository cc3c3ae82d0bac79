//! The music's way out of the page: a worker that renders, a worklet that plays, and the system's own controls.

mod controls;
mod engine;

use super::Dispatch;
use crate::{WebError, browser, runtime::report};
use atomine_app::{
    Failure, Msg,
    player::{Load, PlayerEffect, PlayerMsg},
};
use controls::Controls;
use engine::Engine;
use js_sys::{Object, Reflect};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsValue;

/// The player's part of the browser; nothing of it exists before the first piece.
pub(crate) struct Music {
    dispatch: Dispatch,
    engine: RefCell<Option<Rc<Engine>>>,
    controls: RefCell<Option<Controls>>,
}

impl Music {
    /// Silent so far.
    pub(crate) fn new(dispatch: Dispatch) -> Self {
        Self {
            dispatch,
            engine: RefCell::default(),
            controls: RefCell::default(),
        }
    }

    /// Carries one effect out. The first piece is asked for by a click and begins within it: browsers allow no sound
    /// before one, and some none after it.
    pub(crate) fn carry_out(&self, effect: PlayerEffect) {
        match effect {
            PlayerEffect::Prepare(atom) => {
                report(self.engine().and_then(|engine| engine.prepare(atom)));
            }
            PlayerEffect::Load(load) => self.load(&load),
            PlayerEffect::Play(playing) => {
                self.tell("playing", playing.into());
                if let (true, Some(engine)) = (playing, &*self.engine.borrow()) {
                    engine.wake();
                }
            }
            PlayerEffect::Seek(frame) => self.tell("seek", frame.into()),
            PlayerEffect::Loop(looped) => self.tell("looped", looped.into()),
            PlayerEffect::Gain(gain) => {
                if let Some(engine) = &*self.engine.borrow() {
                    engine.set_gain(gain);
                }
            }
            PlayerEffect::Unload => *self.engine.borrow_mut() = None,
            PlayerEffect::Tell(Some(telling)) => {
                let mut controls = self.controls.borrow_mut();
                if controls.is_none() {
                    *controls = Controls::new(&self.dispatch);
                }
                if let Some(controls) = &*controls {
                    controls.show(&telling);
                }
            }
            PlayerEffect::Tell(None) => *self.controls.borrow_mut() = None,
        }
    }

    fn load(&self, load: &Load) {
        if let Err(error) = self.try_load(load) {
            *self.engine.borrow_mut() = None;
            (self.dispatch)(Msg::Player(PlayerMsg::Failed {
                piece: load.piece,
                failure: Failure::from(error),
            }));
        }
    }

    fn try_load(&self, load: &Load) -> Result<(), WebError> {
        let engine = self.engine()?;
        engine.wake();
        engine.load(load)
    }

    /// Both threads, started if need be.
    fn engine(&self) -> Result<Rc<Engine>, WebError> {
        let mut engine = self.engine.borrow_mut();
        let engine = match &mut *engine {
            Some(engine) if !engine.broken() => engine,
            none => none.insert(Engine::new(&self.dispatch)?),
        };
        Ok(Rc::clone(engine))
    }

    fn tell(&self, what: &str, value: JsValue) {
        if let Some(engine) = &*self.engine.borrow() {
            report(object(&[(what, value)]).and_then(|message| engine.tell(message)));
        }
    }
}

/// An object for another thread.
pub(super) fn object(fields: &[(&str, JsValue)]) -> Result<JsValue, WebError> {
    let object = Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &JsValue::from_str(name), value)?;
    }
    Ok(object.into())
}

/// A whole number in another thread's message; 0 where there is none.
fn number(message: &JsValue, name: &str) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates"
    )]
    let number = browser::member(message, name).as_f64().unwrap_or(0.0) as u32;
    number
}
