//! The views in a browser, over the very `index.html` that is served.

use super::{chart, mount};
use crate::{browser, rest::Rest};
use atomine_app::{
    Model, Msg, Route, WalletId,
    player::PlayerMsg,
    view::{
        Card, Fact, Find, MineButton, Notice, Page, SetAside, SetAsideFind, Tone, WalletChoice,
    },
};
use atomine_protocol::{Atom, AtomHash, Nonce, TokenId};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

const INDEX: &str = include_str!("../../../../www/index.html");

/// The document of `index.html` with a view on it, beside the test runner's own elements.
struct Stage {
    document: Document,
    body: Element,
    view: super::View,
    heard: Rc<RefCell<Vec<Msg>>>,
}

impl Stage {
    fn new() -> Self {
        let document = browser::document().unwrap();
        let body = document.create_element("div").unwrap();
        body.set_inner_html(INDEX);
        document.body().unwrap().append_child(&body).unwrap();
        let heard = Rc::<RefCell<Vec<Msg>>>::default();
        let ear = Rc::clone(&heard);
        let dispatch: Rc<dyn Fn(Msg)> = Rc::new(move |msg| ear.borrow_mut().push(msg));
        let rest = Rc::new(Rest::new(Rc::clone(&dispatch), None));
        let view = mount(dispatch, rest).unwrap();
        Self {
            document,
            body,
            view,
            heard,
        }
    }

    fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.body.query_selector_all(selector).unwrap();
        (0..found.length())
            .map(|index| found.item(index).unwrap().unchecked_into())
            .collect()
    }

    fn one(&self, selector: &str) -> HtmlElement {
        let mut found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector}");
        found.remove(0)
    }

    fn text(&self, selector: &str) -> String {
        self.one(selector).text_content().unwrap()
    }

    fn heard(&self) -> Vec<Msg> {
        self.heard.take()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.body.remove();
    }
}

fn page() -> Page {
    atomine_app::view::page(&Model::new())
}

fn notice(id: u32, tone: Tone) -> Notice {
    Notice {
        id,
        tone,
        what: format!("Notice {id}."),
        remedy: String::new(),
        details: String::new(),
        retry: false,
    }
}

fn find(byte: u8) -> Find {
    Find {
        id: Nonce::from([byte; 32]),
        tone: Tone::Good,
        headline: format!("Find {byte}"),
        status: String::new(),
        mint: Some("Mint".to_owned()),
        facts: vec![Fact {
            label: "Account".to_owned(),
            value: "0x00".to_owned(),
        }],
        transaction: Some("0x01".to_owned()),
        transaction_url: None,
        can_discard: true,
        preview: None,
    }
}

fn card(link: Option<&str>) -> Card {
    Card {
        atom: Atom {
            id: TokenId::GENESIS,
            hash: AtomHash::default(),
        },
        link: link.map(str::to_owned),
        name: "#4 Helium".to_owned(),
        symbol: "He".to_owned(),
        charge: String::new(),
        generation: "Generation 2".to_owned(),
        colours: ["#ff0000".to_owned(), "#0000ff".to_owned()],
        svg: "<svg xmlns='http://www.w3.org/2000/svg'/>".to_owned(),
    }
}

#[wasm_bindgen_test]
fn one_page_is_shown_and_its_link_is_marked() {
    let mut stage = Stage::new();
    let mut page = page();
    for (route, id) in [
        (Route::Mine, "page-mine"),
        (Route::Atoms, "page-atoms"),
        (Route::NotFound, "page-not-found"),
    ] {
        page.route = route;
        stage.view.show(&page);
        assert_eq!(stage.one("main > section:not([hidden])").id(), id);
    }
    page.route = Route::Atoms;
    stage.view.show(&page);
    assert_eq!(stage.one("nav [aria-current=page]").id(), "nav-atoms");
    assert_eq!(
        stage.document.active_element().unwrap().id(),
        "atoms-title",
        "a new page's headline takes the focus"
    );
    assert!(stage.one("#boot").has_attribute("hidden"));
}

#[wasm_bindgen_test]
fn the_button_says_what_it_does_and_does_nothing_while_unavailable() {
    let mut stage = Stage::new();
    let mut page = page();
    for (button, label, expected) in [
        (MineButton::Start, "Mine", vec![Msg::StartClicked]),
        (MineButton::TakeOver, "Mine here", vec![Msg::StartClicked]),
        (MineButton::Stop, "Stop", vec![Msg::StopClicked]),
        (MineButton::Unavailable, "Mine", vec![]),
    ] {
        page.mine.button = button;
        stage.view.show(&page);
        assert_eq!(stage.text("#mine-button"), label);
        stage.one("#mine-button").click();
        assert_eq!(stage.heard(), expected);
    }
}

#[wasm_bindgen_test]
fn items_that_stay_keep_their_elements_and_the_focus() {
    let mut stage = Stage::new();
    let mut page = page();
    page.notices = vec![notice(2, Tone::Bad), notice(1, Tone::Bad)];
    stage.view.show(&page);
    let kept = stage.one("[data-key='2']");
    stage.one("[data-key='2'] .close").focus().unwrap();
    page.notices = vec![notice(3, Tone::Bad), notice(2, Tone::Bad)];
    stage.view.show(&page);
    let texts: Vec<_> = stage
        .all("#notices-alert .what")
        .iter()
        .map(|what| what.text_content().unwrap())
        .collect();
    assert_eq!(texts, ["Notice 3.", "Notice 2."]);
    assert!(stage.one("[data-key='2']").is_same_node(Some(&kept)));
    assert!(kept.contains(stage.document.active_element().as_deref()));
}

#[wasm_bindgen_test]
fn a_list_of_thousands_grows_and_is_put_in_order() {
    let mut stage = Stage::new();
    let mut page = page();
    page.route = Route::Atoms;
    let cards: Vec<Rc<Card>> = (0..2_000)
        .map(|number| Rc::new(card(Some(&format!("#/practice/{number}")))))
        .collect();
    let keys = |stage: &Stage| {
        let items = stage.all("#atoms-mine > li").into_iter();
        items
            .map(|item| item.get_attribute("data-key").unwrap())
            .collect::<Vec<_>>()
    };
    let links = |cards: &[Rc<Card>]| {
        let links = cards.iter().map(|card| card.link.clone().unwrap());
        links.collect::<Vec<_>>()
    };
    for range in [0..1_000, 0..2_000, 500..1_500] {
        page.atoms.mine = cards[range].to_vec();
        stage.view.show(&page);
        assert_eq!(keys(&stage), links(&page.atoms.mine));
    }
    page.atoms.mine.reverse();
    stage.view.show(&page);
    assert_eq!(keys(&stage), links(&page.atoms.mine));
}

#[wasm_bindgen_test]
fn only_failures_interrupt() {
    let mut stage = Stage::new();
    let mut page = page();
    page.notices = vec![
        notice(3, Tone::Bad),
        notice(2, Tone::Warning),
        notice(1, Tone::Good),
    ];
    stage.view.show(&page);
    assert_eq!(stage.all("[role=alert] .notice").len(), 1);
    assert_eq!(stage.all("[role=status] .notice").len(), 2);
    stage.one("[data-key='2'] .close").click();
    assert_eq!(stage.heard(), [Msg::NoticeClosed(2)]);
}

#[wasm_bindgen_test]
fn buttons_speak_for_their_own_find() {
    let mut stage = Stage::new();
    let mut page = page();
    page.finds = vec![find(1), find(2)];
    stage.view.show(&page);
    let mint = stage.all("#finds .mint");
    assert_eq!(mint.len(), 2);
    mint[1].click();
    assert_eq!(stage.heard(), [Msg::MintClicked(page.finds[1].id)]);
}

#[wasm_bindgen_test]
fn a_find_is_thrown_away_only_after_a_second_question_a_minted_one_at_once() {
    let mut stage = Stage::new();
    let mut page = page();
    page.finds = vec![find(1)];
    stage.view.show(&page);
    stage.one(".discard").click();
    assert_eq!(stage.heard(), []);
    assert!(stage.one("#discard-dialog").has_attribute("open"));

    page.finds[0].preview = Some(card(Some("#/atoms")));
    stage.view.show(&page);
    assert_eq!(stage.text(".discard"), "Done");
    stage.one(".discard").click();
    assert_eq!(stage.heard(), [Msg::DiscardFindClicked(page.finds[0].id)]);
}

#[wasm_bindgen_test]
fn what_is_set_aside_is_folded_away_and_thrown_away_only_after_a_second_question() {
    let mut stage = Stage::new();
    let mut page = page();
    stage.view.show(&page);
    assert!(stage.one("#set-aside").has_attribute("hidden"));
    let aside = |byte: u8, link: Option<&str>| SetAsideFind {
        id: Nonce::from([byte; 32]),
        headline: format!("#{byte} of Demo"),
        reason: "It is settled.".to_owned(),
        link: link.map(str::to_owned),
    };
    page.set_aside = Some(SetAside {
        summary: "Set aside: 2 finds".to_owned(),
        finds: vec![aside(2, Some("#/atoms")), aside(1, None)],
    });
    stage.view.show(&page);
    assert!(!stage.one("#set-aside").has_attribute("hidden"));
    assert!(!stage.one("#set-aside").has_attribute("open"));
    assert_eq!(stage.text("#set-aside summary"), "Set aside: 2 finds");
    let links = stage.all("#set-aside a");
    assert_eq!(links[0].get_attribute("href").as_deref(), Some("#/atoms"));
    assert!(!links[1].has_attribute("href"));
    stage.all("#set-aside button")[1].click();
    assert_eq!(stage.heard(), []);
    assert!(stage.one("#discard-dialog").has_attribute("open"));
}

#[wasm_bindgen_test]
fn a_notice_offers_to_try_again_where_that_helps() {
    let mut stage = Stage::new();
    let mut page = page();
    page.notices = vec![notice(2, Tone::Warning), notice(1, Tone::Warning)];
    page.notices[1].retry = true;
    stage.view.show(&page);
    stage.one(".retry:not([hidden])").click();
    assert_eq!(stage.heard(), [Msg::RetryClicked]);
}

#[wasm_bindgen_test]
fn foreign_text_stays_text_and_foreign_addresses_lead_nowhere() {
    let mut stage = Stage::new();
    let mut page = page();
    page.wallet.choices = vec![WalletChoice {
        id: WalletId("w".to_owned()),
        name: "<b>bold</b>".to_owned(),
        icon: Some("https://example.com/tracker.png".to_owned()),
    }];
    page.finds = vec![find(1)];
    page.finds[0].transaction_url = Some("javascript:alert(1)".to_owned());
    page.atoms.newest = vec![Rc::new(card(Some("javascript:alert(1)")))];
    stage.view.show(&page);
    assert_eq!(stage.text("#wallet-list span"), "<b>bold</b>");
    assert!(!stage.one("#wallet-list img").has_attribute("src"));
    assert!(!stage.one(".transaction a").has_attribute("href"));
    assert!(!stage.one("#atoms-newest a").has_attribute("href"));
    stage.one("#wallet-list button").click();
    assert_eq!(
        stage.heard(),
        [Msg::ConnectClicked(WalletId("w".to_owned()))]
    );
}

#[wasm_bindgen_test]
async fn opening_the_list_of_wallets_looks_for_more_of_them() {
    let stage = Stage::new();
    let panel = stage.one("#wallet-panel");
    for turn in [HtmlElement::show_popover, HtmlElement::hide_popover] {
        turn(&panel).unwrap();
        browser::sleep_ms(100).await.unwrap();
    }
    assert_eq!(
        stage.heard(),
        [Msg::WalletListOpened],
        "and closing it does not"
    );
}

#[wasm_bindgen_test]
fn a_slider_is_left_alone_while_the_model_keeps_its_value() {
    let mut stage = Stage::new();
    let mut page = page();
    (page.mine.cores, page.mine.cores_max) = (2, 8);
    stage.view.show(&page);
    let cores = stage
        .one("#cores")
        .unchecked_into::<web_sys::HtmlInputElement>();
    cores.set_value("5");
    "1 MH/s".clone_into(&mut page.mine.rate);
    stage.view.show(&page);
    assert_eq!(cores.value(), "5");
    page.mine.cores = 3;
    stage.view.show(&page);
    assert_eq!(cores.value(), "3");
    assert_eq!(stage.text("#cores-text"), "3 of 8");
    assert_eq!(stage.all("#electrons circle").len(), 3);
}

#[wasm_bindgen_test]
fn the_chart_ends_at_the_newest_second_and_holds_two_minutes() {
    assert_eq!(chart::rate_path(&[]), "");
    assert_eq!(
        chart::rate_path(&[1.0, 2.0]),
        "M1195 400v-380M1185 400v-190"
    );
    assert_eq!(chart::rate_path(&[0.0]), "M1195 400v-6");
    assert_eq!(chart::rate_path(&[1.0; 500]).matches('M').count(), 120);
}

#[wasm_bindgen_test]
fn the_dial_lights_as_much_as_the_chance() {
    assert_eq!(chart::lit_graduations(0.0), "0 120");
    assert_eq!(chart::lit_graduations(0.025).matches(".22 .78").count(), 3);
    assert_eq!(chart::lit_graduations(7.0).matches(".22 .78").count(), 120);
    assert_eq!(chart::percent(f64::NAN), 0);
    assert_eq!(chart::percent(0.634), 63);
}

#[wasm_bindgen_test]
fn a_tiles_button_plays_its_atom_and_pauses_it_while_it_plays() {
    let mut stage = Stage::new();
    let mut page = page();
    let card = card(Some("#/practice/1/0x00"));
    let atom = card.atom;
    page.atoms.mine = vec![Rc::new(card)];
    stage.view.show(&page);
    let button = stage.one("#atoms-mine .play");
    assert_eq!(
        button.get_attribute("aria-label").unwrap(),
        "Play #4 Helium"
    );
    button.click();
    let clicked = Msg::Player(PlayerMsg::PlayClicked(atom));
    assert_eq!(stage.heard(), [clicked]);
    page.playing = Some(atom);
    stage.view.show(&page);
    assert_eq!(
        button.get_attribute("aria-label").unwrap(),
        "Pause #4 Helium"
    );
}
