//! Keeping things in this browser's storage, and reading them again.

use super::Effects;
use crate::{browser, crash, storage};
use atomine_app::{FindId, FindRecord, Msg, PracticeAtom, Settings};
use std::rc::Rc;

impl Effects {
    /// Keeps a find and tells the other tabs of it.
    pub(super) fn save_find(&self, find: FindRecord) {
        let tabs = Rc::clone(&self.tabs);
        crash::unkept(&find);
        self.answer(Box::pin(async move {
            let result = storage::save_find(&find).await;
            if result.is_ok() {
                crash::kept(find.nonce);
                tabs.tell(&find);
            }
            Msg::FindSaved {
                find: find.nonce,
                result: result.map_err(Into::into),
            }
        }));
    }

    pub(super) fn save_practice_atom(&self, atom: PracticeAtom) {
        self.answer(Box::pin(async move {
            let result = storage::save_practice_atom(&atom).await;
            let result = result.map_err(Into::into);
            Msg::PracticeAtomSaved { atom, result }
        }));
    }

    pub(super) fn save_settings(&self, settings: Settings) {
        self.answer(Box::pin(async move {
            let result = storage::save_settings(&settings).await;
            Msg::SettingsSaved(result.map_err(Into::into))
        }));
    }

    pub(super) fn read_stored(&self) {
        self.answer(Box::pin(async {
            Msg::StoredRead(storage::load().await.map_err(Into::into))
        }));
    }
}

/// A record that stays although it should not is found out at the next visit: it is minted, or stale.
pub(super) fn delete_find(find: FindId) {
    crash::kept(find);
    browser::spawn(Box::pin(async move {
        let _ = storage::delete_find(find).await;
    }));
}
