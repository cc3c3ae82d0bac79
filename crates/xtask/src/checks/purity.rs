//! The pure crates must not see the browser: what they depend on says whether they do.

use crate::{error::Error, process, wasm_target::TARGET, workspace::Workspace};

/// Crates that run anywhere.
const PURE: [&str; 7] = [
    "atomine-protocol",
    "atomine-keccak",
    "atomine-mine",
    "atomine-art",
    "atomine-music",
    "atomine-chain",
    "atomine-app",
];
/// Crates that stand for the browser.
const BROWSER: [&str; 2] = ["web-sys", "js-sys"];

/// Reads each pure crate's dependencies as they are for the page.
pub(super) fn check(workspace: &Workspace) -> Result<(), Error> {
    let mut impure = Vec::new();
    for package in PURE {
        let mut tree = process::cargo();
        tree.args([
            "tree",
            "--package",
            package,
            "--target",
            TARGET,
            "--edges",
            "normal",
            "--prefix",
            "none",
        ]);
        let tree = process::capture(tree.current_dir(&workspace.root))?;
        let seen = tree
            .lines()
            .filter_map(|line| line.split(' ').next())
            .filter(|name| BROWSER.contains(name));
        impure.extend(seen.map(|name| format!("{package} depends on {name}")));
    }
    impure.dedup();
    if impure.is_empty() {
        Ok(())
    } else {
        Err(Error::Checks(impure.join("; ")))
    }
}
