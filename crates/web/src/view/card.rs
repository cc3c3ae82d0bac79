//! An Atom's picture and its tile.

use super::{
    dom::{List, part, set_attribute, set_flag, set_text},
    player,
};
use crate::WebError;
use atomine_app::view::Card;
use std::rc::Rc;
use web_sys::{Element, HtmlElement};

/// Shows these tiles in a list.
///
/// # Errors
/// [`WebError::Missing`] when the template is not the one this was built for.
pub(super) fn show_cards(list: &List, old: &[Rc<Card>], new: &[Rc<Card>]) -> Result<(), WebError> {
    let key = |card: &Rc<Card>| card.link.clone().unwrap_or_else(|| card.name.clone());
    list.show(old, new, key, |item, card| {
        let tile: HtmlElement = part(item, ".card")?;
        fill(&tile, card)?;
        // The name stands beside the picture in the same link.
        set_attribute(&part::<Element>(&tile, "img")?, "alt", Some(""))
    })
}

/// Fills one tile.
///
/// # Errors
/// [`WebError::Missing`] when the template is not the one this was built for.
pub(super) fn fill(tile: &HtmlElement, card: &Card) -> Result<(), WebError> {
    set_attribute(
        tile,
        "href",
        card.link.as_deref().filter(|link| link.starts_with("#/")),
    )?;
    set_text(&part::<Element>(tile, ".name")?, &card.name);
    set_text(&part::<Element>(tile, ".generation")?, &card.generation);
    fill_symbol(&part(tile, ".symbol")?, card)?;
    set_colours(tile, card)?;
    set_picture(&part(tile, "img")?, card)?;
    let play = tile.parent_element().map(|item| part(&item, ".play"));
    play.map_or(Ok(()), |play| player::bind(&play?, card.atom, &card.name))
}

/// The element's symbol with its charge.
///
/// # Errors
/// [`WebError::Missing`] when the template is not the one this was built for.
pub(super) fn fill_symbol(symbol: &Element, card: &Card) -> Result<(), WebError> {
    set_text(&part::<Element>(symbol, "span")?, &card.symbol);
    set_text(&part::<Element>(symbol, "sup")?, &card.charge);
    // Genesis has no symbol but its name, which takes more room.
    set_flag(symbol, "data-long", card.symbol.chars().count() > 3)
}

/// Lets an element glow in the Atom's two colours.
///
/// # Errors
/// None that a browser of today raises.
pub(super) fn set_colours(element: &HtmlElement, card: &Card) -> Result<(), WebError> {
    let [first, second] = &card.colours;
    element.style().set_property("--c0", first)?;
    element.style().set_property("--c1", second)?;
    Ok(())
}

/// Shows an Atom's picture; as an image it can run no scripts, whatever it holds.
///
/// # Errors
/// None that a browser of today raises.
pub(super) fn set_picture(image: &Element, card: &Card) -> Result<(), WebError> {
    let encoded = String::from(js_sys::encode_uri_component(&card.svg));
    set_attribute(image, "src", Some(&format!("data:image/svg+xml,{encoded}")))?;
    set_attribute(image, "alt", Some(&card.name))
}
