//! `atomine mine`.

use crate::support::{DEAD, ZERO_HASH, assert_refused, atomine, stdout, text};
use atomine_protocol::{Address, Nonce, PrevHash, Target, work_hash};

/// A target that takes a thousand hashes or so.
pub(crate) const EASY: &str = "0x0044444444444444444444444444444444444444444444444444444444444444";
/// A target that nobody meets.
pub(crate) const HOPELESS: &str = "1";

/// The command that mines for `target`, with `more` options.
pub(crate) fn mining<'a>(target: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let command = [
        "mine", "--sender", DEAD, "--prev", ZERO_HASH, "--target", target,
    ];
    [&command, more].concat()
}

/// Asserts that this is what a command prints that found a nonce for [`EASY`].
pub(crate) fn assert_solves(printed: &str) {
    let nonce = printed.strip_suffix('\n').expect("one line");
    assert_eq!(
        (nonce.len(), nonce.starts_with("0x")),
        (66, true),
        "{nonce}"
    );
    let sender: Address = DEAD.parse().expect("an address");
    let prev: PrevHash = ZERO_HASH.parse().expect("a hash");
    let nonce: Nonce = nonce.parse().expect("a nonce");
    let target: Target = EASY.parse().expect("a target");
    assert!(work_hash(sender, prev, nonce).meets(target));
}

#[test]
fn a_mined_nonce_solves_the_job() {
    for threads in ["1", "3"] {
        assert_solves(&stdout(&mining(EASY, &["--threads", threads])));
    }
}

#[test]
fn mining_gives_up_when_the_time_is_up() {
    let output = atomine(&mining(HOPELESS, &["--seconds", "0.3"]));
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(text(&output.stdout), "");
    let said = text(&output.stderr);
    assert!(said.starts_with("error: time is up"), "{said}");
    assert_eq!(
        said.lines().count(),
        1,
        "no progress where there is no terminal"
    );
}

#[cfg(not(feature = "gpu"))]
#[test]
fn without_gpu_support_it_says_how_to_get_it() {
    assert_refused(&mining(EASY, &["--gpu"]), &["--features gpu"]);
}

#[test]
fn bad_mining_is_refused() {
    let refused = |option: &str, value: &str, words: &[&str]| {
        let mut args = mining(HOPELESS, &[]);
        match args.iter().position(|arg| *arg == option) {
            Some(place) => args[place + 1] = value,
            None => args.extend([option, value]),
        }
        assert_refused(&args, words);
    };
    refused("--sender", "me", &["40 hex digits"]);
    refused("--prev", "0x", &["64 hex digits"]);
    refused("--target", "0", &["no hash is below 0"]);
    refused("--target", "0xzz", &["hex digit"]);
    refused("--threads", "0", &["--threads"]);
    refused("--seconds", "soon", &["number of seconds"]);
    refused("--seconds", "-1", &["above 0"]);
    assert_refused(&[], &["Usage"]);
    assert_refused(&["dig"], &["dig"]);
}
