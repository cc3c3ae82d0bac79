//! Chromium and its driver: found, or installed where we may.

use crate::{error::Error, process, progress};
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// Environment variables that name the programs, and the names under which systems have them.
const CHROMIUM: (&str, [&str; 4]) = (
    "CHROMIUM",
    ["chromium", "chromium-browser", "google-chrome", "chrome"],
);
const DRIVER: (&str, [&str; 1]) = ("CHROMEDRIVER", ["chromedriver"]);
/// Debian's packages; the fonts make screenshots legible.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-liberation"];

/// Where the browser is.
pub(super) struct Browser {
    /// The browser itself.
    pub(super) chromium: PathBuf,
    /// What wasm tests drive it with.
    pub(super) driver: PathBuf,
}

/// Finds the browser; where it is missing, root on Debian gets it installed.
pub(super) fn ensure() -> Result<Browser, Error> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    if is_root() && process::exists("apt-get") {
        progress::step("Installing Chromium", |_| install())?;
    }
    find().ok_or_else(|| Error::Missing {
        what: "Chromium and chromedriver are not here".to_owned(),
        remedy: format!(
            "install them (Debian: apt-get install {}), or set CHROMIUM and CHROMEDRIVER",
            PACKAGES.join(" ")
        ),
    })
}

fn find() -> Option<Browser> {
    Some(Browser {
        chromium: locate(CHROMIUM.0, &CHROMIUM.1)?,
        driver: locate(DRIVER.0, &DRIVER.1)?,
    })
}

/// The program that `variable` names, else the first of `names` on the PATH.
fn locate(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(path) = env::var_os(variable) {
        return Some(path.into());
    }
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let candidates = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates
        .map(|path| path.with_extension(env::consts::EXE_EXTENSION))
        .find(|path| Path::is_file(path))
}

fn install() -> Result<(), Error> {
    let mut update = apt_get();
    process::capture(update.arg("update"))?;
    let mut install = apt_get();
    process::capture(
        install
            .args(["install", "--yes", "--no-install-recommends"])
            .args(PACKAGES),
    )
    .map(drop)
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["-o", "DPkg::Lock::Timeout=300"]);
    command
}

fn is_root() -> bool {
    process::capture(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}
