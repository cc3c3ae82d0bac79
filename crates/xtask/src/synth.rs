//! The music's commands: `synth` builds it alone as a wasm module and checks it against the goldens in three JavaScript engines;
//! the others are `atomine-audit`'s, which is built only when one of them is asked for.

use crate::{
    browser,
    build::{digest, size, with_flags},
    error::Error,
    npm, process, progress,
    wasm_target::{self, TARGET},
    workspace::Workspace,
};
use std::{fs, path::PathBuf, process::Command};

/// What a contract's code may measure: the music could live on chain.
const MOST_BYTES: u64 = 24_576;

/// Makes `pkg/synth/atomine_synth.wasm`, weighs it, and has Node, Chromium and Firefox play the goldens.
pub(crate) fn check(workspace: &Workspace) -> Result<(), Error> {
    wasm_target::ensure(workspace)?;
    npm::require()?;
    npm::install(workspace, &workspace.tests())?;
    let browser = browser::ensure()?;
    let firefox = browser::ensure_firefox()?;
    let small = build(workspace, "synth")?;
    process::run(
        Command::new("node")
            .arg(workspace.tests().join("synth/goldens.mjs"))
            .arg(&small)
            .arg(browser.chromium)
            .env("FIREFOX", firefox),
    )?;
    let bytes = size(&small)?;
    if bytes > MOST_BYTES {
        let what = format!("the synth has {bytes} bytes, {MOST_BYTES} are allowed");
        return Err(Error::Checks(what));
    }
    Ok(())
}

/// Makes `pkg/NAME/atomine_NAME.wasm`, a module that imports nothing, where its input changed, and returns its path. The
/// wasm target is there, and the packages of tests/ where npm is.
pub(crate) fn build(workspace: &Workspace, name: &str) -> Result<PathBuf, Error> {
    let target = workspace.page_target().join("synth");
    progress::loud(&format!("Compiling {name}"), || {
        let mut cargo = process::cargo();
        cargo
            .args(["build", "--profile", "page", "--lib", "--target", TARGET])
            .args(["--package", &format!("atomine-{name}")])
            .arg("--target-dir")
            .arg(&target)
            .current_dir(&workspace.root);
        // wasm-opt knows better what is worth inlining.
        process::run(with_flags(&mut cargo, "-Cllvm-args=-inline-threshold=0"))
    })?;
    let compiled = target
        .join(TARGET)
        .join(format!("page/atomine_{name}.wasm"));
    let folder = workspace.pkg().join(name);
    fs::create_dir_all(&folder).map_err(Error::file("make the folder", &folder))?;
    let small = folder.join(format!("atomine_{name}.wasm"));
    let mark = workspace.cache()?.join(format!("{name}.made"));
    let optimise = npm::available();
    let made = || {
        Ok::<_, Error>(format!(
            "{optimise} {} {}",
            digest(&compiled)?,
            digest(&small)?
        ))
    };
    if made().is_ok_and(|made| fs::read_to_string(&mark).is_ok_and(|before| before == made)) {
        return Ok(small);
    }
    if !optimise {
        fs::copy(&compiled, &small).map_err(Error::file("write", &small))?;
        return Ok(small);
    }
    process::capture(
        npm::wasm_opt(workspace)
            // What the compiler uses anyway; the stripped module does not say so itself.
            .args(["--enable-bulk-memory", "--enable-bulk-memory-opt"])
            .args(["--enable-nontrapping-float-to-int", "--enable-sign-ext"])
            .args(["--enable-mutable-globals", "-Oz", "--converge"])
            // What lies below the stack is never used; constants that come often are named once.
            .args(["--low-memory-unused", "--const-hoisting"])
            .args([
                "--strip-debug",
                "--strip-producers",
                "--strip-target-features",
            ])
            .arg(&compiled)
            .arg("--output")
            .arg(&small),
    )?;
    let bytes = size(&small)?;
    progress::note(&format!("pkg/{name}: {bytes} bytes of wasm"));
    fs::write(&mark, made()?).map_err(Error::file("write", &mark))?;
    Ok(small)
}

/// Runs a command of the measuring program.
pub(crate) fn audit(command: &str, arguments: &[String]) -> Result<(), Error> {
    let command = [command.to_owned()];
    process::run_package("atomine-audit", command.iter().chain(arguments))
}
