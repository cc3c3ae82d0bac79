//! `atomine mine --gpu`, on whatever GPU there is: Mesa's lavapipe will do.

use crate::mine::{EASY, HOPELESS, assert_solves, mining};
use crate::support::{atomine, text};

/// Runs `atomine mine --gpu` with `more` options; its output and exit code.
fn mine_on_gpu(target: &str, more: &[&str]) -> (String, Option<i32>) {
    let output = atomine(&mining(target, &[&["--gpu", "--software"], more].concat()));
    let said = text(&output.stderr);
    assert!(
        !said.contains("no GPU can be used"),
        "NO GPU WAS TESTED: install a Vulkan driver (Debian: mesa-vulkan-drivers): {said}"
    );
    assert!(said.contains("Mining on "), "{said}");
    (text(&output.stdout), output.status.code())
}

#[test]
#[ignore = "needs a GPU, or Mesa's lavapipe (Debian: mesa-vulkan-drivers)"]
fn a_nonce_mined_on_the_gpu_solves_the_job() {
    let (printed, code) = mine_on_gpu(EASY, &[]);
    assert_eq!(code, Some(0));
    assert_solves(&printed);
}

#[test]
#[ignore = "needs a GPU, or Mesa's lavapipe (Debian: mesa-vulkan-drivers)"]
fn mining_on_the_gpu_gives_up_when_the_time_is_up() {
    let (printed, code) = mine_on_gpu(HOPELESS, &["--seconds", "1"]);
    assert_eq!((printed.as_str(), code), ("", Some(3)));
}
