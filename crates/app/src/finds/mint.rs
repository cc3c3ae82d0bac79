//! From a find to the wallet's dialog: nothing is sent before the very same transaction was simulated just now.

use super::{Find, Pending, Step, Then};
use crate::explain::{Explanation, Source, explain};
use crate::format::{amount, balance};
use crate::model::Effects;
use crate::notices::Topic;
use crate::view::Tone;
use crate::{Effect, FindId, FindStage, Model};
use alloy_primitives::{B256, U256};
use atomine_chain::{ChainError, Transaction, code, mine_transaction};

impl Model {
    /// The transaction that mints it at the price of the last read state.
    pub(super) fn transaction_for(&self, find: &Find) -> Option<Transaction> {
        let collection = self.collections.get(find.record.collection)?;
        let state = self.collections.state()?;
        let transaction = mine_transaction(
            collection,
            find.record.account,
            find.record.nonce,
            state.cost_wei,
        );
        Some(transaction)
    }

    /// Simulates every find that nothing stands in the way of, so that it can be offered.
    pub(crate) fn settle_finds(&mut self, out: &mut Effects) {
        self.set_stale_aside(out);
        let free = self
            .finds
            .iter()
            .filter(|find| find.step == Step::Unchecked && self.obstacle(find).is_none());
        let ids: Vec<FindId> = free.map(Find::id).collect();
        for id in ids {
            let transaction = self
                .finds
                .get(id)
                .and_then(|find| self.transaction_for(find));
            if let Some(transaction) = transaction {
                self.simulate(id, transaction, Then::Offer, out);
            }
        }
    }

    /// The transaction behind the mint button; `None` while there is no button.
    pub(crate) fn on_offer<'a>(&self, find: &'a Find) -> Option<&'a Transaction> {
        let transaction = match &find.step {
            Step::Offered { transaction } => transaction,
            Step::Refused { transaction, error } if *error != ChainError::Stale => transaction,
            _ => return None,
        };
        self.obstacle(find).is_none().then_some(transaction)
    }

    /// The visitor wants it minted, at the price that is shown: the transaction is simulated once more just before.
    pub(crate) fn mint_clicked(&mut self, id: FindId, out: &mut Effects) {
        let Some(find) = self.finds.get(id) else {
            return;
        };
        let Some(shown) = self.on_offer(find).cloned() else {
            return;
        };
        if self.transaction_for(find).as_ref() == Some(&shown) {
            self.simulate(id, shown, Then::Send, out);
        } else if let Some(find) = self.finds.get_mut(id) {
            // The price on the button is no longer the price: it is offered anew.
            find.step = Step::Unchecked;
        }
    }

    pub(super) fn set_step(&mut self, id: FindId, step: Step) {
        if let Some(find) = self.finds.get_mut(id) {
            find.step = step;
        }
    }

    /// Opens the wallet's dialog. That is written down first: the page may be gone before the answer comes.
    pub(super) fn send(
        &mut self,
        id: FindId,
        transaction: Transaction,
        gas: u64,
        out: &mut Effects,
    ) {
        if let Some(find) = self.finds.get_mut(id) {
            let again = find.record.stage == FindStage::Asked;
            find.record.stage = FindStage::Asked;
            out.push(Effect::SaveFind(find.record.clone()));
            out.push(Effect::Send {
                find: id,
                transaction: transaction.clone(),
                gas,
            });
            find.step = Step::Asked {
                transaction,
                again,
                doubt: None,
            };
        }
    }

    /// The wallet's dialog was answered, perhaps hours later.
    pub(crate) fn sent(&mut self, id: FindId, result: Result<B256, ChainError>, out: &mut Effects) {
        match result {
            Ok(transaction) => self.sent_as(id, transaction, out),
            Err(error) => self.not_sent(id, error, out),
        }
    }

    /// Whatever happened meanwhile: what was sent is watched until the chain decides.
    fn sent_as(&mut self, id: FindId, transaction: B256, out: &mut Effects) {
        if let Some(find) = self.finds.get_mut(id)
            && find.settled().is_none()
        {
            find.record.stage = FindStage::Pending { transaction };
            find.step = Step::Pending(Pending::new(transaction));
            out.push(Effect::SaveFind(find.record.clone()));
        }
    }

    fn not_sent(&mut self, id: FindId, error: ChainError, out: &mut Effects) {
        let Some(find) = self.finds.get_mut(id) else {
            return;
        };
        let Step::Asked {
            transaction, again, ..
        } = &find.step
        else {
            return;
        };
        // A connection that broke says nothing about whether the transaction left: the record stays `Asked`, and the
        // chain is asked before anything else happens.
        let certain = match &error {
            // These are refused before a dialog opens.
            ChainError::Rpc(rpc) => {
                matches!(rpc.code, code::INVALID_REQUEST | code::INVALID_PARAMS)
            }
            ChainError::Unreachable(_) | ChainError::Nonsense(_) => false,
            // The dialog that is open, here or in another tab, may be that of this very find.
            ChainError::AlreadyOpen => !again,
            _ => true,
        };
        if certain {
            find.record.stage = FindStage::Waiting;
            out.push(Effect::SaveFind(find.record.clone()));
        }
        find.step = Step::Refused {
            transaction: transaction.clone(),
            error,
        };
        if certain {
            self.simulate_meanwhile(id, out);
        }
        self.read_state_now(out);
    }

    /// What the wallet or the chain said about it.
    pub(crate) fn refusal(&self, find: &Find, price: U256, error: &ChainError) -> Explanation {
        match (error, self.wallet.balance_wei) {
            (ChainError::InsufficientFunds, Some(balance_wei)) => {
                self.missing_funds(price, balance_wei)
            }
            (ChainError::Stale, _) => Explanation::new(
                format!(
                    "Somebody else's mint of #{} seems to be on its way.",
                    find.record.token_id
                ),
                "Nothing was sent; the page waits and sees who was first.",
            ),
            _ => explain(error, Source::Wallet),
        }
    }

    fn missing_funds(&self, price: U256, balance_wei: U256) -> Explanation {
        let currency = self.currency();
        let has = balance(balance_wei, currency);
        let costs = amount(price, currency);
        let (what, remedy) = match price.checked_sub(balance_wei) {
            Some(missing) if !missing.is_zero() => (
                format!("This account has {has}, and the Atom costs {costs}."),
                format!(
                    "At least {} is missing, and a little more for the network's fee; your find is kept meanwhile.",
                    amount(missing, currency)
                ),
            ),
            _ => (
                format!(
                    "This account has {has}: enough for the Atom ({costs}) but not for the network's fee on top."
                ),
                "Add a little more to it; your find is kept meanwhile.".to_owned(),
            ),
        };
        Explanation::new(what, remedy)
    }

    /// The selected chain's currency.
    pub(crate) fn currency(&self) -> &str {
        let selected = self.collections.selected();
        selected.map_or("ETH", |collection| collection.chain.currency.as_str())
    }

    /// Says something about a find.
    pub(super) fn say_of_find(&mut self, tone: Tone, said: Explanation) {
        self.notices.say(Topic::Find, tone, said);
    }
}
