//! What the browser tells about the page as a whole.

use crate::{WebError, browser, effects::Dispatch};
use atomine_app::Msg;
use std::rc::Rc;
use web_sys::Event;

/// Listens as long as the page lives.
///
/// # Errors
/// [`WebError`] when the browser refuses to listen, which it does not.
pub(crate) fn listen(dispatch: &Dispatch) -> Result<(), WebError> {
    let window = browser::window()?;
    let document = browser::document()?;

    browser::listen(&window, "hashchange", {
        let dispatch = Rc::clone(dispatch);
        let location = window.location();
        move |_: Event| {
            dispatch(Msg::FragmentChanged(location.hash().unwrap_or_default()));
        }
    })?;
    browser::listen(&document, "visibilitychange", {
        let (dispatch, document) = (Rc::clone(dispatch), document.clone());
        move |_: Event| {
            dispatch(Msg::VisibilityChanged {
                hidden: document.hidden(),
            });
        }
    })?;
    for (event, online) in [("online", true), ("offline", false)] {
        let dispatch = Rc::clone(dispatch);
        browser::listen(&window, event, move |_: Event| {
            dispatch(Msg::OnlineChanged { online });
        })?;
    }
    Ok(())
}
