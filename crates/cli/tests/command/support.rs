//! Running the built `atomine`, and what its tests compare with.

use serde_json::Value;
use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

pub(crate) const DEAD: &str = "0x000000000000000000000000000000000000dEaD";
pub(crate) const ZERO_HASH: &str =
    "0x0000000000000000000000000000000000000000000000000000000000000000";

pub(crate) fn atomine(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_atomine"))
        .args(args)
        .output()
        .expect("it starts")
}

pub(crate) fn vectors(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/vectors")
        .join(file)
}

pub(crate) fn vectors_json(file: &str) -> Value {
    let text = fs::read_to_string(vectors(file)).expect("the vectors are there");
    serde_json::from_str(&text).expect("JSON")
}

/// The standard output of a command that must succeed and say nothing else.
pub(crate) fn stdout(args: &[&str]) -> String {
    let output = atomine(args);
    assert_eq!(text(&output.stderr), "", "{args:?}");
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    text(&output.stdout)
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Asserts that the command refuses its input, prints no result and says each of `words`.
pub(crate) fn assert_refused(args: &[&str], words: &[&str]) {
    let output = atomine(args);
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{args:?}: {message}");
    assert_eq!(text(&output.stdout), "", "{args:?}");
    for word in words {
        assert!(message.contains(word), "{args:?} says {word:?}: {message}");
    }
}
