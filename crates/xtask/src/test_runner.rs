//! The wasm tests' runner: Cargo calls it with each test module (see `.cargo/config.toml`).

use crate::error::Error;
use std::{env, ffi::OsString};

/// Runs the test module named in `arguments` in a headless browser.
pub(crate) fn run(arguments: Vec<OsString>) -> Result<(), Error> {
    if env::var_os("CHROMEDRIVER").is_none() && !crate::process::exists("chromedriver") {
        return Err(Error::Missing {
            what: "the wasm tests need chromedriver".to_owned(),
            remedy: "install chromium and chromium-driver, or set CHROMEDRIVER to its path"
                .to_owned(),
        });
    }
    let arguments = std::iter::once("wasm-bindgen-test-runner".into()).chain(arguments);
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(arguments)
        .map_err(|error| Error::Checks(format!("{error:#}")))
}
