//! The panic screen: a bug of ours must not look like a page that just stands still.

use crate::{WebError, browser};
use atomine_app::{FindId, FindRecord};
use std::cell::{Cell, RefCell};
use web_sys::{Document, Element, Event};

thread_local! {
    static CRASHED: Cell<bool> = const { Cell::new(false) };
    /// Finds that are not in this browser's storage: the card is the last chance to save them.
    static UNKEPT: RefCell<Vec<FindRecord>> = const { RefCell::new(Vec::new()) };
}

/// Remembers a find that is not stored yet.
pub(crate) fn unkept(find: &FindRecord) {
    kept(find.nonce);
    UNKEPT.with_borrow_mut(|unkept| unkept.push(find.clone()));
}

/// A find is stored, or no longer needed.
pub(crate) fn kept(find: FindId) {
    UNKEPT.with_borrow_mut(|unkept| unkept.retain(|other| other.nonce != find));
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
    append(
        &document,
        &card,
        "p",
        "A bug of this page, not of yours, ended it. Nothing was sent to your wallet by this.",
    )?;
    show_finds(&document, &card)?;
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

/// What becomes of the visitor's finds, and what to do.
fn show_finds(document: &Document, card: &Element) -> Result<(), WebError> {
    // Whatever panicked may be at work on the list.
    let unkept = UNKEPT.with(|unkept| unkept.try_borrow().map(|finds| finds.clone()));
    let unkept = unkept.unwrap_or_default();
    if unkept.is_empty() {
        let words = "Every nonce you found is kept in this browser. Reload to go on.";
        append(document, card, "p", words)?;
        return Ok(());
    }
    let words = "This browser could not store the following. Copy it before you reload: with the account named, the \
                 nonce can be sent to the contract's function mine as long as the Atom is free.";
    append(document, card, "p", words)?;
    for find in unkept {
        let FindRecord {
            collection,
            account,
            token_id,
            nonce,
            ..
        } = find;
        let words = format!(
            "Atom #{token_id}, chain {}, contract {}, account {account}, nonce {nonce}",
            collection.chain_id, collection.address
        );
        append(document, card, "pre", &words)?;
    }
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

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use super::*;
    use atomine_app::FindStage;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    fn find() -> FindRecord {
        FindRecord {
            collection: atomine_chain::CollectionKey {
                chain_id: 31_337,
                address: alloy_primitives::Address::repeat_byte(0xc0),
            },
            account: alloy_primitives::Address::repeat_byte(0xac),
            token_id: atomine_protocol::TokenId::GENESIS,
            prev_hash: atomine_protocol::PrevHash::default(),
            nonce: atomine_protocol::Nonce([0x5e; 32].into()),
            work_hash: atomine_protocol::WorkHash([1; 32].into()),
            found_at_ms: 1,
            stage: FindStage::Waiting,
        }
    }

    /// What the card says, after it is gone again.
    fn said() -> String {
        card("a bug").unwrap();
        let document = browser::document().unwrap();
        let card = document.query_selector(".crash").unwrap().unwrap();
        card.remove();
        card.text_content().unwrap()
    }

    #[wasm_bindgen_test]
    fn the_card_promises_no_storage_that_there_is_not() {
        unkept(&find());
        unkept(&find());
        let words = said();
        assert!(!words.contains("is kept in this browser"), "{words}");
        let nonce = find().nonce.to_string();
        assert_eq!(words.matches(&nonce).count(), 1, "{words}");
        assert!(words.contains(&find().account.to_string()), "{words}");
        kept(find().nonce);
        assert!(said().contains("is kept in this browser"));
    }
}
