//! An Atom's music, on its own page.

use super::Music;
use crate::Model;

pub(super) fn music(model: &Model) -> Option<Music> {
    let sheets = model.page_atom().map(|_| &model.sheets)?;
    Some(Music {
        why: sheets.why.clone(),
        note: sheets.note.clone(),
        sound: sheets
            .sound
            .map(|sound| sound.to_string())
            .unwrap_or_default(),
    })
}
