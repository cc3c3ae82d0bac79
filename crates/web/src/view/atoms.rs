//! My Atoms, and the collection's newest.

use super::{
    card::show_cards,
    dom::{Finder, List, set_shown, set_text},
};
use crate::WebError;
use atomine_app::view::Atoms;
use web_sys::Element;

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
    pub(super) fn new(page: &Finder) -> Self {
        Self {
            mine_headline: page.find("#atoms-title"),
            mine_note: page.find("#atoms-mine-note"),
            mine: page.list("#atoms-mine", "#t-card"),
            more_mine: page.find("#more-mine"),
            newest_headline: page.find("#atoms-newest-title"),
            newest_note: page.find("#atoms-newest-note"),
            newest: page.list("#atoms-newest", "#t-card"),
            more_newest: page.find("#more-atoms"),
        }
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
