//! A node over HTTP: the provider that needs no wallet.

use crate::jsonrpc::{decode_batch, decode_response, encode_batch, encode_request};
use crate::provider::concurrently;
use crate::{ChainError, Provider};
use core::cell::Cell;
use serde_json::Value;

/// Most requests in one batch: public nodes refuse longer ones.
const MAX_BATCH: usize = 50;

/// How often a request is sent to a server whose gateway says that it cannot answer at the moment.
const TRIES: u32 = 3;

/// The longest time, in s, for which a server is left alone because it asked for that.
const MAX_WAIT_S: u32 = 300;

/// How long, in s, a server is left alone that turns the page away and does not say for how long.
const DEFAULT_WAIT_S: u32 = 15;

/// What servers answer who is asking too often (RFC 6585).
const TOO_MANY_REQUESTS: u16 = 429;

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpResponse {
    /// The HTTP status, for example 200 or 429.
    pub status: u16,
    /// For how many seconds from now on the server asks to be left alone (`Retry-After`), where it says so.
    pub retry_after_s: Option<u32>,
    /// The body, of which no more than [`crate::MAX_RESPONSE_BYTES`] + 1 bytes need be read.
    pub body: Vec<u8>,
}

/// Sends a body to a node's URL: `fetch` in a page, a socket in tests.
#[expect(
    async_fn_in_trait,
    reason = "no caller needs its futures to move between threads"
)]
pub trait Post {
    /// Posts this JSON text as `application/json`.
    ///
    /// # Errors
    /// [`ChainError::Unreachable`] where no answer came in time. A status that means failure is an
    /// answer here.
    async fn post(&self, body: String) -> Result<HttpResponse, ChainError>;

    /// Unix time in ms.
    fn now_ms(&self) -> u64;
}

/// JSON-RPC over HTTP.
#[derive(Debug)]
pub struct JsonRpc<T> {
    post: T,
    next_id: Cell<u64>,
    takes_batches: Cell<bool>,
    /// Until then the server asked to be left alone, Unix time in ms.
    quiet_until_ms: Cell<u64>,
}

impl<T: Post> JsonRpc<T> {
    /// A node that is reached by this.
    pub fn new(post: T) -> Self {
        Self {
            post,
            next_id: Cell::new(1),
            takes_batches: Cell::new(true),
            quiet_until_ms: Cell::new(0),
        }
    }

    /// The first of `count` fresh ids.
    fn take_ids(&self, count: u64) -> u64 {
        self.next_id.replace(self.next_id.get() + count)
    }

    /// Posts `body`, again at once where a gateway found nobody behind it: reading a collection takes several requests
    /// in a row, so that a node that fails half of the time would hardly ever get through it.
    async fn exchange(&self, body: String) -> Result<HttpResponse, ChainError> {
        self.may_ask()?;
        for _ in 1..TRIES {
            let response = self.once(body.clone()).await?;
            if !matches!(response.status, 502..=504) {
                return Ok(response);
            }
        }
        self.once(body).await
    }

    async fn once(&self, body: String) -> Result<HttpResponse, ChainError> {
        let response = self.post.post(body).await?;
        let Some(seconds) = wait_s(&response) else {
            return Ok(response);
        };
        let until_ms = self
            .post
            .now_ms()
            .saturating_add(1_000 * u64::from(seconds));
        self.quiet_until_ms.set(until_ms);
        Err(ChainError::Limited { seconds })
    }

    /// A server that asked to be left alone is not asked.
    fn may_ask(&self) -> Result<(), ChainError> {
        let wait_ms = self.quiet_until_ms.get().saturating_sub(self.post.now_ms());
        match u32::try_from(wait_ms.div_ceil(1_000)) {
            // More than was ever asked for: the clock was put back.
            Ok(seconds @ 1..=MAX_WAIT_S) => Err(ChainError::Limited { seconds }),
            _ => Ok(()),
        }
    }

    async fn one_batch(
        &self,
        requests: &[(&'static str, Value)],
    ) -> Result<Vec<Result<Value, ChainError>>, ChainError> {
        let count = requests.len() as u64;
        let first = self.take_ids(count);
        let response = self.exchange(encode_batch(first, requests)).await?;
        decode_batch(&response.body, first..first + count)
            .map_err(|error| explained(response.status, error))
    }
}

impl<T: Post> Provider for JsonRpc<T> {
    async fn request(&self, method: &str, params: Value) -> Result<Value, ChainError> {
        let id = self.take_ids(1);
        let response = self.exchange(encode_request(id, method, &params)).await?;
        decode_response(&response.body, id).map_err(|error| explained(response.status, error))
    }

    async fn batch(
        &self,
        requests: Vec<(&'static str, Value)>,
    ) -> Result<Vec<Result<Value, ChainError>>, ChainError> {
        let mut results = Vec::with_capacity(requests.len());
        if self.takes_batches.get() {
            for some in requests.chunks(MAX_BATCH) {
                match self.one_batch(some).await {
                    Ok(answers) => results.extend(answers),
                    Err(error @ (ChainError::Unreachable(_) | ChainError::Limited { .. })) => {
                        return Err(error);
                    }
                    // It may be the batch that it does not like: not tried again.
                    Err(_) => {
                        self.takes_batches.set(false);
                        break;
                    }
                }
            }
        }
        let rest = requests.into_iter().skip(results.len());
        let singles = rest.map(|(method, params)| self.request(method, params));
        results.extend(concurrently(singles).await);
        Ok(results)
    }
}

/// For how many seconds the server wants to be left alone, where it does.
fn wait_s(response: &HttpResponse) -> Option<u32> {
    let asked = match response.status {
        TOO_MANY_REQUESTS => response.retry_after_s.or(Some(DEFAULT_WAIT_S)),
        503 => response.retry_after_s,
        _ => None,
    };
    asked.map(|seconds| seconds.clamp(1, MAX_WAIT_S))
}

/// What makes no sense as JSON-RPC may be explained by the HTTP status: the server is overloaded, or
/// turns the page away.
fn explained(status: u16, error: ChainError) -> ChainError {
    match error {
        ChainError::Nonsense(_) if !(200..300).contains(&status) => {
            ChainError::Unreachable(format!("HTTP status {status}"))
        }
        error => error,
    }
}
