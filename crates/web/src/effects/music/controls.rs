//! The system's own controls: media keys, a headset's button, the lock screen. By their names alone: web-sys does not
//! count the media session among what is settled.

use super::object;
use crate::{WebError, browser, effects::Dispatch, runtime::report};
use atomine_app::{
    Msg,
    player::{PlayerMsg, Telling},
};
use js_sys::{Array, Function, Reflect, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Blob, BlobPropertyBag, HtmlAudioElement, Url};

/// What each control means.
const ACTIONS: [(&str, PlayerMsg); 7] = [
    ("play", PlayerMsg::PlayingWanted(true)),
    ("pause", PlayerMsg::PlayingWanted(false)),
    ("stop", PlayerMsg::Closed),
    ("nexttrack", PlayerMsg::NextClicked),
    ("previoustrack", PlayerMsg::PreviousClicked),
    ("seekforward", PlayerMsg::SoughtBy(10)),
    ("seekbackward", PlayerMsg::SoughtBy(-10)),
];
/// A WAV file of eight-bit silence at 3,000 Hz: its header before `data`'s length, and how many seconds follow.
const HEADER: &[u8; 36] =
    b"RIFF\x74\x46\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\xb8\x0b\0\0\xb8\x0b\0\0\x01\0\x08\0";
const SILENCE_S: usize = 6;

/// While this lives, the controls are ours.
pub(super) struct Controls {
    session: JsValue,
    /// Browsers give their controls to media elements alone: this one plays silence, round and round.
    silence: Option<(HtmlAudioElement, String)>,
}

impl Drop for Controls {
    fn drop(&mut self) {
        for (action, _) in ACTIONS {
            self.handle(action, &JsValue::NULL);
        }
        self.set("metadata", &JsValue::NULL);
        self.set("playbackState", &"none".into());
        if let Some((silence, url)) = &self.silence {
            // Neither can fail here.
            let _ = (silence.pause(), Url::revoke_object_url(url));
        }
    }
}

impl Controls {
    /// Takes the controls; `None` where the browser has none.
    pub(super) fn new(dispatch: &Dispatch) -> Option<Self> {
        let navigator = browser::window().ok()?.navigator();
        let session = browser::member(&navigator, "mediaSession");
        if !session.is_object() {
            return None;
        }
        let controls = Self {
            silence: silence(),
            session,
        };
        for (action, msg) in ACTIONS {
            let dispatch = Rc::clone(dispatch);
            let pressed = Closure::<dyn FnMut()>::new(move || dispatch(Msg::Player(msg.clone())));
            controls.handle(action, &pressed.into_js_value());
        }
        Some(controls)
    }

    /// Shows this.
    pub(super) fn show(&self, telling: &Telling) {
        report(metadata(&telling.title).map(|metadata| self.set("metadata", &metadata)));
        let state = if telling.playing { "playing" } else { "paused" };
        self.set("playbackState", &state.into());
        if let Some((silence, _)) = &self.silence {
            // Where silence is refused there are no controls; the music plays all the same.
            let _ = if telling.playing {
                silence.play().map(drop)
            } else {
                silence.pause()
            };
        }
    }

    /// Sets a member; a browser that lacks it goes without.
    fn set(&self, name: &str, value: &JsValue) {
        let _ = Reflect::set(&self.session, &name.into(), value);
    }

    /// Sets what an action does; browsers throw for actions that they do not know, and have no such control.
    fn handle(&self, action: &str, handler: &JsValue) {
        let set = browser::member(&self.session, "setActionHandler");
        if let Some(set) = set.dyn_ref::<Function>() {
            let _ = set.call2(&self.session, &action.into(), handler);
        }
    }
}

fn metadata(title: &str) -> Result<JsValue, WebError> {
    let said = object(&[("title", title.into()), ("artist", "Atomine".into())])?;
    let kind = browser::member(&browser::window()?.into(), "MediaMetadata");
    let kind = kind
        .dyn_ref::<Function>()
        .ok_or(WebError::Missing("MediaMetadata"))?;
    Ok(Reflect::construct(kind, &Array::of1(&said))?)
}

fn silence() -> Option<(HtmlAudioElement, String)> {
    let samples = SILENCE_S * 3_000;
    let mut file = HEADER.to_vec();
    file.extend(b"data");
    file.extend(u32::try_from(samples).ok()?.to_le_bytes());
    file.resize(file.len() + samples, 128);
    let options = BlobPropertyBag::new();
    options.set_type("audio/wav");
    let parts = Array::of1(&Uint8Array::from(file.as_slice()));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let element = HtmlAudioElement::new_with_src(&url).ok()?;
    element.set_loop(true);
    Some((element, url))
}
