//! Finds that are set aside, folded away below everything else.

use super::dom::{Finder, List, part, set_attribute, set_shown, set_text};
use crate::WebError;
use atomine_app::view::{Page, SetAside, SetAsideFind};
use web_sys::Element;

/// The folded list's elements.
pub(super) struct Aside {
    fold: Element,
    list: List,
}

impl Aside {
    pub(super) fn new(page: &Finder) -> Self {
        Self {
            fold: page.find("#set-aside"),
            list: page.list("#set-aside ul", "#t-aside"),
        }
    }

    pub(super) fn show(&self, old: Option<&SetAside>, page: &Page) -> Result<(), WebError> {
        let new = page.set_aside.as_ref();
        if old == new {
            return Ok(());
        }
        set_shown(&self.fold, new.is_some())?;
        set_text(
            &part(&self.fold, "summary")?,
            new.map_or("", |aside| &aside.summary),
        );
        self.list
            .show(finds(old), finds(new), |find| find.id.to_string(), fill)
    }
}

fn finds(aside: Option<&SetAside>) -> &[SetAsideFind] {
    aside.map_or(&[], |aside| &aside.finds)
}

fn fill(item: &Element, find: &SetAsideFind) -> Result<(), WebError> {
    let headline: Element = part(item, "a")?;
    set_text(&headline, &find.headline);
    set_attribute(&headline, "href", find.link.as_deref())?;
    set_text(&part(item, "span")?, &find.reason);
    Ok(())
}
