use crate::abi::{IAtomine, ICollection, IPownftV3};
use crate::mock::{BLOCK, Node, collection, node_error};
use crate::{ChainError, CollectionState, Kind, read_state};
use alloy_primitives::{B256, U256};
use atomine_protocol::{PrevHash, Rules, Target, TokenId};
use pollster::block_on;
use serde_json::{Value, json};

const HASH: B256 = B256::repeat_byte(7);

fn work(id: u64) -> IAtomine::workReturn {
    IAtomine::workReturn {
        id: U256::from(id),
        prevHash: HASH,
        target: U256::from(1000),
        cost: U256::from(5),
    }
}

fn read_atomine(node: &Node) -> Result<CollectionState, ChainError> {
    block_on(read_state(node, &collection(Kind::Atomine)))
}

fn atomine_says(work: &IAtomine::workReturn) -> Result<CollectionState, ChainError> {
    read_atomine(&Node::new().returns(&IAtomine::workCall {}, work))
}

fn v3(v2_total: u64, unmigrated: u64, total_supply: u64) -> Node {
    Node::new()
        .returns(&IPownftV3::V2_TOTALCall {}, &U256::from(v2_total))
        .returns(&IPownftV3::UNMIGRATEDCall {}, &U256::from(unmigrated))
        .returns(&IPownftV3::totalSupplyCall {}, &U256::from(total_supply))
}

fn read_v3(node: &Node) -> Result<CollectionState, ChainError> {
    block_on(read_state(node, &collection(Kind::PownftV3)))
}

fn assert_nonsense(result: &Result<CollectionState, ChainError>) {
    assert!(matches!(result, Err(ChainError::Nonsense(_))), "{result:?}");
}

#[test]
fn atomine_tells_all_in_one_call() {
    let state = CollectionState {
        block: BLOCK,
        next_id: TokenId::new(17).unwrap(),
        prev_hash: PrevHash(HASH),
        target: Target::from(U256::from(1000)),
        cost_wei: U256::from(5),
    };
    assert_eq!(atomine_says(&work(17)), Ok(state));
}

#[test]
fn everything_is_read_at_one_block() {
    let node = v3(9000, 500, 9001).returns(
        &ICollection::hashOfCall {
            id: U256::from(9501),
        },
        &HASH,
    );
    read_v3(&node).unwrap();
    let calls = node.asked("eth_call");
    assert_eq!(calls.len(), 4);
    assert!(calls.iter().all(|params| params[1] == "0x10"), "{calls:?}");
}

#[test]
fn v3_builds_on_the_newest_atom() {
    let node = v3(9000, 500, 9001).returns(
        &ICollection::hashOfCall {
            id: U256::from(9501),
        },
        &HASH,
    );
    let next_id = TokenId::new(9502).unwrap();
    let state = CollectionState {
        block: BLOCK,
        next_id,
        prev_hash: PrevHash(HASH),
        target: Rules::POWNFT.target(next_id),
        cost_wei: Rules::POWNFT.cost_wei(next_id),
    };
    assert_eq!(read_v3(&node), Ok(state));
}

#[test]
fn v3_first_mint_builds_on_the_previous_contract() {
    let node = v3(9000, 500, 8500).returns(&IPownftV3::PREV_CHAIN_LAST_HASHCall {}, &HASH);
    let state = read_v3(&node).unwrap();
    assert_eq!(
        (state.next_id.get(), state.prev_hash),
        (9001, PrevHash(HASH))
    );
}

#[test]
fn numbers_that_cannot_be_true_are_nonsense() {
    for id in [0, 1, 1 << 63, u64::MAX] {
        assert_nonsense(&atomine_says(&work(id)));
    }
    assert!(atomine_says(&work((1 << 63) - 1)).is_ok());
    let with = |change: fn(&mut IAtomine::workReturn)| {
        let mut work = work(17);
        change(&mut work);
        atomine_says(&work)
    };
    assert_nonsense(&with(|work| work.id = U256::MAX));
    assert_nonsense(&with(|work| work.target = U256::ZERO));
    assert_nonsense(&with(|work| work.prevHash = B256::ZERO));
    // Fewer Atoms than v2 had; sums that overflow; ids beyond reason.
    assert_nonsense(&read_v3(&v3(9000, 0, 8999)));
    assert_nonsense(&read_v3(&v3(9000, u64::MAX, u64::MAX)));
    assert_nonsense(&read_v3(&v3(9000, 1 << 62, 1 << 62)));
}

#[test]
fn the_first_atom_builds_on_genesis_hash_0() {
    let mut work = work(2);
    work.prevHash = B256::ZERO;
    assert!(atomine_says(&work).is_ok());
}

#[test]
fn words_of_the_wrong_shape_are_nonsense() {
    let word = "00".repeat(31) + "07";
    let four = word.repeat(4);
    for answer in [
        json!(format!("0x{}", &four[2..])),
        json!(format!("0x{four}00")),
        json!(format!("0x{four}{word}")),
        json!(format!("0x{}", &four[1..])),
        json!(four),
        json!("0x0"),
        json!(format!("0x{}", "zz".repeat(128))),
        json!("<html>busy</html>"),
        json!(null),
        json!(7),
        json!({ "result": "0x" }),
    ] {
        let node = Node::new().calls(&IAtomine::workCall {}, Ok(answer));
        assert_nonsense(&read_atomine(&node));
    }
    let node = Node::new().calls(&IAtomine::workCall {}, Ok(json!(format!("0x{four}"))));
    assert!(read_atomine(&node).is_ok());
}

#[test]
fn heads_of_the_wrong_shape_are_nonsense() {
    for answer in [
        json!(null),
        json!("0x"),
        json!("16"),
        json!(16),
        json!("0x-1"),
        json!("0x+1"),
        json!(format!("0x{}", "f".repeat(17))),
        json!(format!("0x{}", "0".repeat(65))),
    ] {
        for method in ["eth_chainId", "eth_blockNumber"] {
            assert_nonsense(&read_atomine(
                &Node::new().answers(method, Ok(answer.clone())),
            ));
        }
    }
}

#[test]
fn another_chain_is_said() {
    let node = Node::new().answers("eth_chainId", Ok(json!("0x7a69")));
    let wrong = ChainError::WrongChain {
        expected: 1,
        actual: 31337,
    };
    assert_eq!(read_atomine(&node), Err(wrong));
}

#[test]
fn an_empty_address_and_another_contract_are_told_apart() {
    let empty: fn(Value) -> Node = |code| {
        Node::new()
            .answers("eth_call", Ok(json!("0x")))
            .answers("eth_getCode", Ok(code))
    };
    for read in [read_atomine, read_v3] {
        assert_eq!(read(&empty(json!("0x"))), Err(ChainError::NoContract));
        for other in [empty(json!("0x60")), Node::new()] {
            assert!(matches!(read(&other), Err(ChainError::NotACollection(_))));
        }
        assert_nonsense(&read(&empty(json!(null))));
    }
}

#[test]
fn a_node_that_fails_is_passed_on() {
    let down = ChainError::Unreachable("timeout".into());
    let node = Node::new().answers("eth_call", Err(down.clone()));
    assert_eq!(read_atomine(&node), Err(down));
    let behind = node_error("header not found");
    let node = Node::new().answers("eth_call", Err(behind.clone()));
    assert_eq!(read_v3(&node), Err(behind));
}
