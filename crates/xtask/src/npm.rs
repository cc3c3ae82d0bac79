//! npm's part: installing locked packages once, and finding the programs they bring.

use crate::{error::Error, process, progress, workspace::Workspace};
use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

/// npm's program name, which differs on Windows.
const NPM: &str = if cfg!(windows) { "npm.cmd" } else { "npm" };

/// Whether Node and npm are there.
pub(crate) fn available() -> bool {
    process::exists("node") && process::exists(NPM)
}

/// That Node and npm are there, for what cannot do without.
pub(crate) fn require() -> Result<(), Error> {
    if available() {
        return Ok(());
    }
    let remedy = "install Node 20 or newer, which brings npm".to_owned();
    Err(Error::Missing {
        what: "npm is not here".to_owned(),
        remedy,
    })
}

/// Installs what `folder`'s package-lock.json says, unless that very lock is installed already.
pub(crate) fn install(workspace: &Workspace, folder: &Path) -> Result<(), Error> {
    // Two at once would take each other's files away.
    let lock_path = workspace.cache()?.join("npm.lock");
    let lock_file = File::create(&lock_path).map_err(Error::file("write", &lock_path))?;
    lock_file.lock().map_err(Error::file("lock", &lock_path))?;
    let lock = folder.join("package-lock.json");
    let wanted = fs::read(&lock).map_err(Error::file("read", &lock))?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|present| present == wanted) {
        return Ok(());
    }
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    progress::step(format!("Installing npm packages for {name}"), |_| {
        process::capture(npm().args(["ci", "--ignore-scripts"]).current_dir(folder))
    })?;
    fs::write(&installed, wanted).map_err(Error::file("write", &installed))
}

/// npm, quiet about itself.
pub(crate) fn npm() -> Command {
    let mut command = Command::new(NPM);
    command.env("npm_config_loglevel", "error");
    command
}

/// Node running binaryen's wasm-opt.
pub(crate) fn wasm_opt(workspace: &Workspace) -> Command {
    let mut command = Command::new("node");
    command.arg(workspace.tests().join("node_modules/binaryen/bin/wasm-opt"));
    command
}

/// The local chain's program, from the npm package for this platform.
pub(crate) fn anvil(workspace: &Workspace) -> Result<PathBuf, Error> {
    let system = match env::consts::OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let processor = match env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    let package = format!(
        "node_modules/@foundry-rs/anvil-{system}-{processor}/bin/anvil{}",
        env::consts::EXE_SUFFIX
    );
    let path = workspace.tests().join(package);
    if path.exists() {
        return Ok(path);
    }
    Err(Error::Missing {
        what: format!(
            "npm has no anvil for {system}-{processor} ({} is not there)",
            path.display()
        ),
        remedy: "run `npm ci` in tests/, or use --no-chain".to_owned(),
    })
}
