//! Makes `pkg/`: the page's wasm modules, bound for the browser and made small.

use crate::{
    error::Error,
    npm, process, progress, shorten, split, synth,
    wasm_target::{self, TARGET},
    workspace::Workspace,
};
use alloy_primitives::{B256, keccak256};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// One module of the page.
#[derive(Clone, Copy)]
struct Module {
    /// The crate.
    package: &'static str,
    /// The folder under `pkg/`.
    folder: &'static str,
    /// Cargo's profile.
    profile: &'static str,
    /// Compiler flags of this module alone.
    flags: &'static str,
    /// The functions where the rest of the module begins, which is loaded later; none: all of it is one file.
    cuts: &'static [&'static str],
    /// wasm-opt's level: small for the page, fast for the workers. No feature flags: wasm-opt must not use what the
    /// compiler did not.
    level: &'static [&'static str],
}

/// The compiler flag for 128-bit SIMD.
const SIMD: &str = "-Ctarget-feature=+simd128";
/// The same with the instructions that need not be bit for bit alike on all processors; the one used is, as it is used.
const RELAXED_SIMD: &str = "-Ctarget-feature=+simd128,+relaxed-simd";

/// Builds with vectors, by name.
pub(crate) const VECTORS: [(&str, &str); 2] = [("simd128", SIMD), ("relaxed-simd", RELAXED_SIMD)];

/// Cargo's profile for what ships to the page.
const PAGE: &str = "page";
const WORKER: &str = "atomine-worker";

const MODULES: [Module; 5] = [
    Module {
        package: "atomine-web",
        folder: "web",
        profile: PAGE,
        flags: "",
        cuts: &[
            "atomine_web::effects::rest::carry_out",
            "atomine_web::view::more::mount",
            "atomine_web::view::more::show",
        ],
        // What is inlined compresses worse: with its usual limit -Oz makes the page 3 % larger to download.
        level: &["-Oz", "--one-caller-inline-max-function-size=8"],
    },
    Module {
        package: WORKER,
        folder: "worker",
        profile: PAGE,
        flags: "",
        cuts: &[],
        level: &["-O2"],
    },
    Module {
        package: WORKER,
        folder: "worker-simd",
        profile: PAGE,
        flags: SIMD,
        cuts: &[],
        level: &["-O2"],
    },
    Module {
        package: WORKER,
        folder: "worker-relaxed",
        profile: PAGE,
        flags: RELAXED_SIMD,
        cuts: &[],
        level: &["-O2"],
    },
    Module {
        package: "atomine-gpu-worker",
        folder: "gpu",
        profile: PAGE,
        flags: "",
        cuts: &[],
        level: &["-Oz"],
    },
];

/// What the script of a module that was split has beside wasm-bindgen's: it loads the rest and joins it to the first half.
const LOAD_REST: &str = r#"
export const rest = () => WebAssembly.instantiateStreaming(
    fetch(new URL("atomine_web_rest.wasm", import.meta.url)),
    { ...__wbg_get_imports(), page: wasm },
);
"#;

/// The kernels and a peer for the hash-rate benchmark, which never ship.
const BENCH: &str = "atomine-bench";

/// Builds every module of the page whose input changed.
pub(crate) fn build(workspace: &Workspace) -> Result<(), Error> {
    make(workspace, &MODULES, &workspace.pkg())
}

/// The folders of the worker's builds.
pub(crate) fn worker_folders() -> impl Iterator<Item = &'static str> {
    let workers = MODULES.iter().filter(|module| module.package == WORKER);
    workers.map(|module| module.folder)
}

/// Builds what the hash-rate benchmark measures: the kernels as each of the worker's builds has them, under its name,
/// and other Rust code in `peers`, made for speed alone. Returns the folder.
pub(crate) fn build_bench(workspace: &Workspace) -> Result<PathBuf, Error> {
    let mut modules: Vec<Module> = MODULES
        .into_iter()
        .filter(|module| module.package == WORKER)
        .collect();
    modules.push(Module {
        package: WORKER,
        folder: "peers",
        profile: "release",
        flags: "",
        cuts: &[],
        level: &["-O2"],
    });
    for module in &mut modules {
        module.package = BENCH;
    }
    let place = workspace.target.join("bench");
    make(workspace, &modules, &place)?;
    Ok(place)
}

/// Builds every one of `modules` whose input changed, into folders in `place`.
fn make(workspace: &Workspace, modules: &[Module], place: &Path) -> Result<(), Error> {
    wasm_target::ensure(workspace)?;
    let optimise = npm::available();
    if optimise {
        npm::install(workspace, &workspace.tests())?;
    } else {
        progress::note(
            "npm is not here: the modules stay about a third larger than they need to be",
        );
    }
    for module in modules {
        let compiled = progress::loud(&format!("Compiling {}", module.folder), || {
            module.compile(workspace, optimise)
        })?;
        let place = place.join(module.folder);
        let mark = workspace
            .cache()?
            .join(format!("{}-{}.made", module.package, module.folder));
        let made = || module.made(&compiled, &place, optimise);
        if made().is_ok_and(|made| fs::read_to_string(&mark).is_ok_and(|before| before == made)) {
            continue;
        }
        let size = progress::step(format!("Preparing {}", module.folder), |_| {
            module.bind(&compiled, &place, optimise)?;
            module.shorten(&place)?;
            if optimise {
                module.split(&compiled, &place)?;
                module.optimise(workspace, &place)?;
            }
            size(&module.bound(&place))
        })?;
        progress::note(&format!("{}: {} bytes of wasm", module.folder, size));
        fs::write(&mark, made()?).map_err(Error::file("write", &mark))?;
    }
    for name in ["synth", "sheet", "portrait"] {
        synth::build(workspace, name)?;
    }
    Ok(())
}

/// Gives `cargo` compiler flags for wasm alone: what runs on this machine (build scripts, this program as the test
/// runner) keeps its own.
pub(crate) fn with_flags<'a>(cargo: &'a mut Command, flags: &str) -> &'a mut Command {
    cargo
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("RUSTFLAGS");
    cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags)
}

impl Module {
    /// Cargo's part; returns the module it made.
    ///
    /// As a module for the browser and nothing else: where a library for Rust is made as well, Cargo leaves the
    /// optimisation at link time out.
    ///
    /// Flags of its own get a target folder of their own, so that the builds do not undo each other; packages are
    /// built one by one, so that none gets features that only another asked for.
    fn compile(&self, workspace: &Workspace, split: bool) -> Result<PathBuf, Error> {
        let target = workspace.page_target().join(if self.flags.is_empty() {
            "baseline"
        } else {
            self.folder
        });
        let mut cargo = process::cargo();
        cargo.args([
            "rustc",
            "--profile",
            self.profile,
            "--lib",
            "--crate-type",
            "cdylib",
            "--target",
            TARGET,
            "--package",
            self.package,
        ]);
        cargo
            .arg("--target-dir")
            .arg(&target)
            .current_dir(&workspace.root);
        if split && !self.cuts.is_empty() {
            // What refers to what, for the knife.
            cargo.args(["--", "-Clink-arg=--emit-relocs"]);
        }
        with_flags(&mut cargo, &self.rustflags(workspace));
        process::run(&mut cargo)?;
        Ok(target
            .join(TARGET)
            .join(self.profile)
            .join(self.file("wasm")))
    }

    /// Panic messages name source files; this machine's folders are nobody's business.
    fn rustflags(&self, workspace: &Workspace) -> String {
        let home = env::var_os("CARGO_HOME").map(PathBuf::from);
        let home = home
            .or_else(|| Some(env::home_dir()?.join(".cargo")))
            .unwrap_or_default();
        let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
        [
            remap(&workspace.root, "atomine"),
            remap(&workspace.target, "target"),
            remap(&home, "cargo"),
            self.flags.to_owned(),
        ]
        .join(" ")
    }

    /// wasm-bindgen's part; `named` keeps the functions' names for binaryen, which drops them in the end.
    fn bind(&self, compiled: &Path, place: &Path, named: bool) -> Result<(), Error> {
        if place.exists() {
            fs::remove_dir_all(place).map_err(Error::file("remove", place))?;
        }
        let flags = [
            "--target",
            "web",
            "--no-typescript",
            "--remove-producers-section",
        ];
        let mut args: Vec<std::ffi::OsString> = vec!["wasm-bindgen".into(), compiled.into()];
        args.extend(flags.map(Into::into));
        args.push(
            if named {
                "--no-demangle"
            } else {
                "--remove-name-section"
            }
            .into(),
        );
        args.extend(["--out-dir".into(), place.into()]);
        wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(args).map_err(|error| Error::Bindgen {
            module: self.folder,
            reason: format!("{error:#}"),
        })
    }

    /// Cuts the rest off.
    fn split(&self, compiled: &Path, place: &Path) -> Result<(), Error> {
        if self.cuts.is_empty() {
            return Ok(());
        }
        let bound = self.bound(place);
        let read = |path: &Path| fs::read(path).map_err(Error::file("read", path));
        let mark = digest(compiled)?.to_string();
        let halves =
            split::split(&read(compiled)?, &read(&bound)?, self.cuts, &mark).map_err(|error| {
                Error::Split {
                    module: self.folder,
                    reason: error.to_string(),
                }
            })?;
        fs::write(&bound, halves.first).map_err(Error::file("write", &bound))?;
        let rest = self.rest(place);
        fs::write(&rest, halves.rest).map_err(Error::file("write", &rest))?;
        let script = place.join(self.file("js"));
        let words = fs::read_to_string(&script).map_err(Error::file("read", &script))? + LOAD_REST;
        fs::write(&script, words).map_err(Error::file("write", &script))
    }

    /// binaryen's part.
    fn optimise(&self, workspace: &Workspace, place: &Path) -> Result<(), Error> {
        self.optimise_file(workspace, &self.bound(place))?;
        if self.cuts.is_empty() {
            return Ok(());
        }
        self.optimise_file(workspace, &self.rest(place))
    }

    fn optimise_file(&self, workspace: &Workspace, bound: &Path) -> Result<(), Error> {
        let small = bound.with_extension("small");
        let mut wasm_opt = npm::wasm_opt(workspace);
        process::capture(
            wasm_opt
                .args(self.level)
                // Functions of one kind then stand side by side, which compresses better.
                .arg("--reorder-functions-by-name")
                // What the compiler used is told by the code itself.
                .arg("--strip-target-features")
                .arg(bound)
                .arg("--output")
                .arg(&small),
        )?;
        fs::rename(&small, bound).map_err(Error::file("rename", &small))
    }

    /// Short names between the module and its script.
    fn shorten(&self, place: &Path) -> Result<(), Error> {
        let (bound, script) = (self.bound(place), place.join(self.file("js")));
        let module = fs::read(&bound).map_err(Error::file("read", &bound))?;
        let words = fs::read_to_string(&script).map_err(Error::file("read", &script))?;
        let (module, words) =
            shorten::imports(&module, &words).map_err(|reason| Error::Bindgen {
                module: self.folder,
                reason: reason.to_owned(),
            })?;
        fs::write(&bound, module).map_err(Error::file("write", &bound))?;
        fs::write(&script, words).map_err(Error::file("write", &script))
    }

    /// What the finished module was made from, how, and what it is: as long as all this is as it was, there is nothing
    /// to do.
    fn made(&self, compiled: &Path, place: &Path, optimise: bool) -> Result<String, Error> {
        let level = if optimise {
            let cuts = self.cuts.join(", ");
            format!(
                "{} by name, no features, shortened, cut at {cuts}",
                self.level.join(" ")
            )
        } else {
            "as compiled".to_owned()
        };
        let mut made = format!(
            "{} {level} {}",
            digest(compiled)?,
            digest(&self.bound(place))?
        );
        if optimise && !self.cuts.is_empty() {
            made += &digest(&self.rest(place))?.to_string();
        }
        Ok(made)
    }

    fn bound(&self, place: &Path) -> PathBuf {
        place.join(self.file("wasm").replace(".wasm", "_bg.wasm"))
    }

    fn rest(&self, place: &Path) -> PathBuf {
        place.join(self.file("wasm").replace(".wasm", "_rest.wasm"))
    }

    fn file(&self, extension: &str) -> String {
        format!("{}.{extension}", self.package.replace('-', "_"))
    }
}

/// The Keccak-256 of a file.
pub(crate) fn digest(path: &Path) -> Result<B256, Error> {
    fs::read(path)
        .map(keccak256)
        .map_err(Error::file("read", path))
}

/// The size of a file in bytes.
pub(crate) fn size(path: &Path) -> Result<u64, Error> {
    fs::metadata(path)
        .map(|file| file.len())
        .map_err(Error::file("read", path))
}
