//! Writing into the document: only what differs is touched, so that live regions stay quiet and focus stays put.

use crate::{WebError, browser};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, HtmlTemplateElement};

/// Looks up a panel's elements. What is missing is noted and told at the end: a way out after each of a hundred
/// look-ups is kilobytes of code.
pub(super) struct Finder<'a> {
    document: &'a Document,
    missing: Cell<Option<&'static str>>,
}

impl<'a> Finder<'a> {
    /// Looks in this document.
    pub(super) fn new(document: &'a Document) -> Self {
        Self {
            document,
            missing: Cell::new(None),
        }
    }

    /// The document.
    pub(super) fn document(&self) -> Document {
        self.document.clone()
    }

    /// The element that this selector names, as the kind that `index.html` makes it; a stand-in where it is missing.
    pub(super) fn find<T: JsCast>(&self, selector: &'static str) -> T {
        self.look_up(selector, T::instanceof).unchecked_into()
    }

    fn look_up(&self, selector: &'static str, fits: fn(&JsValue) -> bool) -> JsValue {
        let found = self.document.query_selector(selector).ok().flatten();
        let found = found.map(JsValue::from).filter(fits);
        if found.is_none() {
            self.missing.set(Some(selector));
        }
        found.unwrap_or_default()
    }

    /// The list in the element `parent` whose items are copies of `template`.
    pub(super) fn list(&self, parent: &'static str, template: &'static str) -> List {
        List {
            parent: self.find(parent),
            template: self.find(template),
        }
    }

    /// Whether everything was there.
    ///
    /// # Errors
    /// [`WebError::Missing`] when something was not.
    pub(super) fn found_all(&self) -> Result<(), WebError> {
        self.missing
            .get()
            .map_or(Ok(()), |selector| Err(WebError::Missing(selector)))
    }
}

/// The element with this id, as the kind that `index.html` makes it.
///
/// # Errors
/// [`WebError::Missing`] when the document has none, or one of another kind.
pub(super) fn by_id<T: JsCast>(document: &Document, id: &'static str) -> Result<T, WebError> {
    document
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into().ok())
        .ok_or(WebError::Missing(id))
}

/// The first descendant that this selector names, as the kind that `index.html` makes it.
///
/// # Errors
/// [`WebError::Missing`] when there is none, or one of another kind.
pub(super) fn part<T: JsCast>(root: &Element, selector: &'static str) -> Result<T, WebError> {
    root.query_selector(selector)?
        .and_then(|element| element.dyn_into().ok())
        .ok_or(WebError::Missing(selector))
}

/// Writes a text.
pub(super) fn set_text(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Writes an attribute; `None` takes it away.
///
/// # Errors
/// [`WebError::Thrown`] for a name that is none.
pub(super) fn set_attribute(
    element: &Element,
    name: &str,
    value: Option<&str>,
) -> Result<(), WebError> {
    match value {
        Some(value) if element.get_attribute(name).as_deref() != Some(value) => {
            element.set_attribute(name, value)?;
        }
        None if element.has_attribute(name) => element.remove_attribute(name)?,
        _ => {}
    }
    Ok(())
}

/// Writes an attribute that is there or not, such as `hidden`.
///
/// # Errors
/// [`WebError::Thrown`] for a name that is none.
pub(super) fn set_flag(element: &Element, name: &str, on: bool) -> Result<(), WebError> {
    set_attribute(element, name, on.then_some(""))
}

/// Shows an element or hides it.
///
/// # Errors
/// None that a browser of today raises.
pub(super) fn set_shown(element: &Element, shown: bool) -> Result<(), WebError> {
    set_flag(element, "hidden", !shown)
}

/// Shows an element with this text, or hides it without one.
///
/// # Errors
/// None that a browser of today raises.
pub(super) fn set_optional(element: &Element, text: Option<&str>) -> Result<(), WebError> {
    if let Some(text) = text {
        set_text(element, text);
    }
    set_shown(element, text.is_some())
}

/// Leads a link to an address outside this page; anything but http(s) is foreign text and leads nowhere.
///
/// # Errors
/// None that a browser of today raises.
pub(super) fn set_outside_link(link: &Element, url: Option<&str>) -> Result<(), WebError> {
    let url = url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    set_attribute(link, "href", url)?;
    set_attribute(link, "target", url.map(|_| "_blank"))?;
    set_attribute(link, "rel", url.map(|_| "noopener noreferrer"))
}

/// An element's text for tones, used by the style sheets.
pub(super) fn tone(tone: atomine_app::view::Tone) -> &'static str {
    use atomine_app::view::Tone;
    match tone {
        Tone::Good => "good",
        Tone::Neutral => "neutral",
        Tone::Warning => "warning",
        Tone::Bad => "bad",
    }
}

/// The key of the list item that an event came from.
pub(super) fn key_of(element: &Element) -> Option<String> {
    element
        .closest("[data-key]")
        .ok()??
        .get_attribute("data-key")
}

/// A list in the document, made from a template and kept in step with a list of the model by keys.
pub(super) struct List {
    parent: Element,
    template: HtmlTemplateElement,
}

impl List {
    /// The list in the element `parent` whose items are copies of `template`.
    ///
    /// # Errors
    /// [`WebError::Missing`] when the document lacks one of them.
    pub(super) fn new(
        document: &Document,
        parent: &'static str,
        template: &'static str,
    ) -> Result<Self, WebError> {
        Ok(Self {
            parent: by_id(document, parent)?,
            template: by_id(document, template)?,
        })
    }

    /// The list in `parent`, for one within another list's item.
    pub(super) fn within(parent: Element, template: &HtmlTemplateElement) -> Self {
        Self {
            parent,
            template: template.clone(),
        }
    }

    /// The element that holds the items.
    pub(super) fn parent(&self) -> &Element {
        &self.parent
    }

    /// Turns the document's list from `old` into `new`. Items that stay keep their elements, and with them the focus;
    /// `fill` is called for the ones that are new or changed.
    ///
    /// # Errors
    /// Whatever `fill` raises.
    pub(super) fn show<T: PartialEq>(
        &self,
        old: &[T],
        new: &[T],
        key: impl Fn(&T) -> String,
        fill: impl Fn(&Element, &T) -> Result<(), WebError>,
    ) -> Result<(), WebError> {
        if old == new {
            return Ok(());
        }
        let keys: Vec<String> = new.iter().map(key).collect();
        for (element, item) in self.arrange(&keys)?.iter().zip(new) {
            let filled = element.has_attribute("data-filled") && old.contains(item);
            if !filled {
                fill(element, item)?;
                set_flag(element, "data-filled", true)?;
            }
        }
        Ok(())
    }

    /// Brings the list's elements into the order of `keys`, with fresh ones for keys that had none.
    fn arrange(&self, keys: &[String]) -> Result<Vec<Element>, WebError> {
        let present = self.drop_others(keys)?;
        let mut elements = Vec::with_capacity(keys.len());
        let mut next = self.parent.first_element_child();
        for key in keys {
            let element = match next.take() {
                Some(here) if key_at(&here).as_ref() == Some(key) => {
                    next = here.next_element_sibling();
                    here
                }
                here => {
                    let element = match present.iter().find(|(other, _)| other == key) {
                        Some((_, element)) => element.clone(),
                        None => self.make(key)?,
                    };
                    self.parent.insert_before(&element, here.as_deref())?;
                    next = here;
                    element
                }
            };
            elements.push(element);
        }
        Ok(elements)
    }

    /// Takes away the items that are no longer there; the focus of one goes to what holds the list. Answers those that
    /// stay with their keys, which are asked of the document once: a list may have thousands.
    fn drop_others(&self, keys: &[String]) -> Result<Vec<(String, Element)>, WebError> {
        let mut present = Vec::new();
        let mut next = self.parent.first_element_child();
        while let Some(element) = next {
            next = element.next_element_sibling();
            match key_at(&element) {
                Some(key) if keys.contains(&key) => present.push((key, element)),
                _ => {
                    let had_focus = element.query_selector(":focus")?.is_some();
                    element.remove();
                    if had_focus {
                        self.take_focus()?;
                    }
                }
            }
        }
        Ok(present)
    }

    fn take_focus(&self) -> Result<(), WebError> {
        let neighbour = self
            .parent
            .query_selector("button:not([hidden]), a[href]")?;
        let holder = match neighbour {
            Some(neighbour) => Some(neighbour),
            None => browser::document()?.get_element_by_id("main"),
        };
        if let Some(holder) = holder.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            holder.focus()?;
        }
        Ok(())
    }

    fn make(&self, key: &str) -> Result<Element, WebError> {
        let model = self
            .template
            .content()
            .first_element_child()
            .ok_or(WebError::Missing("template's content"))?;
        let element: Element = model
            .clone_node_with_deep(true)?
            .dyn_into()
            .map_err(|_| WebError::Missing("template's element"))?;
        element.set_attribute("data-key", key)?;
        Ok(element)
    }
}

fn key_at(element: &Element) -> Option<String> {
    element.get_attribute("data-key")
}
