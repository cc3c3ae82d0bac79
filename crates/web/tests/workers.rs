//! Workers that speak, speak nonsense, die and are ended. `data:` URLs stand for their scripts.
#![cfg(target_arch = "wasm32")]

use atomine_app::{Msg, WorkerId};
use atomine_mine::message::{self, FromWorker, ToWorker};
use atomine_web::effects::workers::Workers;
use js_sys::Promise;
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const WORKER: WorkerId = WorkerId(7);

/// One worker that runs this source, and what is heard of it.
fn workers(source: &str) -> (Workers, Rc<RefCell<Vec<Msg>>>) {
    running(&format!("data:text/javascript,{source}"))
}

/// The same with a script.
fn running(script: &str) -> (Workers, Rc<RefCell<Vec<Msg>>>) {
    let heard = Rc::new(RefCell::new(Vec::new()));
    let list = Rc::clone(&heard);
    let workers = Workers::new(Rc::new(move |msg| list.borrow_mut().push(msg)));
    workers.spawn(WORKER, script);
    (workers, heard)
}

/// The first thing heard, within five seconds.
async fn first(heard: &RefCell<Vec<Msg>>) -> Option<Msg> {
    for _ in 0..100 {
        if let Some(msg) = heard.borrow().first() {
            return Some(msg.clone());
        }
        wait_ms(50).await;
    }
    None
}

async fn wait_ms(ms: i32) {
    let window = web_sys::window().unwrap();
    let waited = Promise::new(&mut |done, _| {
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&done, ms)
            .unwrap();
    });
    JsFuture::from(waited).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_worker_and_the_page_understand_each_other() {
    let ready = FromWorker::Ready {
        kernel: "simd128".to_owned(),
    };
    let asked = message::encode(&ToWorker::Power(50));
    let answer = message::encode(&ready);
    let (workers, heard) = workers(&format!(
        "onmessage = ({{ data }}) => {{ if (String(data) === String({asked:?})) postMessage(new Uint8Array({answer:?})); }}"
    ));
    workers.post(WORKER, &ToWorker::Power(50));
    assert_eq!(
        first(&heard).await,
        Some(Msg::WorkerSaid {
            worker: WORKER,
            message: Ok(ready)
        })
    );
}

#[wasm_bindgen_test]
async fn nonsense_from_a_worker_is_a_failure() {
    for nonsense in ["new Uint8Array([9, 9])", "{}", "null"] {
        let (_workers, heard) = workers(&format!("postMessage({nonsense})"));
        let msg = first(&heard).await;
        assert!(
            matches!(
                msg,
                Some(Msg::WorkerSaid {
                    worker: WORKER,
                    message: Err(_)
                })
            ),
            "{nonsense}: {msg:?}"
        );
    }
}

#[wasm_bindgen_test]
async fn a_worker_without_its_module_says_in_plain_text_why() {
    let (_workers, heard) = workers("postMessage('no GPU')");
    let message = Ok(FromWorker::Failed {
        reason: "no GPU".to_owned(),
    });
    assert_eq!(
        first(&heard).await,
        Some(Msg::WorkerSaid {
            worker: WORKER,
            message
        })
    );
}

#[wasm_bindgen_test]
async fn a_worker_that_throws_has_died() {
    let (_workers, heard) = workers("throw new Error('boom')");
    let Some(Msg::WorkerDied { worker, failure }) = first(&heard).await else {
        panic!("{:?}", heard.borrow())
    };
    assert_eq!(worker, WORKER);
    assert!(failure.0.contains("boom"), "{failure:?}");
}

#[wasm_bindgen_test]
async fn a_worker_whose_script_is_missing_has_died() {
    let (_workers, heard) = running("no-such-script.js");
    let msg = first(&heard).await;
    assert!(
        matches!(msg, Some(Msg::WorkerDied { worker: WORKER, .. })),
        "{msg:?}"
    );
}

#[wasm_bindgen_test]
async fn nothing_is_heard_of_a_worker_that_was_ended() {
    let (workers, heard) = workers("setInterval(() => postMessage(null), 5)");
    assert!(first(&heard).await.is_some());
    workers.terminate(WORKER);
    heard.borrow_mut().clear();
    wait_ms(200).await;
    assert_eq!(*heard.borrow(), []);
    workers.post(WORKER, &ToWorker::Stop);
    assert_eq!(*heard.borrow(), [], "a message to it goes nowhere");
}
