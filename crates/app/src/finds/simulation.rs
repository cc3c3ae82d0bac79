//! Dry runs: before the mint button is offered, before the wallet is asked, and while its dialog is open.

use super::life::step_of;
use super::{Find, Step, Then};
use crate::model::Effects;
use crate::{Effect, FindId, FindStage, Model};
use atomine_chain::{ChainError, Transaction};

impl Model {
    /// Runs the very transaction without sending it.
    pub(super) fn simulate(
        &mut self,
        id: FindId,
        transaction: Transaction,
        then: Then,
        out: &mut Effects,
    ) {
        if let Some(find) = self.finds.get_mut(id) {
            find.simulating += 1;
            find.failure = None;
            out.push(Effect::Simulate {
                find: id,
                transaction: transaction.clone(),
            });
            find.step = Step::Checking { transaction, then };
        }
    }

    /// Simulates once more what the wallet asks about, or asked about, without anything else changing.
    pub(super) fn simulate_meanwhile(&mut self, id: FindId, out: &mut Effects) {
        if let Some(find) = self.finds.get_mut(id)
            && find.simulating == 0
            && let Step::Asked { transaction, .. } | Step::Refused { transaction, .. } = &find.step
        {
            find.simulating = 1;
            out.push(Effect::Simulate {
                find: id,
                transaction: transaction.clone(),
            });
        }
    }

    /// The chain said what would happen.
    pub(crate) fn simulated(
        &mut self,
        id: FindId,
        result: Result<u64, ChainError>,
        out: &mut Effects,
    ) {
        let Some(find) = self.finds.get_mut(id) else {
            return;
        };
        find.simulating = find.simulating.saturating_sub(1);
        match &find.step {
            Step::Checking { transaction, then } => {
                // An answer does not say which simulation it is of: where several are awaited, all must succeed.
                let (transaction, then) = (transaction.clone(), *then);
                let result = match find.failure.take() {
                    Some(failure) => Err(failure),
                    None => result,
                };
                if find.simulating == 0 {
                    self.checked_by_simulation(id, transaction, then, result, out);
                } else {
                    find.failure = result.err();
                }
            }
            Step::Asked { .. } | Step::Refused { .. } => self.told_meanwhile(id, result, out),
            _ => {}
        }
    }

    fn checked_by_simulation(
        &mut self,
        id: FindId,
        transaction: Transaction,
        then: Then,
        result: Result<u64, ChainError>,
        out: &mut Effects,
    ) {
        let Some(find) = self.finds.get(id) else {
            return;
        };
        if matches!(find.record.stage, FindStage::Pending { .. }) {
            // Another tab has sent it meanwhile.
            let step = step_of(&find.record);
            self.set_step(id, step);
            return;
        }
        // Between the question and its answer another state may have been read, with another price.
        let same = self.transaction_for(find).as_ref() == Some(&transaction);
        let free = same && self.obstacle(find).is_none();
        match result {
            Ok(gas) if then == Then::Send && free => self.send(id, transaction, gas, out),
            Ok(_) if free => self.set_step(id, Step::Offered { transaction }),
            Ok(_) => self.set_step(id, Step::Unchecked),
            Err(error) => self.refused(id, transaction, error, out),
        }
    }

    fn refused(
        &mut self,
        id: FindId,
        transaction: Transaction,
        error: ChainError,
        out: &mut Effects,
    ) {
        match error {
            ChainError::Stale | ChainError::WrongCost => self.read_state_now(out),
            ChainError::InsufficientFunds => self.read_balance(out),
            _ => {}
        }
        self.set_step(id, Step::Refused { transaction, error });
    }

    /// A simulation told how the transaction would fare that the wallet asks about, or asked about.
    fn told_meanwhile(&mut self, id: FindId, result: Result<u64, ChainError>, out: &mut Effects) {
        let Some(find) = self.finds.get_mut(id) else {
            return;
        };
        // A node that is down says nothing about the transaction.
        let failure = result.err().filter(|error| !error.is_nodes_fault());
        match (&mut find.step, failure) {
            (Step::Asked { doubt, .. }, failure) => {
                let first = doubt.is_none() && failure.is_some();
                *doubt = failure;
                if first {
                    self.warn_of_dialog(id, out);
                }
            }
            (Step::Refused { transaction, .. }, Some(failure)) => {
                let transaction = transaction.clone();
                self.refused(id, transaction, failure, out);
            }
            _ => {}
        }
    }

    /// Somebody else's mint of the same number waits for a block: what is on offer, or in the wallet's dialog, is
    /// simulated once more.
    pub(crate) fn check_contested(&mut self, out: &mut Effects) {
        let contested = self.finds.iter().filter(|find| self.is_contested(find));
        let ids: Vec<FindId> = contested.map(Find::id).collect();
        for id in ids {
            match self.finds.get_mut(id) {
                Some(find) if matches!(find.step, Step::Offered { .. }) => {
                    find.step = Step::Unchecked;
                }
                _ => self.simulate_meanwhile(id, out),
            }
        }
    }

    /// The visitor looks at the wallet's dialog, not at this page.
    pub(super) fn warn_of_dialog(&mut self, id: FindId, out: &mut Effects) {
        if let Some(find) = self.finds.get(id)
            && matches!(find.step, Step::Asked { .. })
        {
            let title = format!("Do not confirm #{} now", find.record.token_id);
            self.attention(&title, "It would fail, and cost the network's fee.", out);
        }
    }

    /// A state was read: what failed for a passing reason is tried again by itself.
    pub(super) fn retry_refused(&mut self, id: FindId) {
        if let Some(find) = self.finds.get_mut(id)
            && let Step::Refused { error, .. } = &find.step
            && tries_again(error)
        {
            find.step = Step::Unchecked;
        }
    }
}

/// Whether it may well be different at the next look, without anyone doing anything.
fn tries_again(error: &ChainError) -> bool {
    matches!(
        error,
        ChainError::Stale
            | ChainError::WrongCost
            | ChainError::Unreachable(_)
            | ChainError::Limited { .. }
            | ChainError::Nonsense(_)
            | ChainError::Rpc(_)
            | ChainError::Reverted(_)
            | ChainError::WrongChain { .. }
    )
}
