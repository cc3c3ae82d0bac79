//! My Atoms, and the collection's newest.

use super::{
    card::show_cards,
    dom::{List, by_id, set_shown, set_text},
};
use crate::WebError;
use atomine_app::view::Atoms;
use web_sys::{Document, Element};

/// The page's elements.
pub(super) struct AtomLists {
    mine_headline: Element,
    mine_empty: Element,
    mine: List,
    newest_headline: Element,
    newest_empty: Element,
    newest: List,
    more: Element,
}

impl AtomLists {
    pub(super) fn new(document: &Document) -> Result<Self, WebError> {
        Ok(Self {
            mine_headline: by_id(document, "atoms-title")?,
            mine_empty: by_id(document, "atoms-mine-empty")?,
            mine: List::new(document, "atoms-mine", "t-card")?,
            newest_headline: by_id(document, "atoms-newest-title")?,
            newest_empty: by_id(document, "atoms-newest-empty")?,
            newest: List::new(document, "atoms-newest", "t-card")?,
            more: by_id(document, "more-atoms")?,
        })
    }

    pub(super) fn show(&self, old: Option<&Atoms>, new: &Atoms) -> Result<(), WebError> {
        set_text(&self.mine_headline, &new.mine_headline);
        set_text(
            &self.mine_empty,
            if new.mine.is_empty() {
                &new.mine_empty
            } else {
                ""
            },
        );
        show_cards(&self.mine, old.map_or(&[], |old| &old.mine), &new.mine)?;
        set_text(&self.newest_headline, &new.newest_headline);
        set_shown(&self.newest_headline, !new.newest_headline.is_empty())?;
        set_text(
            &self.newest_empty,
            if new.newest.is_empty() {
                &new.newest_empty
            } else {
                ""
            },
        );
        show_cards(
            &self.newest,
            old.map_or(&[], |old| &old.newest),
            &new.newest,
        )?;
        set_shown(&self.more, new.more)
    }
}
