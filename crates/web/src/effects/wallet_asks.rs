//! Asking the connected wallet.

use super::{
    Effects,
    locks::{Hold, How, hold},
    sources::Source,
};
use crate::browser;
use atomine_app::{FindId, Msg, WalletId};
use atomine_chain::{self as chain, Chain, ChainError, CollectionKey, Transaction, wallet};
use atomine_protocol::TokenId;
use std::rc::Rc;

impl Effects {
    pub(super) fn connect(&self, wallet: WalletId, silent: bool) {
        let wallets = Rc::clone(&self.wallets);
        self.answer(Box::pin(async move {
            let result = wallets.connect(&wallet, silent).await;
            Msg::WalletConnected { wallet, result }
        }));
    }

    /// Few wallets offer to revoke, and a wallet that is forgotten here is forgotten either way.
    pub(super) fn forget_wallet(&self) {
        if let Some(provider) = self.wallets.forget() {
            browser::spawn(Box::pin(async move {
                let _ = wallet::revoke(&provider).await;
            }));
        }
    }

    pub(super) fn switch_chain(&self, chain: Chain) {
        let provider = self.provider();
        self.answer(Box::pin(async move {
            Msg::ChainSwitched(async { wallet::switch_chain(&provider?, &chain).await }.await)
        }));
    }

    pub(super) fn add_chain(&self, chain: Chain) {
        let provider = self.provider();
        self.answer(Box::pin(async move {
            Msg::ChainSwitched(async { wallet::add_chain(&provider?, &chain).await }.await)
        }));
    }

    pub(super) fn read_wallet_chain(&self) {
        let provider = self.provider();
        self.answer(Box::pin(async move {
            Msg::ChainSwitched(async { wallet::chain_id(&provider?).await }.await)
        }));
    }

    pub(super) fn watch_asset(&self, collection: CollectionKey, id: TokenId) {
        let provider = self.provider();
        self.answer(Box::pin(async move {
            Msg::AssetWatched(async { wallet::watch_asset(&provider?, collection, id).await }.await)
        }));
    }

    pub(super) fn simulate(&self, find: FindId, transaction: Transaction) {
        let provider = self.provider();
        self.answer(Box::pin(async move {
            let result = async { chain::simulate(&provider?, &transaction).await }.await;
            Msg::Simulated { find, result }
        }));
    }

    pub(super) fn send(&self, find: FindId, transaction: Transaction, gas: u64) {
        let provider = self.provider();
        self.answer(Box::pin(async move {
            let result = async {
                let _alone = alone(&transaction).await?;
                chain::send(&provider?, &transaction, gas).await
            };
            Msg::Sent {
                find,
                result: result.await,
            }
        }));
    }

    fn provider(&self) -> Result<Source, ChainError> {
        let wallet = self.wallets.connected().map(Source::Wallet);
        wallet.ok_or(ChainError::NotAuthorized)
    }
}

/// Only one tab of this browser at a time asks the wallet to mint for an account of a collection. `None`: the browser has
/// no locks, and cannot tell.
async fn alone(transaction: &Transaction) -> Result<Option<Hold>, ChainError> {
    let Transaction {
        chain_id, from, to, ..
    } = transaction;
    match hold(&format!("atomine-mint {chain_id} {to} {from}"), How::IfFree).await {
        Ok(None) => Err(ChainError::AlreadyOpen),
        held => Ok(held.ok().flatten()),
    }
}
