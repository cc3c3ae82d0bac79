//! Private relays: nodes that hand a transaction straight to block builders, unseen by rivals, and drop one that would fail.

use crate::model::Effects;
use crate::{Effect, Model};
use atomine_chain::Chain;

/// The chain that the relays serve.
const MAINNET: u64 = 1;

/// A public relay of Ethereum's main network that visitors may add to their wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relay {
    /// Flashbots Protect.
    Flashbots,
    /// MEV Blocker.
    MevBlocker,
}

impl Relay {
    /// Where wallets reach it.
    fn url(self) -> &'static str {
        match self {
            Self::Flashbots => "https://rpc.flashbots.net",
            Self::MevBlocker => "https://rpc.mevblocker.io",
        }
    }
}

impl Model {
    /// Whether a relay would help: a wallet is connected that could mint on the chain that they serve.
    pub(crate) fn offers_relays(&self) -> bool {
        let selected = self.collections.selected();
        let served = selected.is_some_and(|collection| collection.chain.id == MAINNET);
        served && self.wallet.account().is_some()
    }

    /// The visitor wants their wallet to send through this relay: the wallet asks them once more.
    pub(crate) fn add_relay(&mut self, relay: Relay, out: &mut Effects) {
        if self.offers_relays() {
            let through = |chain| {
                Effect::AddChain(Chain {
                    rpcs: vec![relay.url().to_owned()],
                    ..chain
                })
            };
            self.ask_for_chain(through, out);
        }
    }
}
