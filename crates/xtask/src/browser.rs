//! Browsers: found, or installed where we may.

use crate::{apt, error::Error};
use std::{
    env,
    path::{Path, PathBuf},
};

/// Environment variables that name the programs, and the names under which systems have them.
const CHROMIUM: (&str, [&str; 4]) = (
    "CHROMIUM",
    ["chromium", "chromium-browser", "google-chrome", "chrome"],
);
const DRIVER: (&str, [&str; 1]) = ("CHROMEDRIVER", ["chromedriver"]);
const FIREFOX: (&str, [&str; 2]) = ("FIREFOX", ["firefox-esr", "firefox"]);
/// Debian's packages; the fonts make screenshots legible.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-liberation"];
const FIREFOX_PACKAGE: &str = "firefox-esr";

/// Where the browser is.
pub(crate) struct Browser {
    /// The browser itself.
    pub(crate) chromium: PathBuf,
    /// What wasm tests drive it with.
    pub(crate) driver: PathBuf,
}

/// Finds Chromium and its driver; where they are missing, root on Debian gets them installed.
pub(crate) fn ensure() -> Result<Browser, Error> {
    if let Some(browser) = find() {
        return Ok(browser);
    }
    apt::install("Chromium", &PACKAGES)?;
    find().ok_or_else(|| Error::Missing {
        what: "Chromium and chromedriver are not here".to_owned(),
        remedy: format!(
            "install them (Debian: apt-get install {}), or set CHROMIUM and CHROMEDRIVER",
            PACKAGES.join(" ")
        ),
    })
}

/// Finds Firefox, in the same way.
pub(crate) fn ensure_firefox() -> Result<PathBuf, Error> {
    let find = || locate(FIREFOX.0, &FIREFOX.1);
    if let Some(firefox) = find() {
        return Ok(firefox);
    }
    apt::install("Firefox", &[FIREFOX_PACKAGE])?;
    find().ok_or_else(|| Error::Missing {
        what: "Firefox is not here".to_owned(),
        remedy: format!("install it (Debian: apt-get install {FIREFOX_PACKAGE}), or set FIREFOX"),
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
