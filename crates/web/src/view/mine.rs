//! The mining panel.

use super::{
    card, chart,
    dom::{Finder, List, part, set_attribute, set_flag, set_shown, set_text},
    header::set_options,
};
use crate::WebError;
use atomine_app::view::{Fact, Gpu, Mine, MineButton, Page, WalletState};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

/// The panel's elements.
pub(super) struct MinePanel {
    document: Document,
    dial: Element,
    dial_lit: Element,
    electrons: Element,
    button: Element,
    status: Element,
    connect: Element,
    newest: Element,
    rate: Element,
    rate_unit: Element,
    rate_path: Element,
    rate_60s: Element,
    best: Element,
    total: Element,
    odds: Element,
    chance: HtmlElement,
    chance_light: HtmlElement,
    chance_text: Element,
    facts: List,
    cores: Slider,
    power: Slider,
    gpu: HtmlInputElement,
    gpu_power: Slider,
    gpu_text: Element,
    practice: Element,
    practice_generation: HtmlSelectElement,
    sound: HtmlInputElement,
    notifications: HtmlInputElement,
    details: Element,
}

impl MinePanel {
    pub(super) fn new(page: &Finder) -> Self {
        Self {
            document: page.document(),
            dial: page.find("#dial"),
            dial_lit: page.find("#dial-lit"),
            electrons: page.find("#electrons"),
            button: page.find("#mine-button"),
            status: page.find("#mine-status"),
            connect: page.find("#mine-connect"),
            newest: page.find("#mine-newest"),
            rate: page.find("#rate"),
            rate_unit: page.find("#rate-unit"),
            rate_path: page.find("#rate-path"),
            rate_60s: page.find("#rate-60s"),
            best: page.find("#best"),
            total: page.find("#total"),
            odds: page.find("#odds"),
            chance_light: page.find("#chance .light"),
            chance: page.find("#chance"),
            chance_text: page.find("#chance-text"),
            facts: page.list("#mine-facts", "#t-fact"),
            cores: Slider::new(page, "#cores", "#cores-text"),
            power: Slider::new(page, "#power", "#power-text"),
            gpu: page.find("#gpu"),
            gpu_power: Slider::new(page, "#gpu-power", "#gpu-power-text"),
            gpu_text: page.find("#gpu-text"),
            practice: page.find("#practice-control"),
            practice_generation: page.find("#practice-generation"),
            sound: page.find("#sound"),
            notifications: page.find("#notifications"),
            details: page.find("#details"),
        }
    }

    pub(super) fn show(&self, old: Option<&Mine>, page: &Page) -> Result<(), WebError> {
        let new = &page.mine;
        self.show_button(new)?;
        set_shown(
            &self.connect,
            new.practice.is_none() && matches!(page.wallet.state, WalletState::None),
        )?;
        self.show_newest(old, new)?;
        self.show_rate(old, new)?;
        set_text(&self.odds, &new.odds);
        if old.is_none_or(|old| {
            old.chance.to_bits() != new.chance.to_bits() || old.chance_text != new.chance_text
        }) {
            self.show_chance(new)?;
        }
        show_facts(&self.facts, old.map_or(&[], |old| &old.facts), &new.facts)?;
        self.show_controls(old, new)
    }

    fn show_button(&self, new: &Mine) -> Result<(), WebError> {
        let running = new.button == MineButton::Stop;
        let label = match new.button {
            MineButton::Stop => "Stop",
            MineButton::TakeOver => "Mine here",
            MineButton::Start | MineButton::Unavailable => "Mine",
        };
        set_text(&self.button, label);
        set_flag(&self.button, "data-latched", running)?;
        // Not `disabled`: the button keeps the focus, and its description says why it does nothing.
        let unavailable = new.button == MineButton::Unavailable;
        set_attribute(&self.button, "aria-disabled", unavailable.then_some("true"))?;
        // The electrons move only while hashes are computed: mining rests, for example, until a find is settled.
        let hashing = running && new.rate_history.last().is_some_and(|rate| *rate > 0.0);
        set_flag(&self.dial, "data-mining", hashing)?;
        set_text(&self.status, &new.status);
        Ok(())
    }

    fn show_newest(&self, old: Option<&Mine>, new: &Mine) -> Result<(), WebError> {
        set_shown(&self.newest, new.newest.is_some())?;
        match &new.newest {
            Some(card) if old.is_none_or(|old| old.newest != new.newest) => {
                card::fill(&part(&self.newest, ".card")?, card)
            }
            _ => Ok(()),
        }
    }

    fn show_rate(&self, old: Option<&Mine>, new: &Mine) -> Result<(), WebError> {
        let (figure, unit) = new
            .rate
            .rsplit_once(char::is_whitespace)
            .unwrap_or((&new.rate, ""));
        set_text(&self.rate, if figure.is_empty() { "–" } else { figure });
        set_text(&self.rate_unit, unit);
        set_text(&self.rate_60s, &new.rate_60s);
        set_text(&self.best, &new.best);
        set_text(&self.total, &new.total);
        if old.is_none_or(|old| old.rate_history != new.rate_history) {
            self.rate_path
                .set_attribute("d", &chart::rate_path(&new.rate_history))?;
        }
        Ok(())
    }

    fn show_chance(&self, new: &Mine) -> Result<(), WebError> {
        let percent = chart::percent(new.chance);
        set_attribute(&self.chance, "aria-valuenow", Some(&percent.to_string()))?;
        set_attribute(
            &self.chance,
            "aria-valuetext",
            Some(&new.chance_text)
                .filter(|text| !text.is_empty())
                .map(String::as_str),
        )?;
        self.chance_light
            .style()
            .set_property("--lit", &format!("{percent}%"))?;
        set_text(&self.chance_text, &new.chance_text);
        set_attribute(
            &self.dial_lit,
            "stroke-dasharray",
            Some(&chart::lit_graduations(new.chance)),
        )
    }

    fn show_gpu(&self, old: Option<&Gpu>, new: &Gpu) {
        self.gpu.set_checked(new.on);
        self.gpu.set_disabled(!new.available);
        self.gpu_power.input.set_disabled(!new.on);
        if old.is_none_or(|old| old.power != new.power) {
            self.gpu_power.show(u32::from(new.power));
        }
        set_text(&self.gpu_text, &new.text);
    }

    fn show_controls(&self, old: Option<&Mine>, new: &Mine) -> Result<(), WebError> {
        if old.is_none_or(|old| (old.cores, old.cores_max) != (new.cores, new.cores_max)) {
            self.cores.input.set_max(&new.cores_max.max(1).to_string());
            self.cores.show(new.cores);
            chart::show_electrons(&self.document, &self.electrons, new.cores)?;
        }
        if old.is_none_or(|old| old.power != new.power) {
            self.power.show(u32::from(new.power));
        }
        self.show_gpu(old.map(|old| &old.gpu), &new.gpu);
        set_shown(&self.practice, new.practice.is_some())?;
        if let Some(choices) = &new.practice
            && old.is_none_or(|old| old.practice.as_ref() != Some(choices))
        {
            let options = choices
                .iter()
                .map(|choice| (choice.label.clone(), choice.selected));
            set_options(&self.document, &self.practice_generation, options)?;
        }
        self.sound.set_checked(new.sound);
        self.notifications.set_checked(new.notifications);
        set_text(&self.details, &new.details);
        Ok(())
    }
}

/// Facts as rows of a `<dl>`, kept in step by their labels.
///
/// # Errors
/// [`WebError::Missing`] when the template is not the one this was built for.
pub(super) fn show_facts(list: &List, old: &[Fact], new: &[Fact]) -> Result<(), WebError> {
    list.show(
        old,
        new,
        |fact| fact.label.clone(),
        |row, fact| {
            set_text(&part::<Element>(row, "dt")?, &fact.label);
            let value: Element = part(row, "dd")?;
            set_text(&value, &fact.value);
            // Hashes and addresses are read digit by digit.
            set_attribute(
                &value,
                "class",
                fact.value.starts_with("0x").then_some("number"),
            )
        },
    )
}

/// A range input and the text that says its value.
struct Slider {
    input: HtmlInputElement,
    text: Element,
}

impl Slider {
    fn new(page: &Finder, input: &'static str, text: &'static str) -> Self {
        Self {
            input: page.find(input),
            text: page.find(text),
        }
    }

    fn show(&self, value: u32) {
        self.input.set_value(&value.to_string());
        set_text(&self.text, &slider_text(&self.input));
    }
}

/// What a slider's value means: `3 of 8` for cores, `70 %` for power.
pub(super) fn slider_text(input: &HtmlInputElement) -> String {
    if input.id() == "cores" {
        format!("{} of {}", input.value(), input.max())
    } else {
        format!("{} %", input.value())
    }
}
