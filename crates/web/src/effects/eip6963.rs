//! Finding wallets: EIP-6963 announcements, and `window.ethereum` where nothing announces itself.

use crate::{WebError, browser};
use atomine_app::{WalletId, WalletInfo};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, Event, Window};

/// Time given to wallets to announce themselves before `window.ethereum` is offered.
const PATIENCE_MS: u32 = 500;
/// More wallets than anyone has; a page flooded with announcements stays usable.
const MAX_WALLETS: usize = 32;
/// Longest name and rdns.
const MAX_TEXT: usize = 64;
/// Longest icon: a data URL of a small picture.
const MAX_ICON: usize = 256 * 1024;

/// Finds the wallets of this browser, whenever they come.
#[derive(Clone)]
pub struct Discovery(Rc<Found>);

/// What was found so far, and who is told.
struct Found {
    window: Window,
    tell: Box<dyn Fn(WalletInfo, JsValue)>,
    known: RefCell<Vec<WalletId>>,
}

impl Discovery {
    /// Calls `tell` with each wallet of this browser, once, now and as long as the page lives.
    ///
    /// # Errors
    /// [`WebError`] when the browser refuses to listen, which it does not.
    pub fn begin(tell: impl Fn(WalletInfo, JsValue) + 'static) -> Result<Self, WebError> {
        let window = browser::window()?;
        let discovery = Self(Rc::new(Found {
            window: window.clone(),
            tell: Box::new(tell),
            known: RefCell::default(),
        }));
        browser::listen(&window, "eip6963:announceProvider", {
            let found = Rc::clone(&discovery.0);
            move |event: CustomEvent| {
                if let Some((info, provider)) = read_announcement(&event.detail()) {
                    found.add(info, provider);
                }
            }
        })?;
        // How wallets without announcements tell that they came late.
        browser::listen(&window, "ethereum#initialized", {
            let found = Rc::clone(&discovery.0);
            move |_: Event| found.add_injected()
        })?;
        discovery.look()?;
        Ok(discovery)
    }

    /// Looks again: wallets that were slow, or switched on only now.
    ///
    /// # Errors
    /// [`WebError`] when the browser refuses to ask, which it does not.
    pub fn look(&self) -> Result<(), WebError> {
        let found = Rc::clone(&self.0);
        let request = Event::new("eip6963:requestProvider")?;
        found.window.dispatch_event(&request)?;
        browser::spawn(Box::pin(async move {
            if browser::sleep_ms(PATIENCE_MS).await.is_ok() {
                found.add_injected();
            }
        }));
        Ok(())
    }
}

impl Found {
    fn add(&self, info: WalletInfo, provider: JsValue) {
        let mut known = self.known.borrow_mut();
        if known.len() < MAX_WALLETS && !known.contains(&info.id) {
            known.push(info.id.clone());
            drop(known);
            (self.tell)(info, provider);
        }
    }

    /// A bare `window.ethereum` counts only where nothing announces itself.
    fn add_injected(&self) {
        let provider = browser::member(&self.window, "ethereum");
        if self.known.borrow().is_empty() && provider.is_object() {
            self.add(injected(), provider);
        }
    }
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
