//! The header: which collection, which wallet, which account.

use super::dom::{Finder, List, part, set_attribute, set_optional, set_shown, set_text};
use crate::WebError;
use alloy_primitives::Address;
use atomine_app::view::{CollectionChoice, Page, Wallet, WalletChoice, WalletState};
use web_sys::{Document, Element, HtmlElement, HtmlSelectElement};

/// The header's elements.
pub(super) struct Header {
    document: Document,
    collection: HtmlSelectElement,
    wallet_button: Element,
    panel: HtmlElement,
    none: Element,
    list: List,
    connected: Element,
    name: Element,
    accounts: HtmlSelectElement,
    account: Element,
    balance: Element,
    add_chain: Element,
    relays: Element,
    strip: Element,
    hint: Element,
    switch_chain: Element,
}

impl Header {
    pub(super) fn new(page: &Finder) -> Self {
        Self {
            document: page.document(),
            collection: page.find("#collection"),
            wallet_button: page.find("#wallet-button"),
            panel: page.find("#wallet-panel"),
            none: page.find("#wallet-none"),
            list: page.list("#wallet-list", "#t-wallet"),
            connected: page.find("#wallet-connected"),
            name: page.find("#wallet-name"),
            accounts: page.find("#accounts"),
            account: page.find("#account"),
            balance: page.find("#balance"),
            add_chain: page.find("#add-chain"),
            relays: page.find("#relays"),
            strip: page.find("#wallet-strip"),
            hint: page.find("#wallet-hint"),
            switch_chain: page.find("#switch-chain"),
        }
    }

    pub(super) fn show(&self, old: Option<&Page>, new: &Page) -> Result<(), WebError> {
        if old.is_none_or(|old| old.collections != new.collections) {
            self.show_collections(&new.collections)?;
        }
        if old.is_none_or(|old| old.wallet != new.wallet) {
            self.show_wallet(old.map(|old| &old.wallet), &new.wallet)?;
        }
        Ok(())
    }

    fn show_collections(&self, choices: &[CollectionChoice]) -> Result<(), WebError> {
        let label = |choice: &CollectionChoice| {
            if choice.place.is_empty() {
                choice.name.clone()
            } else {
                format!("{} · {}", choice.name, choice.place)
            }
        };
        set_options(
            &self.document,
            &self.collection,
            choices
                .iter()
                .map(|choice| (label(choice), choice.selected)),
        )?;
        self.collection.set_disabled(choices.is_empty());
        Ok(())
    }

    fn show_wallet(&self, old: Option<&Wallet>, new: &Wallet) -> Result<(), WebError> {
        let old_choices: &[WalletChoice] = old.map_or(&[], |old| &old.choices);
        self.list.show(
            old_choices,
            &new.choices,
            |choice| choice.id.0.clone(),
            fill_choice,
        )?;
        self.show_state(&new.state, new.choices.is_empty())?;
        let (was, is) = (
            old.is_some_and(|old| is_connected(&old.state)),
            is_connected(&new.state),
        );
        if was != is && self.panel.matches(":popover-open")? {
            self.panel.hide_popover()?;
        }
        set_text(&self.hint, &new.hint);
        set_optional(&self.switch_chain, new.switch_chain.as_deref())?;
        set_optional(&self.add_chain, new.add_chain.as_deref())?;
        set_shown(&self.relays, new.relays)?;
        set_shown(
            &self.strip,
            !new.hint.is_empty() || new.switch_chain.is_some(),
        )
    }

    fn show_state(&self, state: &WalletState, no_choices: bool) -> Result<(), WebError> {
        set_shown(&self.connected, is_connected(state))?;
        set_shown(self.list.parent(), !is_connected(state))?;
        set_attribute(
            &self.wallet_button,
            "data-connected",
            is_connected(state).then_some(""),
        )?;
        set_shown(&self.none, no_choices && !is_connected(state))?;
        set_attribute(&self.wallet_button, "aria-label", None)?;
        match state {
            WalletState::None => set_text(&self.wallet_button, "Connect a wallet"),
            WalletState::Connecting { name } => {
                set_text(&self.wallet_button, &format!("Waiting for {name}"));
            }
            WalletState::Connected {
                name,
                account,
                short,
                balance,
                accounts,
            } => {
                set_text(&self.wallet_button, short);
                set_attribute(
                    &self.wallet_button,
                    "aria-label",
                    Some(&format!("Wallet, account {short}")),
                )?;
                set_text(&self.name, name);
                set_text(&self.balance, balance);
                set_text(&self.account, &account.to_string());
                let options = accounts
                    .iter()
                    .map(|each| (shortened(*each), each == account));
                set_options(&self.document, &self.accounts, options)?;
            }
        }
        Ok(())
    }
}

fn is_connected(state: &WalletState) -> bool {
    matches!(state, WalletState::Connected { .. })
}

/// An account as people tell it from their others, `0x1234…abcd`.
fn shortened(account: Address) -> String {
    let text = account.to_string();
    let (head, tail) = (
        text.get(..6).unwrap_or_default(),
        text.get(38..).unwrap_or_default(),
    );
    format!("{head}…{tail}")
}

fn fill_choice(item: &Element, choice: &WalletChoice) -> Result<(), WebError> {
    set_text(&part::<Element>(item, "span")?, &choice.name);
    let icon: Element = part(item, "img")?;
    let source = choice
        .icon
        .as_deref()
        .filter(|icon| icon.starts_with("data:image/"));
    set_attribute(&icon, "src", source)?;
    set_shown(&icon, source.is_some())
}

/// Gives a select these options, each with whether it is the chosen one; an option that stays is not touched.
///
/// # Errors
/// [`WebError::Thrown`] when the document refuses an element, which it does not.
pub(super) fn set_options(
    document: &Document,
    select: &HtmlSelectElement,
    options: impl ExactSizeIterator<Item = (String, bool)>,
) -> Result<(), WebError> {
    let count = u32::try_from(options.len()).unwrap_or(u32::MAX);
    while select.length() > count {
        select.remove_with_index(i32::try_from(count).unwrap_or(0));
    }
    let mut chosen = -1;
    for (index, (label, selected)) in (0_i32..).zip(options) {
        let option = if let Some(option) = select.item(index.unsigned_abs()) {
            option
        } else {
            let option = document.create_element("option")?;
            select.append_child(&option)?;
            option
        };
        set_text(&option, &label);
        if selected {
            chosen = index;
        }
    }
    if select.selected_index() != chosen {
        select.set_selected_index(chosen);
    }
    Ok(())
}
