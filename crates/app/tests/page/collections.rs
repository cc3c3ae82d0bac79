//! Which collections there are, and which is selected.

use crate::visit::{ALICE, BOB, CATALOGUE, Visit, demo, pow_nft, state};
use atomine_app::view::MineButton;
use atomine_app::{Effect, Failure, Kernel, Msg, Route, Settings, Stored, Timer};
use atomine_chain::{ChainError, Collection, Kind};

const QUERY: &str = "?collection=31337:0x0000000000000000000000000000000000000b0b";

fn brought() -> Collection {
    Collection {
        name: "Bob's\n own".into(),
        kind: Kind::Atomine,
        address: BOB,
        chain: demo().chain,
        marketplace: None,
    }
}

fn with_query(query: &str) -> Visit {
    Visit::starting(query, Ok(CATALOGUE.into()), Ok(Stored::default()))
}

fn selected(visit: &Visit) -> String {
    let choices = visit.page().collections.into_iter();
    let selected = choices.filter(|choice| choice.selected);
    selected.map(|choice| choice.name).collect()
}

fn selecting(settings: Settings) -> Visit {
    Visit::with(Stored {
        settings: Some(settings),
        ..Stored::default()
    })
}

#[test]
fn a_first_visit_starts_with_the_first_of_the_list() {
    let visit = Visit::first();
    let page = visit.page();
    let shown = page.collections.iter();
    let shown: Vec<String> = shown
        .map(|choice| format!("{}, {}", choice.name, choice.place))
        .collect();
    assert_eq!(
        shown,
        [
            "Demo, Local",
            "POW NFT, Ethereum",
            "Practice, no chain, no wallet"
        ]
    );
    assert_eq!(selected(&visit), "Demo");
    assert!(visit.reads_state());
}

#[test]
fn a_later_visit_starts_where_the_last_one_ended() {
    let last = Settings {
        selected: Some(pow_nft().key()),
        ..Settings::default()
    };
    assert_eq!(selected(&selecting(last)), "POW NFT");
    let practice = Settings {
        practice: true,
        selected: Some(pow_nft().key()),
        ..Settings::default()
    };
    assert_eq!(selected(&selecting(practice)), "Practice");
    let gone = Settings {
        selected: Some(brought().key()),
        ..Settings::default()
    };
    assert_eq!(selected(&selecting(gone)), "Demo");
}

#[test]
fn a_broken_list_leaves_practice_and_says_what_to_do() {
    for json in ["", "{}", "<html>", "[]", r#"[{"name": "half"}]"#] {
        let visit = Visit::starting("", Ok(json.into()), Ok(Stored::default()));
        assert_eq!(selected(&visit), "Practice");
        assert!(visit.notice().contains("Practice works without it"));
        assert!(!visit.page().notices[0].details.is_empty());
        assert_eq!(visit.page().mine.button, MineButton::Start);
    }
}

#[test]
fn a_contract_of_the_address_line_is_looked_at_first_and_then_called_what_it_is() {
    let mut visit = with_query(QUERY);
    let looked_at =
        |effect: &Effect| matches!(effect, Effect::Identify(key, _) if *key == brought().key());
    assert!(visit.did(looked_at));
    assert!(visit.page().mine.status.contains("Looking at the contract"));
    assert_eq!(visit.page().mine.button, MineButton::Unavailable);
    visit.send(Msg::Identified {
        result: Ok(brought()),
    });
    assert_eq!(selected(&visit), "Bob's own");
    assert!(visit.reads_state());
    assert!(visit.notice().contains("nobody has checked it"));
    let choices = visit.page().collections;
    assert!(choices[2].place.contains("brought by you"));
}

#[test]
fn a_contract_that_is_none_is_refused_and_the_list_is_still_there() {
    for error in [
        ChainError::NoContract,
        ChainError::NotACollection("no work()".into()),
    ] {
        let mut visit = with_query(QUERY);
        visit.send(Msg::Identified { result: Err(error) });
        assert_eq!(selected(&visit), "Demo");
        assert_eq!(visit.page().notices.len(), 1);
    }
}

/// The visitor asked for this collection: another one is no answer, and the node may be back in a moment.
#[test]
fn a_contract_that_could_not_be_looked_at_is_looked_at_again_by_itself_and_by_hand() {
    for error in [
        ChainError::Unreachable("down".into()),
        ChainError::Nonsense("<html>".into()),
        ChainError::WrongChain {
            expected: 31_337,
            actual: 1,
        },
    ] {
        let looks = |effect: &Effect| matches!(effect, Effect::Identify(key, chain) if *key == brought().key() && chain.id == 31_337);
        let mut visit = with_query(QUERY);
        let fails = Msg::Identified { result: Err(error) };
        let mut pauses = Vec::new();
        for _ in 0..3 {
            visit.send(fails.clone());
            assert_eq!(selected(&visit), "");
            pauses.push(visit.timer_ms(Timer::Poll).unwrap());
            visit.fire(Timer::Poll);
            assert!(visit.did(looks));
        }
        assert_eq!(pauses, [8_000, 16_000, 32_000], "as all other reads");
        visit.send(fails);
        assert!(visit.page().notices[0].retry);
        visit.send(Msg::RetryClicked);
        assert!(visit.did(looks));
        visit.send(Msg::Identified {
            result: Ok(brought()),
        });
        assert_eq!(selected(&visit), "Bob's own");
        assert_eq!(visit.page().notices.len(), 1, "that it was brought along");
    }
}

/// Only a wallet can read a chain that the page knows no node of.
#[test]
fn a_contract_on_a_chain_without_a_node_asks_for_a_wallet_on_it() {
    for error in [
        ChainError::Unreachable("no wallet is connected".into()),
        ChainError::WrongChain {
            expected: 424_242,
            actual: 1,
        },
    ] {
        let mut visit = with_query("?collection=424242:0x0000000000000000000000000000000000000b0b");
        visit.send(Msg::Identified { result: Err(error) });
        let words = "This page knows no node of network 424242. Connect a wallet that is on it";
        assert!(visit.notice().starts_with(words), "{}", visit.notice());
        assert!(visit.page().mine.status.starts_with(words));
    }
}

#[test]
fn another_contract_than_the_one_asked_for_is_not_believed() {
    let mut visit = with_query(QUERY);
    visit.send(Msg::Identified {
        result: Ok(Collection {
            address: ALICE,
            ..brought()
        }),
    });
    assert_eq!(selected(&visit), "");
    assert!(visit.notice().contains("cannot be true"));
}

#[test]
fn a_listed_collection_in_the_address_line_is_simply_selected() {
    let key = pow_nft().key();
    let visit = with_query(&format!("?collection=1:{}", key.address));
    assert_eq!(selected(&visit), "POW NFT");
    assert!(visit.page().notices.is_empty());
}

#[test]
fn a_mistyped_address_line_is_explained() {
    for query in ["?collection=1:0x12", "?collection=x", "?collection="] {
        let visit = with_query(query);
        assert!(visit.notice().contains("Write ?collection="), "{query}");
        assert_eq!(selected(&visit), "Demo");
    }
}

#[test]
fn the_visitors_own_collection_is_there_next_time() {
    let own = Settings {
        custom: Some(brought()),
        selected: Some(brought().key()),
        ..Settings::default()
    };
    let visit = selecting(own);
    assert_eq!(visit.page().collections.len(), 4);
    assert!(visit.reads_state());
}

#[test]
fn unknown_collections_cannot_be_chosen() {
    let mut visit = Visit::first();
    visit.send(Msg::CollectionChosen(brought().key()));
    assert_eq!(selected(&visit), "Demo");
}

#[test]
fn answers_for_a_collection_that_is_no_longer_selected_are_ignored() {
    let mut visit = Visit::first();
    visit.send(Msg::CollectionChosen(pow_nft().key()));
    visit.state_answered(demo().key(), Ok(state(17)));
    assert!(visit.page().mine.facts.is_empty());
    visit.state_answered(pow_nft().key(), Ok(state(9_000)));
    assert_eq!(visit.page().mine.facts[0].value, "#9000");
}

#[test]
fn choosing_a_collection_leaves_the_page_of_another_ones_atom() {
    let mut visit = Visit::first();
    let address = demo().address;
    visit.send(Msg::FragmentChanged(format!("#/atom/31337/{address}/3")));
    visit.send(Msg::CollectionChosen(pow_nft().key()));
    assert!(visit.did(|effect| *effect == Effect::Navigate(Route::Mine)));
    visit.send(Msg::FragmentChanged("#/atoms".into()));
    visit.send(Msg::CollectionChosen(demo().key()));
    assert!(!visit.did(|effect| matches!(effect, Effect::Navigate(_))));
}

#[test]
fn a_node_that_fails_is_explained_and_asked_again_by_itself_and_by_hand() {
    for (error, words) in [
        (ChainError::Unreachable("down".into()), "does not answer"),
        (ChainError::Nonsense("<html>".into()), "cannot be true"),
        (ChainError::NoContract, "no contract"),
        (
            ChainError::WrongChain {
                expected: 31_337,
                actual: 1,
            },
            "network 1 instead of 31337",
        ),
    ] {
        let mut visit = Visit::first();
        visit.connect(&[ALICE], 31_337);
        visit.state_answered(demo().key(), Err(error));
        assert!(visit.notice().contains(words), "{}", visit.notice());
        assert!(visit.timer_ms(Timer::Poll).is_some());
        assert!(visit.page().notices[0].what.ends_with('.'));
        visit.mine();
        assert!(visit.page().mine.status.contains(words));
        assert!(visit.page().notices[0].retry);
        visit.send(Msg::RetryClicked);
        assert!(visit.reads_state());
    }
}

#[test]
fn a_read_that_is_never_answered_is_asked_again() {
    let mut visit = Visit::first();
    assert_eq!(visit.timer_ms(Timer::Poll), Some(30_000));
    visit.after(30_000).fire(Timer::Poll);
    assert!(visit.reads_state());
}

#[test]
fn the_page_starts_once() {
    let mut visit = Visit::first();
    visit.send(Msg::Started {
        hardware_concurrency: 8,
        webgpu: false,
        kernels: Kernel::runnable(false, false),
        fragment: "#/atoms".into(),
        query: String::new(),
        collections_json: Err(Failure("again".into())),
        stored: Err(Failure("again".into())),
    });
    assert!(visit.page().notices.is_empty());
    assert_eq!(visit.page().mine.cores_max, 4);
}

#[test]
fn notices_can_be_closed() {
    let mut visit = with_query("?collection=x");
    let id = visit.page().notices[0].id;
    visit.send(Msg::NoticeClosed(id));
    assert!(visit.page().notices.is_empty());
}
