use crate::abi::IAtomine;
use crate::mock::{ACCOUNT, CONTRACT, Node, collection, node_error, revert};
use crate::{ChainError, Kind, RpcError, Transaction, mine_transaction, send, simulate};
use alloy_primitives::{B256, Bytes, U256, hex};
use alloy_sol_types::{Panic, Revert, SolError};
use atomine_protocol::Nonce;
use pollster::block_on;
use serde_json::{Value, json};

fn transaction() -> Transaction {
    let nonce = Nonce::from(U256::from(0x2a));
    mine_transaction(&collection(Kind::Atomine), ACCOUNT, nonce, U256::from(45))
}

fn node() -> Node {
    Node::new()
        .answers("eth_call", Ok(json!("0x")))
        .answers("eth_estimateGas", Ok(json!("0x30d40")))
}

fn dry_run(node: &Node) -> Result<u64, ChainError> {
    block_on(simulate(node, &transaction()))
}

fn refused(error: ChainError) -> ChainError {
    let by_call = dry_run(&node().answers("eth_call", Err(error.clone()))).unwrap_err();
    let by_estimate = dry_run(&node().answers("eth_estimateGas", Err(error))).unwrap_err();
    assert_eq!(by_call, by_estimate);
    by_call
}

fn because(reason: &str) -> ChainError {
    revert(Revert::from(reason).abi_encode())
}

/// What a wallet throws, given as JSON.
fn thrown(error: &Value) -> ChainError {
    ChainError::from_rpc(RpcError::from_json(error))
}

#[test]
fn the_transaction_is_the_call_of_mine() {
    let expected = Transaction {
        chain_id: 1,
        from: ACCOUNT,
        to: CONTRACT,
        value_wei: U256::from(45),
        data: hex!("4d474898000000000000000000000000000000000000000000000000000000000000002a")
            .into(),
    };
    assert_eq!(transaction(), expected);
}

#[test]
fn the_very_transaction_is_run_on_the_pending_block() {
    let node = node();
    assert_eq!(dry_run(&node), Ok(250_000));
    let call = json!({
        "from": "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
        "to": "0x9abb7bddc43fa67c76a62d8c016513827f59be1b",
        "value": "0x2d",
        "data": "0x4d474898000000000000000000000000000000000000000000000000000000000000002a",
    });
    assert_eq!(node.asked("eth_call"), [json!([call, "pending"])]);
    assert_eq!(node.asked("eth_estimateGas"), [json!([call, "pending"])]);
}

#[test]
fn a_node_without_pending_block_runs_it_on_the_newest() {
    let node = node().rule(|method, params| {
        let pending = method == "eth_call" && params[1] == "pending";
        pending.then(|| Err(node_error("pending block is not available")))
    });
    assert_eq!(dry_run(&node), Ok(250_000));
    assert_eq!(node.asked("eth_estimateGas")[0][1], "latest");
}

#[test]
fn nothing_is_run_on_another_chain_or_without_a_contract() {
    let wrong = node().answers("eth_chainId", Ok(json!("0x2")));
    assert_eq!(
        dry_run(&wrong),
        Err(ChainError::WrongChain {
            expected: 1,
            actual: 2
        })
    );
    let empty = node().answers("eth_getCode", Ok(json!("0x")));
    assert_eq!(dry_run(&empty), Err(ChainError::NoContract));
    for node in [wrong, empty] {
        assert!(node.asked("eth_call").is_empty());
    }
}

#[test]
fn absurd_gas_is_nonsense() {
    for gas in [
        "0x0",
        "0x5207",
        "0x989681",
        "0xffffffffffffffff",
        "0xffffffffffffffffff",
    ] {
        let result = dry_run(&node().answers("eth_estimateGas", Ok(json!(gas))));
        assert!(
            matches!(result, Err(ChainError::Nonsense(_))),
            "{gas}: {result:?}"
        );
    }
}

#[test]
fn refusals_of_both_contracts_are_understood() {
    let weak = IAtomine::WorkTooWeak {
        id: U256::from(3),
        workHash: B256::ZERO,
        target: U256::ZERO,
    };
    let wrong = IAtomine::WrongCost {
        sent: U256::ZERO,
        cost: U256::from(1),
    };
    assert_eq!(refused(revert(weak.abi_encode())), ChainError::Stale);
    assert_eq!(refused(revert(wrong.abi_encode())), ChainError::WrongCost);
    assert_eq!(refused(because("difficulty")), ChainError::Stale);
    assert_eq!(refused(because("cost")), ChainError::WrongCost);
    assert_eq!(
        refused(because("receiver")),
        ChainError::Reverted("receiver".into())
    );
}

#[test]
fn other_refusals_keep_their_words() {
    let reverted = |data: Bytes| match refused(revert(data)) {
        ChainError::Reverted(reason) => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(reverted(Bytes::new()), "it gives no reason");
    assert_eq!(reverted(hex!("deadbeef00").into()), "error 0xdeadbeef");
    assert_eq!(reverted(hex!("de").into()), "error 0xde");
    assert!(reverted(Panic::from(0x11).abi_encode().into()).contains("0x11"));
    // A custom error cut short is not taken for what it may have been.
    let cut = &IAtomine::WrongCost {
        sent: U256::ZERO,
        cost: U256::from(1),
    }
    .abi_encode()[..60];
    assert!(reverted(cut.to_vec().into()).starts_with("error 0x"));
    assert!(reverted(Revert::from("x".repeat(5000)).abi_encode().into()).len() <= 200);
}

#[test]
fn revert_data_is_found_wherever_it_sits() {
    let data = json!(Bytes::from(Revert::from("difficulty").abi_encode()));
    for error in [
        json!({ "code": 3, "message": "execution reverted", "data": data }),
        json!({ "code": -32603, "message": "Internal JSON-RPC error.", "data": { "data": data } }),
        json!({ "code": -32603, "message": "Internal JSON-RPC error.",
            "data": { "originalError": { "code": 3, "data": data, "message": "execution reverted" } } }),
        json!({ "code": -32000, "message": "execution reverted: difficulty" }),
        json!({ "code": -32603,
            "message": "VM Exception while processing transaction: reverted with reason string 'difficulty'" }),
        json!({ "code": -32015, "message": "execution reverted: \"difficulty\"", "data": "Reverted" }),
    ] {
        assert_eq!(refused(thrown(&error)), ChainError::Stale, "{error}");
    }
}

#[test]
fn an_empty_purse_is_understood_in_every_node_s_words() {
    for message in [
        "insufficient funds for gas * price + value: address 0xf39f have 0 want 45",
        "Insufficient funds for gas * price + value",
        "insufficient funds for transfer",
        "err: insufficient balance for transfer (supplied gas 30000000)",
        "insufficient sender balance",
        "Upfront cost exceeds account balance",
    ] {
        assert_eq!(
            refused(node_error(message)),
            ChainError::InsufficientFunds,
            "{message}"
        );
    }
    let wrapped = json!({ "code": -32603, "message": "Internal JSON-RPC error.",
        "data": { "originalError": { "code": -32000, "message": "insufficient funds for transfer" } } });
    assert_eq!(refused(thrown(&wrapped)), ChainError::InsufficientFunds);
}

#[test]
fn a_node_that_is_down_refuses_nothing() {
    let down = ChainError::Unreachable("timeout".into());
    assert_eq!(refused(down.clone()), down);
    let limited = node_error("too many requests");
    assert_eq!(refused(limited.clone()), limited);
}

#[test]
fn what_is_sent_is_what_was_run() {
    let hash = B256::repeat_byte(9);
    let node = node().answers("eth_sendTransaction", Ok(json!(hash)));
    dry_run(&node).unwrap();
    assert_eq!(block_on(send(&node, &transaction(), 250_000)), Ok(hash));
    let mut sent = node.asked("eth_sendTransaction")[0][0].clone();
    let fields = sent.as_object_mut().unwrap();
    assert_eq!(fields.remove("chainId"), Some(json!("0x1")));
    assert_eq!(fields.remove("gas"), Some(json!("0x3d090")));
    assert_eq!(sent, node.asked("eth_call")[0][0], "and no fee fields");
}

#[test]
fn nothing_is_sent_to_another_chain() {
    let node = node().answers("eth_chainId", Ok(json!("0x2")));
    let sent = block_on(send(&node, &transaction(), 250_000));
    assert_eq!(
        sent,
        Err(ChainError::WrongChain {
            expected: 1,
            actual: 2
        })
    );
    assert!(node.asked("eth_sendTransaction").is_empty());
}

#[test]
fn a_wallet_s_answer_to_sending() {
    let sent = |answer| {
        let node = node().answers("eth_sendTransaction", answer);
        block_on(send(&node, &transaction(), 250_000))
    };
    assert_eq!(sent(Err(ChainError::Rejected)), Err(ChainError::Rejected));
    assert_eq!(sent(Err(because("difficulty"))), Err(ChainError::Stale));
    for answer in [json!(null), json!("0x12"), json!("done"), json!({})] {
        assert!(matches!(sent(Ok(answer)), Err(ChainError::Nonsense(_))));
    }
}
