//! The state of the page, and how a message changes it.

use crate::{Effect, Msg, Route};

/// Everything the page knows. Only [`update`] changes it.
#[derive(Debug)]
pub struct Model {
    pub(crate) route: Route,
}

impl Model {
    /// A page on which nothing has happened yet; [`Msg::Started`] is its first message.
    pub fn new() -> Self {
        Self { route: Route::Mine }
    }
}

impl Default for Model {
    fn default() -> Self {
        Self::new()
    }
}

/// Takes in what happened at `now_ms` (Unix time in ms) and says what is to be done about it, in order.
pub fn update(model: &mut Model, msg: Msg, now_ms: u64) -> Vec<Effect> {
    let _ = now_ms;
    if let Msg::FragmentChanged(fragment) = msg {
        model.route = Route::parse(&fragment);
    }
    Vec::new()
}
