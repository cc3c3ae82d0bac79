//! The benchmark's page.

use super::{
    dom::{List, by_id, set_attribute, set_shown, set_text},
    mine::show_facts,
};
use crate::WebError;
use atomine_app::view::{BenchPage, Fact};
use web_sys::{Document, Element};

/// The panel's elements.
pub(super) struct BenchPanel {
    button: Element,
    status: Element,
    progress: Element,
    results: List,
    share: Element,
    text: Element,
    copy: Element,
}

impl BenchPanel {
    pub(super) fn new(document: &Document) -> Result<Self, WebError> {
        Ok(Self {
            button: by_id(document, "measure")?,
            status: by_id(document, "bench-status")?,
            progress: by_id(document, "bench-progress")?,
            results: List::new(document, "bench-results", "t-fact")?,
            share: by_id(document, "bench-share")?,
            text: by_id(document, "bench-text")?,
            copy: by_id(document, "copy-result")?,
        })
    }

    pub(super) fn show(&self, old: &[Fact], new: &BenchPage) -> Result<(), WebError> {
        set_text(&self.button, if new.running { "Stop" } else { "Measure" });
        set_text(&self.status, &new.status);
        set_shown(&self.progress, new.percent.is_some())?;
        let percent = new.percent.unwrap_or_default().to_string();
        set_attribute(&self.progress, "value", Some(&percent))?;
        show_facts(&self.results, old, &new.results)?;
        set_shown(&self.share, !new.text.is_empty())?;
        set_text(&self.text, &new.text);
        set_text(&self.copy, &new.copy);
        Ok(())
    }
}
