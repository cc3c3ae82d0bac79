//! What is kept in this browser comes back, and damage is counted, not dropped.
#![cfg(target_arch = "wasm32")]

use alloy_primitives::{Address, B256};
use atomine_app::{FindRecord, FindStage, PracticeAtom, Settings, encode_record};
use atomine_chain::CollectionKey;
use atomine_protocol::{AtomHash, Nonce, PrevHash, TokenId, WorkHash};
use atomine_web::storage;
use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn find(nonce: u8, stage: FindStage) -> FindRecord {
    FindRecord {
        collection: CollectionKey {
            chain_id: 31_337,
            address: Address::repeat_byte(0xc0),
        },
        account: Address::repeat_byte(0xac),
        token_id: TokenId::new(17).unwrap(),
        prev_hash: PrevHash(B256::repeat_byte(1)),
        nonce: Nonce(B256::repeat_byte(nonce)),
        work_hash: WorkHash(B256::repeat_byte(2)),
        found_at_ms: 1_700_000_000_000 + u64::from(nonce),
        stage,
    }
}

#[wasm_bindgen_test]
async fn a_find_comes_back_as_it_was_left() {
    let waiting = find(0x11, FindStage::Waiting);
    let pending = FindRecord {
        stage: FindStage::Pending {
            transaction: B256::repeat_byte(9),
        },
        ..waiting.clone()
    };
    storage::save_find(&waiting).await.unwrap();
    assert!(storage::load().await.unwrap().finds.contains(&waiting));

    storage::save_find(&pending).await.unwrap();
    let finds = storage::load().await.unwrap().finds;
    assert!(finds.contains(&pending));
    assert!(
        !finds.contains(&waiting),
        "the later stage replaces the earlier one"
    );

    storage::delete_find(pending.nonce).await.unwrap();
    assert!(!storage::load().await.unwrap().finds.contains(&pending));
}

#[wasm_bindgen_test]
async fn atoms_of_practice_come_back_oldest_first() {
    let atom = |id, found_at_ms| PracticeAtom {
        id: TokenId::new(id).unwrap(),
        hash: AtomHash(B256::repeat_byte(7)),
        found_at_ms,
    };
    let (newer, older) = (atom(1024, 2_000), atom(1025, 1_000));
    storage::save_practice_atom(&newer).await.unwrap();
    storage::save_practice_atom(&older).await.unwrap();
    let practice = storage::load().await.unwrap().practice;
    assert!(practice.starts_with(&[older, newer]), "{practice:?}");
}

#[wasm_bindgen_test]
async fn settings_come_back() {
    let settings = Settings {
        power: 42,
        practice: true,
        ..Settings::default()
    };
    storage::save_settings(&settings).await.unwrap();
    assert_eq!(storage::load().await.unwrap().settings, Some(settings));
}

/// Puts any value into the database, as another version of the page or a careless hand might have.
async fn put(store: &str, key: &str, value: JsValue) {
    // The page itself makes the database.
    storage::load().await.unwrap();
    let put = Function::new_with_args(
        "store, key, value",
        "return new Promise((resolve, reject) => {
            const open = indexedDB.open('atomine', 1);
            open.onerror = reject;
            open.onsuccess = () => {
                const transaction = open.result.transaction(store, 'readwrite');
                transaction.objectStore(store).put(value, key);
                transaction.onabort = reject;
                transaction.oncomplete = () => { open.result.close(); resolve(); };
            };
        });",
    );
    let put = put
        .call3(&JsValue::UNDEFINED, &store.into(), &key.into(), &value)
        .unwrap();
    JsFuture::from(put.unchecked_into::<Promise>())
        .await
        .unwrap();
}

#[wasm_bindgen_test]
async fn damaged_records_are_counted_and_left_where_they_are() {
    let before = storage::load().await.unwrap();
    let bytes = |bytes: &[u8]| JsValue::from(Uint8Array::from(bytes));
    let whole = encode_record(&find(0x22, FindStage::Waiting));
    let half = whole.split_at(whole.len() / 2).0;
    put("finds", "no bytes", "{}".into()).await;
    put("finds", "no record", bytes(&[1, 2, 3])).await;
    put("finds", "half", bytes(half)).await;
    put("finds", "under another nonce", bytes(&whole)).await;
    put("practice", "half", bytes(half)).await;
    for _ in 0..2 {
        let after = storage::load().await.unwrap();
        assert_eq!(after.damaged, before.damaged + 5);
        assert_eq!(after.finds, before.finds);
        assert_eq!(after.practice, before.practice);
    }
}

/// All values of a store, by key.
async fn all(store: &str) -> Vec<(String, Vec<u8>)> {
    let read = Function::new_with_args(
        "store",
        "return new Promise((resolve, reject) => {
            const open = indexedDB.open('atomine', 1);
            open.onerror = reject;
            open.onsuccess = () => {
                const records = open.result.transaction(store).objectStore(store);
                const [keys, values] = [records.getAllKeys(), records.getAll()];
                values.onsuccess = () => {
                    open.result.close();
                    resolve(keys.result.map((key, place) => [key, values.result[place]]));
                };
            };
        });",
    );
    let read = read.call1(&JsValue::UNDEFINED, &store.into()).unwrap();
    let pairs = JsFuture::from(read.unchecked_into::<Promise>())
        .await
        .unwrap();
    let pair = |pair: JsValue| {
        let pair: js_sys::Array = pair.unchecked_into();
        let bytes = pair.get(1).dyn_into::<Uint8Array>();
        let bytes = bytes.map_or_else(|_| Vec::new(), |bytes| bytes.to_vec());
        (pair.get(0).as_string().unwrap(), bytes)
    };
    js_sys::Array::from(&pairs).iter().map(pair).collect()
}

async fn holds(store: &str, bytes: &[u8]) -> bool {
    all(store).await.iter().any(|(_, value)| value == bytes)
}

/// As a newer version of the page might write it.
fn of_another_version(record: &[u8]) -> Vec<u8> {
    let mut bytes = record.to_vec();
    bytes[0] += 1;
    bytes
}

#[wasm_bindgen_test]
async fn settings_that_cannot_be_read_are_moved_aside_before_others_are_written() {
    let newer = of_another_version(&encode_record(&Settings::default()));
    put(
        "settings",
        "settings",
        Uint8Array::from(newer.as_slice()).into(),
    )
    .await;
    let before = storage::load().await.unwrap();
    assert_eq!(before.settings, None);

    storage::save_settings(&Settings::default()).await.unwrap();
    storage::save_settings(&Settings::default()).await.unwrap();
    assert!(holds("settings", &newer).await);
    assert_eq!(
        all("settings").await.len(),
        2,
        "what can be read is replaced"
    );
    let after = storage::load().await.unwrap();
    assert_eq!(after.settings, Some(Settings::default()));
    assert_eq!(after.damaged, before.damaged - 1, "another took its place");
}

#[wasm_bindgen_test]
async fn finds_and_atoms_that_cannot_be_read_are_neither_replaced_nor_deleted() {
    let find = find(0x33, FindStage::Waiting);
    let newer = of_another_version(&encode_record(&find));
    let bytes = || JsValue::from(Uint8Array::from(newer.as_slice()));
    put("finds", &find.nonce.to_string(), bytes()).await;
    storage::delete_find(find.nonce).await.unwrap();
    assert!(holds("finds", &newer).await);
    storage::save_find(&find).await.unwrap();
    assert!(holds("finds", &newer).await);
    assert!(storage::load().await.unwrap().finds.contains(&find));
    storage::delete_find(find.nonce).await.unwrap();
    assert!(!storage::load().await.unwrap().finds.contains(&find));
    assert!(holds("finds", &newer).await);

    let atom = PracticeAtom {
        id: TokenId::new(2_000).unwrap(),
        hash: AtomHash(B256::repeat_byte(8)),
        found_at_ms: 3_000,
    };
    put("practice", &format!("{}/{}", atom.id, atom.hash), bytes()).await;
    storage::save_practice_atom(&atom).await.unwrap();
    assert!(holds("practice", &newer).await);
    assert!(storage::load().await.unwrap().practice.contains(&atom));
}
