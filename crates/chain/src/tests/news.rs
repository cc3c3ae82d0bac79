use crate::{News, read_news, subscriptions};
use alloy_primitives::{Address, address};
use serde_json::{Value, json};

const CONTRACT: Address = address!("00000000000000000000000000000000000000de");
const MINER: Address = address!("00000000000000000000000000000000000a11ce");

fn told(result: &Value) -> Option<News> {
    let message = json!({
        "jsonrpc": "2.0",
        "method": "eth_subscription",
        "params": { "subscription": "0x1", "result": result },
    });
    read_news(&message.to_string(), CONTRACT)
}

fn transaction(to: &Address, input: &str) -> Value {
    json!({ "from": MINER, "to": to, "input": input, "blockNumber": null })
}

#[test]
fn a_node_is_asked_for_heads_and_mined_and_where_it_matters_for_what_waits() {
    let asked = |mempool| {
        let texts = subscriptions(CONTRACT, mempool).into_iter();
        let requests = texts.map(|text| serde_json::from_str::<Value>(&text).unwrap());
        let params = requests.map(|mut request| request["params"].take());
        params.collect::<Vec<_>>()
    };
    let mined = "0x5570ed3da2dab8635dcc918badc12e05d60cbc9185347ef0065ab7335568cdae";
    let mut wanted = vec![
        json!(["newHeads"]),
        json!(["logs", { "address": "0x00000000000000000000000000000000000000de", "topics": [mined] }]),
    ];
    assert_eq!(asked(false), wanted);
    wanted.push(json!(["newPendingTransactions", true]));
    assert_eq!(asked(true), wanted);
}

#[test]
fn blocks_atoms_and_waiting_mints_are_told_apart() {
    let head = json!({ "number": "0x10", "hash": "0x00" });
    assert_eq!(told(&head), Some(News::Block(16)));
    let log = json!({ "topics": [], "blockNumber": "0x11", "data": "0x" });
    assert_eq!(told(&log), Some(News::Mined(17)));
    let mine = format!("0x4d474898{}", "0".repeat(64));
    assert_eq!(
        told(&transaction(&CONTRACT, &mine)),
        Some(News::Waiting(MINER))
    );
}

#[test]
fn what_does_not_matter_and_what_is_nonsense_is_no_news() {
    let mine = format!("0x4d474898{}", "0".repeat(64));
    for result in [
        transaction(&MINER, &mine),
        transaction(&CONTRACT, "0xa9059cbb"),
        transaction(&CONTRACT, "0x4d"),
        transaction(&CONTRACT, ""),
        transaction(&CONTRACT, "0x4d47489ä"),
        json!({ "to": CONTRACT, "input": mine }),
        json!({ "number": "sixteen" }),
        json!({ "number": null }),
        json!({ "topics": [], "blockNumber": null }),
        json!("0x37afb63915b0f15d208b29287d9a11a86c21ca4ea45f3e28ffe11f19e53bf6d6"),
        json!(null),
        json!([]),
    ] {
        assert_eq!(told(&result), None, "{result}");
    }
    for text in ["", "{", "[]", "null", r#"{"id":1,"result":"0x1"}"#] {
        assert_eq!(read_news(text, CONTRACT), None, "{text}");
    }
    let long = json!({ "number": "0x10", "more": "0".repeat(300 << 10) });
    assert_eq!(told(&long), None);
}
