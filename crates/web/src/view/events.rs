//! What visitors do, as messages. One listener per kind of event on the whole document: lists come and go beneath it.

use super::{
    Shown,
    dom::{by_id, key_of, set_text},
    finds::is_minted,
    gallery,
    mine::slider_text,
    music, player,
};
use crate::{WebError, browser};
use atomine_app::{
    FindId, Msg, Relay, Route,
    view::{MineButton, Page, WalletState},
};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::{
    Document, Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement,
};

/// Listens for clicks and choices, as long as the page lives.
///
/// # Errors
/// [`WebError::Missing`] when the document lacks the dialog.
pub(super) fn listen(
    document: &Document,
    shown: &Shown,
    dispatch: Rc<dyn Fn(Msg)>,
) -> Result<(), WebError> {
    let discard = Discard::new(document, Rc::clone(&dispatch))?;
    let send = Rc::clone(&dispatch);
    let page = Rc::clone(shown);
    browser::listen(document, "click", move |event: Event| {
        let Some(target) =
            target(&event).and_then(|target| target.closest("[data-act]").ok().flatten())
        else {
            return;
        };
        let act = target.get_attribute("data-act").unwrap_or_default();
        if act == "skip" {
            event.prevent_default();
            focus_main(&target);
            return;
        }
        // The page must not be borrowed while the message is at work: it will be shown anew.
        let clicked = page
            .borrow()
            .as_ref()
            .and_then(|page| click(page, &act, &target));
        match clicked {
            Some(Msg::DiscardFindClicked(id)) if !is_settled(&page, id) => discard.ask(id),
            Some(msg) => {
                close_panel(&target);
                send(msg);
            }
            None => {}
        }
    })?;
    let page = Rc::clone(shown);
    let send = Rc::clone(&dispatch);
    browser::listen(document, "change", move |event: Event| {
        let chosen = target(&event).and_then(|target| {
            page.borrow()
                .as_ref()
                .and_then(|page| change(page, &target))
        });
        if let Some(msg) = chosen {
            send(msg);
        }
    })?;
    // Wallets may come late: whoever opens their list wants to see them.
    let panel: Element = by_id(document, "wallet-panel")?;
    let opened = panel.clone();
    browser::listen(&panel, "toggle", move |_: Event| {
        if opened.matches(":popover-open").unwrap_or_default() {
            dispatch(Msg::WalletListOpened);
        }
    })?;
    // While a slider is dragged only its text follows; the choice counts when it is let go.
    let texts = document.clone();
    browser::listen(document, "input", move |event: Event| {
        let Some(input) =
            target(&event).and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
        else {
            return;
        };
        if let Some(text) = texts.get_element_by_id(&format!("{}-text", input.id())) {
            set_text(&text, &slider_text(&input));
        }
    })
}

fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// What a click on an element with this `data-act` means.
fn click(page: &Page, act: &str, target: &Element) -> Option<Msg> {
    match act {
        "mine" => match page.mine.button {
            MineButton::Start | MineButton::TakeOver => Some(Msg::StartClicked),
            MineButton::Stop => Some(Msg::StopClicked),
            MineButton::Unavailable => None,
        },
        "connect" => {
            let key = key_of(target)?;
            page.wallet
                .choices
                .iter()
                .find(|choice| choice.id.0 == key)
                .map(|choice| Msg::ConnectClicked(choice.id.clone()))
        }
        "forget-wallet" => Some(Msg::ForgetWalletClicked),
        "switch-chain" => Some(Msg::SwitchChainClicked),
        "add-chain" => Some(Msg::AddChainClicked),
        "flashbots" => Some(Msg::RelayClicked(Relay::Flashbots)),
        "mevblocker" => Some(Msg::RelayClicked(Relay::MevBlocker)),
        "retry" => Some(Msg::RetryClicked),
        "close-notice" => key_of(target)?.parse().ok().map(Msg::NoticeClosed),
        "mint" => find(page, target).map(Msg::MintClicked),
        "discard" => find(page, target).map(Msg::DiscardFindClicked),
        "more-atoms" => Some(Msg::MoreAtomsClicked),
        "more-mine" => Some(Msg::MoreMineClicked),
        "measure" if page.bench.running => Some(Msg::StopMeasuringClicked),
        "measure" => Some(Msg::MeasureClicked {
            user_agent: browser::window().ok()?.navigator().user_agent().ok()?,
        }),
        "copy-result" => Some(Msg::CopyResultClicked),
        "watch-asset" => match page.route {
            Route::Atom { collection, id } => Some(Msg::WatchAssetClicked { collection, id }),
            _ => None,
        },
        _ => player::click(act, target)
            .or_else(|| music::click(act))
            .or_else(|| gallery::click(act, target)),
    }
}

/// What a choice in this form control means.
fn change(page: &Page, target: &Element) -> Option<Msg> {
    if let Some(select) = target.dyn_ref::<HtmlSelectElement>() {
        let index = usize::try_from(select.selected_index()).ok()?;
        return match target.id().as_str() {
            "collection" => {
                let choice = page.collections.get(index)?;
                Some(
                    choice
                        .key
                        .map_or(Msg::PracticeChosen, Msg::CollectionChosen),
                )
            }
            "accounts" => match &page.wallet.state {
                WalletState::Connected { accounts, .. } => {
                    accounts.get(index).copied().map(Msg::AccountChosen)
                }
                _ => None,
            },
            "practice-generation" => {
                let choice = page.mine.practice.as_ref()?.get(index)?;
                Some(Msg::PracticeGenerationChosen(choice.generation))
            }
            _ => None,
        };
    }
    let input = target.dyn_ref::<HtmlInputElement>()?;
    match input.id().as_str() {
        "cores" => input.value().parse().ok().map(Msg::CoresChosen),
        "power" => input.value().parse().ok().map(Msg::PowerChosen),
        "gpu" => Some(Msg::GpuToggled(input.checked())),
        "gpu-power" => input.value().parse().ok().map(Msg::GpuPowerChosen),
        "sound" => Some(Msg::SoundToggled(input.checked())),
        "notifications" => Some(Msg::NotificationsToggled(input.checked())),
        _ => player::change(page, input).or_else(|| gallery::change(page, target)),
    }
}

fn find(page: &Page, target: &Element) -> Option<FindId> {
    let key = key_of(target)?;
    let open = page.finds.iter().map(|find| find.id);
    let aside = page.set_aside.iter().flat_map(|aside| &aside.finds);
    open.chain(aside.map(|find| find.id))
        .find(|id| id.to_string() == key)
}

/// There is nothing to lose: the find is an Atom already.
fn is_settled(shown: &Shown, id: FindId) -> bool {
    let shown = shown.borrow();
    let find = shown
        .as_ref()
        .and_then(|page| page.finds.iter().find(|find| find.id == id));
    find.is_some_and(is_minted)
}

fn focus_main(link: &Element) {
    let main = link
        .owner_document()
        .and_then(|document| by_id::<HtmlElement>(&document, "main").ok());
    if let Some(main) = main {
        // A focus that is refused leaves the visitor where they are.
        let _ = main.focus();
    }
}

/// A choice made in the wallet panel closes it: the wallet's own dialog comes next.
fn close_panel(target: &Element) {
    let panel = target
        .closest("[popover]")
        .ok()
        .flatten()
        .and_then(|panel| panel.dyn_into::<HtmlElement>().ok());
    if let Some(panel) = panel {
        // It throws only when the panel is closed already.
        let _ = panel.hide_popover();
    }
}

/// The dialog that asks a second time before a find is thrown away.
struct Discard {
    dialog: HtmlDialogElement,
    find: Rc<Cell<Option<FindId>>>,
}

impl Discard {
    fn new(document: &Document, dispatch: Rc<dyn Fn(Msg)>) -> Result<Self, WebError> {
        let dialog: HtmlDialogElement = by_id(document, "discard-dialog")?;
        let find = Rc::new(Cell::new(None::<FindId>));
        let (asked, closed) = (Rc::clone(&find), dialog.clone());
        browser::listen(&dialog, "close", move |_: Event| {
            let find = asked.take();
            if closed.return_value() == "discard"
                && let Some(find) = find
            {
                dispatch(Msg::DiscardFindClicked(find));
            }
        })?;
        Ok(Self { dialog, find })
    }

    fn ask(&self, find: FindId) {
        self.find.set(Some(find));
        // What an earlier closing left would count again when this one is closed with Escape.
        self.dialog.set_return_value("");
        // It throws only when the dialog is open already.
        let _ = self.dialog.show_modal();
    }
}
