use crate::abi::ICollection;
use crate::mock::{ACCOUNT, CONTRACT, Node, collection};
use crate::{ChainError, Kind, MintOutcome, OwnedAtom, read_outcome};
use alloy_primitives::{Address, B256, U256};
use alloy_sol_types::SolEvent;
use atomine_protocol::{AtomHash, TokenId};
use pollster::block_on;
use serde_json::{Value, json};

const TRANSACTION: B256 = B256::repeat_byte(9);
const HASH: B256 = B256::repeat_byte(7);
const OTHER: Address = Address::repeat_byte(2);

fn log(contract: Address, event: &impl SolEvent) -> Value {
    let data = event.encode_log_data();
    json!({ "address": contract, "topics": data.topics(), "data": data.data })
}

fn transfer(from: Address, to: Address, id: u64) -> Value {
    log(
        CONTRACT,
        &ICollection::Transfer {
            from,
            to,
            tokenId: U256::from(id),
        },
    )
}

fn mined(id: u64) -> Value {
    log(
        CONTRACT,
        &ICollection::Mined {
            tokenId: U256::from(id),
            hash: HASH,
        },
    )
}

fn receipt(status: &str, logs: &[Value]) -> Value {
    json!({ "transactionHash": TRANSACTION, "blockNumber": "0x11", "status": status, "logs": logs })
}

fn outcome(receipt: Value) -> Result<MintOutcome, ChainError> {
    let node = Node::new().answers("eth_getTransactionReceipt", Ok(receipt));
    outcome_at(&node)
}

#[test]
fn a_node_on_another_chain_does_not_say_that_a_transaction_is_lost() {
    let node = Node::new()
        .answers("eth_chainId", Ok(json!("0x2")))
        .answers("eth_getTransactionReceipt", Ok(Value::Null))
        .answers("eth_getTransactionByHash", Ok(Value::Null));
    let told = outcome_at(&node);
    assert!(
        matches!(told, Err(ChainError::WrongChain { actual: 2, .. })),
        "{told:?}"
    );
}

fn outcome_at(node: &Node) -> Result<MintOutcome, ChainError> {
    block_on(read_outcome(
        node,
        &collection(Kind::Atomine),
        ACCOUNT,
        TRANSACTION,
    ))
}

fn minted(id: u64) -> MintOutcome {
    MintOutcome::Minted {
        atom: OwnedAtom {
            id: TokenId::new(id).unwrap(),
            hash: AtomHash(HASH),
            owner: ACCOUNT,
        },
        transaction: TRANSACTION,
        block: 17,
    }
}

#[test]
fn a_mint_is_read_from_its_logs() {
    let logs = [transfer(Address::ZERO, ACCOUNT, 17), mined(17)];
    assert_eq!(outcome(receipt("0x1", &logs)), Ok(minted(17)));
}

#[test]
fn logs_of_others_do_not_matter() {
    let foreign = ICollection::Mined {
        tokenId: U256::from(5),
        hash: HASH,
    };
    let odd = json!({ "address": CONTRACT, "topics": [B256::ZERO], "data": "0x1234" });
    let logs = [
        log(OTHER, &foreign),
        json!({ "address": OTHER, "topics": "none of our business" }),
        odd,
        transfer(Address::ZERO, OTHER, 16),
        mined(16),
        transfer(OTHER, ACCOUNT, 4),
        transfer(Address::ZERO, ACCOUNT, 17),
        mined(17),
    ];
    assert_eq!(outcome(receipt("0x1", &logs)), Ok(minted(17)));
}

#[test]
fn the_status_decides() {
    let logs = [transfer(Address::ZERO, ACCOUNT, 17), mined(17)];
    assert_eq!(
        outcome(receipt("0x0", &logs)),
        Ok(MintOutcome::Reverted { block: 17 })
    );
}

#[test]
fn a_receipt_that_contradicts_itself_is_nonsense() {
    let good = [transfer(Address::ZERO, ACCOUNT, 17), mined(17)];
    let of_another = ICollection::Mined {
        tokenId: U256::MAX,
        hash: HASH,
    };
    let to_us = ICollection::Transfer {
        from: Address::ZERO,
        to: ACCOUNT,
        tokenId: U256::MAX,
    };
    let mut cut = mined(17);
    cut["data"] = json!("0x07");
    let mut long_topic = mined(17);
    long_topic["topics"][1] = json!(format!("0x{}", "0".repeat(66)));
    let mut five_topics = mined(17);
    five_topics["topics"] = json!([HASH, HASH, HASH, HASH, HASH]);
    let mut lies = vec![
        receipt("0x1", &[]),
        receipt("0x1", &good[..1]),
        receipt("0x1", &good[1..]),
        receipt("0x1", &[transfer(Address::ZERO, OTHER, 17), mined(17)]),
        receipt("0x1", &[transfer(Address::ZERO, ACCOUNT, 17), mined(18)]),
        receipt("0x1", &[transfer(Address::ZERO, ACCOUNT, 0), mined(0)]),
        receipt("0x1", &[log(CONTRACT, &to_us), log(CONTRACT, &of_another)]),
        receipt("0x1", &[good[0].clone(), cut]),
        receipt("0x1", &[good[0].clone(), long_topic]),
        receipt("0x1", &[good[0].clone(), five_topics]),
        receipt("0x2", &good),
        receipt("yes", &good),
        json!("<html>"),
        json!([]),
        json!({}),
    ];
    for field in ["transactionHash", "blockNumber", "status", "logs"] {
        for lie in [json!(null), json!("0x"), json!(1), json!({})] {
            let mut receipt = receipt("0x1", &good);
            receipt[field] = lie;
            lies.push(receipt);
        }
        let mut lacking = receipt("0x1", &good);
        lacking.as_object_mut().unwrap().remove(field);
        lies.push(lacking);
    }
    for lie in lies {
        let result = outcome(lie.clone());
        assert!(
            matches!(result, Err(ChainError::Nonsense(_))),
            "{lie}: {result:?}"
        );
    }
    let mut another = receipt("0x1", &good);
    another["transactionHash"] = json!(HASH);
    assert!(matches!(outcome(another), Err(ChainError::Nonsense(_))));
}

#[test]
fn without_receipt_it_is_pending_or_unknown() {
    let node = Node::new()
        .answers("eth_getTransactionReceipt", Ok(Value::Null))
        .answers(
            "eth_getTransactionByHash",
            Ok(json!({ "hash": TRANSACTION })),
        );
    assert_eq!(outcome_at(&node), Ok(MintOutcome::Pending));
    let node = node.answers("eth_getTransactionByHash", Ok(Value::Null));
    assert_eq!(outcome_at(&node), Ok(MintOutcome::Unknown));
    let down = ChainError::Unreachable("timeout".into());
    let node = node.answers("eth_getTransactionByHash", Err(down.clone()));
    assert_eq!(outcome_at(&node), Err(down));
}
