//! Keeping things in this browser's storage. Only a find's keeper waits for the outcome: that storage fails is said when
//! the page is loaded, and with each find.

use super::Effects;
use crate::{browser, storage};
use atomine_app::{FindId, FindRecord, Msg, PracticeAtom, Settings};
use std::rc::Rc;

impl Effects {
    /// Keeps a find and tells the other tabs of it.
    pub(super) fn save_find(&self, find: FindRecord) {
        let tabs = Rc::clone(&self.tabs);
        self.answer(Box::pin(async move {
            let result = storage::save_find(&find).await;
            if result.is_ok() {
                tabs.tell(&find);
            }
            Msg::FindSaved {
                find: find.nonce,
                result: result.map_err(Into::into),
            }
        }));
    }
}

pub(super) fn delete_find(find: FindId) {
    browser::spawn(Box::pin(async move {
        let _ = storage::delete_find(find).await;
    }));
}

pub(super) fn save_practice_atom(atom: PracticeAtom) {
    browser::spawn(Box::pin(async move {
        let _ = storage::save_practice_atom(&atom).await;
    }));
}

pub(super) fn save_settings(settings: Settings) {
    browser::spawn(Box::pin(async move {
        let _ = storage::save_settings(&settings).await;
    }));
}
