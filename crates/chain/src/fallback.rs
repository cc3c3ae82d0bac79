//! Several nodes of one chain, tried in turn.

use crate::provider::Boxed;
use crate::{ChainError, Collection, CollectionState, Provider, read_state};
use core::cell::Cell;
use serde_json::Value;

/// Nodes that are tried in turn, beginning with the one that answered last.
#[derive(Debug)]
pub struct Fallback<P> {
    providers: Vec<P>,
    preferred: Cell<usize>,
    /// The block of the last state that [`Self::state`] gave.
    told_block: Cell<u64>,
    /// Whom [`Self::second_opinion`] asked last.
    beside: Cell<usize>,
}

impl<P: Provider> Fallback<P> {
    /// These nodes, the first one preferred until it fails.
    pub fn new(providers: Vec<P>) -> Self {
        Self {
            providers,
            preferred: Cell::new(0),
            told_block: Cell::new(0),
            beside: Cell::new(0),
        }
    }

    /// Does one whole action at each node in turn until one gives an answer, so that all of it comes
    /// from the same node. What the contract says (a revert, no such Atom) is an answer; a node that
    /// is down, lies, limits or is on another chain gives none.
    ///
    /// # Errors
    /// The answer where it is an error; else the failure of the node that said the most.
    pub async fn each<T>(
        &self,
        action: impl AsyncFn(&P) -> Result<T, ChainError>,
    ) -> Result<T, ChainError> {
        // The answer is laid aside, so that the trying in turn is compiled once and not for each kind of answer.
        let answer = Cell::new(None);
        let (aside, action) = (&answer, &action);
        let tried = |provider| -> Boxed<'_, Result<(), ChainError>> {
            Box::pin(async move {
                aside.set(Some(action(provider).await?));
                Ok(())
            })
        };
        self.until_answered(&tried).await?;
        answer.take().ok_or_else(no_answer)
    }

    /// [`read_state`] at each node in turn until one gives an answer.
    ///
    /// # Errors
    /// As [`Self::each`].
    pub async fn state(&self, collection: &Collection) -> Result<CollectionState, ChainError> {
        let read = async |node: &P| read_state(node, collection).await;
        let state = self.each(read).await?;
        self.told_block.set(state.block);
        Ok(state)
    }

    /// The state as another node than the preferred one tells it, all others taking turns; `None` where it gives none.
    /// A node that stands still answers like any other: only beside another one it is seen. One that is two blocks
    /// ahead of what [`Self::state`] told is preferred from now on; a single block is what news take to spread.
    pub async fn second_opinion(&self, collection: &Collection) -> Option<CollectionState> {
        let others = self
            .providers
            .len()
            .checked_sub(1)
            .filter(|&count| count > 0)?;
        self.beside.set((self.beside.get() + 1) % others);
        // Counted from the preferred one, which is 0.
        let index = (self.preferred.get() + 1 + self.beside.get()) % self.providers.len();
        let state = read_state(self.providers.get(index)?, collection)
            .await
            .ok()?;
        if state.block > self.told_block.get().saturating_add(1) {
            self.preferred.set(index);
        }
        Some(state)
    }

    async fn until_answered<'a>(
        &'a self,
        action: &dyn Fn(&'a P) -> Boxed<'a, Result<(), ChainError>>,
    ) -> Result<(), ChainError> {
        let mut failure = None;
        let preferred = self.preferred.get();
        let in_turn = (preferred..self.providers.len()).chain(0..preferred);
        for (index, provider) in in_turn.filter_map(|i| Some((i, self.providers.get(i)?))) {
            match action(provider).await {
                Err(error) if error.is_nodes_fault() => {
                    if failure
                        .as_ref()
                        .is_none_or(|first| says_more(&error, first))
                    {
                        failure = Some(error);
                    }
                }
                answer => {
                    self.preferred.set(index);
                    return answer;
                }
            }
        }
        Err(failure.unwrap_or_else(no_answer))
    }
}

fn no_answer() -> ChainError {
    ChainError::Unreachable("no node of this chain is known".into())
}

/// Whether `error` tells more than `first` about what is wrong. Any words tell more than silence, except those of
/// one that is on another chain: most often the visitor's wallet, which is free to be there.
fn says_more(error: &ChainError, first: &ChainError) -> bool {
    matches!(first, ChainError::Unreachable(_))
        && !matches!(
            error,
            ChainError::Unreachable(_) | ChainError::WrongChain { .. }
        )
}

impl<P: Provider> Provider for Fallback<P> {
    async fn request(&self, method: &str, params: Value) -> Result<Value, ChainError> {
        self.each(async |provider| provider.request(method, params.clone()).await)
            .await
    }

    async fn batch(
        &self,
        requests: Vec<(&'static str, Value)>,
    ) -> Result<Vec<Result<Value, ChainError>>, ChainError> {
        self.each(async |provider| {
            let answers = provider.batch(requests.clone()).await?;
            let mut failures = answers.iter().filter_map(|answer| answer.as_ref().err());
            match failures.find(|failure| failure.is_nodes_fault()) {
                Some(failure) => Err(failure.clone()),
                None => Ok(answers),
            }
        })
        .await
    }
}
