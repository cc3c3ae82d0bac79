//! What can go wrong between this crate and the browser.

use atomine_app::Failure;
use wasm_bindgen::{JsCast, JsValue};

/// Longest text of a foreign error that is passed on.
const MAX_WORDS: usize = 400;

/// Something the browser could not do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WebError {
    /// The browser lacks it, or hides it (private mode, a permission policy).
    #[error("this browser offers no {0}")]
    Missing(&'static str),
    /// The browser threw an exception.
    #[error("{0}")]
    Thrown(String),
    /// This browser's storage is full.
    #[error("this browser's storage is full")]
    StorageFull,
    /// Nothing came in time.
    #[error("no answer within {0} s")]
    TimedOut(u32),
    /// An answer that is longer than anything sensible.
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
    /// An answer that is no text.
    #[error("the answer is not UTF-8 text")]
    NotText,
    /// An HTTP status that means failure.
    #[error("the server answered with HTTP status {0}")]
    Status(u16),
}

impl From<JsValue> for WebError {
    fn from(thrown: JsValue) -> Self {
        Self::Thrown(words(&thrown))
    }
}

impl From<WebError> for Failure {
    fn from(error: WebError) -> Self {
        Self(error.to_string())
    }
}

/// What a thrown or rejected value says, whatever it is; shortened.
pub(crate) fn words(thrown: &JsValue) -> String {
    let text = if let Some(error) = thrown.dyn_ref::<js_sys::Error>() {
        format!(
            "{}: {}",
            String::from(error.name()),
            String::from(error.message())
        )
    } else {
        thrown
            .as_string()
            .or_else(|| {
                js_sys::Reflect::get(thrown, &"message".into())
                    .ok()?
                    .as_string()
            })
            .unwrap_or_else(|| "an error without words".to_owned())
    };
    text.chars().take(MAX_WORDS).collect()
}
