//! Reading collections and what became of mints.

use super::Effects;
use alloy_primitives::{Address, B256};
use atomine_app::{FindId, Msg};
use atomine_chain::{self as chain, Chain, Collection, CollectionKey, OwnedRest};
use atomine_protocol::TokenId;
use std::rc::Rc;

impl Effects {
    pub(super) fn read_state(&self, collection: Collection) {
        let sources = Rc::clone(&self.sources);
        self.answer(Box::pin(async move {
            Msg::StateRead {
                collection: collection.key(),
                result: sources.of(&collection.chain).state(&collection).await,
            }
        }));
    }

    pub(super) fn compare_state(&self, collection: Collection) {
        let sources = Rc::clone(&self.sources);
        self.answer(Box::pin(async move {
            let sources = sources.of(&collection.chain);
            Msg::StateCompared {
                collection: collection.key(),
                state: sources.second_opinion(&collection).await,
            }
        }));
    }

    pub(super) fn read_atoms(&self, collection: Collection, first: TokenId, count: u32) {
        let sources = Rc::clone(&self.sources);
        self.answer(Box::pin(async move {
            let read =
                async |source: &_| chain::read_atoms(source, &collection, first, count).await;
            Msg::AtomsRead {
                collection: collection.key(),
                first,
                result: sources.of(&collection.chain).each(read).await,
            }
        }));
    }

    pub(super) fn read_owned(
        &self,
        collection: Collection,
        owner: Address,
        rest: Option<OwnedRest>,
        count: u32,
    ) {
        let sources = Rc::clone(&self.sources);
        self.answer(Box::pin(async move {
            let read =
                async |source: &_| chain::read_owned(source, &collection, owner, rest, count).await;
            Msg::OwnedRead {
                collection: collection.key(),
                owner,
                rest,
                result: sources.of(&collection.chain).each(read).await,
            }
        }));
    }

    pub(super) fn read_atom(&self, collection: Collection, id: TokenId) {
        let sources = Rc::clone(&self.sources);
        self.answer(Box::pin(async move {
            let read = async |source: &_| chain::read_atom(source, &collection, id).await;
            Msg::AtomRead {
                collection: collection.key(),
                id,
                result: sources.of(&collection.chain).each(read).await,
            }
        }));
    }

    pub(super) fn identify(&self, key: CollectionKey, chain: Chain) {
        let sources = Rc::clone(&self.sources);
        self.answer(Box::pin(async move {
            let read = async |source: &_| chain::identify(source, key, chain.clone()).await;
            Msg::Identified {
                result: sources.of(&chain).each(read).await,
            }
        }));
    }

    pub(super) fn read_balance(&self, collection: Collection, account: Address) {
        let sources = Rc::clone(&self.sources);
        self.answer(Box::pin(async move {
            let read = async |source: &_| chain::read_balance(source, &collection, account).await;
            Msg::BalanceRead {
                account,
                result: sources.of(&collection.chain).each(read).await,
            }
        }));
    }

    pub(super) fn read_outcome(
        &self,
        find: FindId,
        collection: Collection,
        account: Address,
        transaction: B256,
    ) {
        let sources = Rc::clone(&self.sources);
        self.answer(Box::pin(async move {
            let read = async |source: &_| {
                chain::read_outcome(source, &collection, account, transaction).await
            };
            Msg::OutcomeRead {
                find,
                result: sources.wallet_first(&collection.chain).each(read).await,
            }
        }));
    }
}
