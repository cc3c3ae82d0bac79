//! Drawing the visitor's attention, and browsers that do not let the page do so.

use crate::visit::Visit;
use atomine_app::{Effect, Msg, Notifications};

fn switched_on() -> Visit {
    let mut visit = Visit::mining();
    visit.send(Msg::NotificationsToggled(true));
    visit
}

/// The switch, as shown and as stored.
fn assert_switched_off(visit: &Visit) {
    assert!(!visit.page().mine.notifications);
    assert!(
        visit.did(
            |effect| matches!(effect, Effect::SaveSettings(settings) if !settings.notifications)
        )
    );
}

#[test]
fn notifications_that_are_allowed_stay_on_without_a_word() {
    let mut visit = switched_on();
    assert!(visit.did(|effect| *effect == Effect::AskNotificationPermission));
    visit.send(Msg::NotificationsAnswered(Notifications::Allowed));
    assert!(visit.page().mine.notifications);
    assert!(visit.page().notices.is_empty());
}

#[test]
fn the_switch_goes_off_when_the_browser_shows_none_and_says_what_to_do() {
    for (answer, words) in [
        (
            Notifications::Denied,
            "Allow them in the browser's settings",
        ),
        (Notifications::Unanswered, "to be asked once more"),
        (Notifications::Missing, "tell you as well"),
    ] {
        let mut visit = switched_on();
        visit.send(Msg::NotificationsAnswered(answer));
        assert_switched_off(&visit);
        assert!(visit.notice().contains(words), "{}", visit.notice());
        visit.send(Msg::NotificationsToggled(true));
        assert!(visit.page().notices.is_empty(), "asked anew");
    }
}

#[test]
fn a_notification_that_fails_when_it_is_needed_switches_them_off() {
    let mut visit = switched_on();
    visit.send(Msg::NotificationsAnswered(Notifications::Allowed));
    visit.find_nonce();
    assert!(visit.did(|effect| matches!(effect, Effect::Notify { .. })));
    // As on Android, where the constructor throws.
    visit.send(Msg::NotificationsAnswered(Notifications::Missing));
    assert_switched_off(&visit);
    visit.send(Msg::NotificationsAnswered(Notifications::Missing));
    assert_eq!(visit.page().notices.len(), 1, "said once");
}
