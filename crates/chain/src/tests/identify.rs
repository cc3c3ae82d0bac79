use crate::abi::{IAtomine, ICollection, IPownftV3};
use crate::mock::{CONTRACT, Node, collection};
use crate::{ChainError, Collection, Kind, identify};
use alloy_primitives::{B256, U256};
use pollster::block_on;
use serde_json::json;

fn identified(node: &Node) -> Result<Collection, ChainError> {
    let collection = collection(Kind::Atomine);
    block_on(identify(node, collection.key(), collection.chain))
}

fn atomine() -> Node {
    let work = IAtomine::workReturn {
        id: U256::from(2),
        prevHash: B256::ZERO,
        target: U256::MAX,
        cost: U256::ZERO,
    };
    Node::new().returns(&IAtomine::workCall {}, &work)
}

fn named(name: &str) -> String {
    let node = atomine().returns(&ICollection::nameCall {}, &name.into());
    identified(&node).unwrap().name
}

#[test]
fn our_own_contract() {
    let node = atomine().returns(&ICollection::nameCall {}, &"Test".into());
    assert_eq!(identified(&node), Ok(collection(Kind::Atomine)));
}

#[test]
fn pownft_v3() {
    let node = Node::new()
        .returns(&IPownftV3::V2_TOTALCall {}, &U256::from(9000))
        .returns(&IPownftV3::UNMIGRATEDCall {}, &U256::from(500))
        .returns(&IPownftV3::totalSupplyCall {}, &U256::from(9001))
        .returns(&ICollection::nameCall {}, &"Test".into());
    assert_eq!(identified(&node), Ok(collection(Kind::PownftV3)));
}

#[test]
fn names_are_made_fit_for_one_line() {
    assert_eq!(named("  Two \n words\u{7} "), "Two words");
    assert_eq!(named(&"x".repeat(1000)).len(), 60);
    for empty in ["", " \t\n", "\u{0}"] {
        assert_eq!(named(empty), CONTRACT.to_string());
    }
    assert_eq!(identified(&atomine()).unwrap().name, CONTRACT.to_string());
    let old_style = atomine().calls(&ICollection::nameCall {}, Ok(json!(B256::repeat_byte(65))));
    assert_eq!(identified(&old_style).unwrap().name, CONTRACT.to_string());
}

#[test]
fn neither() {
    assert!(matches!(
        identified(&Node::new()),
        Err(ChainError::NotACollection(_))
    ));
    let silent = Node::new().answers("eth_call", Ok(json!("0x")));
    assert!(matches!(
        identified(&silent),
        Err(ChainError::NotACollection(_))
    ));
    let nothing = silent.answers("eth_getCode", Ok(json!("0x")));
    assert_eq!(identified(&nothing), Err(ChainError::NoContract));
}

#[test]
fn a_contract_that_answers_something_else_is_no_collection() {
    let one = Node::new().answers("eth_call", Ok(json!(B256::with_last_byte(1))));
    assert!(matches!(
        identified(&one),
        Err(ChainError::NotACollection(_))
    ));
}

#[test]
fn a_node_that_is_down_tells_nothing_about_the_contract() {
    let down = ChainError::Unreachable("timeout".into());
    let node = atomine().calls(&ICollection::nameCall {}, Err(down.clone()));
    assert_eq!(identified(&node), Err(down));
}
