use crate::mock::{ACCOUNT, CONTRACT, Node, collection};
use crate::wallet::{
    accounts, add_chain, chain_id, parse_accounts, parse_chain_id, revoke, switch_chain,
    watch_asset,
};
use crate::{Chain, ChainError, Kind, RpcError};
use alloy_primitives::Address;
use atomine_protocol::TokenId;
use pollster::block_on;
use serde_json::{Value, json};

fn chain() -> Chain {
    collection(Kind::Atomine).chain
}

fn thrown(error: &Value) -> ChainError {
    ChainError::from_rpc(RpcError::from_json(error))
}

fn coded(code: i64, message: &str) -> ChainError {
    thrown(&json!({ "code": code, "message": message }))
}

#[test]
fn every_answer_of_a_wallet_has_its_meaning() {
    for (error, expected) in [
        (
            coded(4001, "User rejected the request."),
            ChainError::Rejected,
        ),
        (
            coded(
                4001,
                "MetaMask Tx Signature: User denied transaction signature.",
            ),
            ChainError::Rejected,
        ),
        (
            coded(4100, "The requested account is not authorized."),
            ChainError::NotAuthorized,
        ),
        (
            coded(-32002, "Request already pending for origin http://x"),
            ChainError::AlreadyOpen,
        ),
        (
            coded(4902, "Unrecognized chain ID \"0x7a69\"."),
            ChainError::UnknownChain,
        ),
        (
            coded(-32601, "The method \"eth_sign\" does not exist"),
            ChainError::Unsupported,
        ),
        (coded(4200, "not supported"), ChainError::Unsupported),
        (
            coded(-32603, "Failed to fetch"),
            ChainError::Unreachable("Failed to fetch".into()),
        ),
    ] {
        assert_eq!(error, expected);
    }
    for code in [-32600, -32602, -32603, -32000, 4900, 0] {
        let expected = RpcError {
            code,
            message: "words".into(),
            data: None,
        };
        assert_eq!(coded(code, "words"), ChainError::Rpc(expected));
    }
}

#[test]
fn an_error_within_an_internal_error_is_the_one_that_counts() {
    let wrapped = |code: i64| {
        json!({ "code": code, "message": "Internal JSON-RPC error.",
            "data": { "originalError": { "code": 4902, "message": "Unrecognized chain ID" } } })
    };
    assert_eq!(thrown(&wrapped(-32603)), ChainError::UnknownChain);
    assert_eq!(thrown(&wrapped(4001)), ChainError::Rejected);
    let without_code = json!({ "data": { "originalError": { "code": 4902 } } });
    assert_eq!(thrown(&without_code), ChainError::UnknownChain);
}

#[test]
fn whatever_is_thrown_becomes_an_error_of_bounded_length() {
    for thrown in [
        json!(null),
        json!("boom"),
        json!(7),
        json!([]),
        json!({}),
        json!({ "code": "4001", "message": 7 }),
        json!({ "code": 1e300, "message": "x".repeat(100_000) }),
    ] {
        let error = RpcError::from_json(&thrown);
        assert_eq!(error.code, -32603, "{error:?}");
        assert!(error.message.chars().count() <= 201);
    }
}

#[test]
fn accounts_with_and_without_a_dialog() {
    let node = Node::new()
        .answers("eth_accounts", Ok(json!([])))
        .answers("eth_requestAccounts", Ok(json!([ACCOUNT])));
    assert_eq!(block_on(accounts(&node, true)), Ok(Vec::new()));
    assert!(node.asked("eth_requestAccounts").is_empty());
    assert_eq!(block_on(accounts(&node, false)), Ok(vec![ACCOUNT]));
}

#[test]
fn accounts_that_are_none_are_nonsense() {
    for lie in [
        json!(null),
        json!("0x"),
        json!({}),
        json!([1]),
        json!(["0x12"]),
        json!([null]),
        json!([format!("0x{}", "1".repeat(42))]),
        json!([Address::ZERO, "x"]),
    ] {
        assert!(
            matches!(parse_accounts(&lie), Err(ChainError::Nonsense(_))),
            "{lie}"
        );
    }
    let checksummed = json!(["0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"]);
    assert_eq!(parse_accounts(&checksummed), Ok(vec![ACCOUNT]));
}

#[test]
fn chain_ids() {
    assert_eq!(parse_chain_id(&json!("0x7a69")), Ok(31337));
    assert_eq!(block_on(chain_id(&Node::new())), Ok(1));
    for lie in [
        json!(null),
        json!("loading"),
        json!(1),
        json!("0x"),
        json!("0x1g"),
    ] {
        assert!(
            matches!(parse_chain_id(&lie), Err(ChainError::Nonsense(_))),
            "{lie}"
        );
    }
}

#[test]
fn switching_asks_again_which_chain_it_is() {
    let node = Node::new()
        .answers("wallet_switchEthereumChain", Ok(Value::Null))
        .answers("eth_chainId", Ok(json!("0x5")));
    assert_eq!(block_on(switch_chain(&node, &chain())), Ok(5));
    assert_eq!(
        node.asked("wallet_switchEthereumChain"),
        [json!([{ "chainId": "0x1" }])]
    );
}

#[test]
fn an_unknown_chain_is_added() {
    let node = Node::new()
        .answers("wallet_switchEthereumChain", Err(ChainError::UnknownChain))
        .answers("wallet_addEthereumChain", Ok(Value::Null));
    assert_eq!(block_on(switch_chain(&node, &chain())), Ok(1));
    let expected = json!([{
        "chainId": "0x1",
        "chainName": "Ethereum",
        "nativeCurrency": { "name": "ETH", "symbol": "ETH", "decimals": 18 },
        "rpcUrls": ["https://node.example"],
        "blockExplorerUrls": ["https://explorer.example"],
    }]);
    assert_eq!(node.asked("wallet_addEthereumChain"), [expected]);
}

#[test]
fn only_urls_that_wallets_take_are_offered() {
    let node = Node::new().answers("wallet_addEthereumChain", Ok(Value::Null));
    let mut chain = chain();
    chain.rpcs = vec!["http://node.example".into(), "http://127.0.0.1:8545".into()];
    chain.explorer = Some("http://explorer.example".into());
    block_on(add_chain(&node, &chain)).unwrap();
    let parameter = &node.asked("wallet_addEthereumChain")[0][0];
    assert_eq!(parameter["rpcUrls"], json!(["http://127.0.0.1:8545"]));
    assert_eq!(parameter.get("blockExplorerUrls"), None);
    chain.rpcs.truncate(1);
    assert_eq!(
        block_on(add_chain(&node, &chain)),
        Err(ChainError::Unsupported)
    );
}

#[test]
fn a_dialog_that_ends_badly_changes_nothing() {
    for error in [
        ChainError::Rejected,
        ChainError::AlreadyOpen,
        ChainError::Unsupported,
    ] {
        let node = Node::new()
            .answers("wallet_switchEthereumChain", Err(error.clone()))
            .answers("wallet_addEthereumChain", Err(error.clone()));
        assert_eq!(block_on(switch_chain(&node, &chain())), Err(error.clone()));
        assert!(node.asked("wallet_addEthereumChain").is_empty());
        assert_eq!(block_on(add_chain(&node, &chain())), Err(error));
    }
}

#[test]
fn an_atom_is_offered_as_a_collectible() {
    let (key, id) = (collection(Kind::Atomine).key(), TokenId::new(17).unwrap());
    let node = Node::new().answers("wallet_watchAsset", Ok(json!(true)));
    assert_eq!(block_on(watch_asset(&node, key, id)), Ok(()));
    let expected = json!({
        "type": "ERC721",
        "options": { "address": format!("{CONTRACT:#x}"), "tokenId": "17" },
    });
    assert_eq!(node.asked("wallet_watchAsset"), [expected]);
    let node = node.answers("wallet_watchAsset", Ok(json!(false)));
    assert_eq!(
        block_on(watch_asset(&node, key, id)),
        Err(ChainError::Rejected)
    );
}

#[test]
fn revoking_where_the_wallet_can() {
    let revoked = |answer| {
        block_on(revoke(
            &Node::new().answers("wallet_revokePermissions", answer),
        ))
    };
    assert_eq!(revoked(Ok(Value::Null)), Ok(()));
    assert_eq!(revoked(Err(ChainError::Unsupported)), Ok(()));
    assert_eq!(
        revoked(Err(ChainError::AlreadyOpen)),
        Err(ChainError::AlreadyOpen)
    );
}
