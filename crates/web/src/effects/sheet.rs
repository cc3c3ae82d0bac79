//! What is written down of the music: a worker for each, which ends with its answer. Files go to the visitor's disk.

use super::Effects;
use crate::{WebError, browser, error::words};
use atomine_app::{
    Failure, Msg, Route,
    sheet::{Sheet, SheetMsg, Writing, Written},
};
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlAnchorElement, Url, Worker, WorkerOptions, WorkerType};

/// The worker's script, relative to the page.
const SCRIPT: &str = "audio/sheet-worker.js";
/// A file's address is kept so long after it was given to the browser.
const SAVING_MS: u32 = 60_000;

impl Effects {
    /// Has a sheet written.
    pub(super) fn write(&self, writing: Writing) {
        self.answer(Box::pin(async move {
            let result = match answer(&writing).await {
                Ok(answer) => written(&writing, &answer),
                Err(error) => Err(error),
            };
            Msg::Sheet(SheetMsg::Written {
                number: writing.number,
                result: result.map_err(Failure::from),
            })
        }));
    }

    /// Puts a page's whole address into the clipboard; only ever after a click.
    pub(super) fn copy_link(&self, route: Route) {
        self.answer(Box::pin(async move {
            let result = copy_link(route).await.map_err(Failure::from);
            Msg::Sheet(SheetMsg::LinkCopied(result))
        }));
    }
}

/// Asks a worker of its own.
async fn answer(writing: &Writing) -> Result<JsValue, WebError> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(SCRIPT, &options)?;
    let answered = Promise::new(&mut |resolve, reject| {
        worker.set_onmessage(Some(&resolve));
        worker.set_onerror(Some(&reject));
    });
    let hash = Uint8Array::from(writing.atom.hash.0.as_slice());
    worker.post_message(&super::music::object(&[
        ("what", name(writing.sheet).into()),
        ("id", writing.atom.id.get().into()),
        ("hash", hash.into()),
    ])?)?;
    let answered = JsFuture::from(answered).await;
    worker.terminate();
    match answered {
        Ok(message) => Ok(browser::member(&message, "data")),
        Err(event) => {
            let message = browser::member(&event, "message").as_string();
            Err(WebError::Thrown(message.unwrap_or_else(|| words(&event))))
        }
    }
}

/// What the worker knows it by.
fn name(sheet: Sheet) -> &'static str {
    match sheet {
        Sheet::Words => "words",
        Sheet::Midi => "midi",
        Sheet::Wav => "wav",
        Sheet::Sound => "sound",
    }
}

/// Takes the worker's answer for what it is.
fn written(writing: &Writing, answer: &JsValue) -> Result<Written, WebError> {
    let strange = WebError::Missing("answer to what was asked");
    match writing.sheet {
        Sheet::Words => {
            let words = browser::member(answer, "words").as_string();
            words.map(Written::Words).ok_or(strange)
        }
        Sheet::Sound => {
            let sound = browser::member(answer, "sound").dyn_into::<Uint8Array>();
            let sound = sound.ok().and_then(|sound| sound.to_vec().try_into().ok());
            sound
                .map(|sound: [u8; 32]| Written::Sound(sound.into()))
                .ok_or(strange)
        }
        Sheet::Midi | Sheet::Wav => {
            let file = browser::member(answer, "file").dyn_into::<Blob>();
            save(&file.map_err(|_| strange)?, &writing.file)?;
            Ok(Written::Saved)
        }
    }
}

/// Gives a file to the browser, which saves it or asks where.
fn save(file: &Blob, name: &str) -> Result<(), WebError> {
    let url = Url::create_object_url_with_blob(file)?;
    let link: HtmlAnchorElement = browser::document()?
        .create_element("a")?
        .dyn_into()
        .map_err(|_| WebError::Missing("links"))?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    browser::spawn(Box::pin(async move {
        // Should there be no timer, the address goes with the page.
        if browser::sleep_ms(SAVING_MS).await.is_ok() {
            let _ = Url::revoke_object_url(&url);
        }
    }));
    Ok(())
}

async fn copy_link(route: Route) -> Result<(), WebError> {
    let window = browser::window()?;
    let href = window.location().href()?;
    let page = href.split('#').next().unwrap_or_default();
    let link = format!("{page}{route}");
    let clipboard = browser::member(&window.navigator(), "clipboard");
    let write: js_sys::Function = Reflect::get(&clipboard, &"writeText".into())?
        .dyn_into()
        .map_err(|_| WebError::Missing("clipboard"))?;
    let copied: Promise = write.call1(&clipboard, &link.into())?.unchecked_into();
    JsFuture::from(copied).await?;
    Ok(())
}
