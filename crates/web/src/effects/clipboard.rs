//! The clipboard.

use super::Effects;
use crate::{WebError, browser, error::words};
use atomine_app::{Failure, Msg};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

impl Effects {
    /// Puts `text` on the clipboard; only ever after a click.
    pub(super) fn copy_text(&self, text: &str) {
        let writing = write(text);
        self.answer(Box::pin(async {
            let copied = match writing {
                Ok(writing) => writing.await.map_err(|thrown| Failure(words(&thrown))),
                Err(error) => Err(error.into()),
            };
            Msg::TextCopied(copied.map(drop))
        }));
    }
}

/// Begins at once, within the click: browsers insist on that.
fn write(text: &str) -> Result<JsFuture<JsValue>, WebError> {
    let navigator = browser::window()?.navigator();
    // Pages from insecure addresses have none, whatever the binding says.
    if browser::member(&navigator, "clipboard").is_undefined() {
        return Err(WebError::Missing("clipboard"));
    }
    Ok(JsFuture::from(navigator.clipboard().write_text(text)))
}
