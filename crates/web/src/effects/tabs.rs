//! Telling this browser's other tabs of a find that was stored or changed.

use super::Dispatch;
use crate::{WebError, browser};
use atomine_app::{FindRecord, Msg, decode_record, encode_record};
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

/// The line between the tabs; dead where the browser has none.
pub(crate) struct Tabs {
    channel: Option<BroadcastChannel>,
}

impl Tabs {
    /// Listens to the other tabs.
    ///
    /// # Errors
    /// [`WebError`] when the browser refuses to listen, which it does not.
    pub(crate) fn new(dispatch: Dispatch) -> Result<Self, WebError> {
        let Ok(channel) = BroadcastChannel::new("atomine") else {
            return Ok(Self { channel: None });
        };
        browser::listen(&channel, "message", move |event: MessageEvent| {
            // A tab of another version may say what this one does not understand.
            if let Some(find) = event
                .data()
                .dyn_ref::<Uint8Array>()
                .and_then(|bytes| decode_record(&bytes.to_vec()))
            {
                dispatch(Msg::FindFromElsewhere(find));
            }
        })?;
        Ok(Self {
            channel: Some(channel),
        })
    }

    /// Tells the other tabs; they read the same from storage when they are next loaded.
    pub(crate) fn tell(&self, find: &FindRecord) {
        if let Some(channel) = &self.channel {
            let bytes = Uint8Array::from(encode_record(find).as_slice());
            // A closed channel has no listeners left to miss it.
            let _ = channel.post_message(&bytes);
        }
    }
}
