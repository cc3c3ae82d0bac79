//! Asking a node or a wallet: one trait, so that the same code runs over an EIP-1193 object, HTTP and a mock.

use crate::ChainError;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};
use serde_json::Value;

/// Most requests that are under way at once: public nodes turn away more.
const MAX_CONCURRENT: usize = 8;

/// Something that answers JSON-RPC: a wallet's EIP-1193 object, a node over HTTP, or a mock in tests.
///
/// It lives on one thread, as everything in a page does, so its futures need not be `Send`.
#[expect(
    async_fn_in_trait,
    reason = "no caller needs its futures to move between threads"
)]
pub trait Provider {
    /// Sends one request and waits for its result.
    ///
    /// # Errors
    /// What the other side answers ([`ChainError::Rpc`], or from a wallet the variants that
    /// [`ChainError::from_rpc`] makes of it), [`ChainError::Unreachable`] or [`ChainError::Nonsense`].
    async fn request(&self, method: &str, params: Value) -> Result<Value, ChainError>;

    /// Sends several requests, in one round trip where the transport can; results in the same order.
    ///
    /// # Errors
    /// The outer result fails where the other side cannot be asked at all, each inner one as
    /// [`Self::request`] does.
    async fn batch(
        &self,
        requests: Vec<(&'static str, Value)>,
    ) -> Result<Vec<Result<Value, ChainError>>, ChainError> {
        let answers = requests
            .into_iter()
            .map(|(method, params)| self.request(method, params));
        Ok(concurrently(answers).await)
    }
}

impl<P: Provider + ?Sized> Provider for &P {
    async fn request(&self, method: &str, params: Value) -> Result<Value, ChainError> {
        (**self).request(method, params).await
    }

    async fn batch(
        &self,
        requests: Vec<(&'static str, Value)>,
    ) -> Result<Vec<Result<Value, ChainError>>, ChainError> {
        (**self).batch(requests).await
    }
}

/// A future behind a pointer.
pub(crate) type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// A [`Provider`] behind a pointer. The actions ask through it, so that a page carries the code of a
/// request once and not once for every place that waits for an answer.
pub(crate) trait Ask {
    /// [`Provider::request`].
    fn ask<'a>(&'a self, method: &'a str, params: Value) -> Boxed<'a, Result<Value, ChainError>>;

    /// [`Provider::batch`].
    fn ask_all(
        &self,
        requests: Vec<(&'static str, Value)>,
    ) -> Boxed<'_, Result<Vec<Result<Value, ChainError>>, ChainError>>;
}

impl<P: Provider> Ask for P {
    fn ask<'a>(&'a self, method: &'a str, params: Value) -> Boxed<'a, Result<Value, ChainError>> {
        Box::pin(self.request(method, params))
    }

    fn ask_all(
        &self,
        requests: Vec<(&'static str, Value)>,
    ) -> Boxed<'_, Result<Vec<Result<Value, ChainError>>, ChainError>> {
        Box::pin(self.batch(requests))
    }
}

/// Runs these futures, a few at a time; outputs in the same order.
pub(crate) async fn concurrently<F: Future>(
    mut futures: impl Iterator<Item = F>,
) -> Vec<F::Output> {
    let mut outputs = Vec::new();
    loop {
        let some: Vec<F> = futures.by_ref().take(MAX_CONCURRENT).collect();
        if some.is_empty() {
            return outputs;
        }
        outputs.extend(all(some).await);
    }
}

/// Runs these futures side by side and waits for all; outputs in the same order.
async fn all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut running: Vec<_> = futures.into_iter().map(Running::new).collect();
    core::future::poll_fn(|context| {
        let mut finished = true;
        for future in &mut running {
            finished &= future.advance(context);
        }
        if finished {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    running
        .into_iter()
        .filter_map(|future| future.output)
        .collect()
}

/// A future, and its output once it has one.
struct Running<F: Future> {
    future: Pin<Box<F>>,
    output: Option<F::Output>,
}

impl<F: Future> Running<F> {
    fn new(future: F) -> Self {
        Self {
            future: Box::pin(future),
            output: None,
        }
    }

    /// Lets it go on; true when it has its output.
    fn advance(&mut self, context: &mut Context<'_>) -> bool {
        if self.output.is_none()
            && let Poll::Ready(output) = self.future.as_mut().poll(context)
        {
            self.output = Some(output);
        }
        self.output.is_some()
    }
}
