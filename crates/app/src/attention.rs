//! Drawing the visitor's attention: the ways they chose, as far as the browser lets the page.

use crate::explain::Explanation;
use crate::model::Effects;
use crate::notices::Topic;
use crate::view::Tone;
use crate::{Effect, Model, Notifications};

impl Model {
    /// Draws the visitor's attention, the ways they chose.
    pub(crate) fn attention(&self, title: &str, body: &str, out: &mut Effects) {
        if self.settings.sound {
            out.push(Effect::Chime);
        }
        if self.settings.notifications {
            out.push(Effect::Notify {
                title: title.to_owned(),
                body: body.to_owned(),
            });
        }
        out.push(Effect::Announce(format!("{title}. {body}")));
    }

    /// The visitor moved the switch.
    pub(crate) fn notifications_toggled(&mut self, on: bool, out: &mut Effects) {
        self.notices.clear(Topic::Notifications);
        self.settings.notifications = on;
        self.save_settings_now(out);
        if on {
            out.push(Effect::AskNotificationPermission);
        }
    }

    /// The browser answered; the switch tells whether notifications will really come.
    pub(crate) fn notifications_answered(&mut self, answer: Notifications, out: &mut Effects) {
        let (what, remedy) = match answer {
            Notifications::Allowed => return self.notices.clear(Topic::Notifications),
            Notifications::Denied => (
                "Your browser does not let this page show notifications.",
                "Allow them in the browser's settings for this site, then switch them on here again.",
            ),
            Notifications::Unanswered => (
                "Notifications stay off: the browser's question was closed without an answer.",
                "Switch them on here again to be asked once more.",
            ),
            Notifications::Missing => (
                "This browser shows no notifications for a page, as most phones.",
                "The sound and the tab's title tell you as well.",
            ),
        };
        if self.settings.notifications {
            self.settings.notifications = false;
            self.save_settings_now(out);
            let said = Explanation::new(what, remedy);
            self.notices.say(Topic::Notifications, Tone::Warning, said);
        }
    }
}
