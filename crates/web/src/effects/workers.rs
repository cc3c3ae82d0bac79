//! Mining workers: module Web Workers that speak `atomine_mine::message` in bytes.

use super::Dispatch;
use crate::{WebError, error::words};
use atomine_app::{Failure, Msg, WorkerId};
use atomine_mine::message::{self, FromWorker, ToWorker};
use js_sys::Uint8Array;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{ErrorEvent, Event, MessageEvent, Worker, WorkerOptions, WorkerType};

/// The workers that run.
pub struct Workers {
    dispatch: Dispatch,
    running: RefCell<Vec<(WorkerId, Running)>>,
}

/// A worker and what listens to it; dropping it ends both.
struct Running {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // What the worker sent before it ended may still be on its way.
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        self.worker.terminate();
    }
}

impl Workers {
    /// No workers yet.
    pub fn new(dispatch: Dispatch) -> Self {
        Self {
            dispatch,
            running: RefCell::default(),
        }
    }

    /// Starts a worker that runs `script`, relative to the page. A failure is told as [`Msg::WorkerDied`], now or later.
    pub fn spawn(&self, id: WorkerId, script: &str) {
        match self.start(id, script) {
            Ok(running) => {
                self.running.borrow_mut().push((id, running));
            }
            Err(error) => (self.dispatch)(Msg::WorkerDied {
                worker: id,
                failure: error.into(),
            }),
        }
    }

    fn start(&self, id: WorkerId, script: &str) -> Result<Running, WebError> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        options.set_name(&format!("atomine {}", id.0));
        let worker = Worker::new_with_options(script, &options)?;

        let dispatch = Rc::clone(&self.dispatch);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            dispatch(Msg::WorkerSaid {
                worker: id,
                message: decode(&event),
            });
        });
        let dispatch = Rc::clone(&self.dispatch);
        let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            event.prevent_default();
            dispatch(Msg::WorkerDied {
                worker: id,
                failure: Failure(reason(&event)),
            });
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Running {
            worker,
            _on_message: on_message,
            _on_error: on_error,
        })
    }

    /// Sends a message. A worker that is gone has said so already; one that cannot be sent to counts as dead.
    pub fn post(&self, id: WorkerId, message: &ToWorker) {
        let bytes = Uint8Array::from(message::encode(message).as_slice());
        let sent = match self
            .running
            .borrow()
            .iter()
            .find(|(running, _)| *running == id)
        {
            Some((_, running)) => running.worker.post_message(&bytes),
            None => Ok(()),
        };
        if let Err(thrown) = sent {
            (self.dispatch)(Msg::WorkerDied {
                worker: id,
                failure: Failure(words(&thrown)),
            });
        }
    }

    /// Ends a worker at once.
    pub fn terminate(&self, id: WorkerId) {
        self.running
            .borrow_mut()
            .retain(|(running, _)| *running != id);
    }
}

fn decode(event: &MessageEvent) -> Result<FromWorker, Failure> {
    let data = event.data();
    // A worker whose module was not loaded cannot write our bytes.
    if let Some(reason) = data.as_string() {
        return Ok(FromWorker::Failed { reason });
    }
    let bytes = data
        .dyn_into::<Uint8Array>()
        .map_err(|_| Failure("a message that is no bytes".to_owned()))?;
    message::decode(&bytes.to_vec()).map_err(|error| Failure(error.to_string()))
}

/// Why a worker died, as far as the browser tells: a script that does not load says nothing at all.
fn reason(event: &Event) -> String {
    match event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message) {
        Some(message) if !message.is_empty() => message,
        _ if event.type_() == "messageerror" => "a message that could not be read".to_owned(),
        _ => "the worker's script could not be loaded".to_owned(),
    }
}
