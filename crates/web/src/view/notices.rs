//! Notices: failures interrupt a screen reader, the rest waits until it is idle.

use super::dom::{Finder, List, part, set_attribute, set_shown, set_text, tone};
use crate::WebError;
use atomine_app::view::{Notice, Tone};
use web_sys::Element;

/// The two live regions that hold the notices.
pub(super) struct Notices {
    alerts: List,
    others: List,
}

impl Notices {
    pub(super) fn new(page: &Finder) -> Self {
        Self {
            alerts: page.list("#notices-alert", "#t-notice"),
            others: page.list("#notices-status", "#t-notice"),
        }
    }

    pub(super) fn show(&self, old: &[Notice], new: &[Notice]) -> Result<(), WebError> {
        if old == new {
            return Ok(());
        }
        let key = |notice: &&Notice| notice.id.to_string();
        let ((old_alerts, old_others), (alerts, others)) = (parted(old), parted(new));
        self.alerts
            .show(&old_alerts, &alerts, key, |element, notice| {
                fill(element, notice)
            })?;
        self.others
            .show(&old_others, &others, key, |element, notice| {
                fill(element, notice)
            })
    }
}

/// The ones that interrupt, and the others.
fn parted(notices: &[Notice]) -> (Vec<&Notice>, Vec<&Notice>) {
    notices.iter().partition(|notice| notice.tone == Tone::Bad)
}

fn fill(element: &Element, notice: &Notice) -> Result<(), WebError> {
    set_attribute(element, "data-tone", Some(tone(notice.tone)))?;
    set_text(&part::<Element>(element, ".what")?, &notice.what);
    set_text(&part::<Element>(element, ".remedy")?, &notice.remedy);
    set_text(&part::<Element>(element, ".raw")?, &notice.details);
    set_shown(&part::<Element>(element, ".retry")?, notice.retry)?;
    set_shown(
        &part::<Element>(element, "details")?,
        !notice.details.is_empty(),
    )
}
