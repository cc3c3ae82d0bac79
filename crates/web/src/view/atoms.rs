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
    mine_note: Element,
    mine: List,
    more_mine: Element,
    newest_headline: Element,
    newest_note: Element,
    newest: List,
    more_newest: Element,
}

impl AtomLists {
    pub(super) fn new(document: &Document) -> Result<Self, WebError> {
        Ok(Self {
            mine_headline: by_id(document, "atoms-title")?,
            mine_note: by_id(document, "atoms-mine-note")?,
            mine: List::new(document, "atoms-mine", "t-card")?,
            more_mine: by_id(document, "more-mine")?,
            newest_headline: by_id(document, "atoms-newest-title")?,
            newest_note: by_id(document, "atoms-newest-note")?,
            newest: List::new(document, "atoms-newest", "t-card")?,
            more_newest: by_id(document, "more-atoms")?,
        })
    }

    pub(super) fn show(&self, old: Option<&Atoms>, new: &Atoms) -> Result<(), WebError> {
        let (old_mine, old_newest) = old.map_or((&[][..], &[][..]), |old| {
            (old.mine.as_slice(), old.newest.as_slice())
        });
        set_text(&self.mine_headline, &new.mine_headline);
        set_text(&self.mine_note, &new.mine_note);
        show_cards(&self.mine, old_mine, &new.mine)?;
        set_shown(&self.more_mine, new.more_mine)?;
        set_text(&self.newest_headline, &new.newest_headline);
        set_shown(&self.newest_headline, !new.newest_headline.is_empty())?;
        set_text(&self.newest_note, &new.newest_note);
        show_cards(&self.newest, old_newest, &new.newest)?;
        set_shown(&self.more_newest, new.more_newest)
    }
}
