use crate::jsonrpc::{
    MAX_RESPONSE_BYTES, decode_batch, decode_response, encode_batch, encode_request,
};
use crate::{ChainError, HttpResponse, JsonRpc, Post, Provider, RpcError};
use pollster::block_on;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};

/// A status and a body, or none at all.
type Reply = Result<(u16, String), ChainError>;

/// A server that answers each body by this rule, and remembers the bodies.
struct Server<F> {
    rule: F,
    bodies: RefCell<Vec<Value>>,
    retry_after_s: Option<u32>,
    now_ms: Cell<u64>,
}

impl<F: Fn(&Value) -> Reply> Server<F> {
    fn new(rule: F) -> Self {
        Self {
            rule,
            bodies: RefCell::default(),
            retry_after_s: None,
            now_ms: Cell::new(1_000_000),
        }
    }
}

impl<F: Fn(&Value) -> Reply> Post for &Server<F> {
    async fn post(&self, body: String) -> Result<HttpResponse, ChainError> {
        let body: Value = serde_json::from_str(&body).unwrap();
        let answer = (self.rule)(&body);
        self.bodies.borrow_mut().push(body);
        answer.map(|(status, body)| HttpResponse {
            status,
            retry_after_s: self.retry_after_s,
            body: body.into(),
        })
    }

    fn now_ms(&self) -> u64 {
        self.now_ms.get()
    }
}

fn result(id: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": id })
}

fn is_nonsense<T>(result: &Result<T, ChainError>) -> bool {
    matches!(result, Err(ChainError::Nonsense(_)))
}

fn requests(count: u64) -> Vec<(&'static str, Value)> {
    (0..count)
        .map(|number| ("eth_x", json!([number])))
        .collect()
}

#[test]
fn requests_are_json_rpc_2() {
    let one: Value = serde_json::from_str(&encode_request(7, "eth_chainId", &json!([]))).unwrap();
    assert_eq!(
        one,
        json!({ "jsonrpc": "2.0", "id": 7, "method": "eth_chainId", "params": [] })
    );
    let two: Value =
        serde_json::from_str(&encode_batch(7, &[("a", json!([])), ("b", json!([1]))])).unwrap();
    assert_eq!(two[0]["id"], 7);
    assert_eq!(
        two[1],
        json!({ "jsonrpc": "2.0", "id": 8, "method": "b", "params": [1] })
    );
}

#[test]
fn results_may_be_null_and_errors_are_errors() {
    let decode = |answer: Value| decode_response(answer.to_string().as_bytes(), 7);
    assert_eq!(decode(json!({ "id": 7, "result": null })), Ok(Value::Null));
    assert_eq!(
        decode(json!({ "id": 7, "result": 1, "error": null })),
        Ok(json!(1))
    );
    let limited = ChainError::Rpc(RpcError {
        code: -32005,
        message: "limit".into(),
        data: None,
    });
    let error = json!({ "code": -32005, "message": "limit" });
    for answer in [
        json!({ "id": 7, "error": error }),
        json!({ "id": null, "error": error }),
        json!({ "error": error }),
        json!({ "id": 7, "error": error, "result": 1 }),
    ] {
        assert_eq!(decode(answer), Err(limited.clone()));
    }
}

#[test]
fn anything_else_is_nonsense() {
    for body in [
        "",
        "null",
        "7",
        "[]",
        "{}",
        "\"0x\"",
        "<!DOCTYPE html><p>busy",
        "Too many requests",
        r#"{"id":7}"#,
        r#"{"id":8,"result":1}"#,
        r#"{"id":"7","result":1}"#,
        r#"{"id":-7,"result":1}"#,
        r#"{"id":null,"result":1}"#,
        r#"{"id":8,"error":{"code":1,"message":""}}"#,
        r#"{"id":7,"result":"0x"#,
        r#"{"id":7,"result":1}{"#,
        "\u{0}\u{ffff}",
    ] {
        assert!(is_nonsense(&decode_response(body.as_bytes(), 7)), "{body}");
    }
    assert!(is_nonsense(&decode_response(&[0xff; 9], 7)));
    let endless = format!(
        r#"{{"id":7,"result":"{}"}}"#,
        "0".repeat(MAX_RESPONSE_BYTES)
    );
    assert!(is_nonsense(&decode_response(endless.as_bytes(), 7)));
    let deep = "[".repeat(100_000);
    assert!(is_nonsense(&decode_response(deep.as_bytes(), 7)));
    let error = decode_response(b" \n<html>", 7).unwrap_err();
    assert!(error.to_string().contains("a web page instead of JSON"));
}

#[test]
fn batches_must_fit_their_requests() {
    let decode = |answers: Value| decode_batch(answers.to_string().as_bytes(), 7..9);
    let (seven, eight) = (result(&json!(7)), result(&json!(8)));
    let both = Ok(vec![Ok(json!(7)), Ok(json!(8))]);
    assert_eq!(decode(json!([seven, eight])), both);
    assert_eq!(decode(json!([eight, seven])), both);
    for lie in [
        json!([]),
        json!([seven]),
        json!([seven, seven]),
        json!([seven, eight, eight]),
        json!([seven, result(&json!(9))]),
        json!([seven, null]),
        seven,
        json!(null),
    ] {
        assert!(is_nonsense(&decode(lie.clone())), "{lie}");
    }
    let refused =
        decode(json!({ "id": null, "error": { "code": -32600, "message": "no batches" } }));
    assert!(matches!(refused, Err(ChainError::Rpc(_))));
    let one_failed = json!([{ "id": 7, "error": { "code": 3, "message": "reverted" } }, eight]);
    let answers = decode(one_failed).unwrap();
    assert!(answers[0].is_err());
    assert_eq!(answers[1], Ok(json!(8)));
}

#[test]
fn many_requests_are_one_post() {
    let server = Server::new(|body| {
        let answers: Vec<_> = body
            .as_array()
            .unwrap()
            .iter()
            .map(|request| result(&request["id"]))
            .collect();
        Ok((200, json!(answers).to_string()))
    });
    let node = JsonRpc::new(&server);
    let answers = block_on(node.batch(requests(3))).unwrap();
    assert_eq!(answers, [Ok(json!(1)), Ok(json!(2)), Ok(json!(3))]);
    assert_eq!(server.bodies.borrow().len(), 1);
    assert_eq!(block_on(node.batch(requests(120))).unwrap().len(), 120);
    assert_eq!(server.bodies.borrow().len(), 4, "50 at most in a post");
}

#[test]
fn a_node_that_takes_no_batches_is_asked_one_by_one_from_then_on() {
    let server = Server::new(|body| {
        let answer = match body {
            Value::Array(_) => {
                json!({ "id": null, "error": { "code": -32600, "message": "no batches" } })
            }
            request => json!({ "id": request["id"], "result": request["params"][0] }),
        };
        Ok((if body.is_array() { 400 } else { 200 }, answer.to_string()))
    });
    let node = JsonRpc::new(&server);
    let answers = block_on(node.batch(requests(20))).unwrap();
    assert_eq!(
        answers,
        (0..20).map(|number| Ok(json!(number))).collect::<Vec<_>>()
    );
    block_on(node.batch(requests(2))).unwrap();
    let batches = server
        .bodies
        .borrow()
        .iter()
        .filter(|body| body.is_array())
        .count();
    assert_eq!(batches, 1);
}

#[test]
fn a_status_of_failure_means_that_the_node_is_not_there() {
    for (status, body) in [(400, "slow down"), (502, "<html>bad gateway"), (403, "")] {
        let server = Server::new(move |_| Ok((status, body.into())));
        let answer = block_on(JsonRpc::new(&server).request("eth_x", json!([])));
        assert_eq!(
            answer,
            Err(ChainError::Unreachable(format!("HTTP status {status}")))
        );
        let answers = block_on(JsonRpc::new(&server).batch(requests(2)));
        assert_eq!(
            answers,
            Err(ChainError::Unreachable(format!("HTTP status {status}")))
        );
    }
    let down = ChainError::Unreachable("timeout".into());
    let error = down.clone();
    let server = Server::new(move |_| Err(error.clone()));
    assert_eq!(
        block_on(JsonRpc::new(&server).batch(requests(2))),
        Err(down)
    );
    assert_eq!(server.bodies.borrow().len(), 1);
}

#[test]
fn a_gateway_that_fails_for_a_moment_is_asked_again() {
    for (status, tries) in [(502, 3), (503, 3), (504, 3), (403, 1), (500, 1)] {
        let server = Server::new(move |_| Ok((status, String::new())));
        let answer = block_on(JsonRpc::new(&server).request("eth_x", json!([])));
        assert!(matches!(answer, Err(ChainError::Unreachable(_))));
        assert_eq!(server.bodies.borrow().len(), tries, "{status}");
    }
    let failures = Cell::new(2);
    let server = Server::new(|request| match failures.get() {
        0 => Ok((200, result(&request["id"]).to_string())),
        left => {
            failures.set(left - 1);
            Ok((503, String::new()))
        }
    });
    let answer = block_on(JsonRpc::new(&server).request("eth_x", json!([])));
    assert_eq!(answer, Ok(json!(1)));
}

#[test]
fn an_error_in_words_counts_more_than_the_status() {
    let server = Server::new(|request| {
        let error = json!({ "code": 3, "message": "execution reverted", "data": "0x" });
        Ok((
            400,
            json!({ "id": request["id"], "error": error }).to_string(),
        ))
    });
    let answer = block_on(JsonRpc::new(&server).request("eth_call", json!([])));
    assert!(matches!(
        answer,
        Err(ChainError::Rpc(RpcError { code: 3, .. }))
    ));
}

proptest! {
    #[test]
    fn answers_in_any_order_find_their_requests(
        order in (1..40_u64).prop_flat_map(|count| Just((0..count).collect::<Vec<_>>()).prop_shuffle()),
        first in 0..u64::MAX / 2,
    ) {
        let count = order.len() as u64;
        let answers: Vec<_> = order.iter().map(|place| result(&json!(first + place))).collect();
        let decoded = decode_batch(json!(answers).to_string().as_bytes(), first..first + count).unwrap();
        let expected: Vec<_> = (first..first + count).map(|id| Ok(json!(id))).collect();
        prop_assert_eq!(decoded, expected);
    }

    #[test]
    fn bytes_of_any_kind_are_an_error_or_a_result(body in any::<Vec<u8>>()) {
        prop_assert!(decode_response(&body, 1).is_err());
        prop_assert!(decode_batch(&body, 1..3).is_err());
    }

    #[test]
    fn a_truncated_answer_is_never_taken_for_whole(cut in 0..100_usize) {
        let whole = json!({ "jsonrpc": "2.0", "id": 1, "result": "0x".to_owned() + &"0".repeat(64) }).to_string();
        prop_assert!(decode_response(whole.as_bytes(), 1).is_ok());
        let cut = &whole[..cut.min(whole.len() - 1)];
        prop_assert!(is_nonsense(&decode_response(cut.as_bytes(), 1)));
    }
}

/// A server that answers `status` with `Retry-After: seconds`: how it is asked at these times, and what for.
fn left_alone(status: u16, seconds: Option<u32>) -> (Server<impl Fn(&Value) -> Reply>, u32) {
    let mut server = Server::new(move |_: &Value| Ok((status, String::new())));
    server.retry_after_s = seconds;
    let said = match block_on(JsonRpc::new(&server).request("eth_x", json!([]))) {
        Err(ChainError::Limited { seconds }) => seconds,
        other => panic!("{other:?}"),
    };
    (server, said)
}

#[test]
fn a_server_is_left_alone_as_long_as_it_asks_within_reason() {
    for (asked, waited) in [
        (Some(60), 60),
        (None, 15),
        (Some(0), 1),
        (Some(u32::MAX), 300),
    ] {
        let (server, said) = left_alone(429, asked);
        assert_eq!(said, waited);
        let node = JsonRpc::new(&server);
        for batched in [false, true] {
            let before = server.bodies.borrow().len();
            let ask = || {
                if batched {
                    block_on(node.batch(requests(2))).map(drop)
                } else {
                    block_on(node.request("eth_x", json!([]))).map(drop)
                }
            };
            let limited = |seconds| Err(ChainError::Limited { seconds });
            assert_eq!(ask(), limited(waited));
            assert_eq!(server.bodies.borrow().len(), before + 1, "asked once");
            let step_ms = u64::from(waited) * 1_000;
            server.now_ms.set(server.now_ms.get() + step_ms - 1);
            assert_eq!(ask(), limited(1));
            assert_eq!(server.bodies.borrow().len(), before + 1, "left alone");
            server.now_ms.set(server.now_ms.get() + 1);
            assert_eq!(ask(), limited(waited));
            assert_eq!(server.bodies.borrow().len(), before + 2, "asked again");
            server.now_ms.set(server.now_ms.get() + step_ms);
        }
    }
}

#[test]
fn an_overloaded_server_that_says_for_how_long_is_left_alone_too() {
    let (server, said) = left_alone(503, Some(20));
    assert_eq!((said, server.bodies.borrow().len()), (20, 1));
}

#[test]
fn a_clock_that_is_put_back_leaves_no_server_alone_for_ever() {
    let (server, _) = left_alone(429, Some(300));
    let node = JsonRpc::new(&server);
    block_on(node.request("eth_x", json!([]))).unwrap_err();
    server.now_ms.set(server.now_ms.get() - 600_000);
    block_on(node.request("eth_x", json!([]))).unwrap_err();
    assert_eq!(server.bodies.borrow().len(), 3);
}
