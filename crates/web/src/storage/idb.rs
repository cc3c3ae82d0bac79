//! `IndexedDB`, opened for each use: uses are rare, and a connection that is never kept cannot be lost or in the way.

use crate::{WebError, browser, error::words};
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbTransactionMode,
};

const DATABASE: &str = "atomine";
const VERSION: u32 = 1;
/// Some browsers never answer an `open` in private mode.
const OPEN_MS: u32 = 5_000;
/// Begins the key of what could not be read and stood where something was to be written; the time and its key follow.
const ASIDE: &str = "unread ";

/// One kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Store {
    /// Found nonces.
    Finds,
    /// Atoms of Practice.
    Practice,
    /// The settings.
    Settings,
}

impl Store {
    const ALL: [Self; 3] = [Self::Finds, Self::Practice, Self::Settings];

    fn name(self) -> &'static str {
        match self {
            Self::Finds => "finds",
            Self::Practice => "practice",
            Self::Settings => "settings",
        }
    }
}

/// All records with their keys.
pub(super) async fn read_all(store: Store) -> Result<Vec<(String, JsValue)>, WebError> {
    let database = open().await?;
    let read = async {
        let (_, store) = transaction(&database, store, IdbTransactionMode::Readonly)?;
        // Both are asked before either is awaited: an idle transaction ends by itself.
        let (keys, values) = (store.get_all_keys()?, store.get_all()?);
        let keys: Array = finish(&keys).await?.unchecked_into();
        let values: Array = finish(&values).await?.unchecked_into();
        Ok(keys
            .iter()
            .map(|key| key.as_string().unwrap_or_default())
            .zip(values.iter())
            .collect())
    };
    let records = read.await;
    database.close();
    records
}

/// Tells whether a stored value is one that this page can read; what is not is another version's, or damaged.
pub(super) type IsReadable = fn(&JsValue) -> bool;

/// Writes a record, in place of one of the same key; done when it is on disk as far as the browser tells. What stood
/// there and cannot be read is moved aside: see [`is_aside`].
pub(super) async fn write(
    store: Store,
    key: &str,
    record: &[u8],
    is_readable: IsReadable,
) -> Result<(), WebError> {
    change(store, key, Some(record), is_readable).await
}

/// Deletes a record; nothing when there is none, or one that cannot be read.
pub(super) async fn delete(
    store: Store,
    key: &str,
    is_readable: IsReadable,
) -> Result<(), WebError> {
    change(store, key, None, is_readable).await
}

/// Whether this is the key of something that was moved aside.
pub(super) fn is_aside(key: &str) -> bool {
    key.starts_with(ASIDE)
}

/// Looks and writes in one transaction, so that no other tab comes in between.
async fn change(
    store: Store,
    key: &str,
    record: Option<&[u8]>,
    is_readable: IsReadable,
) -> Result<(), WebError> {
    let database = open().await?;
    let changed = async {
        let (transaction, store) = transaction(&database, store, IdbTransactionMode::Readwrite)?;
        let found = finish(&store.get(&key.into())?).await?;
        let readable = is_readable(&found);
        if let Some(record) = record {
            if !found.is_undefined() && !readable {
                let aside = format!("{ASIDE}{} {key}", browser::now_ms());
                store.put_with_key(&found, &aside.into())?;
            }
            store.put_with_key(&Uint8Array::from(record), &key.into())?;
        } else if readable {
            store.delete(&key.into())?;
        }
        commit(&transaction).await
    };
    let changed = changed.await;
    database.close();
    changed
}

async fn open() -> Result<IdbDatabase, WebError> {
    let factory = browser::window()?
        .indexed_db()?
        .ok_or(WebError::Missing("IndexedDB"))?;
    let request = factory.open_with_u32(DATABASE, VERSION)?;
    let create = Closure::<dyn FnMut()>::new({
        let request = request.clone();
        move || create_stores(&request)
    });
    request.set_onupgradeneeded(Some(create.as_ref().unchecked_ref()));
    let opened = browser::within_ms(&settled(&request), OPEN_MS).await;
    request.set_onupgradeneeded(None);
    opened.map_err(|event| request_error(&request, &event))?;
    Ok(request.result()?.unchecked_into())
}

fn create_stores(request: &IdbOpenDbRequest) {
    let Ok(database) = request.result() else {
        return;
    };
    let database: IdbDatabase = database.unchecked_into();
    for store in Store::ALL {
        // A store that could not be made shows itself at its first use, as a typed error.
        let _ = database.create_object_store(store.name());
    }
}

fn transaction(
    database: &IdbDatabase,
    store: Store,
    mode: IdbTransactionMode,
) -> Result<(IdbTransaction, IdbObjectStore), WebError> {
    let transaction = database.transaction_with_str_and_mode(store.name(), mode)?;
    let store = transaction.object_store(store.name())?;
    Ok((transaction, store))
}

/// The request's result.
async fn finish(request: &IdbRequest) -> Result<JsValue, WebError> {
    JsFuture::from(settled(request))
        .await
        .map_err(|event| request_error(request, &event))?;
    Ok(request.result()?)
}

/// Waits until the transaction is complete.
async fn commit(transaction: &IdbTransaction) -> Result<(), WebError> {
    let completed = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    match JsFuture::from(completed).await {
        Ok(_) => Ok(()),
        Err(event) => Err(transaction
            .error()
            .map_or_else(|| WebError::from(event), |error| exception(&error))),
    }
}

/// Settles when the request does.
fn settled(request: &IdbRequest) -> Promise {
    Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    })
}

/// Why a request failed; `rejected` is its error event, or what the time limit says.
fn request_error(request: &IdbRequest, rejected: &JsValue) -> WebError {
    match request.error() {
        Ok(Some(error)) => exception(&error),
        _ => WebError::Thrown(words(rejected)),
    }
}

fn exception(error: &DomException) -> WebError {
    match error.name().as_str() {
        "QuotaExceededError" => WebError::StorageFull,
        _ => WebError::Thrown(words(error)),
    }
}
