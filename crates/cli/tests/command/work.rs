//! `atomine work` and `atomine target`.

use crate::support::{DEAD, ZERO_HASH, assert_refused, stdout, vectors_json};
use serde_json::Value;

#[test]
fn work_of_every_vector() {
    let file = vectors_json("preimages.json");
    let rows = file["vectors"].as_array().expect("an array");
    assert!(!rows.is_empty());
    for row in rows {
        let get = |key: &str| row[key].as_str().expect("text");
        let (sender, prev, nonce) = (get("miner"), get("prevHash"), get("firstValidNonceFrom0"));
        let expected = format!("{}\n", get("workHash"));
        let hex = format!("0x{:x}", nonce.parse::<u64>().expect("a number"));
        for nonce in [nonce, &hex] {
            let args = ["work", "--sender", sender, "--prev", prev, "--nonce", nonce];
            assert_eq!(stdout(&args), expected);
        }
    }
}

#[test]
fn bad_work_is_refused() {
    let refused = |sender: &str, prev: &str, nonce: &str, words: &[&str]| {
        assert_refused(
            &["work", "--sender", sender, "--prev", prev, "--nonce", nonce],
            words,
        );
    };
    refused("0x1234", ZERO_HASH, "1", &["40 hex digits"]);
    refused("somebody.eth", ZERO_HASH, "1", &["40 hex digits"]);
    refused(&DEAD.replace("dEaD", "dEAD"), ZERO_HASH, "1", &["checksum"]);
    refused(DEAD, "0x00", "1", &["64 hex digits"]);
    refused(DEAD, ZERO_HASH, "abc", &["decimal", "0x"]);
    refused(
        DEAD,
        ZERO_HASH,
        &format!("0x1{}", "0".repeat(64)),
        &["64 hex digits"],
    );
    assert_refused(
        &["work", "--prev", ZERO_HASH, "--nonce", "1"],
        &["--sender"],
    );
}

#[test]
fn target_of_every_vector() {
    let rows = vectors_json("difficulty.json");
    let rows = rows.as_array().expect("an array");
    assert!(!rows.is_empty());
    for row in rows {
        let id = row["tokenId"].to_string();
        let json: Value = serde_json::from_str(&stdout(&["target", &id, "--json"])).expect("JSON");
        for key in [
            "generation",
            "tokenId",
            "target",
            "expectedHashes",
            "costWei",
        ] {
            assert_eq!(json[key], row[key], "{key} of Atom {id}");
        }
        let words = stdout(&["target", &id]);
        for key in ["target", "expectedHashes", "costWei"] {
            let value = row[key].as_str().expect("text");
            assert!(
                words
                    .lines()
                    .any(|line| line.ends_with(&format!(" {value}"))),
                "{words}"
            );
        }
    }
    assert_refused(&["target", "0"], &["from 1 to"]);
}
