//! The moving picture of an Atom: a worker of its own draws on the page's canvas. Without one, or where less motion is
//! wanted, the picture that stands still stays.

use super::music::object;
use crate::{WebError, browser, runtime::report};
use atomine_app::Portrait;
use js_sys::{Array, Uint8Array};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{HtmlCanvasElement, MessageEvent, Worker, WorkerOptions, WorkerType};

/// The worker's script, relative to the page, and the canvas it draws on.
const SCRIPT: &str = "portrait/worker.js";
const CANVAS: &str = "atom-canvas";

/// The worker, once there was something to draw.
#[derive(Default)]
pub(crate) struct Painter {
    worker: RefCell<Option<Worker>>,
    shown: RefCell<Option<Portrait>>,
}

impl Painter {
    /// Shows this.
    pub(crate) fn portray(&self, portrait: Option<Portrait>) {
        if browser::member(&JsValue::from(js_sys::global()), "OffscreenCanvas").is_function()
            && !wants_stillness()
        {
            report(self.tell(portrait));
        }
    }

    fn tell(&self, portrait: Option<Portrait>) -> Result<(), WebError> {
        let Some(portrait) = portrait else {
            *self.shown.borrow_mut() = None;
            return match &*self.worker.borrow() {
                Some(worker) => Ok(worker.post_message(&object(&[("hidden", true.into())])?)?),
                None => Ok(()),
            };
        };
        let before = self.shown.replace(Some(portrait));
        let heard = portrait.heard.map_or(JsValue::UNDEFINED, JsValue::from);
        let mut fields = vec![("frame", heard)];
        if before.is_none_or(|before| before.atom != portrait.atom) {
            let hash = Uint8Array::from(portrait.atom.hash.0.as_slice());
            let atom = object(&[("id", portrait.atom.id.get().into()), ("hash", hash.into())])?;
            fields.push(("atom", atom));
        }
        let mut worker = self.worker.borrow_mut();
        let worker = match &mut *worker {
            Some(worker) => worker,
            none => none.insert(start()?),
        };
        Ok(worker.post_message(&object(&fields)?)?)
    }
}

/// Starts the worker and gives it the canvas, which is shown once something is on it.
fn start() -> Result<Worker, WebError> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(SCRIPT, &options)?;
    let canvas: HtmlCanvasElement = browser::document()?
        .get_element_by_id(CANVAS)
        .and_then(|element| element.dyn_into().ok())
        .ok_or(WebError::Missing(CANVAS))?;
    let offscreen = canvas.transfer_control_to_offscreen()?;
    let drawn = Closure::<dyn FnMut(MessageEvent)>::new(move |_: MessageEvent| {
        report(canvas.remove_attribute("hidden").map_err(WebError::from));
    });
    worker.set_onmessage(Some(drawn.into_js_value().unchecked_ref()));
    let message = object(&[("canvas", offscreen.clone().into())])?;
    worker.post_message_with_transfer(&message, &Array::of1(&offscreen))?;
    Ok(worker)
}

fn wants_stillness() -> bool {
    browser::window()
        .ok()
        .and_then(|window| {
            window
                .match_media("(prefers-reduced-motion: reduce)")
                .ok()?
        })
        .is_some_and(|query| query.matches())
}
