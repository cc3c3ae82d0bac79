//! Wallets: which there are, connecting, and following what they say.

use crate::visit::{ALICE, BOB, Visit, demo, pow_nft, started, state, stops, wallet_info};
use alloy_primitives::{Address, U256, address};
use atomine_app::view::{MineButton, WalletState};
use atomine_app::{Effect, Msg, Relay, Settings, Stored, WalletId, WalletInfo};
use atomine_chain::{ChainError, RpcError};

/// The first account of the public mnemonic.
const PUBLIC: Address = address!("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

fn fox() -> WalletInfo {
    wallet_info("uuid-1", "Fox")
}

fn names(visit: &Visit) -> Vec<String> {
    let choices = visit.page().wallet.choices.into_iter();
    choices.map(|choice| choice.name).collect()
}

#[test]
fn wallets_that_come_late_are_looked_for_when_their_list_is_opened() {
    let mut visit = Visit::first();
    visit.send(Msg::WalletListOpened);
    assert_eq!(visit.effects[0], Effect::LookForWallets);
    visit.send(Msg::WalletFound(fox()));
    assert_eq!(names(&visit), ["Fox"]);
}

fn connecting() -> Visit {
    let mut visit = Visit::first();
    visit.send(Msg::WalletFound(fox()));
    visit.send(Msg::ConnectClicked(fox().id));
    visit
}

fn answered(visit: &mut Visit, result: Result<(Vec<Address>, u64), ChainError>) {
    visit.send(Msg::WalletConnected {
        wallet: fox().id,
        result,
    });
}

fn remembered() -> Visit {
    Visit::with(Stored {
        settings: Some(Settings {
            wallet_rdns: Some(fox().rdns),
            ..Settings::default()
        }),
        ..Stored::default()
    })
}

#[test]
fn wallets_are_listed_once_each_with_name_and_icon() {
    let mut visit = Visit::first();
    visit.send(Msg::WalletFound(fox()));
    visit.send(Msg::WalletFound(fox()));
    visit.send(Msg::WalletFound(wallet_info("uuid-2", "Rabbit")));
    assert_eq!(names(&visit), ["Fox", "Rabbit"]);
    assert!(visit.page().wallet.choices[0].icon.is_some());
}

#[test]
fn what_a_wallet_says_about_itself_is_tamed() {
    let mut visit = Visit::first();
    for (number, icon) in [
        "javascript:alert(1)",
        "https://example.com/a.png",
        "DATA:text/html,x",
    ]
    .into_iter()
    .enumerate()
    {
        visit.send(Msg::WalletFound(WalletInfo {
            icon: Some(icon.into()),
            ..wallet_info(&format!("uuid-{number}"), "\u{202e}Evil\n\n")
        }));
    }
    visit.send(Msg::WalletFound(wallet_info("long", &"x".repeat(500))));
    visit.send(Msg::WalletFound(wallet_info("none", "  ")));
    let choices = visit.page().wallet.choices;
    assert!(
        choices[..3]
            .iter()
            .all(|choice| choice.icon.is_none() && choice.name == "Evil")
    );
    assert_eq!(choices[3].name.chars().count(), 41);
    assert_eq!(choices[4].name, "Wallet without a name");
}

#[test]
fn endless_announcements_come_to_an_end() {
    let mut visit = Visit::first();
    for number in 0..1_000 {
        visit.send(Msg::WalletFound(wallet_info(&number.to_string(), "Fox")));
    }
    assert_eq!(visit.page().wallet.choices.len(), 24);
}

#[test]
fn the_bare_wallet_is_offered_only_when_none_announced_itself() {
    let mut visit = Visit::first();
    visit.send(Msg::WalletFound(wallet_info("injected", "Browser wallet")));
    assert_eq!(names(&visit), ["Browser wallet"]);
    visit.send(Msg::WalletFound(fox()));
    assert_eq!(names(&visit), ["Fox"]);
}

#[test]
fn connecting_asks_the_wallet_and_shows_who_is_connected() {
    let mut visit = connecting();
    let ask = Effect::Connect {
        wallet: fox().id,
        silent: false,
    };
    assert!(visit.did(|effect| *effect == ask));
    assert!(visit.page().wallet.hint.contains("Open your wallet"));
    answered(&mut visit, Ok((vec![ALICE, BOB], 31_337)));
    assert!(
        visit.did(
            |effect| matches!(effect, Effect::ReadBalance { account, .. } if *account == ALICE)
        )
    );
    visit.send(Msg::BalanceRead {
        account: ALICE,
        result: Ok(U256::from(10).pow(U256::from(22))),
    });
    let WalletState::Connected {
        name,
        account,
        balance,
        accounts,
        ..
    } = visit.page().wallet.state
    else {
        panic!("connected")
    };
    assert_eq!((name.as_str(), account), ("Fox", ALICE));
    assert_eq!(balance, "10,000 ETH");
    assert_eq!(accounts, [ALICE, BOB]);
}

#[test]
fn a_wallet_that_says_no_says_so_in_plain_words() {
    let internal = ChainError::Rpc(RpcError {
        code: -32_603,
        message: "Internal".into(),
        data: None,
    });
    for (error, words) in [
        (ChainError::Rejected, "You said no"),
        (ChainError::AlreadyOpen, "Open your wallet"),
        (ChainError::NotAuthorized, "Connect the wallet again"),
        (ChainError::Unsupported, "another wallet"),
        (internal, "inside your wallet"),
    ] {
        let mut visit = connecting();
        answered(&mut visit, Err(error));
        assert!(visit.notice().contains(words), "{}", visit.notice());
        assert_eq!(visit.page().wallet.state, WalletState::None);
    }
}

#[test]
fn a_wallet_without_accounts_is_not_connected() {
    let mut visit = connecting();
    answered(&mut visit, Ok((Vec::new(), 1)));
    assert_eq!(visit.page().wallet.state, WalletState::None);
    assert!(visit.notice().contains("shares no account"));
}

#[test]
fn the_wallet_of_the_last_visit_connects_by_itself_without_a_dialog() {
    let mut visit = remembered();
    visit.send(Msg::WalletFound(wallet_info("uuid-9", "Rabbit")));
    assert!(visit.effects.is_empty());
    visit.send(Msg::WalletFound(fox()));
    let ask = Effect::Connect {
        wallet: fox().id,
        silent: true,
    };
    assert!(visit.did(|effect| *effect == ask));
    assert_eq!(
        visit.page().wallet.state,
        WalletState::None,
        "no dialog is open"
    );
    answered(&mut visit, Ok((vec![ALICE], 31_337)));
    assert!(matches!(
        visit.page().wallet.state,
        WalletState::Connected { .. }
    ));
}

#[test]
fn a_silent_connection_that_fails_stays_silent() {
    for result in [
        Ok((Vec::new(), 1)),
        Err(ChainError::NotAuthorized),
        Err(ChainError::Unreachable("down".into())),
    ] {
        let mut visit = remembered();
        visit.send(Msg::WalletFound(fox()));
        answered(&mut visit, result);
        assert!(visit.page().notices.is_empty());
    }
}

#[test]
fn an_answer_of_another_wallet_is_ignored() {
    let mut visit = connecting();
    visit.send(Msg::WalletFound(wallet_info("uuid-2", "Rabbit")));
    visit.send(Msg::ConnectClicked(WalletId("uuid-2".into())));
    answered(&mut visit, Ok((vec![ALICE], 1)));
    assert_eq!(
        visit.page().wallet.state,
        WalletState::Connecting {
            name: "Rabbit".into()
        }
    );
}

#[test]
fn a_forgotten_wallet_is_let_go_of_and_not_asked_again() {
    let mut visit = Visit::connected();
    visit.send(Msg::ForgetWalletClicked);
    assert!(visit.did(|effect| *effect == Effect::ForgetWallet));
    assert_eq!(visit.page().wallet.state, WalletState::None);
    assert!(visit.did(
        |effect| matches!(effect, Effect::SaveSettings(settings) if settings.wallet_rdns.is_none())
    ));
    visit.send(Msg::AccountsChanged(vec![ALICE]));
    assert_eq!(visit.page().wallet.state, WalletState::None);
}

#[test]
fn a_locked_wallet_says_so_and_comes_back_by_itself() {
    let mut visit = Visit::connected();
    visit.send(Msg::AccountsChanged(Vec::new()));
    assert_eq!(visit.page().wallet.state, WalletState::None);
    assert!(visit.page().wallet.hint.contains("unlock it"));
    visit.send(Msg::AccountsChanged(vec![BOB]));
    assert!(matches!(
        visit.page().wallet.state,
        WalletState::Connected { account: BOB, .. }
    ));
}

#[test]
fn the_account_chosen_here_stays_until_another_is_chosen_in_the_wallet() {
    let mut visit = Visit::first();
    visit.connect(&[ALICE, BOB], 31_337);
    visit.send(Msg::AccountChosen(BOB));
    visit.send(Msg::AccountsChanged(vec![ALICE, BOB]));
    assert!(matches!(
        visit.page().wallet.state,
        WalletState::Connected { account: BOB, .. }
    ));
    visit.send(Msg::AccountChosen(Address::ZERO));
    visit.send(Msg::AccountsChanged(vec![BOB, ALICE]));
    visit.send(Msg::AccountsChanged(vec![ALICE, BOB]));
    assert!(matches!(
        visit.page().wallet.state,
        WalletState::Connected { account: ALICE, .. }
    ));
}

#[test]
fn a_wrong_chain_is_said_plainly_with_a_way_out() {
    let mut visit = Visit::connected();
    assert_eq!(visit.page().wallet.switch_chain, None);
    visit.send(Msg::ChainChanged(1));
    let wallet = visit.page().wallet;
    assert!(wallet.hint.contains("Your wallet is on Ethereum"));
    assert_eq!(wallet.switch_chain.unwrap(), "Switch to Local");
    assert_eq!(wallet.add_chain.unwrap(), "Add Local to the wallet");
    visit.send(Msg::ChainChanged(777));
    assert!(visit.page().wallet.hint.contains("network 777"));
}

/// What cannot be read as a chain id is no reason to believe the last one.
#[test]
fn a_chain_that_the_wallet_does_not_name_is_asked_for_and_nothing_is_sent_meanwhile() {
    let (mut visit, find) = Visit::with_offer();
    visit.send(Msg::ChainUnclear);
    let asks = |effect: &Effect| *effect == Effect::ReadWalletChain;
    assert!(visit.did(asks));
    assert_eq!(visit.find().mint, None);
    let wallet = visit.page().wallet;
    assert!(
        wallet.hint.contains("does not say which network"),
        "{}",
        wallet.hint
    );
    assert_eq!(wallet.switch_chain.unwrap(), "Switch to Local");
    visit.send(Msg::MintClicked(find));
    assert!(visit.simulates().is_none());
    visit.send(Msg::ChainSwitched(Err(ChainError::Unreachable(
        "down".into(),
    ))));
    for again in [Msg::RetryClicked, Msg::WalletReconnected] {
        visit.send(again);
        assert!(visit.did(asks));
    }
    visit.send(Msg::ChainSwitched(Ok(31_337)));
    assert!(visit.find().mint.is_some());
    visit.send(Msg::RetryClicked);
    assert!(!visit.did(asks), "it is known");
}

#[test]
fn switching_asks_the_wallet_and_follows_its_answer() {
    let mut visit = Visit::connected();
    visit.send(Msg::ChainChanged(1));
    visit.send(Msg::SwitchChainClicked);
    let switch = Effect::SwitchChain(demo().chain);
    assert!(visit.did(|effect| *effect == switch));
    assert!(visit.page().wallet.hint.contains("confirm the network"));
    visit.send(Msg::ChainSwitched(Err(ChainError::UnknownChain)));
    assert!(visit.notice().contains("Add the network"));
    visit.send(Msg::AddChainClicked);
    let add = Effect::AddChain(demo().chain);
    assert!(visit.did(|effect| *effect == add));
    visit.send(Msg::ChainSwitched(Ok(31_337)));
    assert_eq!(visit.page().wallet.switch_chain, None);
    assert!(visit.page().notices.is_empty());
}

#[test]
fn mainnet_needs_no_adding() {
    let mut visit = Visit::connected();
    visit.send(Msg::CollectionChosen(pow_nft().key()));
    let wallet = visit.page().wallet;
    assert_eq!(wallet.switch_chain.unwrap(), "Switch to Ethereum");
    assert_eq!(wallet.add_chain, None);
}

#[test]
fn a_wallet_that_lost_its_network_says_so_until_it_is_back() {
    let mut visit = Visit::connected();
    visit.send(Msg::WalletDisconnected);
    assert!(visit.page().wallet.hint.contains("comes back by itself"));
    visit.send(Msg::WalletReconnected);
    assert!(visit.page().wallet.hint.is_empty());
}

#[test]
fn public_test_accounts_are_refused_on_every_real_chain() {
    let mut visit = Visit::first();
    visit.connect(&[PUBLIC], 31_337);
    visit.state_read(state(17));
    visit.mine();
    assert!(started(&visit.effects).is_some(), "fine on the local chain");
    visit.send(Msg::CollectionChosen(pow_nft().key()));
    assert!(stops(&visit.effects));
    visit.state_answered(pow_nft().key(), Ok(state(9_000)));
    assert!(started(&visit.effects).is_none());
    assert!(visit.page().wallet.hint.contains("public test account"));
    assert!(visit.page().mine.status.contains("public test account"));
    visit.send(Msg::StopClicked);
    assert_eq!(visit.page().mine.button, MineButton::Unavailable);
    visit.send(Msg::AccountsChanged(vec![ALICE]));
    assert_eq!(visit.page().mine.button, MineButton::Start);
}

#[test]
fn an_atom_is_offered_to_the_wallets_list() {
    let mut visit = Visit::connected();
    let collection = demo().key();
    let id = crate::visit::id(3);
    visit.send(Msg::WatchAssetClicked { collection, id });
    assert_eq!(visit.effects, [Effect::WatchAsset { collection, id }]);
    visit.send(Msg::AssetWatched(Err(ChainError::Unsupported)));
    assert!(visit.notice().contains("yours all the same"));
    visit.send(Msg::AssetWatched(Ok(())));
    assert!(visit.notice().contains("shows this Atom now"));
}

#[test]
fn without_any_wallet_the_page_says_what_can_be_done() {
    let visit = Visit::first();
    let hint = visit.page().wallet.hint;
    assert!(hint.contains("Install one") && hint.contains("Practice"));
}

#[test]
fn on_the_main_network_a_private_relay_is_offered_and_added_only_when_clicked() {
    let mut visit = Visit::connected();
    assert!(
        !visit.page().wallet.relays,
        "there are none for a local chain"
    );
    visit.send(Msg::RelayClicked(Relay::Flashbots));
    assert!(visit.effects.is_empty());
    visit.send(Msg::CollectionChosen(pow_nft().key()));
    assert!(visit.page().wallet.relays);
    for (relay, url) in [
        (Relay::Flashbots, "https://rpc.flashbots.net"),
        (Relay::MevBlocker, "https://rpc.mevblocker.io"),
    ] {
        visit.send(Msg::RelayClicked(relay));
        assert!(visit.did(|effect| matches!(effect, Effect::AddChain(chain) if chain.id == 1 && chain.rpcs == [url])));
        assert!(visit.page().wallet.hint.starts_with("Open your wallet"));
        visit.send(Msg::ChainSwitched(Err(ChainError::Rejected)));
    }
    visit.send(Msg::ForgetWalletClicked);
    assert!(
        !visit.page().wallet.relays,
        "without a wallet nothing is added"
    );
}
