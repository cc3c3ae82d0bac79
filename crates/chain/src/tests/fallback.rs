use crate::abi::IAtomine;
use crate::mock::{Node, collection, node_error, revert};
use crate::{ChainError, Fallback, Kind, Provider, read_state};
use alloy_primitives::{B256, Bytes, U256};
use pollster::block_on;
use serde_json::{Value, json};

fn down() -> ChainError {
    ChainError::Unreachable("timeout".into())
}

/// A node whose collection is at this Atom.
fn node(id: u64) -> Node {
    let work = IAtomine::workReturn {
        id: U256::from(id),
        prevHash: B256::repeat_byte(7),
        target: U256::MAX,
        cost: U256::ZERO,
    };
    Node::new().returns(&IAtomine::workCall {}, &work)
}

fn next_id(nodes: &Fallback<&Node>) -> Result<u64, ChainError> {
    let collection = collection(Kind::Atomine);
    let state = block_on(nodes.each(async |node| read_state(node, &collection).await));
    state.map(|state| state.next_id.get())
}

fn ask(nodes: &Fallback<&Node>) -> Result<Value, ChainError> {
    block_on(nodes.request("eth_x", json!([])))
}

#[test]
fn a_node_that_is_down_lies_or_limits_is_passed_over() {
    for failure in [
        down(),
        ChainError::Limited { seconds: 60 },
        ChainError::Nonsense("HTML".into()),
        ChainError::Unsupported,
        node_error("rate limit exceeded"),
        node_error("header not found"),
    ] {
        let bad = Node::new().answers("eth_x", Err(failure));
        let good = Node::new().answers("eth_x", Ok(json!(1)));
        assert_eq!(ask(&Fallback::new(vec![&bad, &good])), Ok(json!(1)));
    }
}

#[test]
fn a_revert_is_an_answer() {
    let answered = revert(Bytes::new());
    let first = Node::new().answers("eth_x", Err(answered.clone()));
    let second = Node::new().answers("eth_x", Ok(json!(1)));
    assert_eq!(ask(&Fallback::new(vec![&first, &second])), Err(answered));
    assert!(second.asked("eth_x").is_empty());
}

#[test]
fn the_node_that_answered_is_asked_first_next_time() {
    let bad = Node::new().answers("eth_x", Err(down()));
    let good = Node::new().answers("eth_x", Ok(json!(1)));
    let nodes = Fallback::new(vec![&bad, &good]);
    ask(&nodes).unwrap();
    ask(&nodes).unwrap();
    assert_eq!(
        (bad.asked("eth_x").len(), good.asked("eth_x").len()),
        (1, 2)
    );
}

#[test]
fn a_whole_action_comes_from_one_node() {
    let liar = node(0);
    let lost = node(5).answers("eth_chainId", Ok(json!("0x2")));
    let empty = Node::new()
        .answers("eth_call", Ok(json!("0x")))
        .answers("eth_getCode", Ok(json!("0x")));
    let dies = node(6).answers("eth_call", Err(down()));
    let good = node(7);
    let nodes = Fallback::new(vec![&liar, &lost, &empty, &dies, &good]);
    assert_eq!(next_id(&nodes), Ok(7));
    assert_eq!(good.asked("eth_blockNumber").len(), 1);
}

#[test]
fn when_all_fail_the_most_telling_failure_is_told() {
    let silent = Node::new().answers("eth_x", Err(down()));
    let empty = Node::new().answers("eth_x", Err(ChainError::NoContract));
    assert_eq!(
        ask(&Fallback::new(vec![&silent, &empty, &silent])),
        Err(ChainError::NoContract)
    );
    assert_eq!(ask(&Fallback::new(vec![&silent, &silent])), Err(down()));
    assert!(matches!(
        ask(&Fallback::new(vec![])),
        Err(ChainError::Unreachable(_))
    ));
}

#[test]
fn a_batch_is_answered_by_one_node() {
    let bad = Node::new().answers("eth_chainId", Err(down()));
    let nodes = Fallback::new(vec![bad, Node::new()]);
    let requests = vec![("eth_blockNumber", json!([])), ("eth_chainId", json!([]))];
    let answers = block_on(nodes.batch(requests)).unwrap();
    assert_eq!(answers, [Ok(json!("0x10")), Ok(json!("0x1"))]);
}

#[test]
fn a_wallet_on_another_chain_is_not_blamed_for_nodes_that_are_down() {
    let silent = Node::new().answers("eth_chainId", Err(down()));
    let elsewhere = Node::new().answers("eth_chainId", Ok(json!("0x2")));
    let told = next_id(&Fallback::new(vec![&silent, &elsewhere]));
    assert!(matches!(told, Err(ChainError::Unreachable(_))), "{told:?}");
    let told = next_id(&Fallback::new(vec![&elsewhere]));
    assert!(
        matches!(told, Err(ChainError::WrongChain { .. })),
        "{told:?}"
    );
}

/// A node that is at this block and this Atom.
fn node_at(block: u64, id: u64) -> Node {
    node(id).answers("eth_blockNumber", Ok(json!(format!("{block:#x}"))))
}

/// What is read, and what another node says beside it.
fn both(nodes: &Fallback<&Node>) -> (u64, Option<u64>) {
    let collection = collection(Kind::Atomine);
    let told = block_on(nodes.state(&collection)).unwrap();
    let other = block_on(nodes.second_opinion(&collection));
    (told.next_id.get(), other.map(|state| state.next_id.get()))
}

#[test]
fn a_node_that_stands_still_is_found_out_and_no_longer_preferred() {
    let (stuck, good) = (node_at(100, 5), node_at(102, 6));
    let nodes = Fallback::new(vec![&stuck, &good]);
    assert_eq!(both(&nodes), (5, Some(6)));
    assert_eq!(both(&nodes), (6, Some(5)));
    assert_eq!(both(&nodes), (6, Some(5)), "the later one stays preferred");
}

#[test]
fn a_node_that_hears_of_a_block_a_moment_later_stays_preferred() {
    let (first, second) = (node_at(100, 5), node_at(101, 6));
    let nodes = Fallback::new(vec![&first, &second]);
    assert_eq!(both(&nodes), (5, Some(6)));
    assert_eq!(both(&nodes), (5, Some(6)));
}

#[test]
fn all_other_nodes_take_turns_and_those_that_fail_say_nothing() {
    let (first, second, third) = (node_at(100, 5), node_at(100, 6), node_at(100, 7));
    let silent = Node::new().answers("eth_chainId", Err(down()));
    let nodes = Fallback::new(vec![&first, &second, &silent, &third]);
    let mut others: Vec<_> = (0..3).map(|_| both(&nodes).1).collect();
    others.sort_unstable();
    assert_eq!(others, [None, Some(6), Some(7)]);
    assert_eq!(both(&Fallback::new(vec![&first])), (5, None));
}
