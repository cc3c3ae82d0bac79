//! Saying something to screen readers: the live region `#announce`.

use crate::{WebError, browser};

/// Says `text` politely, once; the same words twice in a row are said twice.
///
/// # Errors
/// [`WebError::Missing`] when the page has no such region.
pub(crate) fn announce(text: &str) -> Result<(), WebError> {
    let region = browser::document()?
        .get_element_by_id("announce")
        .ok_or(WebError::Missing("live region"))?;
    // A new paragraph is a change even when its words are the same.
    let words = browser::document()?.create_element("p")?;
    words.set_text_content(Some(text));
    region.replace_children_with_node_1(&words);
    Ok(())
}
