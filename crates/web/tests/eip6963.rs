//! Wallets that announce themselves, rightly and wrongly.
#![cfg(target_arch = "wasm32")]

use atomine_app::WalletInfo;
use atomine_web::effects::eip6963::Discovery;
use js_sys::{Function, Promise};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Runs this source in the page.
fn run(source: &str) {
    Function::new_no_args(source)
        .call0(&JsValue::UNDEFINED)
        .unwrap();
}

/// The source that announces `detail`.
fn announce(detail: &str) -> String {
    format!(
        "window.dispatchEvent(new CustomEvent('eip6963:announceProvider', {{ detail: {detail} }}));"
    )
}

fn discover() -> Rc<RefCell<Vec<WalletInfo>>> {
    begin().0
}

fn begin() -> (Rc<RefCell<Vec<WalletInfo>>>, Discovery) {
    let found = Rc::new(RefCell::new(Vec::new()));
    let list = Rc::clone(&found);
    let discovery = Discovery::begin(move |info, _| list.borrow_mut().push(info)).unwrap();
    (found, discovery)
}

async fn wait_ms(ms: u32) {
    let wait = Function::new_with_args("done, ms", "setTimeout(done, ms)");
    JsFuture::from(Promise::new(&mut |done, _| {
        wait.call2(&JsValue::UNDEFINED, &done, &ms.into()).unwrap();
    }))
    .await
    .unwrap();
}

fn ids(found: &RefCell<Vec<WalletInfo>>) -> Vec<String> {
    let found = found.borrow();
    found.iter().map(|info| info.id.0.clone()).collect()
}

#[wasm_bindgen_test]
fn wallets_are_found_when_asked_and_later() {
    let early = announce(
        "{ info: { uuid: 'early', name: ' Early\\u0000 Wallet ', icon: 'data:image/svg+xml,<svg/>', rdns: 'org.early' },
           provider: { request() {} } }",
    );
    run(&format!(
        "window.addEventListener('eip6963:requestProvider', () => {{ {early} }}, {{ once: true }});"
    ));
    let found = discover();
    run(&early);
    run(&announce(
        "{ info: { uuid: 'late', name: 'Late', icon: 'https://spy.example/icon.png', rdns: 'org.late' }, provider: {} }",
    ));
    let found = found.borrow();
    let [early, late] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!(
        (early.name.as_str(), early.rdns.as_str()),
        ("Early Wallet", "org.early")
    );
    assert_eq!(early.icon.as_deref(), Some("data:image/svg+xml,<svg/>"));
    assert_eq!(late.name, "Late");
    assert_eq!(
        late.icon, None,
        "a picture from elsewhere would tell who looks at this page"
    );
}

#[wasm_bindgen_test]
fn what_is_no_announcement_is_passed_over() {
    let found = discover();
    for detail in [
        "null",
        "{}",
        "{ info: { uuid: 'a', name: 'A', rdns: 'a' } }",
        "{ info: { uuid: 'a', name: 'A', rdns: 'a' }, provider: 1 }",
        "{ info: { uuid: '', name: 'A', rdns: 'a' }, provider: {} }",
        "{ info: { uuid: 7, name: 'A', rdns: 'a' }, provider: {} }",
        "{ get info() { throw 1; }, provider: {} }",
    ] {
        run(&announce(detail));
        assert_eq!(*found.borrow(), [], "{detail}");
    }
}

#[wasm_bindgen_test]
async fn a_bare_wallet_is_offered_where_nothing_announces_itself() {
    run("window.ethereum = { request() {} };");
    let found = discover();
    assert_eq!(
        *found.borrow(),
        [],
        "wallets that announce themselves come first"
    );
    wait_ms(1000).await;
    assert_eq!(ids(&found), ["injected"]);
    run("delete window.ethereum;");
}

#[wasm_bindgen_test]
async fn a_bare_wallet_that_comes_late_is_found_when_it_says_so() {
    let found = discover();
    wait_ms(700).await;
    run("window.ethereum = { request() {} };
         window.dispatchEvent(new Event('ethereum#initialized'));");
    assert_eq!(ids(&found), ["injected"]);
    run("window.dispatchEvent(new Event('ethereum#initialized'));");
    assert_eq!(ids(&found), ["injected"], "once");
    run("delete window.ethereum;");
}

#[wasm_bindgen_test]
async fn looking_again_finds_what_came_since() {
    let (found, discovery) = begin();
    wait_ms(700).await;
    assert_eq!(ids(&found), [""; 0]);
    run("window.ethereum = { request() {} };");
    discovery.look().unwrap();
    wait_ms(700).await;
    assert_eq!(ids(&found), ["injected"]);
    let late = announce(
        "{ info: { uuid: 'slow', name: 'Slow', icon: '', rdns: 'org.slow' }, provider: {} }",
    );
    run(&format!(
        "window.addEventListener('eip6963:requestProvider', () => {{ {late} }}, {{ once: true }});"
    ));
    discovery.look().unwrap();
    assert_eq!(ids(&found), ["injected", "slow"]);
    run("delete window.ethereum;");
}
