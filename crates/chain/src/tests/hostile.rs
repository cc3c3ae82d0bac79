//! Nodes that answer anything at all: every function comes back with a result or an error.

use crate::mock::{ACCOUNT, CONTRACT, collection};
use crate::{
    ChainError, Kind, Provider, RpcError, identify, mine_transaction, parse_catalogue,
    parse_collection_query, read_atom, read_atoms, read_balance, read_outcome, read_owned,
    read_state, send, simulate, wallet,
};
use alloy_primitives::{B256, Bytes, U256};
use atomine_protocol::{Nonce, TokenId};
use pollster::block_on;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::cell::Cell;

/// Answers in turn from a list, over and over, whatever it is asked.
struct Liar {
    answers: Vec<Result<Value, ChainError>>,
    next: Cell<usize>,
}

impl Provider for Liar {
    async fn request(&self, method: &str, _: Value) -> Result<Value, ChainError> {
        // So that most lies are told by a node that seems to be on the right chain.
        if method == "eth_chainId" {
            return Ok(json!("0x1"));
        }
        let next = self.next.get();
        self.next.set(next + 1);
        self.answers[next % self.answers.len()].clone()
    }
}

fn any_word() -> impl Strategy<Value = B256> {
    prop_oneof![
        any::<[u8; 32]>().prop_map(B256::from),
        (0..70_u64).prop_map(|number| B256::from(U256::from(number))),
        Just(B256::from(U256::from(u64::MAX))),
        Just(B256::repeat_byte(0xff)),
        Just(ACCOUNT.into_word()),
    ]
}

/// JSON as nodes send it, more or less: numbers, words, receipts, and things that make no sense.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        any::<u64>().prop_map(|number| json!(format!("{number:#x}"))),
        (0..3_u64).prop_map(|number| json!(format!("{number:#x}"))),
        any::<Vec<u8>>().prop_map(|bytes| json!(Bytes::from(bytes))),
        any_word().prop_map(|word| json!(word)),
        Just(json!(CONTRACT)),
        Just(json!(ACCOUNT)),
        prop::collection::vec(any_word(), 0..9)
            .prop_map(|words| json!(Bytes::from(words.concat()))),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        let key = prop::sample::select(vec![
            "code",
            "message",
            "data",
            "originalError",
            "status",
            "blockNumber",
            "transactionHash",
            "logs",
            "address",
            "topics",
            "result",
            "id",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..6).prop_map(|fields| {
                fields
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value))
                    .collect()
            }),
        ]
    })
}

fn any_answer() -> impl Strategy<Value = Result<Value, ChainError>> {
    prop_oneof![
        8 => any_json().prop_map(Ok),
        1 => any_json().prop_map(|error| Err(RpcError::from_json(&error).into())),
        1 => any_json().prop_map(|error| Err(ChainError::from_rpc(RpcError::from_json(&error)))),
    ]
}

proptest! {
    #[test]
    fn nothing_that_a_node_says_is_too_much(
        answers in prop::collection::vec(any_answer(), 1..8),
        kind in prop::sample::select(vec![Kind::Atomine, Kind::PownftV3]),
    ) {
        let liar = Liar { answers, next: Cell::new(0) };
        let collection = collection(kind);
        let id = TokenId::new(2).unwrap();
        let transaction = mine_transaction(&collection, ACCOUNT, Nonce::default(), U256::ZERO);
        block_on(async {
            if let Ok(state) = read_state(&liar, &collection).await {
                prop_assert!(state.next_id.get() >= 2);
                prop_assert!(state.target.0 != B256::ZERO);
            }
            if let Ok(atoms) = read_atoms(&liar, &collection, id, 9).await {
                prop_assert!(atoms.len() <= 9);
            }
            if let Ok(gas) = simulate(&liar, &transaction).await {
                prop_assert!((26_250..=12_500_000).contains(&gas));
            }
            let _ = read_owned(&liar, &collection, ACCOUNT, None, 48).await;
            let _ = read_atom(&liar, &collection, id).await;
            let _ = read_balance(&liar, &collection, ACCOUNT).await;
            let _ = identify(&liar, collection.key(), collection.chain.clone()).await;
            let _ = send(&liar, &transaction, 1).await;
            let _ = read_outcome(&liar, &collection, ACCOUNT, B256::ZERO).await;
            let _ = wallet::accounts(&liar, true).await;
            let _ = wallet::switch_chain(&liar, &collection.chain).await;
            let _ = wallet::watch_asset(&liar, collection.key(), id).await;
            Ok(())
        })?;
    }

    #[test]
    fn errors_of_any_shape_are_read(error in any_json()) {
        prop_assert!(RpcError::from_json(&error).message.chars().count() <= 201);
    }

    #[test]
    fn lists_and_queries_of_any_kind_are_read(text in ".*", json in any_json()) {
        prop_assert!(parse_catalogue(&text).is_err());
        prop_assert!(parse_catalogue(&json!([json]).to_string()).is_err());
        let _ = parse_collection_query(&text);
        let query = format!("collection={text}");
        prop_assert!(parse_collection_query(&query).is_err());
    }
}
