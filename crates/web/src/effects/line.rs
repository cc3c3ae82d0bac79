//! A line that is kept open to a node: a websocket over which it tells news by itself.

use super::Dispatch;
use crate::browser;
use atomine_app::Msg;
use atomine_chain::{Collection, read_news, subscriptions};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, MessageEvent, WebSocket};

/// The line, while there is one.
pub(crate) struct Line {
    dispatch: Dispatch,
    open: RefCell<Option<Open>>,
}

struct Open {
    socket: WebSocket,
    _opened: Closure<dyn FnMut(Event)>,
    _told: Closure<dyn FnMut(MessageEvent)>,
    _closed: Closure<dyn FnMut(Event)>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.socket.set_onopen(None);
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // It throws only for reasons and codes, of which there are none.
        let _ = self.socket.close();
    }
}

impl Line {
    /// None yet.
    pub(crate) fn new(dispatch: Dispatch) -> Self {
        Self {
            dispatch,
            open: RefCell::default(),
        }
    }

    /// Listens to this instead of anything before.
    pub(crate) fn listen(&self, wanted: Option<(Collection, bool)>) {
        self.open.take();
        let Some((collection, mempool)) = wanted else {
            return;
        };
        let open = self.open(&collection, mempool);
        if open.is_none() {
            let (dispatch, collection) = (Rc::clone(&self.dispatch), collection.key());
            browser::spawn(Box::pin(
                async move { dispatch(Msg::LineBroke(collection)) },
            ));
        }
        self.open.replace(open);
    }

    /// `None` where the browser takes no such address.
    fn open(&self, collection: &Collection, mempool: bool) -> Option<Open> {
        let (key, address) = (collection.key(), collection.address);
        let socket = WebSocket::new(&collection.chain.socket()?).ok()?;
        let opened = {
            let socket = socket.clone();
            Closure::<dyn FnMut(Event)>::new(move |_| {
                for request in subscriptions(address, mempool) {
                    // A line that breaks just now says so itself.
                    let _ = socket.send_with_str(&request);
                }
            })
        };
        let dispatch = Rc::clone(&self.dispatch);
        let told = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let text = event.data().as_string();
            if let Some(news) = text.and_then(|text| read_news(&text, address)) {
                dispatch(Msg::Told(key, news));
            }
        });
        let dispatch = Rc::clone(&self.dispatch);
        let closed = Closure::<dyn FnMut(Event)>::new(move |_| dispatch(Msg::LineBroke(key)));
        socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(told.as_ref().unchecked_ref()));
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        Some(Open {
            socket,
            _opened: opened,
            _told: told,
            _closed: closed,
        })
    }
}
