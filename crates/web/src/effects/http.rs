//! HTTP over `fetch`: with a time limit, and a size limit that holds while reading.

use crate::{WebError, browser, error::words};
use atomine_chain::{ChainError, HttpResponse, MAX_RESPONSE_BYTES, Post};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortSignal, DomException, Headers, ReadableStreamDefaultReader, RequestCache,
    RequestCredentials, RequestInit, Response,
};

/// How long an answer may take, to its last byte.
const TIMEOUT_S: u32 = 10;
/// Longest text file that is read.
const MAX_TEXT_BYTES: usize = 256 * 1024;

/// A node's read RPC.
#[derive(Clone, Debug)]
pub struct Node {
    url: String,
}

impl Node {
    /// The node at `url`.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into() }
    }
}

impl Post for Node {
    async fn post(&self, body: String) -> Result<HttpResponse, ChainError> {
        let answer = match json_request(&body) {
            Ok(init) => exchange(&self.url, &init, MAX_RESPONSE_BYTES).await,
            Err(error) => Err(error),
        };
        answer.map_err(|error| match error {
            WebError::TooLong(_) => ChainError::Nonsense(error.to_string()),
            _ => ChainError::Unreachable(error.to_string()),
        })
    }

    fn now_ms(&self) -> u64 {
        browser::now_ms()
    }
}

/// Reads a small text file, for example `collections.json`.
///
/// # Errors
/// [`WebError`]: not there, too slow, too long, no text.
pub async fn read_text(url: &str) -> Result<String, WebError> {
    let init = RequestInit::new();
    init.set_cache(RequestCache::NoCache);
    let response = exchange(url, &init, MAX_TEXT_BYTES).await?;
    if !(200..300).contains(&response.status) {
        return Err(WebError::Status(response.status));
    }
    String::from_utf8(response.body).map_err(|_| WebError::NotText)
}

fn json_request(body: &str) -> Result<RequestInit, WebError> {
    let init = RequestInit::new();
    let headers = Headers::new()?;
    headers.set("content-type", "application/json")?;
    init.set_method("POST");
    init.set_headers_headers(&headers);
    init.set_body(&JsValue::from_str(body));
    init.set_cache(RequestCache::NoStore);
    Ok(init)
}

/// One request and its whole answer, whatever its status.
async fn exchange(
    url: &str,
    init: &RequestInit,
    max_bytes: usize,
) -> Result<HttpResponse, WebError> {
    init.set_credentials(RequestCredentials::SameOrigin);
    init.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_S * 1000)));
    let response: Response = JsFuture::from(browser::window()?.fetch_with_str_and_init(url, init))
        .await
        .map_err(|thrown| failure(&thrown))?
        .dyn_into()
        .map_err(|_| WebError::Missing("fetch"))?;
    Ok(HttpResponse {
        status: response.status(),
        retry_after_s: response
            .headers()
            .get("retry-after")?
            .as_deref()
            .and_then(retry_after_s),
        body: read_body(&response, max_bytes).await?,
    })
}

/// What a `Retry-After` header asks for, seconds from now: it is a number of seconds or a date (RFC 9110, 10.2.3).
pub fn retry_after_s(header: &str) -> Option<u32> {
    if let Ok(seconds) = header.trim().parse() {
        return Some(seconds);
    }
    let until_ms = js_sys::Date::parse(header);
    let seconds = ((until_ms - js_sys::Date::now()) / 1_000.0).ceil();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to what fits"
    )]
    let seconds = (!until_ms.is_nan()).then_some(seconds.clamp(0.0, 1e9) as u32);
    seconds
}

async fn read_body(response: &Response, max_bytes: usize) -> Result<Vec<u8>, WebError> {
    let mut bytes = Vec::new();
    let Some(body) = response.body() else {
        return Ok(bytes);
    };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    loop {
        let chunk = JsFuture::from(reader.read())
            .await
            .map_err(|thrown| failure(&thrown))?;
        let Ok(part) = browser::member(&chunk, "value").dyn_into::<Uint8Array>() else {
            return Ok(bytes);
        };
        let part = part.to_vec();
        if bytes.len() + part.len() > max_bytes {
            // The stream is let go of either way.
            let _ = JsFuture::from(reader.cancel()).await;
            return Err(WebError::TooLong(max_bytes));
        }
        bytes.extend_from_slice(&part);
    }
}

fn failure(thrown: &JsValue) -> WebError {
    match thrown.dyn_ref::<DomException>().map(DomException::name) {
        Some(name) if name == "TimeoutError" => WebError::TimedOut(TIMEOUT_S),
        _ => WebError::Thrown(words(thrown)),
    }
}
