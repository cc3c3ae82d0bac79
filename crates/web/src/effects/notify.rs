//! Notifications of the operating system, where the browser has them and the visitor allowed them.

use super::Effects;
use crate::browser;
use atomine_app::{Msg, Notifications};
use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

impl Effects {
    /// Shows a notification, or tells why that cannot be; the page itself says the same as the notification.
    pub(super) fn notify(&self, title: &str, body: &str) {
        let shown = match permission() {
            Notifications::Allowed => show(title, body),
            refused => refused,
        };
        if shown != Notifications::Allowed {
            (self.dispatch)(Msg::NotificationsAnswered(shown));
        }
    }

    /// Asks for permission; only ever after a click.
    pub(super) fn ask_notification_permission(&self) {
        self.answer(Box::pin(async {
            if permission() == Notifications::Unanswered
                && let Ok(asked) = Notification::request_permission()
            {
                // Whatever it resolves to: old browsers resolve to nothing, and all remember the answer.
                let _ = JsFuture::from(Promise::resolve(&asked)).await;
            }
            Msg::NotificationsAnswered(permission())
        }));
    }
}

/// What the visitor answered so far.
fn permission() -> Notifications {
    let offered = browser::window()
        .is_ok_and(|window| browser::member(&window, "Notification").is_function());
    if !offered {
        return Notifications::Missing;
    }
    match Notification::permission() {
        NotificationPermission::Granted => Notifications::Allowed,
        NotificationPermission::Denied => Notifications::Denied,
        _ => Notifications::Unanswered,
    }
}

/// Phones offer the constructor and throw when it is used.
fn show(title: &str, body: &str) -> Notifications {
    let options = NotificationOptions::new();
    options.set_body(body);
    options.set_tag("atomine");
    match Notification::new_with_options(title, &options) {
        Ok(_) => Notifications::Allowed,
        Err(_) => Notifications::Missing,
    }
}
