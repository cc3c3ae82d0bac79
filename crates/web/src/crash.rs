//! The panic screen: a bug of ours must not look like a page that just stands still.

use crate::{WebError, browser};
use std::cell::Cell;
use web_sys::{Document, Element, Event};

thread_local! {
    static CRASHED: Cell<bool> = const { Cell::new(false) };
}

/// Shows the crash card when this crate panics.
pub(crate) fn install() {
    std::panic::set_hook(Box::new(|panic| show(&panic.to_string())));
}

/// Something panicked: nothing may run on with half-changed state.
pub(crate) fn crashed() -> bool {
    CRASHED.get()
}

/// Shows the crash card, once.
pub(crate) fn show(details: &str) {
    if CRASHED.replace(true) {
        return;
    }
    // Without a document there is nobody to tell.
    let _ = card(details);
}

fn card(details: &str) -> Result<(), WebError> {
    let document = browser::document()?;
    let card = document.create_element("section")?;
    card.set_class_name("crash");
    card.set_attribute("role", "alert")?;
    append(&document, &card, "h1", "Atomine has stopped")?;
    let words = "A bug of this page, not of yours, ended it. Every nonce you found is kept in this browser, and nothing \
                 was sent to your wallet by this. Reload to go on.";
    append(&document, &card, "p", words)?;
    let reload = append(&document, &card, "button", "Reload")?;
    browser::listen(&reload, "click", |_: Event| {
        if let Ok(window) = browser::window() {
            // A reload that is refused leaves the card, which says what to do.
            let _ = window.location().reload();
        }
    })?;
    let folded = append(&document, &card, "details", "")?;
    append(&document, &folded, "summary", "What to put in a bug report")?;
    append(&document, &folded, "pre", details)?;
    document
        .body()
        .ok_or(WebError::Missing("body"))?
        .prepend_with_node_1(&card)?;
    Ok(())
}

fn append(
    document: &Document,
    parent: &Element,
    tag: &str,
    text: &str,
) -> Result<Element, WebError> {
    let child = document.create_element(tag)?;
    child.set_text_content(Some(text));
    parent.append_child(&child)?;
    Ok(child)
}
