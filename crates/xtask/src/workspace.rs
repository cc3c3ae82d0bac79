//! Where things are in the checkout.

use crate::{error::Error, process};
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The checkout's folders.
pub(crate) struct Workspace {
    /// The checkout's root.
    pub(crate) root: PathBuf,
    /// Cargo's target folder, wherever the developer has put it.
    pub(crate) target: PathBuf,
    /// This very program. Its path is taken at the start: once the program's own tests have built it anew, Linux would
    /// call the one that runs `… (deleted)`.
    pub(crate) program: PathBuf,
}

impl Workspace {
    /// Finds the checkout this command was built from and asks Cargo for its target folder.
    pub(crate) fn find() -> Result<Self, Error> {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = manifest
            .ancestors()
            .nth(2)
            .unwrap_or(manifest)
            .to_path_buf();
        let metadata = process::capture(
            process::cargo()
                .args(["metadata", "--format-version", "1", "--no-deps"])
                .current_dir(&root),
        )?;
        let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap_or_default();
        let target = metadata["target_directory"]
            .as_str()
            .map_or_else(|| root.join("target"), PathBuf::from);
        let program = env::current_exe().map_err(Error::file("find", "this program"))?;
        Ok(Self {
            root,
            target,
            program,
        })
    }

    /// The same sources in another folder, with a target folder of their own.
    pub(crate) fn elsewhere(&self, root: &Path) -> Self {
        Self {
            root: root.to_path_buf(),
            target: root.join("target"),
            program: self.program.clone(),
        }
    }

    /// The page's sources.
    pub(crate) fn www(&self) -> PathBuf {
        self.root.join("www")
    }

    /// What the build makes for the page.
    pub(crate) fn pkg(&self) -> PathBuf {
        self.root.join("pkg")
    }

    /// Cargo's target folder for what the page loads.
    pub(crate) fn page_target(&self) -> PathBuf {
        self.target.join("page")
    }

    /// The end-to-end tests and npm's development tools.
    pub(crate) fn tests(&self) -> PathBuf {
        self.root.join("tests")
    }

    /// The hash-rate benchmark and the npm packages it measures.
    pub(crate) fn bench(&self) -> PathBuf {
        self.root.join("tests/bench")
    }

    /// A folder for what these commands remember between calls, made if need be.
    pub(crate) fn cache(&self) -> Result<PathBuf, Error> {
        let cache = self.target.join("xtask");
        fs::create_dir_all(&cache).map_err(Error::file("make the folder", &cache))?;
        Ok(cache)
    }
}
