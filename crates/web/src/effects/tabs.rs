//! Telling this browser's other tabs of a find that was stored or changed.

use super::Dispatch;
use crate::{WebError, browser};
use atomine_app::{FindRecord, Msg};
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
                .as_string()
                .and_then(|text| serde_json::from_str(&text).ok())
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
        if let (Some(channel), Ok(text)) = (&self.channel, serde_json::to_string(find)) {
            // A closed channel has no listeners left to miss it.
            let _ = channel.post_message(&text.into());
        }
    }
}
