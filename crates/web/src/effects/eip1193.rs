//! A wallet's EIP-1193 object as a provider. It is foreign code: nothing about its shape is taken for granted.

use crate::{browser, error::words};
use atomine_chain::{ChainError, Provider, RpcError};
use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use serde_json::{Map, Value};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// How long a wallet may take for what needs no dialog.
const TIMEOUT_MS: u32 = 30_000;

/// A wallet's provider object.
#[derive(Clone, Debug)]
pub struct Eip1193 {
    object: JsValue,
}

/// Something a wallet tells by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum WalletEvent {
    /// `accountsChanged`, with its argument.
    AccountsChanged(Value),
    /// `chainChanged`, with its argument.
    ChainChanged(Value),
    /// `connect`: it reaches a chain again.
    Connect,
    /// `disconnect`: its node is gone.
    Disconnect,
}

impl WalletEvent {
    /// The events that are listened to.
    const NAMES: [&'static str; 4] = ["accountsChanged", "chainChanged", "connect", "disconnect"];

    fn new(name: &str, argument: Value) -> Self {
        match name {
            "accountsChanged" => Self::AccountsChanged(argument),
            "chainChanged" => Self::ChainChanged(argument),
            "connect" => Self::Connect,
            _ => Self::Disconnect,
        }
    }
}

type Listener = Closure<dyn FnMut(JsValue)>;

/// Listening to a wallet; ends when dropped.
pub struct Subscription {
    object: JsValue,
    listeners: Vec<(&'static str, Listener)>,
}

impl Eip1193 {
    /// Wraps `object`; that it has a `request` is found out when it is asked something.
    pub fn new(object: JsValue) -> Self {
        Self { object }
    }

    /// Listens to the wallet's events. A wallet without events is left in peace.
    pub fn subscribe(&self, handler: &Rc<dyn Fn(WalletEvent)>) -> Subscription {
        let mut listeners = Vec::with_capacity(WalletEvent::NAMES.len());
        for event in WalletEvent::NAMES {
            let handler = Rc::clone(handler);
            let listener = Listener::new(move |argument: JsValue| {
                let argument = to_json(&argument).unwrap_or_default();
                handler(WalletEvent::new(event, argument));
            });
            if call(
                &self.object,
                "on",
                &[event.into(), listener.as_ref().clone()],
            )
            .is_ok()
            {
                listeners.push((event, listener));
            }
        }
        Subscription {
            object: self.object.clone(),
            listeners,
        }
    }

    async fn ask(&self, method: &str, params: &Value) -> Result<Value, JsValue> {
        let request = Object::new();
        Reflect::set(&request, &"method".into(), &method.into())?;
        Reflect::set(
            &request,
            &"params".into(),
            &JSON::parse(&params.to_string())?,
        )?;
        let answer = Promise::resolve(&call(&self.object, "request", &[request.into()])?);
        let answer = if opens_dialog(method) {
            JsFuture::from(answer).await
        } else {
            browser::within_ms(&answer, TIMEOUT_MS).await
        };
        to_json(&answer?)
    }
}

impl Provider for Eip1193 {
    async fn request(&self, method: &str, params: Value) -> Result<Value, ChainError> {
        self.ask(method, &params)
            .await
            .map_err(|thrown| decode_error(&thrown))
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        for (event, listener) in &self.listeners {
            // A wallet that cannot forget a listener calls one that no longer exists, which wasm-bindgen reports to
            // the console; there is nothing better to do about it.
            let _ = call(
                &self.object,
                "removeListener",
                &[(*event).into(), listener.as_ref().clone()],
            );
        }
    }
}

/// What a wallet threw, as a typed error.
pub fn decode_error(thrown: &JsValue) -> ChainError {
    // `message` of an Error is not enumerable, so JSON.stringify alone would lose it.
    let mut error = Map::new();
    for name in ["code", "message", "data", "error", "cause"] {
        if let Some(value) = foreign_json(&browser::member(thrown, name)) {
            error.insert(name.to_owned(), value);
        }
    }
    error
        .entry("message")
        .or_insert_with(|| words(thrown).into());
    ChainError::from_rpc(RpcError::from_json(&Value::Object(error)))
}

/// A member of a foreign error as JSON, with the members of a nested error that JSON leaves out.
fn foreign_json(member: &JsValue) -> Option<Value> {
    let mut json = to_json(member).ok().filter(|json| !json.is_null())?;
    if let (Some(object), Some(message)) = (
        json.as_object_mut(),
        browser::member(member, "message").as_string(),
    ) {
        object.insert("message".to_owned(), message.into());
    }
    Some(json)
}

/// These wait for a person, maybe for hours.
fn opens_dialog(method: &str) -> bool {
    method.starts_with("wallet_") || matches!(method, "eth_requestAccounts" | "eth_sendTransaction")
}

/// Any JavaScript value as JSON: `undefined` and functions are null.
fn to_json(value: &JsValue) -> Result<Value, JsValue> {
    match JSON::stringify(value)?.as_string() {
        Some(text) => {
            serde_json::from_slice(text.as_bytes()).map_err(|error| error.to_string().into())
        }
        None => Ok(Value::Null),
    }
}

fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    function.apply(object, &arguments.iter().collect::<Array>())
}
