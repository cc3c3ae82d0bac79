//! Where a chain is read from: its RPCs in turn, and the connected wallet.

use super::{eip1193::Eip1193, http::Node, wallets::Wallets};
use atomine_chain::{Chain, ChainError, Fallback, JsonRpc, Provider};
use serde_json::Value;
use std::{cell::RefCell, rc::Rc};

/// Something to ask; one type for all, so that what is asked is in the module once.
pub(crate) enum Source {
    /// A node over HTTP.
    Node(Rc<JsonRpc<Node>>),
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
    /// Each remembers whether it is to be left alone for a while.
    nodes: Vec<Rc<JsonRpc<Node>>>,
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
        self.known(chain, |known| Rc::clone(&known.in_turn))
    }

    /// The wallet, which knows its own transactions best, then the chain's nodes.
    pub(crate) fn wallet_first(&self, chain: &Chain) -> Fallback<Source> {
        let mut sources = self.known(chain, |known| sources(&known.nodes));
        sources.insert(0, self.wallet());
        Fallback::new(sources)
    }

    /// What `pick` takes of a chain's sources.
    fn known<T>(&self, chain: &Chain, pick: impl Fn(&Known) -> T) -> T {
        let mut chains = self.chains.borrow_mut();
        if let Some(known) = chains.iter().find(|known| known.rpcs == chain.rpcs) {
            return pick(known);
        }
        let mut nodes = Vec::with_capacity(chain.rpcs.len());
        for rpc in chain.nodes() {
            nodes.push(Rc::new(JsonRpc::new(Node::new(rpc))));
        }
        let mut in_turn = sources(&nodes);
        in_turn.push(self.wallet());
        let known = Known {
            rpcs: chain.rpcs.clone(),
            nodes,
            in_turn: Rc::new(Fallback::new(in_turn)),
        };
        let picked = pick(&known);
        chains.push(known);
        picked
    }

    fn wallet(&self) -> Source {
        Source::Connected(Rc::clone(&self.wallets))
    }
}

fn sources(nodes: &[Rc<JsonRpc<Node>>]) -> Vec<Source> {
    nodes.iter().cloned().map(Source::Node).collect()
}
