//! Something for the GPU's tests to run on: found, or Mesa's software driver installed where we may.

use crate::{apt, error::Error, progress};
use std::{fs, path::Path};

/// Where Linux systems list their Vulkan drivers.
const DRIVERS: [&str; 3] = [
    "/usr/share/vulkan/icd.d",
    "/etc/vulkan/icd.d",
    "/usr/local/share/vulkan/icd.d",
];
/// Debian's package with lavapipe, the driver that needs no GPU.
const PACKAGE: &str = "mesa-vulkan-drivers";

/// Sees to a Vulkan driver; where there is none the tests themselves will fail, and say so.
pub(super) fn ensure() -> Result<(), Error> {
    if !cfg!(target_os = "linux") || present() {
        return Ok(());
    }
    apt::install("a Vulkan driver", &[PACKAGE])?;
    if !present() {
        progress::note(&format!(
            "there is no Vulkan driver: the GPU's native tests will fail (Debian: apt-get install {PACKAGE})"
        ));
    }
    Ok(())
}

fn present() -> bool {
    DRIVERS.iter().any(|folder| {
        let folder = fs::read_dir(Path::new(folder));
        folder.is_ok_and(|mut entries| entries.next().is_some())
    })
}
