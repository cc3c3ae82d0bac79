//! An Atom's music on its own page: why it sounds so, its files, its sound's hash.

use super::dom::{List, by_id, set_shown, set_text};
use crate::WebError;
use atomine_app::{
    Msg,
    sheet::{Sheet, SheetMsg},
    view::Music,
};
use web_sys::{Document, Element};

/// The section's elements.
pub(super) struct MusicPanel {
    section: Element,
    why: List,
    note: Element,
    sound: Element,
    ask: Element,
}

impl MusicPanel {
    pub(super) fn new(document: &Document) -> Result<Self, WebError> {
        Ok(Self {
            section: by_id(document, "atom-music")?,
            why: List::new(document, "atom-why", "t-why")?,
            note: by_id(document, "atom-music-note")?,
            sound: by_id(document, "atom-sound")?,
            ask: by_id(document, "atom-sound-ask")?,
        })
    }

    pub(super) fn show(&self, old: Option<&Music>, new: Option<&Music>) -> Result<(), WebError> {
        set_shown(&self.section, new.is_some())?;
        let Some(new) = new else { return Ok(()) };
        self.why.show(
            old.map_or(&[], |old| &old.why),
            &new.why,
            Clone::clone,
            |item, sentence| {
                set_text(item, sentence);
                Ok(())
            },
        )?;
        set_text(&self.note, &new.note);
        set_text(&self.sound, &new.sound);
        set_shown(&self.ask, new.sound.is_empty())
    }
}

/// What a click on an element with this `data-act` means for the music on paper.
pub(super) fn click(act: &str) -> Option<Msg> {
    let msg = match act {
        "save-wav" => SheetMsg::Wanted(Sheet::Wav),
        "save-midi" => SheetMsg::Wanted(Sheet::Midi),
        "sound-hash" => SheetMsg::Wanted(Sheet::Sound),
        "share" => SheetMsg::ShareClicked,
        _ => return None,
    };
    Some(Msg::Sheet(msg))
}
