//! A wallet's answers, events and errors: every row of what `MetaMask` really answers, and what other wallets throw.
#![cfg(target_arch = "wasm32")]

use alloy_primitives::bytes;
use atomine_chain::{ChainError, Provider};
use atomine_web::effects::eip1193::{Eip1193, WalletEvent};
use js_sys::Function;
use serde_json::{Value, json};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A JavaScript value written as source text.
fn js(source: &str) -> JsValue {
    Function::new_no_args(&format!("return {source};"))
        .call0(&JsValue::UNDEFINED)
        .unwrap()
}

/// A wallet whose `request({method, params})` does this.
fn wallet(body: &str) -> Eip1193 {
    Eip1193::new(js(&format!(
        "{{ request: async ({{ method, params }}) => {{ {body} }} }}"
    )))
}

/// What becomes of an error that a wallet's promise is rejected with.
async fn rejection(thrown: &str) -> ChainError {
    wallet(&format!("throw {thrown};"))
        .request("eth_call", json!([]))
        .await
        .unwrap_err()
}

/// `MetaMask`'s errors are instances of Error, whose message JSON leaves out.
fn rpc_error(code: i64, message: &str) -> String {
    format!("Object.assign(new Error({message:?}), {{ code: {code} }})")
}

#[wasm_bindgen_test]
async fn the_wallet_hears_what_is_asked() {
    let echo = wallet("return { method, params };");
    let params = json!([{ "to": "0x00", "value": "0x1" }, "pending"]);
    let answer = echo.request("eth_call", params.clone()).await;
    assert_eq!(
        answer,
        Ok(json!({ "method": "eth_call", "params": params }))
    );
}

#[wasm_bindgen_test]
async fn null_and_undefined_are_answers() {
    assert_eq!(
        wallet("return null;")
            .request("wallet_addEthereumChain", json!([]))
            .await,
        Ok(Value::Null)
    );
    assert_eq!(
        wallet("")
            .request("wallet_switchEthereumChain", json!([]))
            .await,
        Ok(Value::Null)
    );
}

#[wasm_bindgen_test]
async fn codes_say_what_they_mean() {
    let denied = "MetaMask Tx Signature: User denied transaction signature.";
    let pending =
        "Request of type 'wallet_requestPermissions' already pending for origin http://127.0.0.1.";
    for (code, message, meaning) in [
        (
            4100,
            "The requested account has not been authorized.",
            ChainError::NotAuthorized,
        ),
        (4001, "User rejected the request.", ChainError::Rejected),
        (4001, denied, ChainError::Rejected),
        (-32002, pending, ChainError::AlreadyOpen),
        (4902, "Unrecognized chain ID.", ChainError::UnknownChain),
        (
            -32601,
            "The method does not exist / is not available.",
            ChainError::Unsupported,
        ),
        (
            4200,
            "The method is not supported.",
            ChainError::Unsupported,
        ),
    ] {
        assert_eq!(
            rejection(&rpc_error(code, message)).await,
            meaning,
            "{code}"
        );
    }
}

#[wasm_bindgen_test]
async fn other_codes_keep_their_words() {
    for (code, message) in [
        (
            -32600,
            "'args' must be a single, non-array, object argument.",
        ),
        (
            -32602,
            "Expected an array with at least one valid string HTTPS url 'rpcUrls'.",
        ),
        (-32603, "Internal JSON-RPC error."),
    ] {
        let ChainError::Rpc(error) = rejection(&rpc_error(code, message)).await else {
            panic!("{code}")
        };
        assert_eq!((error.code, error.message.as_str()), (code, message));
    }
}

#[wasm_bindgen_test]
async fn a_revert_brings_its_data_however_deep() {
    for data in [
        r#"{ code: 3, message: "execution reverted", data: "0x08c379a0" }"#,
        r#""0x08c379a0""#,
        r#"{ originalError: { code: 3, message: "execution reverted", data: "0x08c379a0" } }"#,
    ] {
        let thrown = format!(
            "Object.assign(new Error('Internal JSON-RPC error.'), {{ code: -32603, data: {data} }})"
        );
        let ChainError::Rpc(error) = rejection(&thrown).await else {
            panic!("{data}")
        };
        assert_eq!(error.data, Some(bytes!("0x08c379a0")), "{data}");
    }
}

#[wasm_bindgen_test]
async fn a_wallet_whose_node_is_down_is_unreachable() {
    let error = rejection(&rpc_error(-32603, "Failed to fetch")).await;
    assert!(matches!(error, ChainError::Unreachable(_)), "{error:?}");
}

#[wasm_bindgen_test]
async fn whatever_is_thrown_is_an_error_with_words() {
    for (thrown, words) in [
        ("'locked'", "locked"),
        ("new Error('locked')", "locked"),
        ("{ message: 'locked' }", "locked"),
        ("undefined", "without words"),
        ("null", "without words"),
        ("42", "without words"),
        (
            "(() => { const loop = { message: 'locked' }; loop.data = loop; return loop; })()",
            "locked",
        ),
        ("{ get code() { throw 1; }, message: 'locked' }", "locked"),
    ] {
        let ChainError::Rpc(error) = rejection(thrown).await else {
            panic!("{thrown}")
        };
        assert!(error.message.contains(words), "{thrown}: {}", error.message);
    }
}

#[wasm_bindgen_test]
async fn an_object_that_is_no_wallet_is_an_error() {
    for object in [
        "null",
        "{}",
        "{ request: 1 }",
        "{ request() { throw 'at once'; } }",
    ] {
        assert!(
            Eip1193::new(js(object))
                .request("eth_chainId", json!([]))
                .await
                .is_err(),
            "{object}"
        );
    }
    let cyclic = wallet("const loop = {}; loop.loop = loop; return loop;");
    assert!(cyclic.request("eth_chainId", json!([])).await.is_err());
}

#[wasm_bindgen_test]
fn events_are_heard_until_the_subscription_ends() {
    let object = js("{ heard: {},
        on(event, listener) { this.heard[event] = listener; },
        removeListener(event, listener) { if (this.heard[event] === listener) delete this.heard[event]; },
        emit(event, argument) { this.heard[event]?.(argument); } }");
    let emit = |event: &str, argument: &JsValue| {
        let emit: Function = js_sys::Reflect::get(&object, &"emit".into())
            .unwrap()
            .into();
        emit.call2(&object, &event.into(), argument).unwrap();
    };
    let heard = Rc::new(RefCell::new(Vec::new()));
    let handler: Rc<dyn Fn(WalletEvent)> = {
        let heard = Rc::clone(&heard);
        Rc::new(move |event| heard.borrow_mut().push(event))
    };
    let subscription = Eip1193::new(object.clone()).subscribe(&handler);
    emit("accountsChanged", &js("[]"));
    emit("chainChanged", &"0x7a69".into());
    emit("disconnect", &js("new Error('gone')"));
    emit("connect", &js("{ chainId: '0x1' }"));
    drop(subscription);
    emit("accountsChanged", &js("['0x00']"));
    let expected = [
        WalletEvent::AccountsChanged(json!([])),
        WalletEvent::ChainChanged(json!("0x7a69")),
        WalletEvent::Disconnect,
        WalletEvent::Connect,
    ];
    assert_eq!(*heard.borrow(), expected);
}

#[wasm_bindgen_test]
fn a_wallet_without_events_is_left_in_peace() {
    let handler: Rc<dyn Fn(WalletEvent)> = Rc::new(|event| panic!("{event:?}"));
    drop(Eip1193::new(js("{ request: async () => null }")).subscribe(&handler));
}
