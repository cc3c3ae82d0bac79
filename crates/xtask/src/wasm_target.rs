//! Makes `cargo build --target wasm32-unknown-unknown` work: there already, else by rustup, else from Debian.

mod debian;

use crate::{error::Error, process, progress, workspace::Workspace};
use std::{
    env,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// The target the page is built for.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";
/// Set to anything but 0, it leaves rustup out: for machines that rustup's servers do not serve.
const SKIP_RUSTUP: &str = "ATOMINE_SKIP_RUSTUP";
/// rustup retries dead servers for minutes; a good line needs seconds.
const RUSTUP_LIMIT: Duration = Duration::from_secs(90);
/// Lies beside a std that we built, so that it is never mixed with one from rustup.
const OWN_MARK: &str = ".built-by-atomine-xtask";

/// The toolchain that Cargo uses here.
struct Toolchain {
    /// Its folder, links resolved.
    sysroot: PathBuf,
    /// Its version without a channel, for example `1.95.0`.
    version: String,
    /// The commit it was built from, which panic messages of std name.
    commit: String,
}

/// Installs the target unless it works already.
pub(crate) fn ensure(workspace: &Workspace) -> Result<(), Error> {
    if works(Path::new("rustc"))? {
        return Ok(());
    }
    let toolchain = Toolchain::active()?;
    let lock_path = toolchain
        .sysroot
        .join("lib/rustlib/.atomine-wasm-target.lock");
    let lock = File::create(&lock_path).map_err(Error::file("write", &lock_path))?;
    lock.lock().map_err(Error::file("lock", &lock_path))?;
    // Another run may have installed it while this one waited.
    if !works(Path::new("rustc"))? {
        install(&toolchain)?;
        forget_old_artifacts(workspace)?;
    }
    Ok(())
}

fn install(toolchain: &Toolchain) -> Result<(), Error> {
    toolchain.remove_own_std()?;
    let Err(rustup) = by_rustup(toolchain) else {
        return Ok(());
    };
    progress::note(&format!("not by rustup: {rustup}"));
    debian::install(toolchain).map_err(|debian| Error::WasmTarget {
        tried: format!("\n  rustup: {rustup}\n  Debian's rust-src: {debian}"),
    })
}

/// Whether a program that uses std compiles and links for the target.
fn works(rustc: &Path) -> Result<bool, Error> {
    let folder = tempfile::tempdir().map_err(Error::file("make a folder in", env::temp_dir()))?;
    let source = folder.path().join("probe.rs");
    fs::write(
        &source,
        "pub fn probe(n: u32) -> String { format!(\"{n}\") }",
    )
    .map_err(Error::file("write", &source))?;
    let mut probe = Command::new(rustc);
    probe.args([
        "--edition",
        "2024",
        "--crate-type",
        "cdylib",
        "--target",
        TARGET,
        "--out-dir",
    ]);
    probe.arg(folder.path()).arg(&source);
    Ok(process::capture(&mut probe).is_ok())
}

fn by_rustup(toolchain: &Toolchain) -> Result<(), Error> {
    if env::var_os(SKIP_RUSTUP).is_some_and(|value| !value.is_empty() && value != "0") {
        let what = format!("left out, because {SKIP_RUSTUP} is set");
        return Err(Error::Missing {
            what,
            remedy: format!("unset {SKIP_RUSTUP}"),
        });
    }
    let name = toolchain.sysroot.file_name().unwrap_or_default();
    let mut rustup = Command::new("rustup");
    rustup
        .args(["target", "add", TARGET, "--toolchain"])
        .arg(name);
    progress::step("Adding Rust's wasm32 target by rustup", |_| {
        process::capture_within(&mut rustup, RUSTUP_LIMIT)
    })?;
    if works(Path::new("rustc"))? {
        return Ok(());
    }
    let what = "it said yes, yet the target does not work".to_owned();
    Err(Error::Missing {
        what,
        remedy: "see `rustup component list`".to_owned(),
    })
}

/// Artifacts built against another std of the same compiler fail with E0463.
///
/// By hand, since `cargo clean --target` takes the native artifacts along.
fn forget_old_artifacts(workspace: &Workspace) -> Result<(), Error> {
    for folder in [workspace.target.join(TARGET), workspace.page_target()] {
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(Error::file("remove", &folder))?;
        }
    }
    Ok(())
}

impl Toolchain {
    fn active() -> Result<Self, Error> {
        let sysroot = process::capture(Command::new("rustc").args(["--print", "sysroot"]))?;
        let sysroot = Path::new(sysroot.trim());
        // An alias and its toolchain must share one lock and one library folder.
        let sysroot = sysroot
            .canonicalize()
            .map_err(Error::file("find", sysroot))?;
        let details = process::capture(Command::new("rustc").arg("-vV"))?;
        let field = |name: &str| {
            let value = details
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
            value.unwrap_or_default().to_owned()
        };
        let release = field("release");
        let version = release.split('-').next().unwrap_or_default().to_owned();
        Ok(Self {
            sysroot,
            version,
            commit: field("commit-hash"),
        })
    }

    fn library(&self) -> PathBuf {
        self.sysroot.join("lib/rustlib").join(TARGET)
    }

    fn tool(&self, name: &str) -> PathBuf {
        self.sysroot.join("bin").join(name)
    }

    /// A std of ours that no longer works (the compiler was updated) only stands in the way.
    fn remove_own_std(&self) -> Result<(), Error> {
        let library = self.library();
        if library.join(OWN_MARK).exists() {
            fs::remove_dir_all(&library).map_err(Error::file("remove", &library))?;
        }
        Ok(())
    }
}
