//! What is kept in this browser: finds, Atoms of Practice and the settings, each as bytes under its own key.
//!
//! Records that do not read as what they should be are counted, and neither deleted nor written over: a newer version of
//! the page may know them.

mod idb;

use crate::WebError;
use atomine_app::{
    FindId, FindRecord, PracticeAtom, Settings, Stored, decode_record, encode_record,
};
use idb::Store;
use js_sys::Uint8Array;
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::{JsCast, JsValue};

/// The settings' only key.
const SETTINGS_KEY: &str = "settings";

/// Reads everything.
///
/// # Errors
/// [`WebError`] when there is no storage: private mode, a refusal, a broken profile.
pub async fn load() -> Result<Stored, WebError> {
    let mut stored = Stored::default();
    for (key, value) in idb::read_all(Store::Finds).await? {
        match read::<FindRecord>(&value) {
            Some(find) if names(&key, find.nonce) => {
                insert(&mut stored.finds, find, |find| find.found_at_ms);
            }
            _ => stored.damaged += 1,
        }
    }
    for (_, value) in idb::read_all(Store::Practice).await? {
        match read(&value) {
            Some(atom) => insert(&mut stored.practice, atom, |atom| atom.found_at_ms),
            None => stored.damaged += 1,
        }
    }
    for (key, value) in idb::read_all(Store::Settings).await? {
        match read(&value) {
            // Others have taken their place.
            _ if idb::is_aside(&key) => {}
            Some(settings) => stored.settings = Some(settings),
            None => stored.damaged += 1,
        }
    }
    Ok(stored)
}

/// Keeps a find, in place of what was kept of it before.
///
/// # Errors
/// [`WebError`] when it could not be kept.
pub async fn save_find(find: &FindRecord) -> Result<(), WebError> {
    write(Store::Finds, &find_key(find.nonce), find).await
}

/// Forgets a find.
///
/// # Errors
/// [`WebError`] when it could not be forgotten.
pub async fn delete_find(find: FindId) -> Result<(), WebError> {
    idb::delete(Store::Finds, &find_key(find), is_readable::<FindRecord>).await
}

/// Keeps an Atom of Practice.
///
/// # Errors
/// [`WebError`] when it could not be kept.
pub async fn save_practice_atom(atom: &PracticeAtom) -> Result<(), WebError> {
    let key = format!("{}/{}", atom.id, atom.hash);
    write(Store::Practice, &key, atom).await
}

/// Keeps the settings.
///
/// # Errors
/// [`WebError`] when they could not be kept.
pub async fn save_settings(settings: &Settings) -> Result<(), WebError> {
    write(Store::Settings, SETTINGS_KEY, settings).await
}

async fn write<T: Serialize + DeserializeOwned>(
    store: Store,
    key: &str,
    record: &T,
) -> Result<(), WebError> {
    idb::write(store, key, &encode_record(record), is_readable::<T>).await
}

/// Puts `record` behind the older ones. (A sort weighs kilobytes of code, for each type anew.)
fn insert<T>(records: &mut Vec<T>, record: T, found_at_ms: fn(&T) -> u64) {
    let index = records.partition_point(|other| found_at_ms(other) <= found_at_ms(&record));
    records.insert(index, record);
}

fn find_key(find: FindId) -> String {
    find.to_string()
}

/// Whether a find of this nonce belongs under this key, at its place or aside.
fn names(key: &str, find: FindId) -> bool {
    let place = find_key(find);
    key == place || (idb::is_aside(key) && key.ends_with(&place))
}

fn read<T: DeserializeOwned>(value: &JsValue) -> Option<T> {
    decode_record(&value.dyn_ref::<Uint8Array>()?.to_vec())
}

fn is_readable<T: DeserializeOwned>(value: &JsValue) -> bool {
    read::<T>(value).is_some()
}
