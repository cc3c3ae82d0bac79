//! Every crate we build with must come under a licence that ours can live with.

use crate::{error::Error, process, workspace::Workspace};
use serde_json::Value;
use spdx::{Expression, ParseMode};

/// Permissive licences, and those that ask only for changes to the crate itself.
const ALLOWED: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Reads the licence of every crate in Cargo.lock.
pub(super) fn check(workspace: &Workspace) -> Result<(), Error> {
    let mut metadata = process::cargo();
    metadata
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(&workspace.root);
    let metadata: Value =
        serde_json::from_str(&process::capture(&mut metadata)?).unwrap_or_default();
    let packages = metadata["packages"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let refused: Vec<String> = packages.iter().filter_map(refusal).collect();
    match refused.as_slice() {
        [] if packages.is_empty() => Err(Error::Checks("cargo names no packages".to_owned())),
        [] => Ok(()),
        refused => Err(Error::Checks(refused.join("; "))),
    }
}

/// Why `package` cannot be used.
fn refusal(package: &Value) -> Option<String> {
    let name = package["name"].as_str().unwrap_or("a crate without a name");
    match package["license"].as_str() {
        Some(licence) if is_allowed(licence) => None,
        Some(licence) => Some(format!("{name} is under {licence}")),
        None => Some(format!("{name} names no licence")),
    }
}

fn is_allowed(licence: &str) -> bool {
    let allowed = |name: &str| ALLOWED.contains(&name);
    Expression::parse_mode(licence, ParseMode::LAX).is_ok_and(|expression| {
        expression.evaluate(|wanted| wanted.license.id().is_some_and(|id| allowed(id.name)))
    })
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[test]
    fn licences_are_read_as_expressions() {
        assert!(is_allowed("MIT OR Apache-2.0"));
        assert!(is_allowed("MIT/Apache-2.0"));
        assert!(is_allowed("GPL-3.0-only OR MIT"));
        assert!(is_allowed("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(is_allowed("Apache-2.0 WITH LLVM-exception"));
        assert!(!is_allowed("GPL-3.0-only"));
        assert!(!is_allowed("MIT AND GPL-3.0-only"));
        assert!(!is_allowed("LicenseRef-secret"));
    }
}
