//! Notifications of the operating system, where the browser has them and the visitor allowed them.

use crate::browser;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

/// Shows a notification, if allowed; the page itself says the same.
pub(crate) fn notify(title: &str, body: &str) {
    if !offered() || Notification::permission() != NotificationPermission::Granted {
        return;
    }
    let options = NotificationOptions::new();
    options.set_body(body);
    options.set_tag("atomine");
    // Phones offer the constructor and throw when it is used.
    let _ = Notification::new_with_options(title, &options);
}

/// Asks for permission; only ever after a click.
pub(crate) fn ask_permission() {
    if !offered() || Notification::permission() != NotificationPermission::Default {
        return;
    }
    if let Ok(answer) = Notification::request_permission() {
        browser::spawn(Box::pin(async move {
            // Whatever the answer, `notify` looks at it when it matters.
            let _ = JsFuture::from(answer).await;
        }));
    }
}

fn offered() -> bool {
    browser::window().is_ok_and(|window| browser::member(&window, "Notification").is_function())
}
