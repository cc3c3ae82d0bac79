//! Where a chain is read from: its RPCs in turn, and the connected wallet.

use super::{eip1193::Eip1193, http::Node, wallets::Wallets};
use atomine_chain::{Chain, ChainError, Fallback, JsonRpc, Provider};
use serde_json::Value;
use std::{cell::RefCell, rc::Rc};

/// Something to ask; one type for all, so that what is asked is in the module once.
pub(crate) enum Source {
    /// A node over HTTP.
    Node(JsonRpc<Node>),
    /// This wallet, whose chain is whichever it is on.
    Wallet(Eip1193),
    /// Whichever wallet is connected when it is asked.
    Connected(Rc<Wallets>),
}

impl Source {
    fn as_wallet(&self) -> Result<Eip1193, ChainError> {
        let wallet = match self {
            Self::Node(_) => None,
            Self::Wallet(wallet) => Some(wallet.clone()),
            Self::Connected(wallets) => wallets.connected(),
        };
        wallet.ok_or_else(|| ChainError::Unreachable("no wallet is connected".to_owned()))
    }
}

impl Provider for Source {
    async fn request(&self, method: &str, params: Value) -> Result<Value, ChainError> {
        match self {
            Self::Node(node) => node.request(method, params).await,
            _ => self.as_wallet()?.request(method, params).await,
        }
    }

    async fn batch(
        &self,
        requests: Vec<(&'static str, Value)>,
    ) -> Result<Vec<Result<Value, ChainError>>, ChainError> {
        match self {
            Self::Node(node) => node.batch(requests).await,
            _ => self.as_wallet()?.batch(requests).await,
        }
    }
}

/// The sources of every chain that was read so far.
pub(crate) struct Sources {
    wallets: Rc<Wallets>,
    chains: RefCell<Vec<Known>>,
}

/// A chain's sources.
struct Known {
    rpcs: Vec<String>,
    /// Remembers which of them worked.
    in_turn: Rc<Fallback<Source>>,
}

impl Sources {
    /// Nodes, and the wallet connected in `wallets`.
    pub(crate) fn new(wallets: Rc<Wallets>) -> Self {
        Self {
            wallets,
            chains: RefCell::default(),
        }
    }

    /// The chain's nodes, then the wallet.
    pub(crate) fn of(&self, chain: &Chain) -> Rc<Fallback<Source>> {
        let mut chains = self.chains.borrow_mut();
        if let Some(known) = chains.iter().find(|known| known.rpcs == chain.rpcs) {
            return Rc::clone(&known.in_turn);
        }
        let mut sources = nodes(chain);
        sources.push(self.wallet());
        let in_turn = Rc::new(Fallback::new(sources));
        chains.push(Known {
            rpcs: chain.rpcs.clone(),
            in_turn: Rc::clone(&in_turn),
        });
        in_turn
    }

    /// The wallet, which knows its own transactions best, then the chain's nodes.
    pub(crate) fn wallet_first(&self, chain: &Chain) -> Fallback<Source> {
        let mut sources = nodes(chain);
        sources.insert(0, self.wallet());
        Fallback::new(sources)
    }

    fn wallet(&self) -> Source {
        Source::Connected(Rc::clone(&self.wallets))
    }
}

fn nodes(chain: &Chain) -> Vec<Source> {
    let mut nodes = Vec::with_capacity(chain.rpcs.len() + 1);
    for rpc in &chain.rpcs {
        nodes.push(Source::Node(JsonRpc::new(Node::new(rpc))));
    }
    nodes
}
