//! The few things every part asks of the browser.

use crate::WebError;
use js_sys::{Promise, Reflect};
use std::{future::Future, pin::Pin};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, convert::FromWasmAbi};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, EventTarget, Window};

/// The window.
///
/// # Errors
/// [`WebError::Missing`] outside a page.
pub(crate) fn window() -> Result<Window, WebError> {
    web_sys::window().ok_or(WebError::Missing("window"))
}

/// The document.
///
/// # Errors
/// [`WebError::Missing`] outside a page.
pub(crate) fn document() -> Result<Document, WebError> {
    window()?.document().ok_or(WebError::Missing("document"))
}

/// Unix time in ms.
pub(crate) fn now_ms() -> u64 {
    // Past 2^53 ms the sun is a white dwarf; before 1970 the clock is broken and 0 serves.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a time in ms fits"
    )]
    let ms = js_sys::Date::now() as u64;
    ms
}

/// Listens as long as the page lives.
///
/// # Errors
/// [`WebError::Thrown`] when the browser refuses, which it does not.
pub(crate) fn listen<E: FromWasmAbi + 'static>(
    target: &EventTarget,
    event: &str,
    handler: impl FnMut(E) + 'static,
) -> Result<(), WebError> {
    let handler = Closure::<dyn FnMut(E)>::new(handler);
    target.add_event_listener_with_callback(event, handler.as_ref().unchecked_ref())?;
    handler.forget();
    Ok(())
}

/// A member of a foreign object; `undefined` where there is none or its getter throws.
pub(crate) fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Something to wait for that nobody else waits for, boxed: were it generic, whatever takes it would be in the module
/// once per use.
pub(crate) type Work<T> = Pin<Box<dyn Future<Output = T>>>;

/// Runs `work` beside everything else.
pub(crate) fn spawn(work: Work<()>) {
    wasm_bindgen_futures::spawn_local(work);
}

/// Waits.
///
/// # Errors
/// [`WebError::Missing`] outside a page.
pub(crate) async fn sleep_ms(ms: u32) -> Result<(), WebError> {
    let window = window()?;
    let waited = Promise::new(&mut |resolve, reject| {
        if let Err(thrown) = set_timeout(&window, &resolve, ms) {
            // A rejected promise is all that can be made of it; calling `reject` itself does not throw.
            let _ = reject.call1(&JsValue::UNDEFINED, &thrown);
        }
    });
    JsFuture::from(waited).await?;
    Ok(())
}

/// What `promise` resolves to, if it does so in time.
///
/// # Errors
/// What it is rejected with; the words of [`WebError::TimedOut`] when it takes longer than `ms`.
pub(crate) async fn within_ms(promise: &Promise, ms: u32) -> Result<JsValue, JsValue> {
    let window = window().map_err(|error| JsValue::from(error.to_string()))?;
    let too_late = JsValue::from(WebError::TimedOut(ms / 1000).to_string());
    let limit = Promise::new(&mut |_, reject| {
        // Without a timer there is no limit.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_1(
            &reject,
            i32::try_from(ms).unwrap_or(i32::MAX),
            &too_late,
        );
    });
    JsFuture::from(Promise::race(&js_sys::Array::of2(promise, &limit))).await
}

/// Calls `callback` in `ms` milliseconds.
pub(crate) fn set_timeout(
    window: &Window,
    callback: &js_sys::Function,
    ms: u32,
) -> Result<i32, JsValue> {
    let ms = i32::try_from(ms).unwrap_or(i32::MAX);
    window.set_timeout_with_callback_and_timeout_and_arguments_0(callback, ms)
}
