//! Where a chain is read from: its RPCs in turn, and the connected wallet.

use super::{eip1193::Eip1193, http::Node, wallets::Wallets};
use atomine_chain::{Chain, ChainError, Fallback, JsonRpc, Provider};
use serde_json::Value;
use std::{cell::RefCell, rc::Rc};

/// Something to read from.
#[derive(Debug)]
pub(crate) enum Source {
    /// A node over HTTP.
    Node(JsonRpc<Node>),
    /// The wallet, whose chain is whichever it is on.
    Wallet(Eip1193),
}

impl Provider for Source {
    async fn request(&self, method: &str, params: Value) -> Result<Value, ChainError> {
        match self {
            Self::Node(node) => node.request(method, params).await,
            Self::Wallet(wallet) => wallet.request(method, params).await,
        }
    }

    async fn batch(
        &self,
        requests: Vec<(&'static str, Value)>,
    ) -> Result<Vec<Result<Value, ChainError>>, ChainError> {
        match self {
            Self::Node(node) => node.batch(requests).await,
            Self::Wallet(wallet) => wallet.batch(requests).await,
        }
    }
}

/// The sources of every chain that was read so far.
pub(crate) struct Sources {
    wallets: Rc<Wallets>,
    chains: RefCell<Vec<Nodes>>,
}

/// A chain's nodes.
struct Nodes {
    rpcs: Vec<String>,
    /// Remembers which of them worked.
    in_turn: Rc<Fallback<Source>>,
}

impl Sources {
    /// Reads over nodes, else over the wallet connected in `wallets`.
    pub(crate) fn new(wallets: Rc<Wallets>) -> Self {
        Self {
            wallets,
            chains: RefCell::default(),
        }
    }

    /// Does the whole of `action` on the chain's nodes in turn, and where all fail on the wallet.
    ///
    /// # Errors
    /// What the last node answered, when the wallet cannot do it either.
    pub(crate) async fn read<T>(
        &self,
        chain: &Chain,
        action: impl AsyncFn(&Source) -> Result<T, ChainError>,
    ) -> Result<T, ChainError> {
        let nodes = self.nodes(chain);
        match nodes
            .each(async |source: &Source| action(source).await)
            .await
        {
            Err(error) if error.is_nodes_fault() => match self.wallets.connected() {
                Some(wallet) => action(&Source::Wallet(wallet)).await.map_err(|_| error),
                None => Err(error),
            },
            answer => answer,
        }
    }

    /// Does the whole of `action` on the wallet, which knows its own transactions best, else on the chain's nodes.
    ///
    /// # Errors
    /// What the last node answered.
    pub(crate) async fn read_through_wallet<T>(
        &self,
        chain: &Chain,
        action: impl AsyncFn(&Source) -> Result<T, ChainError>,
    ) -> Result<T, ChainError> {
        if let Some(wallet) = self.wallets.connected()
            && let Ok(answer) = action(&Source::Wallet(wallet)).await
        {
            return Ok(answer);
        }
        self.nodes(chain)
            .each(async |source: &Source| action(source).await)
            .await
    }

    fn nodes(&self, chain: &Chain) -> Rc<Fallback<Source>> {
        let mut chains = self.chains.borrow_mut();
        if let Some(nodes) = chains.iter().find(|nodes| nodes.rpcs == chain.rpcs) {
            return Rc::clone(&nodes.in_turn);
        }
        let sources = chain
            .rpcs
            .iter()
            .map(|rpc| Source::Node(JsonRpc::new(Node::new(rpc))));
        let in_turn = Rc::new(Fallback::new(sources.collect()));
        chains.push(Nodes {
            rpcs: chain.rpcs.clone(),
            in_turn: Rc::clone(&in_turn),
        });
        in_turn
    }
}
