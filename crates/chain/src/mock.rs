//! A node or wallet that says what a test tells it to, and remembers what it was asked.

use crate::{Chain, ChainError, Collection, Kind, Provider, RpcError};
use alloy_primitives::{Address, Bytes, address};
use alloy_sol_types::SolCall;
use serde_json::{Value, json};
use std::cell::RefCell;

type Answer = Result<Value, ChainError>;
type Rule = Box<dyn Fn(&str, &Value) -> Option<Answer>>;

/// Where the mock's contract is.
pub(crate) const CONTRACT: Address = address!("9abb7bddc43fa67c76a62d8c016513827f59be1b");
/// The account that the tests use.
pub(crate) const ACCOUNT: Address = address!("f39fd6e51aad88f6f4ce6ab8827279cfffb92266");
/// The block that the mock's chain is at.
pub(crate) const BLOCK: u64 = 16;

/// A collection at [`CONTRACT`] on chain 1.
pub(crate) fn collection(kind: Kind) -> Collection {
    Collection {
        name: "Test".into(),
        kind,
        address: CONTRACT,
        chain: Chain {
            id: 1,
            name: "Ethereum".into(),
            currency: "ETH".into(),
            rpcs: vec!["https://node.example".into()],
            explorer: Some("https://explorer.example".into()),
        },
        marketplace: None,
    }
}

/// A revert as geth and anvil phrase it.
pub(crate) fn revert(data: impl Into<Bytes>) -> ChainError {
    ChainError::Rpc(RpcError {
        code: 3,
        message: "execution reverted".into(),
        data: Some(data.into()),
    })
}

/// An error of the node itself.
pub(crate) fn node_error(message: &str) -> ChainError {
    ChainError::Rpc(RpcError {
        code: -32000,
        message: message.into(),
        data: None,
    })
}

/// A node on chain 1 with a contract that has no function yet. What is said last counts.
pub(crate) struct Node {
    rules: Vec<Rule>,
    asked: RefCell<Vec<(String, Value)>>,
}

impl Node {
    pub(crate) fn new() -> Self {
        Self {
            rules: Vec::new(),
            asked: RefCell::default(),
        }
        .answers("eth_call", Err(revert(Bytes::new())))
        .answers("eth_chainId", Ok(json!("0x1")))
        .answers("eth_blockNumber", Ok(json!(format!("{BLOCK:#x}"))))
        .answers("eth_getCode", Ok(json!("0x60")))
    }

    /// This answer, whenever the rule gives one.
    pub(crate) fn rule(mut self, rule: impl Fn(&str, &Value) -> Option<Answer> + 'static) -> Self {
        self.rules.push(Box::new(rule));
        self
    }

    /// The answer to a method, whatever its parameters.
    pub(crate) fn answers(self, method: &'static str, answer: Answer) -> Self {
        self.rule(move |asked, _| (asked == method).then(|| answer.clone()))
    }

    /// The raw answer to a getter.
    pub(crate) fn calls<C: SolCall>(self, call: &C, answer: Answer) -> Self {
        let data = json!(Bytes::from(call.abi_encode()));
        self.rule(move |method, params| {
            let asked = method == "eth_call" && params.pointer("/0/data") == Some(&data);
            asked.then(|| answer.clone())
        })
    }

    /// What a getter returns.
    pub(crate) fn returns<C: SolCall>(self, call: &C, returned: &C::Return) -> Self {
        let data = Bytes::from(C::abi_encode_returns(returned));
        self.calls(call, Ok(json!(data)))
    }

    /// The parameters of every request of this method so far.
    pub(crate) fn asked(&self, method: &str) -> Vec<Value> {
        let asked = self.asked.borrow();
        let of_method = asked.iter().filter(|(name, _)| name == method);
        of_method.map(|(_, params)| params.clone()).collect()
    }
}

impl Provider for Node {
    async fn request(&self, method: &str, params: Value) -> Answer {
        let answer = self
            .rules
            .iter()
            .rev()
            .find_map(|rule| rule(method, &params))
            .unwrap_or(Err(ChainError::Unsupported));
        self.asked.borrow_mut().push((method.into(), params));
        answer
    }
}
