//! The wallets of this browser, and the one that is connected.

use super::{
    Dispatch,
    eip1193::{Eip1193, Subscription, WalletEvent},
    sources::Source,
};
use alloy_primitives::Address;
use atomine_app::{Msg, WalletId};
use atomine_chain::{ChainError, wallet};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::JsValue;

/// Wallets found so far and the connected one.
pub(crate) struct Wallets {
    dispatch: Dispatch,
    found: RefCell<Vec<(WalletId, Eip1193)>>,
    connected: RefCell<Option<Connected>>,
    /// Counts connects and forgets: a dialog answered after the visitor went on connects nothing.
    attempt: Cell<u32>,
}

struct Connected {
    provider: Eip1193,
    _subscription: Subscription,
}

impl Wallets {
    /// None found yet.
    pub(crate) fn new(dispatch: Dispatch) -> Self {
        Self {
            dispatch,
            found: RefCell::default(),
            connected: RefCell::default(),
            attempt: Cell::default(),
        }
    }

    /// Remembers a wallet's provider object.
    pub(crate) fn add(&self, id: WalletId, provider: JsValue) {
        self.found.borrow_mut().push((id, Eip1193::new(provider)));
    }

    /// The connected wallet.
    pub(crate) fn connected(&self) -> Option<Eip1193> {
        self.connected
            .borrow()
            .as_ref()
            .map(|connected| connected.provider.clone())
    }

    /// Connects to a wallet: its accounts for this page and its chain.
    ///
    /// # Errors
    /// What the wallet answers; [`ChainError::Unreachable`] when it is not in this browser.
    pub(crate) async fn connect(
        &self,
        id: &WalletId,
        silent: bool,
    ) -> Result<(Vec<Address>, u64), ChainError> {
        let attempt = self.next_attempt();
        let provider = Source::Wallet(self.provider(id)?);
        let accounts = wallet::accounts(&provider, silent).await?;
        let chain_id = wallet::chain_id(&provider).await?;
        if attempt == self.attempt.get() && !accounts.is_empty() {
            let provider = self.provider(id)?;
            let subscription = provider.subscribe(&self.listener());
            *self.connected.borrow_mut() = Some(Connected {
                provider,
                _subscription: subscription,
            });
        }
        Ok((accounts, chain_id))
    }

    fn provider(&self, id: &WalletId) -> Result<Eip1193, ChainError> {
        let found = self.found.borrow();
        let wallet = found.iter().find(|(known, _)| known == id);
        let missing = || ChainError::Unreachable("no such wallet in this browser".to_owned());
        wallet
            .map(|(_, provider)| provider.clone())
            .ok_or_else(missing)
    }

    /// Lets go of the connected wallet.
    pub(crate) fn forget(&self) -> Option<Source> {
        self.next_attempt();
        self.connected
            .borrow_mut()
            .take()
            .map(|connected| Source::Wallet(connected.provider))
    }

    fn next_attempt(&self) -> u32 {
        self.attempt.set(self.attempt.get().wrapping_add(1));
        self.attempt.get()
    }

    /// Passes the connected wallet's events on. Accounts that are none change nothing: the wallet checks the account of
    /// every transaction itself, but not the chain.
    fn listener(&self) -> Rc<dyn Fn(WalletEvent)> {
        let dispatch = Rc::clone(&self.dispatch);
        Rc::new(move |event| {
            let msg =
                match event {
                    WalletEvent::AccountsChanged(accounts) => {
                        wallet::parse_accounts(&accounts).map(Msg::AccountsChanged)
                    }
                    WalletEvent::ChainChanged(chain_id) => Ok(wallet::parse_chain_id(&chain_id)
                        .map_or(Msg::ChainUnclear, Msg::ChainChanged)),
                    WalletEvent::Connect => Ok(Msg::WalletReconnected),
                    WalletEvent::Disconnect => Ok(Msg::WalletDisconnected),
                };
            if let Ok(msg) = msg {
                dispatch(msg);
            }
        })
    }
}
