//! Web Locks: what only one tab of a browser does at a time. web-sys keeps them behind a flag of its own.

use crate::browser;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks`
    type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &Object,
        granted: &JsValue,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn query(this: &LockManager) -> Result<Promise, JsValue>;
}

/// How a lock is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// Only if nobody has it.
    IfFree,
    /// Whoever has it loses it.
    ByForce,
    /// With others, once nobody has it for himself.
    Shared,
}

/// A lock; dropping it gives it back.
pub(super) struct Hold {
    release: Option<Function>,
    /// Rejected when somebody took it by force.
    pub(super) ended: Promise,
}

impl Drop for Hold {
    fn drop(&mut self) {
        resolve(self.release.as_ref(), &JsValue::UNDEFINED);
    }
}

/// The lock; `None` where somebody else has it.
///
/// # Errors
/// What the browser throws that has no locks, or none for this page.
pub(super) async fn hold(name: &str, how: How) -> Result<Option<Hold>, JsValue> {
    let options = Object::new();
    let (option, value) = match how {
        How::IfFree => ("ifAvailable", JsValue::TRUE),
        How::ByForce => ("steal", JsValue::TRUE),
        How::Shared => ("mode", "shared".into()),
    };
    Reflect::set(&options, &option.into(), &value)?;
    let (held, release) = promise();
    let (answered, answer) = promise();
    let granted = Closure::once_into_js(move |lock: JsValue| {
        resolve(answer.as_ref(), &(!lock.is_null()).into());
        if lock.is_null() {
            JsValue::UNDEFINED
        } else {
            held.into()
        }
    });
    let ended = manager()?.request(name, &options, &granted)?;
    let first = Promise::race(&Array::of2(&answered, &ended));
    let granted = JsFuture::from(first).await?.is_truthy();
    Ok(granted.then_some(Hold { release, ended }))
}

/// Whether any tab has this lock for itself.
pub(super) async fn is_held(name: &str) -> bool {
    let Ok(query) = manager().and_then(|locks| locks.query()) else {
        return false;
    };
    let answer = JsFuture::from(query).await.unwrap_or_default();
    let held = browser::member(&answer, "held");
    Array::from(&held).iter().any(|lock| {
        browser::member(&lock, "name") == name && browser::member(&lock, "mode") == "exclusive"
    })
}

fn manager() -> Result<LockManager, JsValue> {
    let navigator = browser::member(&js_sys::global(), "navigator");
    let locks = browser::member(&navigator, "locks");
    if locks.is_object() {
        Ok(locks.unchecked_into())
    } else {
        Err(JsValue::UNDEFINED)
    }
}

fn resolve(resolver: Option<&Function>, value: &JsValue) {
    if let Some(resolver) = resolver {
        // Resolving a promise does not throw.
        let _ = resolver.call1(&JsValue::UNDEFINED, value);
    }
}

/// A promise, and what resolves it.
fn promise() -> (Promise, Option<Function>) {
    // Not a default function, which is compiled from text: the page's policy forbids that.
    let mut resolver = None;
    let promise = Promise::new(&mut |resolve, _| resolver = Some(resolve));
    (promise, resolver)
}
