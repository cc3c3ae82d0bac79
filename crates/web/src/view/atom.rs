//! An Atom's own page.

use super::{
    card::{fill_symbol, set_colours, set_picture},
    dom::{Finder, List, set_attribute, set_outside_link, set_shown, set_text},
    mine::show_facts,
    player::bind,
};
use crate::WebError;
use atomine_app::{
    Route,
    view::{AtomPage, Page},
};
use atomine_protocol::TokenId;
use web_sys::{Document, Element, HtmlElement};

/// The page's elements.
pub(super) struct AtomPanel {
    document: Document,
    title: Element,
    status: Element,
    symbol: Element,
    picture: Element,
    portrait: HtmlElement,
    facts: List,
    previous: Element,
    next: Element,
    links: Element,
    watch: Element,
    play: Element,
}

impl AtomPanel {
    pub(super) fn new(page: &Finder) -> Self {
        Self {
            document: page.document(),
            title: page.find("#atom-title"),
            status: page.find("#atom-status"),
            symbol: page.find("#atom-symbol"),
            picture: page.find("#atom-picture"),
            portrait: page.find("#page-atom .portrait"),
            facts: page.list("#atom-facts", "#t-fact"),
            previous: page.find("#atom-previous"),
            next: page.find("#atom-next"),
            links: page.find("#atom-links"),
            watch: page.find("#watch-asset"),
            play: page.find("#atom-play"),
        }
    }

    pub(super) fn show(&self, old: Option<&AtomPage>, page: &Page) -> Result<(), WebError> {
        let Some(new) = &page.atom else { return Ok(()) };
        set_text(&self.title, &headline(new, &page.route));
        set_text(&self.status, &new.status);
        self.show_card(new)?;
        show_facts(&self.facts, old.map_or(&[], |old| &old.facts), &new.facts)?;
        show_step(&self.previous, &page.route, new.previous)?;
        show_step(&self.next, &page.route, new.next)?;
        if old.is_none_or(|old| old.links != new.links) {
            self.show_links(&new.links)?;
        }
        set_shown(&self.watch, new.can_watch)
    }

    fn show_card(&self, new: &AtomPage) -> Result<(), WebError> {
        set_shown(&self.symbol, new.card.is_some())?;
        set_shown(&self.picture, new.card.is_some())?;
        set_shown(&self.play, new.card.is_some())?;
        if let Some(card) = &new.card {
            fill_symbol(&self.symbol, card)?;
            set_colours(&self.portrait, card)?;
            set_picture(&self.picture, card)?;
            bind(&self.play, card.atom, &card.name)?;
        }
        Ok(())
    }

    fn show_links(&self, links: &[(String, String)]) -> Result<(), WebError> {
        self.links.set_text_content(None);
        for (label, url) in links {
            let link = self.document.create_element("a")?;
            set_text(&link, label);
            set_outside_link(&link, Some(url))?;
            self.links.append_child(&link)?;
        }
        Ok(())
    }
}

/// The Atom's name, or its number while nothing else is known.
fn headline(atom: &AtomPage, route: &Route) -> String {
    match (&atom.card, route) {
        (Some(card), _) => card.name.clone(),
        (None, Route::Atom { id, .. } | Route::PracticeAtom { id, .. }) => format!("Atom #{id}"),
        (None, _) => "Atom".to_owned(),
    }
}

/// A link to a neighbour in the same collection.
fn show_step(link: &Element, route: &Route, neighbour: Option<TokenId>) -> Result<(), WebError> {
    let Some((Route::Atom { collection, .. }, id)) = Some(route).zip(neighbour) else {
        set_text(link, "");
        return set_attribute(link, "href", None);
    };
    set_text(link, &format!("#{id}"));
    set_attribute(
        link,
        "href",
        Some(
            &Route::Atom {
                collection: *collection,
                id,
            }
            .to_string(),
        ),
    )
}
