//! Starting the page: gathers what the state machine's first message tells, then lets it run.

use crate::{
    WebError, browser, crash,
    effects::{Effects, http},
    kernels, listeners,
    rest::Rest,
    runtime::Runtime,
    storage, view,
};
use atomine_app::{Failure, Msg};
use js_sys::Function;
use std::rc::Rc;
use wasm_bindgen::prelude::wasm_bindgen;

/// The collections this page knows, relative to the page.
const COLLECTIONS: &str = "collections.json";

/// Called by `www/boot.js`; `rest` loads the rest of the program, where that is a module of its own.
#[wasm_bindgen]
pub fn start(rest: Option<Function>) {
    crash::install();
    browser::spawn(Box::pin(async {
        if let Err(error) = run(rest).await {
            crash::show(&error.to_string());
        }
    }));
}

async fn run(rest: Option<Function>) -> Result<(), WebError> {
    let stored = storage::load().await;
    let collections_json = http::read_text(COLLECTIONS).await;

    let runtime = Rc::<Runtime>::default();
    let dispatch = runtime.dispatch();
    let rest = Rc::new(Rest::new(Rc::clone(&dispatch), rest));
    let view = view::mount(Rc::clone(&dispatch), Rc::clone(&rest))?;
    // Wallets found before the first message wait for it.
    let effects = Effects::new(Rc::clone(&dispatch), rest)?;
    listeners::listen(&dispatch)?;

    let window = browser::window()?;
    let location = window.location();
    let started = Msg::Started {
        hardware_concurrency: hardware_concurrency(&window.navigator()),
        webgpu: js_sys::Reflect::has(&window.navigator(), &"gpu".into()).unwrap_or(false),
        kernels: kernels::runnable(),
        fragment: location.hash().unwrap_or_default(),
        query: location.search().unwrap_or_default(),
        collections_json: collections_json.map_err(Failure::from),
        stored: stored.map_err(Failure::from),
    };
    runtime.begin(view, effects, started);
    Ok(())
}

/// 1 where the browser does not tell.
fn hardware_concurrency(navigator: &web_sys::Navigator) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped"
    )]
    let cores = navigator.hardware_concurrency().clamp(1.0, 1024.0) as u32;
    cores
}
