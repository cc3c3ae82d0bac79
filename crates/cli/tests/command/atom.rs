//! `atomine atom`: one Atom, or a file of them.

use crate::support::{ZERO_HASH, assert_refused, stdout, vectors};
use serde_json::Value;
use std::fs;

fn refuse_csv(contents: &[u8], words: &[&str]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("atoms.csv");
    fs::write(&path, contents).expect("written");
    let path = path.to_str().expect("UTF-8");
    assert_refused(&["atom", "--csv", path], words);
}

#[test]
fn csv_of_all_real_atoms_comes_back_byte_for_byte() {
    let path = vectors("pownft-atoms.csv");
    let printed = stdout(&["atom", "--csv", path.to_str().expect("UTF-8")]);
    assert!(printed == fs::read_to_string(path).expect("the vectors are there"));
}

#[test]
fn csv_columns_are_found_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("atoms.csv");
    let hash = "0692fa1183ad041b40e0fbcab7f965875b1b14dcca44423fb86db3433454a1c0";
    let file = format!("\u{feff}note,hash,token_id\r\n\"a, b\",{hash},2\r\n");
    fs::write(&path, file).expect("written");
    let printed = stdout(&["atom", "--csv", path.to_str().expect("UTF-8")]);
    let row = format!("2,0x{hash},1,1,H,Hydrogen,0,#ff46e8,#ff5d46,0.03368560105680317,");
    assert!(
        printed
            .lines()
            .nth(1)
            .is_some_and(|line| line.starts_with(&row)),
        "{printed}"
    );
    assert_eq!(printed.lines().count(), 2);
}

#[test]
fn malformed_csv_is_refused_with_its_line() {
    let row = format!("2,{ZERO_HASH}\n");
    let file = |bad: &str| format!("token_id,hash\n{row}{bad}\n{row}").into_bytes();
    refuse_csv(b"", &["line 1", "token_id"]);
    refuse_csv(b"id,hash\n", &["line 1", "token_id"]);
    refuse_csv(b"token_id,colour\n", &["line 1", "\"hash\""]);
    refuse_csv(&file(&format!("0,{ZERO_HASH}")), &["line 3", "from 1 to"]);
    refuse_csv(&file(&format!("-7,{ZERO_HASH}")), &["line 3", "\"-7\""]);
    refuse_csv(&file("5,0x1234"), &["line 3", "64 hex digits"]);
    refuse_csv(
        &file(&format!("5,{}", ZERO_HASH.replace("0x0", "0xg"))),
        &["line 3", "hex digit"],
    );
    refuse_csv(&file("5"), &["line 3", "1 columns where the header has 2"]);
    refuse_csv(&file(&format!("5,{ZERO_HASH},6")), &["line 3", "3 columns"]);
    refuse_csv(b"token_id,hash\n5,\xff\xfe\n", &["line 2", "UTF-8"]);
    refuse_csv(
        format!("token_id,hash\r\n2,{ZERO_HASH}\r\n5,0x1234\r\n").as_bytes(),
        &["line 3", "64 hex digits"],
    );
    refuse_csv(b"token_id,hash\n\n\n5,0x1234\n", &["line 4"]);
    refuse_csv(b"token_id,hash\r\n\r\n5\r\n", &["line 3", "1 columns"]);
    assert_refused(
        &["atom", "--csv", "no/such/file.csv"],
        &["no/such/file.csv", "check the path"],
    );
}

#[test]
fn an_atom_in_words_and_in_json() {
    let vectors = fs::read_to_string(vectors("pownft-atoms.csv")).expect("the vectors are there");
    let mut lines = vectors
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>());
    let names = lines.next().expect("a header");
    for row in lines.step_by(97) {
        let printed = stdout(&["atom", row[0], row[1], "--json"]);
        assert!(serde_json::from_str::<Value>(&printed).is_ok());
        for (name, cell) in names.iter().zip(&row) {
            // Compared as text: reading a number may change its last digit.
            let value = printed.lines().find_map(|line| {
                line.trim()
                    .strip_prefix(&format!("\"{name}\": "))?
                    .strip_suffix(',')
            });
            let value = value.unwrap_or_else(|| panic!("{name} is in {printed}"));
            let value = value.trim_matches('"').trim_end_matches(".0");
            assert_eq!(value, *cell, "{name} of {row:?}");
        }
        let words = stdout(&["atom", row[0], row[1]]);
        assert!(words.contains(row[5]) || row[0] == "1", "{words}");
    }
}

#[test]
fn genesis_and_an_ion() {
    assert!(stdout(&["atom", "1", ZERO_HASH]).starts_with("Atom            #1 Genesis\n"));
    let hash = format!("0x0000000001{}", "00".repeat(27));
    let words = stdout(&["atom", "2", &hash]);
    for line in [
        "Ion Charge      +1",
        "Period          1 (1/2)",
        "Electron shells 0 0 0 0 0 0 0",
    ] {
        assert!(words.contains(line), "{line}: {words}");
    }
    let json: Value = serde_json::from_str(&stdout(&["atom", "2", &hash, "--json"])).expect("JSON");
    assert_eq!(
        (json["title"].as_str(), json["ion"].as_str()),
        (Some("#2 Hydrogen"), Some("1+"))
    );
    assert_eq!(json["attributes"][4]["value"], "Reactive nonmetal");
    assert_eq!(json["attributes"][4]["counter"], "1/11");
}

#[test]
fn bad_atoms_are_refused() {
    assert_refused(&["atom"], &["<ID>"]);
    assert_refused(&["atom", "5"], &["<HASH>"]);
    assert_refused(&["atom", "0", ZERO_HASH], &["from 1 to"]);
    assert_refused(&["atom", "-5", ZERO_HASH], &["from 1 to"]);
    assert_refused(&["atom", "five", ZERO_HASH], &["from 1 to"]);
    assert_refused(&["atom", "18446744073709551616", ZERO_HASH], &["from 1 to"]);
    assert_refused(&["atom", "5", "0xabc"], &["64 hex digits", "this has 3"]);
    assert_refused(
        &["atom", "5", ZERO_HASH, "--csv", "x"],
        &["cannot be used with"],
    );
}
