//! Builds std for wasm32 from Debian's `rust-src` package, for machines that rustup's servers do not serve.
//!
//! Nothing is installed on the system: apt gets lists, cache and sources of its own in a temporary folder, and the
//! finished libraries go where rustup would have put them, in the toolchain's own folder.

use super::{OWN_MARK, TARGET, Toolchain, works};
use crate::{error::Error, process, progress};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Suites that may carry the sources of a recent compiler, the likeliest first.
const SUITES: [&str; 6] = [
    "trixie-backports",
    "sid",
    "forky-backports",
    "forky",
    "trixie",
    "bookworm-backports",
];
/// Debian's signing keys, where apt does not trust them anyway.
const KEYRINGS: [&str; 2] = [
    "/usr/share/keyrings/debian-archive-keyring.gpg",
    "/usr/share/keyrings/debian-archive-keyring.pgp",
];
/// What std's crates mix into their symbols, so that they never collide with a user's copy of the same crate.
const METADATA: &str = "atomine-wasm32-std";

/// Fetches the sources of exactly this compiler, builds std and puts it into the toolchain.
pub(super) fn install(toolchain: &Toolchain) -> Result<(), Error> {
    if !process::exists("apt-get") || !process::exists("dpkg-deb") {
        return Err(missing("this machine has no apt", "use rustup"));
    }
    let folder = tempfile::tempdir().map_err(Error::file("make a folder in", env::temp_dir()))?;
    let library = progress::step(
        format!(
            "Fetching the sources of std {} from Debian",
            toolchain.version
        ),
        |_| fetch(folder.path(), &toolchain.version),
    )?;
    let libraries = progress::step(
        "Building std for wasm32 (once for this toolchain, about a minute)",
        |_| build(folder.path(), &library, toolchain),
    )?;
    place(&libraries, toolchain)?;
    if works(&toolchain.tool("rustc"))? {
        return Ok(());
    }
    toolchain.remove_own_std()?;
    Err(missing("the std built from it does not work", "use rustup"))
}

/// Downloads and unpacks `rust-src`; returns its `library` folder.
fn fetch(folder: &Path, version: &str) -> Result<PathBuf, Error> {
    let apt = Apt::new(folder)?;
    let package = apt.find(version)?;
    let mut download = apt.command("apt-get");
    process::capture(
        download
            .arg("download")
            .arg(format!("rust-src={package}"))
            .current_dir(folder),
    )?;
    let archive = only_entry(folder, |name| name.starts_with("rust-src_"))?;
    let unpacked = folder.join("unpacked");
    process::capture(
        Command::new("dpkg-deb")
            .arg("--extract")
            .arg(&archive)
            .arg(&unpacked),
    )?;
    let sources = only_entry(&unpacked.join("usr/src"), |name| name.starts_with("rustc-"))?;
    Ok(sources.join("library"))
}

/// Builds std as upstream does: the `sysroot` crate, its `dist` profile, the dependencies that Debian ships along.
fn build(folder: &Path, library: &Path, toolchain: &Toolchain) -> Result<PathBuf, Error> {
    let home = folder.join("cargo-home");
    fs::create_dir_all(&home).map_err(Error::file("make the folder", &home))?;
    let vendor = library.join("vendor");
    let config = home.join("config.toml");
    let text = format!(
        "[source.crates-io]\nreplace-with = \"vendored\"\n[source.vendored]\ndirectory = {:?}\n",
        vendor.display().to_string()
    );
    fs::write(&config, text).map_err(Error::file("write", &config))?;
    let target = folder.join("target");
    let remap = format!(
        "--remap-path-prefix={}=/rustc/{}/library",
        library.display(),
        toolchain.commit
    );
    let mut cargo = Command::new(toolchain.tool("cargo"));
    // A clean environment: no flag of the caller's may leak into std.
    cargo.env_clear().envs(
        ["PATH", "HOME", "TMPDIR"]
            .into_iter()
            .filter_map(|name| Some((name, env::var_os(name)?))),
    );
    cargo
        .env("RUSTC", toolchain.tool("rustc"))
        .env("RUSTC_BOOTSTRAP", "1");
    cargo
        .env("CARGO_HOME", &home)
        .env("CARGO_TARGET_DIR", &target);
    cargo.env("__CARGO_DEFAULT_LIB_METADATA", METADATA);
    cargo.env("RUSTFLAGS", format!("-Zforce-unstable-if-unmarked {remap}"));
    cargo.args([
        "build",
        "--offline",
        "-Zavoid-dev-deps",
        "--profile",
        "dist",
        "--features",
        "backtrace",
    ]);
    cargo
        .args(["--target", TARGET, "--manifest-path"])
        .arg(library.join("sysroot/Cargo.toml"));
    process::capture(cargo.current_dir(folder))?;
    Ok(target.join(TARGET).join("dist/deps"))
}

/// Copies the libraries beside their final place first, so that a broken copy is never taken for a std.
fn place(libraries: &Path, toolchain: &Toolchain) -> Result<(), Error> {
    let place = toolchain.library();
    let fresh = place.with_extension("new");
    let lib = fresh.join("lib");
    if fresh.exists() {
        fs::remove_dir_all(&fresh).map_err(Error::file("remove", &fresh))?;
    }
    fs::create_dir_all(&lib).map_err(Error::file("make the folder", &lib))?;
    for entry in fs::read_dir(libraries)
        .map_err(Error::file("read", libraries))?
        .flatten()
    {
        let from = entry.path();
        if from
            .extension()
            .is_some_and(|extension| extension == "rlib")
        {
            fs::copy(&from, lib.join(entry.file_name())).map_err(Error::file("copy", &from))?;
        }
    }
    let mark = fresh.join(OWN_MARK);
    fs::write(&mark, &toolchain.commit).map_err(Error::file("write", &mark))?;
    if place.exists() {
        fs::remove_dir_all(&place).map_err(Error::file("remove", &place))?;
    }
    fs::rename(&fresh, &place).map_err(Error::file("rename", &fresh))
}

/// apt with everything of its own under one folder.
struct Apt {
    folder: PathBuf,
    mirrors: Vec<String>,
}

impl Apt {
    fn new(parent: &Path) -> Result<Self, Error> {
        let folder = parent.join("apt");
        for part in ["state/lists/partial", "cache/archives/partial", "parts"] {
            let part = folder.join(part);
            fs::create_dir_all(&part).map_err(Error::file("make the folder", &part))?;
        }
        let targets = [
            "indextargets",
            "--format",
            "$(REPO_URI)",
            "Created-By: Packages",
        ];
        let listed = process::capture(Command::new("apt-get").args(targets))?;
        let mut mirrors: Vec<String> = Vec::new();
        for mirror in listed
            .lines()
            .filter(|uri| uri.contains("debian") && !uri.contains("security"))
        {
            if !mirrors.iter().any(|known| known == mirror) {
                mirrors.push(mirror.to_owned());
            }
        }
        if mirrors.is_empty() {
            return Err(missing(
                "apt knows no Debian mirror",
                "add one to apt's sources, or use rustup",
            ));
        }
        Ok(Self { folder, mirrors })
    }

    /// The package version that has the sources of `version`; apt's own sources are then set to its suite.
    fn find(&self, version: &str) -> Result<String, Error> {
        for mirror in &self.mirrors {
            for suite in SUITES {
                self.select(mirror, suite)?;
                // A mirror need not have every suite.
                if process::capture(self.command("apt-get").arg("update")).is_err() {
                    continue;
                }
                let known =
                    process::capture(self.command("apt-cache").args(["madison", "rust-src"]))?;
                let versions = known
                    .lines()
                    .filter_map(|line| line.split('|').nth(1))
                    .map(str::trim);
                if let Some(found) = versions
                    .into_iter()
                    .find(|found| is_package_of(found, version))
                {
                    return Ok(found.to_owned());
                }
            }
        }
        let what = format!("no Debian suite has rust-src {version}");
        Err(missing(
            &what,
            "use a toolchain whose rust-src Debian has, or rustup",
        ))
    }

    fn select(&self, mirror: &str, suite: &str) -> Result<(), Error> {
        let keyring = KEYRINGS.iter().find(|path| Path::new(path).exists());
        let options = keyring
            .map(|path| format!("[signed-by={path}] "))
            .unwrap_or_default();
        let list = self.folder.join("list");
        fs::write(&list, format!("deb {options}{mirror} {suite} main\n"))
            .map_err(Error::file("write", &list))
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        let places = [
            ("Dir::State", "state"),
            ("Dir::Cache", "cache"),
            ("Dir::Etc::sourcelist", "list"),
            ("Dir::Etc::sourceparts", "parts"),
        ];
        for (option, place) in places {
            command
                .arg("-o")
                .arg(format!("{option}={}", self.folder.join(place).display()));
        }
        command.args([
            "-o",
            "Dir::State::status=/var/lib/dpkg/status",
            "-o",
            "APT::Sandbox::User=root",
        ]);
        command.args(["-o", "Acquire::Languages=none", "-o", "Acquire::Retries=2"]);
        command
    }
}

/// Whether Debian's package version `package` is of upstream `version`: `1.95.0+dfsg1-1` is of `1.95.0`.
fn is_package_of(package: &str, version: &str) -> bool {
    package
        .strip_prefix(version)
        .is_some_and(|rest| rest.starts_with(['+', '~', '-']))
}

fn only_entry(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<PathBuf, Error> {
    let entries = fs::read_dir(folder).map_err(Error::file("read", folder))?;
    let mut found = entries
        .flatten()
        .filter(|entry| entry.file_name().to_str().is_some_and(&wanted));
    found
        .next()
        .map(|entry| entry.path())
        .ok_or_else(|| missing("rust-src has another layout than expected", "use rustup"))
}

fn missing(what: &str, remedy: &str) -> Error {
    Error::Missing {
        what: what.to_owned(),
        remedy: remedy.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_package_of;

    #[test]
    fn package_versions_are_told_from_those_of_other_compilers() {
        assert!(is_package_of("1.95.0+dfsg1-1~bpo13+1", "1.95.0"));
        assert!(is_package_of("1.95.0-1", "1.95.0"));
        assert!(!is_package_of("1.95.01-1", "1.95.0"));
        assert!(!is_package_of("1.94.0+dfsg1-1", "1.95.0"));
    }
}
