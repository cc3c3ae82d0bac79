//! Wallets: which there are, which is connected, and what it says about itself.

use crate::explain::{Explanation, Source, explain};
use crate::format::foreign;
use crate::model::Effects;
use crate::notices::Topic;
use crate::view::Tone;
use crate::{Effect, Model, WalletId, WalletInfo};
use alloy_primitives::{Address, U256, address};
use atomine_chain::{Chain, ChainError, CollectionKey};

/// More wallets than anyone has; further announcements are somebody's mistake.
const MAX_WALLETS: usize = 24;
/// A wallet's name is cut here.
const MAX_NAME: usize = 40;
/// A larger icon is left out.
const MAX_ICON_BYTES: usize = 200_000;
/// The chain of local development, where public test keys are fine.
const LOCAL_CHAIN_ID: u64 = 31_337;

/// The accounts of the well-known mnemonic "test test … junk": everybody holds their keys.
const PUBLIC_TEST_ACCOUNTS: [Address; 10] = [
    address!("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266"),
    address!("70997970C51812dc3A010C7d01b50e0d17dc79C8"),
    address!("3C44CdDdB6a900fa2b585dd299e03d12FA4293BC"),
    address!("90F79bf6EB2c4f870365E785982E1f101E93b906"),
    address!("15d34AAf54267DB7D7c367839AAf71A00a2C6A65"),
    address!("9965507D1a55bcC2695C58ba16FB37d819B0A4dc"),
    address!("976EA74026E726554dB657fA54763abd0C3a0aa9"),
    address!("14dC79964da2C08b23698B3D3cc7Ca32193d9955"),
    address!("23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f"),
    address!("a0Ee7A142d267C1f36714E4a8F75612F20a79720"),
];

/// How the page stands with a wallet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Link {
    /// None is connected.
    #[default]
    None,
    /// Asked to connect, not answered yet.
    Connecting {
        /// Which wallet.
        wallet: WalletInfo,
        /// Without a dialog.
        silent: bool,
    },
    /// Connected; while the wallet is locked there is no account.
    Connected {
        /// Which wallet.
        wallet: WalletInfo,
        /// All accounts it shares with the page.
        accounts: Vec<Address>,
        /// The one in use.
        account: Option<Address>,
        /// The chain it is on; `None` while it does not say so clearly.
        chain_id: Option<u64>,
    },
}

/// All that is known of wallets.
#[derive(Debug, Default)]
pub(crate) struct Wallets {
    /// In the order in which they announced themselves.
    pub(crate) found: Vec<WalletInfo>,
    /// How the page stands with one of them.
    pub(crate) link: Link,
    /// The account's balance in wei, on the selected collection's chain.
    pub(crate) balance_wei: Option<U256>,
    /// The wallet does not reach its chain.
    pub(crate) cut_off: bool,
    /// The wallet is asked to switch or add a chain.
    pub(crate) switching: bool,
}

impl Wallets {
    /// The account in use.
    pub(crate) fn account(&self) -> Option<Address> {
        match &self.link {
            Link::Connected { account, .. } => *account,
            _ => None,
        }
    }

    /// The chain the wallet is on, where it says so.
    pub(crate) fn chain_id(&self) -> Option<u64> {
        match &self.link {
            Link::Connected { chain_id, .. } => *chain_id,
            _ => None,
        }
    }

    /// Whether the wallet shares this account with the page.
    pub(crate) fn shares(&self, account: Address) -> bool {
        match &self.link {
            Link::Connected { accounts, .. } => accounts.contains(&account),
            _ => false,
        }
    }
}

/// A wallet's announcement, made fit to be shown; `None` for one that cannot be used.
fn tamed(wallet: WalletInfo) -> Option<WalletInfo> {
    if wallet.id.0.is_empty() {
        return None;
    }
    let name = foreign(&wallet.name, MAX_NAME);
    let icon = wallet.icon.filter(|icon| {
        let scheme = icon.get(..11).unwrap_or_default();
        scheme.eq_ignore_ascii_case("data:image/") && icon.len() <= MAX_ICON_BYTES
    });
    Some(WalletInfo {
        name: if name.is_empty() {
            "Wallet without a name".to_owned()
        } else {
            name
        },
        icon,
        ..wallet
    })
}

/// Whether the account must not be used there: its key is public, and what it owns anyone can take.
pub(crate) fn is_refused(account: Address, collection: CollectionKey) -> bool {
    collection.chain_id != LOCAL_CHAIN_ID && PUBLIC_TEST_ACCOUNTS.contains(&account)
}

impl Model {
    /// The account in use, where it may be used for the selected collection.
    pub(crate) fn usable_account(&self) -> Option<Address> {
        let account = self.wallet.account()?;
        let key = self.collections.selected_key()?;
        (!is_refused(account, key)).then_some(account)
    }

    /// A wallet announced itself.
    pub(crate) fn wallet_found(&mut self, wallet: WalletInfo, out: &mut Effects) {
        let Some(wallet) = tamed(wallet) else {
            return;
        };
        let known = self.wallet.found.iter().any(|other| other.id == wallet.id);
        if known || self.wallet.found.len() >= MAX_WALLETS {
            return;
        }
        self.wallet.found.push(wallet.clone());
        let last_time = self.settings.wallet_rdns.as_ref();
        if self.wallet.link == Link::None && last_time == Some(&wallet.rdns) {
            self.connect(wallet, true, out);
        }
    }

    /// The visitor chose a wallet.
    pub(crate) fn connect_clicked(&mut self, id: &WalletId, out: &mut Effects) {
        let wallet = self.wallet.found.iter().find(|wallet| wallet.id == *id);
        if let Some(wallet) = wallet.cloned() {
            self.connect(wallet, false, out);
        }
    }

    fn connect(&mut self, wallet: WalletInfo, silent: bool, out: &mut Effects) {
        let id = wallet.id.clone();
        self.wallet.link = Link::Connecting { wallet, silent };
        self.notices.clear(Topic::Wallet);
        out.push(Effect::Connect { wallet: id, silent });
    }

    /// A wallet answered whether it connects.
    pub(crate) fn wallet_connected(
        &mut self,
        id: &WalletId,
        result: Result<(Vec<Address>, u64), ChainError>,
        out: &mut Effects,
    ) {
        let Link::Connecting { wallet, silent } = &self.wallet.link else {
            return;
        };
        if wallet.id != *id {
            return;
        }
        let (wallet, silent) = (wallet.clone(), *silent);
        self.wallet.link = Link::None;
        match result {
            Ok((accounts, _)) if accounts.is_empty() => {
                if !silent {
                    let what = format!("{} shares no account with this page.", wallet.name);
                    let remedy = "Unlock the wallet, allow an account, and connect again.";
                    self.wallet_notice(Explanation::new(what, remedy));
                }
            }
            Ok((accounts, chain_id)) => {
                self.settings.wallet_rdns = Some(wallet.rdns.clone());
                self.save_settings_now(out);
                self.wallet.cut_off = false;
                self.wallet.link = Link::Connected {
                    wallet,
                    account: accounts.first().copied(),
                    accounts,
                    chain_id: Some(chain_id),
                };
                self.account_changed(out);
            }
            Err(_) if silent => {}
            Err(error) => self.wallet_notice(explain(&error, Source::Connecting)),
        }
    }

    /// The wallet shares other accounts now; none at all means that it is locked or was disconnected there.
    pub(crate) fn accounts_changed(&mut self, new: Vec<Address>, out: &mut Effects) {
        let Link::Connected {
            accounts, account, ..
        } = &mut self.wallet.link
        else {
            return;
        };
        let chosen_in_wallet = accounts.first() != new.first();
        let still_there = account.filter(|account| new.contains(account) && !chosen_in_wallet);
        let before = *account;
        *account = still_there.or(new.first().copied());
        *accounts = new;
        if before != *account {
            self.account_changed(out);
        }
    }

    /// The visitor chose another of the shared accounts.
    pub(crate) fn account_chosen(&mut self, chosen: Address, out: &mut Effects) {
        if let Link::Connected {
            accounts, account, ..
        } = &mut self.wallet.link
            && accounts.contains(&chosen)
            && *account != Some(chosen)
        {
            *account = Some(chosen);
            self.account_changed(out);
        }
    }

    fn account_changed(&mut self, out: &mut Effects) {
        self.wallet.balance_wei = None;
        self.lists.owner_changed();
        self.read_balance(out);
    }

    /// Reads the balance of the account on the selected collection's chain.
    pub(crate) fn read_balance(&mut self, out: &mut Effects) {
        if let (Some(account), Some(collection)) =
            (self.wallet.account(), self.collections.selected())
        {
            out.push(Effect::ReadBalance {
                collection: collection.clone(),
                account,
            });
        }
    }

    /// The balance was read.
    pub(crate) fn balance_read(&mut self, account: Address, result: &Result<U256, ChainError>) {
        if self.wallet.account() != Some(account) {
            return;
        }
        if let Ok(balance_wei) = result {
            let before = self.wallet.balance_wei.replace(*balance_wei);
            if before.is_some_and(|before| before < *balance_wei) {
                self.finds.funds_arrived();
            }
        }
    }

    /// The wallet is on another chain now.
    pub(crate) fn chain_changed(&mut self, new: u64) {
        if let Link::Connected { chain_id, .. } = &mut self.wallet.link {
            *chain_id = Some(new);
            self.wallet.cut_off = false;
        }
    }

    /// The wallet went to a chain without a number: nothing is sent before it says which one.
    pub(crate) fn chain_unclear(&mut self, out: &mut Effects) {
        if let Link::Connected { chain_id, .. } = &mut self.wallet.link {
            *chain_id = None;
        }
        self.ask_unclear_chain(out);
    }

    /// Asks a wallet for its chain where that is not known.
    pub(crate) fn ask_unclear_chain(&mut self, out: &mut Effects) {
        if matches!(self.wallet.link, Link::Connected { chain_id: None, .. }) {
            out.push(Effect::ReadWalletChain);
        }
    }

    /// The visitor wants the wallet on the collection's chain.
    pub(crate) fn ask_for_chain(&mut self, ask: impl FnOnce(Chain) -> Effect, out: &mut Effects) {
        let connected = matches!(self.wallet.link, Link::Connected { .. });
        if let (true, Some(collection)) = (connected, self.collections.selected()) {
            let effect = ask(collection.chain.clone());
            self.wallet.switching = true;
            self.notices.clear(Topic::Wallet);
            out.push(effect);
        }
    }

    /// The wallet answered a wish for another chain.
    pub(crate) fn chain_switched(&mut self, result: Result<u64, ChainError>) {
        self.wallet.switching = false;
        match result {
            Ok(chain_id) => self.chain_changed(chain_id),
            Err(error) => self.wallet_notice(explain(&error, Source::Switching)),
        }
    }

    /// Lets go of the wallet, and does not connect to it by itself again.
    pub(crate) fn forget_wallet(&mut self, out: &mut Effects) {
        self.wallet.link = Link::None;
        self.wallet.balance_wei = None;
        self.wallet.switching = false;
        self.wallet.cut_off = false;
        self.lists.owner_changed();
        self.settings.wallet_rdns = None;
        self.notices.clear(Topic::Wallet);
        self.save_settings_now(out);
        out.push(Effect::ForgetWallet);
    }

    /// The wallet answered whether it lists the Atom.
    pub(crate) fn asset_watched(&mut self, result: Result<(), ChainError>) {
        let (tone, said) = match result {
            Ok(()) => {
                let what = "Your wallet shows this Atom now.";
                (Tone::Good, Explanation::new(what, ""))
            }
            Err(ChainError::Rejected) => return,
            Err(error) => {
                let words = error.to_string();
                let what = "Your wallet did not take this Atom into its list.";
                let remedy =
                    "It is yours all the same; some wallets find it by themselves after a while.";
                let said = Explanation::new(what, remedy).with_details(&words);
                (Tone::Neutral, said)
            }
        };
        self.notices.say(Topic::Asset, tone, said);
    }

    fn wallet_notice(&mut self, said: Explanation) {
        self.notices.say(Topic::Wallet, Tone::Warning, said);
    }
}
