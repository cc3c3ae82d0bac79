//! Finding wallets: EIP-6963 announcements, and `window.ethereum` where nothing announces itself.

use crate::{WebError, browser};
use atomine_app::{WalletId, WalletInfo};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, Event};

/// Time given to wallets to announce themselves before `window.ethereum` is offered.
const PATIENCE_MS: u32 = 500;
/// More wallets than anyone has; a page flooded with announcements stays usable.
const MAX_WALLETS: usize = 32;
/// Longest name and rdns.
const MAX_TEXT: usize = 64;
/// Longest icon: a data URL of a small picture.
const MAX_ICON: usize = 256 * 1024;

/// Calls `found` with each wallet of this browser, once, now and as long as the page lives.
///
/// # Errors
/// [`WebError`] when the browser refuses to listen, which it does not.
pub fn discover(found: impl Fn(WalletInfo, JsValue) + 'static) -> Result<(), WebError> {
    let window = browser::window()?;
    let found = Rc::new(found);
    let announced = Rc::new(Cell::new(false));
    let known = RefCell::new(Vec::new());
    browser::listen(&window, "eip6963:announceProvider", {
        let (found, announced) = (Rc::clone(&found), Rc::clone(&announced));
        move |event: CustomEvent| {
            let Some((info, provider)) = read_announcement(&event.detail()) else {
                return;
            };
            let mut known = known.borrow_mut();
            if known.len() < MAX_WALLETS && !known.contains(&info.id) {
                known.push(info.id.clone());
                announced.set(true);
                found(info, provider);
            }
        }
    })?;
    window.dispatch_event(&Event::new("eip6963:requestProvider")?)?;
    browser::spawn(Box::pin(async move {
        let waited = browser::sleep_ms(PATIENCE_MS).await;
        if waited.is_ok() && !announced.get() {
            let provider = browser::member(&window, "ethereum");
            if provider.is_object() {
                found(injected(), provider);
            }
        }
    }));
    Ok(())
}

/// A bare `window.ethereum`, which does not say what it is.
fn injected() -> WalletInfo {
    WalletInfo {
        id: WalletId("injected".to_owned()),
        name: "Browser wallet".to_owned(),
        rdns: "injected".to_owned(),
        icon: None,
    }
}

/// Reads `{info: {uuid, name, icon, rdns}, provider}`; anything else is no announcement.
fn read_announcement(detail: &JsValue) -> Option<(WalletInfo, JsValue)> {
    let info = browser::member(detail, "info");
    let provider = browser::member(detail, "provider");
    let text = |name| {
        browser::member(&info, name)
            .as_string()
            .map(|text| shorten(&text))
    };
    let info = WalletInfo {
        id: WalletId(text("uuid").filter(|uuid| !uuid.is_empty())?),
        name: text("name").filter(|name| !name.is_empty())?,
        rdns: text("rdns")?,
        icon: browser::member(&info, "icon")
            .as_string()
            .filter(|icon| is_picture(icon)),
    };
    (provider.is_object() || provider.is_function()).then_some((info, provider))
}

fn shorten(text: &str) -> String {
    text.trim()
        .chars()
        .filter(|character| !character.is_control())
        .take(MAX_TEXT)
        .collect()
}

/// Only pictures that come with their bytes: any other URL would tell a stranger who looks at this page.
fn is_picture(icon: &str) -> bool {
    icon.len() <= MAX_ICON && icon.starts_with("data:image/")
}
