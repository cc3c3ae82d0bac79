//! The wallet corner.

use super::{Wallet, WalletChoice, WalletState};
use crate::collection::Selected;
use crate::format::{balance, short_address};
use crate::wallet::Link;
use crate::{Model, WalletInfo};
use atomine_chain::Chain;

/// `window.ethereum` without an announcement.
const BARE: &str = "injected";
/// Every wallet knows this chain.
const MAINNET: u64 = 1;

pub(super) fn wallet(model: &Model) -> Wallet {
    let elsewhere = other_chain(model);
    Wallet {
        state: state(model),
        choices: choices(model),
        hint: hint(model),
        switch_chain: elsewhere.map(|chain| format!("Switch to {}", chain.name)),
        add_chain: elsewhere
            .filter(|chain| chain.id != MAINNET)
            .map(|chain| format!("Add {} to the wallet", chain.name)),
        relays: model.offers_relays(),
    }
}

/// The selected collection's chain, when the connected wallet is on another one.
pub(super) fn other_chain(model: &Model) -> Option<&Chain> {
    let chain = &model.collections.selected()?.chain;
    model.wallet.account()?;
    (model.wallet.chain_id() != Some(chain.id)).then_some(chain)
}

fn state(model: &Model) -> WalletState {
    match &model.wallet.link {
        Link::Connecting {
            wallet,
            silent: false,
        } => WalletState::Connecting {
            name: wallet.name.clone(),
        },
        Link::Connected {
            wallet,
            accounts,
            account: Some(account),
            ..
        } => WalletState::Connected {
            name: wallet.name.clone(),
            account: *account,
            short: short_address(*account),
            balance: model
                .wallet
                .balance_wei
                .map(|wei| balance(wei, model.currency()))
                .unwrap_or_default(),
            accounts: accounts.clone(),
        },
        _ => WalletState::None,
    }
}

/// The bare `window.ethereum` is offered only where no wallet announced itself: else it is one of them again.
fn choices(model: &Model) -> Vec<WalletChoice> {
    let announced = |wallet: &&WalletInfo| wallet.id.0 != BARE;
    let any_announced = model.wallet.found.iter().any(|wallet| announced(&wallet));
    let shown = model.wallet.found.iter();
    shown
        .filter(|wallet| !any_announced || announced(wallet))
        .map(|wallet| WalletChoice {
            id: wallet.id.clone(),
            name: wallet.name.clone(),
            icon: wallet.icon.clone(),
        })
        .collect()
}

fn hint(model: &Model) -> String {
    match &model.wallet.link {
        Link::Connecting { silent: false, .. } => {
            "Open your wallet and answer its question there.".to_owned()
        }
        Link::Connected {
            wallet,
            account: None,
            ..
        } => format!(
            "{} shares no account with this page now: unlock it, or connect it again.",
            wallet.name
        ),
        Link::Connected { .. } => connected_hint(model),
        _ => unconnected_hint(model).to_owned(),
    }
}

fn unconnected_hint(model: &Model) -> &'static str {
    let practice = model.collections.selected == Selected::Practice;
    match (model.wallet.found.is_empty(), practice) {
        (_, true) => "Practice needs no wallet.",
        (true, false) => {
            "No wallet was found in this browser. Install one (MetaMask, say) to own what you mine, or choose Practice."
        }
        (false, false) => "Connect a wallet: what you mine belongs to its account.",
    }
}

fn connected_hint(model: &Model) -> String {
    if model.wallet.switching {
        return "Open your wallet and confirm the network there.".to_owned();
    }
    if model.wallet.cut_off {
        return "Your wallet does not reach its network at the moment; it comes back by itself."
            .to_owned();
    }
    if model.wallet.account().is_some()
        && model.collections.selected().is_some()
        && model.usable_account().is_none()
    {
        return "This is a public test account: anyone can take what it owns. Choose another account for this network.".to_owned();
    }
    match (other_chain(model), model.wallet.chain_id()) {
        (Some(wanted), Some(chain_id)) => format!(
            "Your wallet is on {}. Mining works all the same; to mint, switch it to {}.",
            chain_name(model, chain_id),
            wanted.name
        ),
        (Some(wanted), None) => format!(
            "Your wallet does not say which network it is on. Mining works all the same; to mint, switch it to {}.",
            wanted.name
        ),
        (None, _) => String::new(),
    }
}

/// A chain's name as the collections know it.
fn chain_name(model: &Model, chain_id: u64) -> String {
    let mut chains = model.collections.all().map(|collection| &collection.chain);
    match chains.find(|chain| chain.id == chain_id) {
        Some(chain) => chain.name.clone(),
        None if chain_id == MAINNET => "Ethereum".to_owned(),
        None => format!("network {chain_id}"),
    }
}
