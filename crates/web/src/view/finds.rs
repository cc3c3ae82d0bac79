//! Finds: nonces on their way to becoming Atoms.

use super::{
    card,
    dom::{
        Finder, List, part, set_attribute, set_optional, set_outside_link, set_shown, set_text,
        tone,
    },
    mine::show_facts,
};
use crate::WebError;
use atomine_app::view::Find;
use web_sys::{Element, HtmlTemplateElement};

/// Its picture leads to the Atom's own page: nothing is lost when the find is put away.
pub(super) fn is_minted(find: &Find) -> bool {
    find.preview
        .as_ref()
        .is_some_and(|preview| preview.link.is_some())
}

/// The panel's elements.
pub(super) struct Finds {
    section: Element,
    list: List,
    fact: HtmlTemplateElement,
}

impl Finds {
    pub(super) fn new(page: &Finder) -> Self {
        Self {
            section: page.find("#finds-section"),
            list: page.list("#finds", "#t-find"),
            fact: page.find("#t-fact"),
        }
    }

    pub(super) fn show(&self, old: &[Find], new: &[Find]) -> Result<(), WebError> {
        if old == new {
            return Ok(());
        }
        set_shown(&self.section, !new.is_empty())?;
        self.list.show(
            old,
            new,
            |find| find.id.to_string(),
            |item, find| {
                let before = old.iter().find(|before| before.id == find.id);
                self.fill(item, before, find)
            },
        )
    }

    fn fill(&self, item: &Element, before: Option<&Find>, find: &Find) -> Result<(), WebError> {
        set_attribute(item, "data-tone", Some(tone(find.tone)))?;
        set_text(&part::<Element>(item, "h3")?, &find.headline);
        set_text(&part::<Element>(item, ".status")?, &find.status);
        let facts = List::within(part(item, "dl")?, &self.fact);
        show_facts(
            &facts,
            before.map_or(&[], |before| &before.facts),
            &find.facts,
        )?;
        set_optional(&part::<Element>(item, ".mint")?, find.mint.as_deref())?;
        let discard: Element = part(item, ".discard")?;
        set_text(
            &discard,
            if is_minted(find) {
                "Done"
            } else {
                "Throw away"
            },
        );
        set_shown(&discard, find.can_discard)?;
        let transaction: Element = part(item, ".transaction a")?;
        set_text(
            &transaction,
            find.transaction.as_deref().unwrap_or_default(),
        );
        set_outside_link(&transaction, find.transaction_url.as_deref())?;
        set_shown(
            &part::<Element>(item, ".transaction")?,
            find.transaction.is_some(),
        )?;
        if let Some(preview) = &find.preview
            && before.is_none_or(|before| before.preview.as_ref() != Some(preview))
        {
            card::fill(&part(item, ".card")?, preview)?;
        }
        set_shown(&part::<Element>(item, ".preview")?, find.preview.is_some())
    }
}
