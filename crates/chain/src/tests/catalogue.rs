use crate::mock::collection;
use crate::rpc_url::is_safe_url;
use crate::{CatalogueError, Chain, Kind, parse_catalogue, parse_collection_query};
use alloy_primitives::address;
use serde_json::{Value, json};

const COMMITTED: &str = include_str!("../../../../www/collections.json");
const POWNFT: &str = "0x9Abb7BdDc43FA67c76a62d8C016513827f59bE1b";

fn entry() -> Value {
    json!({
        "name": "Atoms",
        "kind": "atomine",
        "address": POWNFT,
        "chain": {
            "id": 31337,
            "name": "Local",
            "currency": "ETH",
            "rpcs": ["http://127.0.0.1:8545"],
        },
    })
}

/// Why a list with this one entry, changed, is refused.
fn refused(change: impl Fn(&mut Value)) -> String {
    let mut entry = entry();
    change(&mut entry);
    match parse_catalogue(&json!([entry]).to_string()) {
        Err(CatalogueError::BadEntry { number: 1, reason }) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_committed_list_has_pow_nft_on_mainnet() {
    let collections = parse_catalogue(COMMITTED).unwrap();
    let [pownft] = collections.as_slice() else {
        panic!("{collections:?}");
    };
    assert_eq!(pownft.kind, Kind::PownftV3);
    assert_eq!(
        pownft.address,
        address!("9abb7bddc43fa67c76a62d8c016513827f59be1b")
    );
    assert_eq!(pownft.chain.id, 1);
    assert!(pownft.chain.rpcs.len() >= 3);
}

#[test]
fn a_list_that_serde_wrote_is_read() {
    let written: Vec<_> = [Kind::Atomine, Kind::PownftV3].map(collection).into();
    for one in written {
        let list = serde_json::to_string(&[&one]).unwrap();
        assert_eq!(parse_catalogue(&list), Ok(vec![one]));
    }
}

#[test]
fn explorer_and_marketplace_may_be_missing() {
    let collections = parse_catalogue(&json!([entry()]).to_string()).unwrap();
    assert_eq!(collections[0].chain.explorer, None);
    assert_eq!(collections[0].marketplace, None);
}

#[test]
fn what_is_no_list_is_said_plainly() {
    let error = |json: &str| parse_catalogue(json).unwrap_err();
    for broken in ["", "[", "<html>", "[{}", "\u{0}"] {
        assert!(
            matches!(error(broken), CatalogueError::NotJson(_)),
            "{broken}"
        );
    }
    assert_eq!(error("{}"), CatalogueError::NotAList);
    assert_eq!(error("null"), CatalogueError::NotAList);
    assert_eq!(error("[]"), CatalogueError::Empty);
    assert_eq!(
        error(&json!(vec![entry(); 51]).to_string()),
        CatalogueError::TooMany
    );
}

#[test]
fn every_flaw_of_an_entry_is_named() {
    let long = "x".repeat(61);
    for (path, value, words) in [
        (
            "/kind",
            json!("erc20"),
            r#"must be "atomine" or "pownft-v3", not "erc20""#,
        ),
        ("/name", json!(""), "name cannot be read"),
        ("/name", json!("a\nb"), "name cannot be read"),
        ("/name", json!(long), "longer than 60"),
        ("/address", json!("0x12"), "address is not one"),
        ("/address", json!(POWNFT.replace("Abb", "aBb")), "mistyped"),
        (
            "/address",
            json!(format!("0x{}", "0".repeat(40))),
            "address is not one",
        ),
        ("/address", json!(7), "collection's address must be a text"),
        ("/chain/id", json!(0), "id must be a whole number"),
        ("/chain/id", json!(-1), "id must be a whole number"),
        ("/chain/name", json!(long), "chain's name is longer"),
        ("/chain/currency", json!("DOLLARS"), "longer than 6"),
        ("/chain/rpcs", json!([]), "1 to 10 RPCs"),
        (
            "/chain/rpcs",
            json!(vec!["https://a.example"; 11]),
            "1 to 10 RPCs",
        ),
        (
            "/chain/rpcs/0",
            json!("http://node.example"),
            "RPC must be an https address",
        ),
        ("/chain", json!([]), "chain must be an object"),
        ("/chain/rpcs", json!("https://a.example"), "1 to 10 RPCs"),
        (
            "/chain/rpcs/0",
            json!("ws://a.example"),
            "RPC must be an https address",
        ),
        ("/chain/rpcs/0", json!(7), "RPC must be an https address"),
        (
            "/chain/rpcs/0",
            json!("ws://127.0.0.1:8545"),
            "the chain needs an RPC over https",
        ),
    ] {
        let reason = refused(|entry| *entry.pointer_mut(path).unwrap() = value.clone());
        assert!(reason.contains(words), "{path}: {reason}");
    }
    let script = json!("javascript:alert(1)");
    assert!(refused(|entry| entry["marketplace"] = script.clone()).contains("marketplace"));
    assert!(refused(|entry| entry["chain"]["explorer"] = script.clone()).contains("explorer"));
    assert!(refused(|entry| entry["colour"] = json!("red")).contains(r#"unknown field "colour""#));
    let lacking = |entry: &mut Value| {
        entry.as_object_mut().unwrap().remove("kind");
    };
    assert!(refused(lacking).contains(r#"collection needs a field "kind""#));
    assert!(refused(|entry| *entry = json!(7)).contains("must be an object"));
}

#[test]
fn a_collection_is_listed_once_and_a_chain_described_one_way() {
    let second = |change: fn(&mut Value)| {
        let mut other = entry();
        change(&mut other);
        parse_catalogue(&json!([entry(), other]).to_string())
    };
    let twice = second(|other| other["address"] = json!(POWNFT.to_ascii_lowercase())).unwrap_err();
    assert!(
        twice
            .to_string()
            .contains("collection 2 in collections.json: it is in the list twice")
    );
    let other = second(|other| {
        other["address"] = json!(format!("0x{}", "1".repeat(40)));
        other["chain"]["currency"] = json!("GO");
    });
    assert!(
        other
            .unwrap_err()
            .to_string()
            .contains("described differently")
    );
    assert!(second(|other| other["chain"]["id"] = json!(2)).is_ok());
}

#[test]
fn urls_that_may_be_contacted() {
    for good in [
        "https://node.example",
        "https://node.example:8443/path?key=x#y",
        "http://localhost:8545",
        "http://127.0.0.1",
        "http://[::1]:8545/",
    ] {
        assert!(is_safe_url(good), "{good}");
    }
    for bad in [
        "",
        "https://",
        "https:///path",
        "https://:80",
        "node.example",
        "//node.example",
        "http://node.example",
        "http://localhost.example",
        "http://127.0.0.1.example",
        "http://127.0.0.1@node.example",
        "https://user@node.example",
        "http://localhost:8545@x",
        "http://localhost\\@x",
        "https://a b",
        "https://a\nb",
        "https://ä.example",
        "javascript://localhost",
        "ftp://localhost",
        "data:text/html,x",
    ] {
        assert!(!is_safe_url(bad), "{bad}");
    }
    assert!(!is_safe_url(&format!("https://{}", "x".repeat(300))));
}

#[test]
fn a_visitor_s_own_collection() {
    let query = format!("?collection=31337:{POWNFT}&rpc=http%3A%2F%2F127.0.0.1%3a8545");
    let asked = parse_collection_query(&query).unwrap().unwrap();
    assert_eq!(asked.key.chain_id, 31337);
    assert_eq!(asked.key.address.to_string(), POWNFT);
    let chain = asked.chain(&[]);
    assert_eq!((chain.id, chain.name.as_str()), (31337, "Chain 31337"));
    assert_eq!(chain.rpcs, ["http://127.0.0.1:8545"]);
    assert_eq!(
        parse_collection_query(&format!("x=1&collection=31337%3A{POWNFT}"))
            .unwrap()
            .unwrap()
            .rpc,
        None
    );
}

#[test]
fn a_visitor_s_collection_on_a_known_chain_uses_its_nodes() {
    let known = parse_catalogue(COMMITTED).unwrap();
    let address = "0x".to_owned() + &"1".repeat(40);
    let asked = |rest: &str| {
        let query = format!("collection=1:{address}{rest}");
        parse_collection_query(&query)
            .unwrap()
            .unwrap()
            .chain(&known)
    };
    assert_eq!(asked(""), known[0].chain);
    let with_own = asked("&rpc=https://own.example");
    assert_eq!(with_own.rpcs[0], "https://own.example");
    assert_eq!(with_own.rpcs[1..], known[0].chain.rpcs);
    let again = asked(&format!("&rpc={}", known[0].chain.rpcs[1]));
    assert_eq!(again.rpcs.len(), known[0].chain.rpcs.len());
}

#[test]
fn queries_that_cannot_be_read() {
    for nothing in ["", "?", "?x=1", "collection", "?collections=1", "&&="] {
        assert_eq!(parse_collection_query(nothing), Ok(None), "{nothing}");
    }
    for bad in [
        "",
        "1",
        "1:0x12",
        "0:",
        "one:",
        "-1:",
        "18446744073709551616:",
        "%",
        "%f",
        "%zz",
    ] {
        let query = format!(
            "?collection={bad}{}",
            if bad.ends_with(':') { POWNFT } else { "" }
        );
        assert_eq!(
            parse_collection_query(&query),
            Err(CatalogueError::BadQuery),
            "{query}"
        );
    }
    let query = format!("?collection=1:{POWNFT}&rpc=http://node.example");
    assert_eq!(parse_collection_query(&query), Err(CatalogueError::BadRpc));
    let mistyped = POWNFT.replace("Abb", "aBb");
    assert_eq!(
        parse_collection_query(&format!("?collection=1:{mistyped}")),
        Err(CatalogueError::BadQuery)
    );
}

#[test]
fn a_node_tells_news_over_the_listed_websocket_or_where_it_answers_on_this_machine() {
    let told_over = |rpcs: &[&str]| {
        let chain = Chain {
            id: 1,
            name: "Ethereum".into(),
            currency: "ETH".into(),
            rpcs: rpcs.iter().map(|&rpc| rpc.into()).collect(),
            explorer: None,
        };
        (chain.nodes().count(), chain.socket())
    };
    let some = |url: &str| Some(url.to_owned());
    let listed = [
        "https://a.example",
        "wss://b.example/x",
        "https://c.example",
    ];
    assert_eq!(told_over(&listed), (2, some("wss://b.example/x")));
    assert_eq!(
        told_over(&["http://localhost:8545", "wss://b.example"]),
        (1, some("wss://b.example"))
    );
    assert_eq!(
        told_over(&["http://localhost:8545"]),
        (1, some("ws://localhost:8545"))
    );
    assert_eq!(told_over(&["https://a.example"]), (1, None));
    assert_eq!(told_over(&[]), (0, None));
}
