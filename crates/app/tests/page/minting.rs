//! From the mint button to the wallet's answer.

use crate::visit::{ALICE, BOB, SENT, Visit, demo, foreign_atom, id, state};
use alloy_primitives::U256;
use atomine_app::view::Tone;
use atomine_app::{Effect, FindId, FindStage, Msg};
use atomine_chain::{ChainError, RpcError, mine_transaction};

fn rpc_error() -> ChainError {
    ChainError::Rpc(RpcError {
        code: -32_603,
        message: "Internal JSON-RPC error.".into(),
        data: None,
    })
}

/// Somebody else's #17 is on the chain, and the page has made sure of it.
fn overtaken(visit: &mut Visit) {
    visit.state_read(state(18));
    visit.send(Msg::AtomRead {
        collection: demo().key(),
        id: id(17),
        result: Ok(foreign_atom(17)),
    });
}

fn answered(visit: &mut Visit, find: FindId, error: ChainError) {
    visit.send(Msg::Sent {
        find,
        result: Err(error),
    });
}

#[test]
fn the_price_on_the_button_is_the_value_that_is_simulated_and_sent() {
    let (mut visit, find) = Visit::with_offer();
    assert_eq!(visit.find().mint.unwrap(), "Mint #17 for 0.000675 ETH");
    visit.send(Msg::MintClicked(find));
    let simulated = visit.simulates().unwrap();
    let expected = mine_transaction(&demo(), ALICE, find, state(17).cost_wei);
    assert_eq!(simulated, expected);
    assert_eq!(simulated.value_wei, U256::from(675_000_000_000_000_u64));
    assert!(visit.sends().is_none(), "not before the simulation");
    visit.simulated(find, Ok(210_000));
    assert_eq!(visit.sends(), Some((simulated, 210_000)));
}

#[test]
fn that_the_wallet_is_asked_is_stored_before_it_is_asked() {
    let (visit, _) = Visit::with_dialog();
    let asked = visit.effects.iter().position(
        |effect| matches!(effect, Effect::SaveFind(record) if record.stage == FindStage::Asked),
    );
    let sent = visit
        .effects
        .iter()
        .position(|effect| matches!(effect, Effect::Send { .. }));
    assert!(asked.unwrap() < sent.unwrap());
    assert!(visit.find().status.contains("Open your wallet"));
    assert_eq!(visit.find().mint, None);
}

#[test]
fn nothing_is_sent_when_the_simulation_fails() {
    let (mut visit, find) = Visit::with_offer();
    for error in [
        ChainError::Stale,
        ChainError::WrongCost,
        ChainError::InsufficientFunds,
        ChainError::Reverted("receiver".into()),
        ChainError::Unreachable("down".into()),
        rpc_error(),
    ] {
        visit.send(Msg::MintClicked(find));
        visit.simulated(find, Err(error));
        assert!(visit.sends().is_none());
        visit.state_read(state(17));
        visit.simulated(find, Ok(1));
    }
}

#[test]
fn two_clicks_ask_once() {
    let (mut visit, find) = Visit::with_offer();
    visit.send(Msg::MintClicked(find));
    visit.send(Msg::MintClicked(find));
    assert!(visit.effects.is_empty());
    visit.simulated(find, Ok(1));
    visit.send(Msg::MintClicked(find));
    assert!(visit.effects.is_empty());
    visit.simulated(find, Ok(1));
    assert!(visit.sends().is_none(), "an answer nobody asked for");
}

#[test]
fn a_price_that_changed_is_shown_anew_before_anything_is_sent() {
    let (mut visit, find) = Visit::with_offer();
    let dearer = atomine_chain::CollectionState {
        cost_wei: U256::from(10).pow(U256::from(18)),
        ..state(17)
    };
    visit.state_read(dearer);
    visit.send(Msg::MintClicked(find));
    visit.simulated(find, Ok(1));
    assert!(visit.sends().is_none());
    assert_eq!(visit.find().mint.unwrap(), "Mint #17 for 1 ETH");
}

#[test]
fn a_declined_find_is_still_there_and_can_be_minted_later() {
    let (mut visit, find) = Visit::with_dialog();
    answered(&mut visit, find, ChainError::Rejected);
    assert_eq!(visit.saved_stage(), Some(FindStage::Waiting));
    assert!(visit.find().status.contains("You said no"));
    assert_eq!(visit.find().tone, Tone::Good);
    assert!(visit.find().mint.is_some());
    visit.simulated(find, Ok(1));
    visit.state_read(state(17));
    visit.send(Msg::MintClicked(find));
    visit.simulated(find, Ok(1));
    assert!(visit.sends().is_some());
}

#[test]
fn a_wallet_with_an_open_dialog_is_said_plainly() {
    let (mut visit, find) = Visit::with_dialog();
    answered(&mut visit, find, ChainError::AlreadyOpen);
    assert!(visit.find().status.contains("Open your wallet"));
    assert!(visit.find().mint.is_some());
}

/// Another tab has the dialog open for it: as far as this one knows the answer is still to come.
#[test]
fn a_find_whose_dialog_is_open_elsewhere_is_still_called_asked() {
    let (mut visit, find) = Visit::with_dialog();
    answered(&mut visit, find, ChainError::Unreachable("gone".into()));
    visit.state_read(state(17));
    visit.simulated(find, Ok(1));
    visit.send(Msg::MintClicked(find));
    visit.simulated(find, Ok(1));
    assert!(visit.sends().is_some());
    answered(&mut visit, find, ChainError::AlreadyOpen);
    assert_eq!(visit.saved_stage(), None, "stored as asked, still");
    assert!(visit.find().status.contains("if its dialog is still open"));
}

#[test]
fn an_account_that_the_wallet_withholds_is_said_plainly() {
    let (mut visit, find) = Visit::with_dialog();
    answered(&mut visit, find, ChainError::NotAuthorized);
    assert!(visit.find().status.contains("Connect the wallet again"));
}

#[test]
fn a_broken_connection_does_not_count_as_an_answer() {
    for error in [ChainError::Unreachable("gone".into()), rpc_error()] {
        let (mut visit, find) = Visit::with_dialog();
        answered(&mut visit, find, error);
        assert_eq!(visit.saved_stage(), None, "stored as asked, still");
        assert!(visit.reads_state());
        assert!(visit.find().status.contains("if its dialog is still open"));
    }
}

#[test]
fn missing_funds_are_told_exactly() {
    let (mut visit, find) = Visit::with_offer();
    visit.send(Msg::MintClicked(find));
    visit.simulated(find, Err(ChainError::InsufficientFunds));
    assert!(visit.did(|effect| matches!(effect, Effect::ReadBalance { .. })));
    balance(&mut visit, 175_000_000_000_000);
    let status = visit.find().status;
    assert!(status.contains("the Atom costs 0.000675 ETH"), "{status}");
    assert!(
        status.contains("At least 0.0005 ETH is missing"),
        "{status}"
    );
    balance(&mut visit, 675_000_000_000_000);
    assert!(visit.simulates().is_some(), "funds arrived: it looks again");
    visit.simulated(find, Err(ChainError::InsufficientFunds));
    assert!(visit.find().status.contains("not for the network's fee"));
}

#[test]
fn funds_that_arrive_are_noticed_by_themselves() {
    let (mut visit, find) = Visit::with_offer();
    visit.send(Msg::MintClicked(find));
    visit.simulated(find, Err(ChainError::InsufficientFunds));
    visit.state_read(state(17));
    assert!(visit.did(|effect| matches!(effect, Effect::ReadBalance { .. })));
}

fn balance(visit: &mut Visit, wei: u64) {
    visit.send(Msg::BalanceRead {
        account: ALICE,
        result: Ok(U256::from(wei)),
    });
}

#[test]
fn on_the_wrong_chain_the_first_step_is_to_switch() {
    let (mut visit, find) = Visit::with_offer();
    visit.send(Msg::ChainChanged(1));
    assert_eq!(visit.find().mint, None);
    assert!(visit.find().status.contains("Switch your wallet to Local"));
    visit.send(Msg::MintClicked(find));
    assert!(visit.simulates().is_none());
    visit.send(Msg::ChainChanged(31_337));
    assert!(visit.find().mint.is_some());
}

#[test]
fn a_chain_or_account_that_changes_during_the_simulation_stops_the_sending() {
    for change in [
        Msg::ChainChanged(1),
        Msg::AccountsChanged(vec![BOB]),
        Msg::AccountsChanged(Vec::new()),
        Msg::ForgetWalletClicked,
    ] {
        let (mut visit, find) = Visit::with_offer();
        visit.send(Msg::MintClicked(find));
        visit.send(change);
        visit.simulated(find, Ok(1));
        assert!(visit.sends().is_none());
        assert_eq!(visit.find().mint, None);
    }
}

#[test]
fn a_competing_mint_during_the_simulation_stops_the_sending() {
    let (mut visit, find) = Visit::with_offer();
    visit.send(Msg::MintClicked(find));
    overtaken(&mut visit);
    visit.simulated(find, Ok(1));
    assert!(visit.sends().is_none());
    assert!(visit.set_aside(find).is_some());
}

#[test]
fn a_competing_mint_while_the_dialog_is_open_is_said_and_the_find_stays_until_the_answer() {
    let (mut visit, find) = Visit::with_dialog();
    overtaken(&mut visit);
    assert!(!visit.deletes(find));
    assert!(visit.find().status.contains("decline in your wallet"));
    assert_eq!(visit.find().tone, Tone::Warning);
    answered(&mut visit, find, ChainError::Rejected);
    assert!(visit.set_aside(find).is_some());
}

/// A dialog can stay open for hours: what it asks about is simulated again with each state, and the page says at once
/// when it would fail.
#[test]
fn an_open_dialog_is_simulated_again_and_doubted_aloud() {
    for (error, words) in [
        (ChainError::Stale, "Another mint of this Atom is on its way"),
        (ChainError::InsufficientFunds, "can no longer pay"),
        (ChainError::WrongCost, "would refuse it now"),
    ] {
        let (mut visit, find) = Visit::with_dialog();
        visit.state_read(state(17));
        assert!(visit.simulates().is_some());
        visit.state_read(state(17));
        assert!(visit.simulates().is_none(), "one at a time");
        visit.simulated(find, Ok(1));
        assert!(visit.find().status.contains("confirm there"));
        visit.state_read(state(17));
        visit.simulated(find, Err(ChainError::Unreachable("down".into())));
        assert!(visit.find().status.contains("confirm there"), "no news");
        visit.state_read(state(17));
        visit.simulated(find, Err(error));
        assert!(visit.announces("Do not confirm #17 now"));
        assert!(
            visit.find().status.contains(words),
            "{}",
            visit.find().status
        );
        assert_eq!(visit.find().tone, Tone::Warning);
        visit.state_read(state(17));
        visit.simulated(find, Ok(1));
        assert!(visit.find().status.contains("confirm there"), "it passed");
        assert!(visit.sends().is_none());
    }
}

#[test]
fn a_declined_find_is_simulated_again_when_the_dialog_returns() {
    let (mut visit, find) = Visit::with_dialog();
    answered(&mut visit, find, ChainError::Rejected);
    assert!(visit.simulates().is_some());
    visit.simulated(find, Err(ChainError::Stale));
    assert_eq!(visit.find().mint, None);
    assert!(visit.find().status.contains("seems to be on its way"));
}

/// The answer of a simulation that was asked for before the click is not enough.
#[test]
fn a_click_is_answered_by_all_simulations_that_are_under_way() {
    let clicked_again = || {
        let (mut visit, find) = Visit::with_dialog();
        answered(&mut visit, find, ChainError::Rejected);
        visit.send(Msg::MintClicked(find));
        visit.simulated(find, Ok(1));
        assert!(visit.sends().is_none(), "that was the one before");
        (visit, find)
    };
    let (mut visit, find) = clicked_again();
    visit.simulated(find, Ok(2));
    assert!(visit.sends().is_some());
    let (mut visit, find) = clicked_again();
    visit.simulated(find, Err(ChainError::Stale));
    assert!(visit.sends().is_none());
}

#[test]
fn a_dialog_that_is_confirmed_after_the_world_moved_is_watched_until_the_receipt() {
    let (mut visit, find) = Visit::with_dialog();
    overtaken(&mut visit);
    visit.send(Msg::AccountsChanged(vec![BOB]));
    visit.send(Msg::PracticeChosen);
    visit.after(3_600_000).send(Msg::Sent {
        find,
        result: Ok(SENT),
    });
    assert_eq!(
        visit.saved_stage(),
        Some(FindStage::Pending { transaction: SENT })
    );
    assert!(!visit.deletes(find));
}

#[test]
fn a_pending_mint_of_somebody_else_is_waited_for() {
    let (mut visit, find) = Visit::with_offer();
    visit.send(Msg::MintClicked(find));
    visit.simulated(find, Err(ChainError::Stale));
    assert!(visit.reads_state());
    assert!(visit.find().status.contains("seems to be on its way"));
    assert_eq!(visit.find().mint, None);
    visit.state_read(state(17));
    assert!(visit.simulates().is_some(), "it did not come: look again");
    visit.simulated(find, Ok(1));
    assert!(visit.find().mint.is_some());
}

#[test]
fn one_mint_of_an_account_is_under_way_at_a_time() {
    let (mut visit, find) = Visit::with_dialog();
    let record = visit.saved().unwrap();
    let nonce = atomine_protocol::Nonce::from(U256::MAX);
    visit.send(Msg::FindFromElsewhere(atomine_app::FindRecord {
        nonce,
        work_hash: atomine_protocol::work_hash(ALICE, record.prev_hash, nonce),
        stage: FindStage::Waiting,
        ..record
    }));
    let finds = visit.page().finds;
    let second = finds.iter().find(|shown| shown.id == nonce).unwrap();
    assert!(second.status.contains("this one waits for it"));
    answered(&mut visit, find, ChainError::Rejected);
    assert!(visit.simulates().is_some(), "now it is its turn");
}

#[test]
fn a_wallet_that_is_forgotten_keeps_the_find() {
    let (mut visit, find) = Visit::with_offer();
    visit.send(Msg::ForgetWalletClicked);
    assert!(!visit.deletes(find));
    assert!(
        visit
            .find()
            .status
            .contains("Connect a wallet with the account")
    );
}
