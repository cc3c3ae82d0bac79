//! The player's bar, and the play buttons wherever there is an Atom.

use super::{
    Shown,
    dom::{List, by_id, part, set_attribute, set_flag, set_shown, set_text},
};
use crate::{WebError, browser};
use atomine_app::{
    Msg,
    player::{COLUMNS, FRAMES_PER_S, PlayerMsg},
    view::{Page, PlayerBar, PlayerState},
};
use atomine_protocol::{Atom, TokenId};
use std::{cell::Cell, fmt::Write, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent};

/// Half the height of the waveform's view box, and the width of a column.
const MIDDLE: u32 = 64;
const COLUMN: usize = 4;

/// The bar's elements.
pub(super) struct PlayerPanel {
    document: Document,
    bar: HtmlElement,
    toggle: Element,
    previous: Element,
    next: Element,
    title: Element,
    status: Element,
    time: Element,
    length: Element,
    wave: Element,
    seek: HtmlInputElement,
    /// The visitor holds the slider: its value is theirs.
    held: Rc<Cell<bool>>,
    looped: Element,
    mute: Element,
    volume: HtmlInputElement,
    layers: List,
}

impl PlayerPanel {
    pub(super) fn new(document: &Document) -> Result<Self, WebError> {
        let seek: HtmlInputElement = by_id(document, "player-seek")?;
        let held = Rc::new(Cell::new(false));
        for (event, holds) in [("input", true), ("change", false)] {
            let held = Rc::clone(&held);
            browser::listen(&seek, event, move |_: Event| held.set(holds))?;
        }
        let find = |id| by_id::<Element>(document, id);
        Ok(Self {
            document: document.clone(),
            bar: by_id(document, "player")?,
            toggle: find("player-toggle")?,
            previous: find("player-previous")?,
            next: find("player-next")?,
            title: find("player-title")?,
            status: find("player-status")?,
            time: find("player-time")?,
            length: find("player-length")?,
            wave: find("player-wave")?,
            seek,
            held,
            looped: find("player-loop")?,
            mute: find("player-mute")?,
            volume: by_id(document, "player-volume")?,
            layers: List::new(document, "player-layers", "t-layer")?,
        })
    }

    pub(super) fn show(&self, old: Option<&Page>, page: &Page) -> Result<(), WebError> {
        let before = old.and_then(|old| old.player.as_ref());
        if let Some(bar) = &page.player
            && before != Some(bar)
        {
            self.show_bar(before, bar)?;
        }
        set_shown(&self.bar, page.player.is_some())?;
        self.mark_buttons(page.playing)
    }

    fn show_bar(&self, old: Option<&PlayerBar>, bar: &PlayerBar) -> Result<(), WebError> {
        for (name, colour) in ["--c0", "--c1"].iter().zip(&bar.colours) {
            self.bar.style().set_property(name, colour)?;
        }
        set_text(&self.title, &bar.title);
        set_attribute(&self.title, "href", bar.link.as_deref())?;
        set_text(&self.status, &bar.status);
        mark(&self.toggle, bar.state == PlayerState::Playing, &bar.title)?;
        set_flag(
            &self.previous,
            "disabled",
            !bar.has_previous && bar.frame == 0,
        )?;
        set_flag(&self.next, "disabled", !bar.has_next)?;
        set_text(&self.time, &bar.time);
        set_text(&self.length, &bar.length);
        if old.is_none_or(|old| old.levels != bar.levels) {
            set_attribute(&self.wave, "d", Some(&wave_path(&bar.levels)))?;
        }
        self.show_place(bar)?;
        set_attribute(&self.looped, "aria-pressed", Some(truth(bar.looped)))?;
        set_attribute(&self.mute, "aria-pressed", Some(truth(bar.muted)))?;
        if old.is_none_or(|old| old.volume != bar.volume) {
            self.volume.set_value(&bar.volume.to_string());
        }
        self.layers.show(
            old.map_or(&[], |old| &old.layers),
            &bar.layers,
            |(name, _)| (*name).to_owned(),
            |item, (name, heard)| {
                set_text(&part::<Element>(item, "span")?, name);
                part::<HtmlInputElement>(item, "input")?.set_checked(*heard);
                Ok(())
            },
        )
    }

    /// Where it is: the slider, and how much of the waveform is lit.
    fn show_place(&self, bar: &PlayerBar) -> Result<(), WebError> {
        // In whole numbers, as everything that is written: formatting floats would weigh more than the bar.
        let tenths = u64::from(bar.frame) * 1000 / u64::from(bar.frames.max(1));
        let heard = format!("{}.{}%", tenths / 10, tenths % 10);
        self.bar.style().set_property("--heard", &heard)?;
        set_flag(&self.seek, "disabled", bar.frames == 0)?;
        if !self.held.get() {
            self.seek.set_max(&(bar.frames / FRAMES_PER_S).to_string());
            self.seek.set_value(&(bar.frame / FRAMES_PER_S).to_string());
            let words = format!("{} of {}", bar.time, bar.length);
            set_attribute(&self.seek, "aria-valuetext", Some(&words))?;
        }
        Ok(())
    }

    /// The buttons of the Atom that plays pause it.
    fn mark_buttons(&self, playing: Option<Atom>) -> Result<(), WebError> {
        let playing = playing.map(name_of);
        let buttons = self.document.query_selector_all("[data-atom]")?;
        for index in 0..buttons.length() {
            let Some(button) = buttons
                .get(index)
                .and_then(|node| node.dyn_into::<Element>().ok())
            else {
                continue;
            };
            let plays = playing.is_some() && button.get_attribute("data-atom") == playing;
            let title = button.get_attribute("data-title").unwrap_or_default();
            mark(&button, plays, &title)?;
        }
        Ok(())
    }
}

/// Makes `button` the play button of this Atom.
///
/// # Errors
/// None that a browser of today raises.
pub(super) fn bind(button: &Element, atom: Atom, title: &str) -> Result<(), WebError> {
    set_attribute(button, "data-atom", Some(&name_of(atom)))?;
    set_attribute(button, "data-title", Some(title))?;
    mark(button, false, title)
}

fn mark(button: &Element, plays: bool, title: &str) -> Result<(), WebError> {
    let verb = if plays { "Pause" } else { "Play" };
    set_flag(button, "data-plays", plays)?;
    if let Some(text) = button.query_selector("span")? {
        set_text(&text, verb);
    }
    set_attribute(button, "aria-label", Some(&format!("{verb} {title}")))
}

fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

fn name_of(atom: Atom) -> String {
    format!("{}/{}", atom.id, atom.hash)
}

fn atom_of(name: &str) -> Option<Atom> {
    let (id, hash) = name.split_once('/')?;
    Some(Atom {
        id: TokenId::new(id.parse().ok()?)?,
        hash: hash.parse().ok()?,
    })
}

/// What a click on an element with this `data-act` means for the player.
pub(super) fn click(act: &str, target: &Element) -> Option<Msg> {
    let msg = match act {
        "play" => PlayerMsg::PlayClicked(atom_of(&target.get_attribute("data-atom")?)?),
        "player-toggle" => PlayerMsg::Toggled,
        "player-previous" => PlayerMsg::PreviousClicked,
        "player-next" => PlayerMsg::NextClicked,
        "player-loop" => PlayerMsg::LoopToggled,
        "player-mute" => PlayerMsg::MuteToggled,
        "player-close" => PlayerMsg::Closed,
        _ => return None,
    };
    Some(Msg::Player(msg))
}

/// What a choice in this form control means for the player.
pub(super) fn change(page: &Page, input: &HtmlInputElement) -> Option<Msg> {
    let bar = page.player.as_ref()?;
    let msg = match input.id().as_str() {
        "player-seek" => {
            let seconds: u32 = input.value().parse().ok()?;
            PlayerMsg::Sought(seconds.saturating_mul(FRAMES_PER_S))
        }
        "player-volume" => PlayerMsg::VolumeChosen(input.value().parse().ok()?),
        _ => {
            let name = super::dom::key_of(input)?;
            let layer = bar.layers.iter().position(|(layer, _)| *layer == name)?;
            PlayerMsg::LayerToggled(u8::try_from(layer).ok()?)
        }
    };
    Some(Msg::Player(msg))
}

/// Listens for the space bar, where it would only scroll the page, and for play buttons that are pointed at, and lets the volume follow its slider.
///
/// # Errors
/// [`WebError::Missing`] when the document lacks the slider.
pub(super) fn listen(
    document: &Document,
    shown: &Shown,
    dispatch: &Rc<dyn Fn(Msg)>,
) -> Result<(), WebError> {
    let (page, send) = (Rc::clone(shown), Rc::clone(dispatch));
    browser::listen(document, "keydown", move |event: KeyboardEvent| {
        let on_control = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .and_then(|target| {
                target
                    .closest("a, button, input, select, summary, dialog")
                    .ok()
            })
            .flatten()
            .is_some();
        let there = page
            .borrow()
            .as_ref()
            .is_some_and(|page| page.player.is_some());
        if event.key() == " " && !on_control && there {
            event.prevent_default();
            send(Msg::Player(PlayerMsg::Toggled));
        }
    })?;
    for pointed in ["pointerover", "focusin"] {
        let send = Rc::clone(dispatch);
        browser::listen(document, pointed, move |event: Event| {
            let target = event
                .target()
                .and_then(|target| target.dyn_into::<Element>().ok());
            let button = target.and_then(|target| target.closest("[data-atom]").ok().flatten());
            let name = button.and_then(|button| button.get_attribute("data-atom"));
            if let Some(atom) = name.as_deref().and_then(atom_of) {
                send(Msg::Player(PlayerMsg::Pointed(atom)));
            }
        })?;
    }
    let volume: HtmlInputElement = by_id(document, "player-volume")?;
    let (slider, send) = (volume.clone(), Rc::clone(dispatch));
    browser::listen(&volume, "input", move |_: Event| {
        if let Ok(percent) = slider.value().parse() {
            send(Msg::Player(PlayerMsg::VolumeChosen(percent)));
        }
    })
}

/// Path data with a vertical line for each column that is drawn.
fn wave_path(levels: &[u8]) -> String {
    let mut path = String::with_capacity(COLUMNS * 12);
    for (column, level) in levels.iter().enumerate().filter(|(_, level)| **level > 0) {
        let half = (u32::from(*level) / 4).max(1);
        // Writing to a String cannot fail.
        let _ = write!(
            path,
            "M{} {}v{}",
            column * COLUMN + COLUMN / 2,
            MIDDLE - half,
            2 * half
        );
    }
    path
}
