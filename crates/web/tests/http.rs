//! Nodes that answer, lie, or are not there. `data:` URLs stand for nodes: `fetch` answers them with any text.
#![cfg(target_arch = "wasm32")]

use atomine_chain::{ChainError, JsonRpc, MAX_RESPONSE_BYTES, Provider};
use atomine_web::{
    WebError,
    effects::http::{self, Node},
};
use serde_json::{Value, json};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

async fn ask(url: &str) -> Result<Value, ChainError> {
    JsonRpc::new(Node::new(url))
        .request("eth_chainId", json!([]))
        .await
}

#[wasm_bindgen_test]
async fn a_node_answers() {
    let url = r#"data:application/json,{"jsonrpc":"2.0","id":1,"result":"0x7a69"}"#;
    assert_eq!(ask(url).await, Ok(json!("0x7a69")));
}

#[wasm_bindgen_test]
async fn html_is_nonsense() {
    let answer = ask("data:text/html,<html>Welcome to the hotel's network</html>").await;
    assert!(matches!(answer, Err(ChainError::Nonsense(_))), "{answer:?}");
}

#[wasm_bindgen_test]
async fn an_endless_answer_is_cut() {
    let answer = ask(&format!(
        "data:text/plain,{}",
        "a".repeat(MAX_RESPONSE_BYTES + 1)
    ))
    .await;
    assert!(matches!(answer, Err(ChainError::Nonsense(_))), "{answer:?}");
}

#[wasm_bindgen_test]
async fn nobody_at_home_is_unreachable() {
    for url in ["http://127.0.0.1:9/", "http://", "no such scheme:"] {
        let answer = ask(url).await;
        assert!(
            matches!(answer, Err(ChainError::Unreachable(_))),
            "{url}: {answer:?}"
        );
    }
}

#[wasm_bindgen_test]
fn a_server_asks_to_be_left_alone_in_seconds_or_until_a_date() {
    let from_now = |ms: f64| {
        let date = js_sys::Date::new(&(js_sys::Date::now() + ms).into());
        http::retry_after_s(&String::from(date.to_utc_string()))
    };
    assert_eq!(http::retry_after_s(" 120 "), Some(120));
    let asked = from_now(90_000.0).unwrap();
    assert!((88..=91).contains(&asked), "{asked}");
    assert_eq!(from_now(-90_000.0), Some(0));
    for nothing in ["", "soon", "-5", "1.5"] {
        assert!(
            http::retry_after_s(nothing).is_none_or(|seconds| seconds == 0),
            "{nothing}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_text_file_is_read() {
    assert_eq!(
        http::read_text("data:text/plain,Helium").await,
        Ok("Helium".to_owned())
    );
    assert_eq!(http::read_text("data:text/plain,").await, Ok(String::new()));
}

#[wasm_bindgen_test]
async fn a_text_file_that_is_none_is_refused() {
    assert_eq!(
        http::read_text("data:text/plain;base64,/w==").await,
        Err(WebError::NotText)
    );
    assert_eq!(
        http::read_text("no-such-file.json").await,
        Err(WebError::Status(404))
    );
    let long = format!("data:text/plain,{}", "a".repeat(300 * 1024));
    assert!(matches!(
        http::read_text(&long).await,
        Err(WebError::TooLong(_))
    ));
}
