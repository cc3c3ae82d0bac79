//! Keeping things in this browser's storage.

use super::Effects;
use crate::{WebError, storage};
use atomine_app::{FindId, FindRecord, Msg, PracticeAtom, Settings};
use std::{future::Future, rc::Rc};

impl Effects {
    /// Keeps a find and tells the other tabs of it.
    pub(super) fn save_find(&self, find: FindRecord) {
        let tabs = Rc::clone(&self.tabs);
        self.answer(async move {
            let result = storage::save_find(&find).await;
            if result.is_ok() {
                tabs.tell(&find);
            }
            Msg::FindSaved {
                find: find.nonce,
                result: result.map_err(Into::into),
            }
        });
    }
}

pub(super) fn delete_find(find: FindId) {
    try_to(async move { storage::delete_find(find).await });
}

pub(super) fn save_practice_atom(atom: PracticeAtom) {
    try_to(async move { storage::save_practice_atom(&atom).await });
}

pub(super) fn save_settings(settings: Settings) {
    try_to(async move { storage::save_settings(&settings).await });
}

/// Does what nobody waits for: that storage fails was said when the page was loaded, and is said with each find.
fn try_to(work: impl Future<Output = Result<(), WebError>> + 'static) {
    wasm_bindgen_futures::spawn_local(async move {
        let _ = work.await;
    });
}
