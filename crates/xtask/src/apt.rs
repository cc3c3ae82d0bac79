//! Debian's packages, installed where we may: as root.

use crate::{error::Error, process, progress};
use std::process::Command;

/// Installs `packages`, which give `name`, where this is Debian and we are root; `false` where it is not.
pub(crate) fn install(name: &str, packages: &[&str]) -> Result<bool, Error> {
    if !is_root() || !process::exists("apt-get") {
        return Ok(false);
    }
    progress::step(format!("Installing {name}"), |_| {
        process::capture(apt_get().arg("update"))?;
        let mut install = apt_get();
        install.args(["install", "--yes", "--no-install-recommends"]);
        process::capture(install.args(packages))
    })?;
    Ok(true)
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
