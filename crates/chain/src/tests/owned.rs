use super::atoms::{OTHER, atom, atoms_call, page, v3};
use crate::abi::{IAtomine, ICollection};
use crate::mock::{ACCOUNT, Node, collection};
use crate::{ChainError, Kind, OwnedPage, OwnedRest, read_owned};
use alloy_primitives::{Address, U256};
use pollster::block_on;
use serde_json::json;

fn read(
    node: &Node,
    kind: Kind,
    rest: Option<OwnedRest>,
    count: u32,
) -> Result<OwnedPage, ChainError> {
    block_on(read_owned(node, &collection(kind), ACCOUNT, rest, count))
}

fn numbers(page: &OwnedPage) -> Vec<u64> {
    page.atoms.iter().map(|atom| atom.id.get()).collect()
}

/// The numbers of all of the account's Atoms, read in pages of about `count`, and how many pages that took.
fn read_all(node: &Node, kind: Kind, count: u32) -> (Vec<u64>, u32) {
    let (mut all, mut rest, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = read(node, kind, rest, count).unwrap();
        all.extend(numbers(&page));
        pages += 1;
        rest = page.rest;
        if rest.is_none() {
            all.sort_unstable();
            return (all, pages);
        }
    }
}

/// An Atomine collection of these owners, the first of them Genesis's.
fn atomine(owners: &[Address]) -> Node {
    let owned = owners.iter().filter(|&&owner| owner == ACCOUNT).count();
    let balance = ICollection::balanceOfCall { owner: ACCOUNT };
    let mut node = Node::new()
        .returns(&balance, &U256::from(owned))
        .returns(&IAtomine::totalSupplyCall {}, &U256::from(owners.len()));
    let mut last = owners.len();
    while last > 0 {
        let first = last.saturating_sub(500);
        let call = atoms_call(first as u64 + 1, (last - first) as u64);
        node = node.returns(&call, &page(first as u64 + 1, &owners[first..last]));
        last = first;
    }
    node
}

#[test]
fn an_account_s_atoms_on_v3_are_in_order() {
    let node = v3(&[(9, ACCOUNT), (2, OTHER), (5, ACCOUNT)]);
    let page = read(&node, Kind::PownftV3, None, 48).unwrap();
    assert_eq!(page.atoms, [atom(5, ACCOUNT), atom(9, ACCOUNT)]);
    assert_eq!((page.owned, page.rest), (2, None));
}

#[test]
fn an_account_with_more_atoms_than_a_page_holds_is_read_on() {
    let ids = |last| (2..=last).collect::<Vec<u64>>();
    let node = v3(&ids(60)
        .into_iter()
        .map(|id| (id, ACCOUNT))
        .collect::<Vec<_>>());
    let first = read(&node, Kind::PownftV3, None, 8).unwrap();
    assert_eq!(numbers(&first), (53..=60).collect::<Vec<_>>());
    assert_eq!(first.owned, 59);
    assert_eq!(read_all(&node, Kind::PownftV3, 8), (ids(60), 8));

    let owners = [vec![OTHER], vec![ACCOUNT; 1_599], vec![OTHER; 900]].concat();
    assert_eq!(
        read_all(&atomine(&owners), Kind::Atomine, 48),
        (ids(1_600), 4)
    );
}

#[test]
fn a_search_that_takes_long_says_where_to_go_on() {
    let owners = [vec![ACCOUNT], vec![OTHER; 12_000]].concat();
    let node = atomine(&owners);
    let page = read(&node, Kind::Atomine, None, 48).unwrap();
    assert!(page.atoms.is_empty());
    assert!(node.asked("eth_call").len() < 25, "not for ever");
    let page = read(&node, Kind::Atomine, page.rest, 48).unwrap();
    assert_eq!((page.atoms, page.rest), (vec![atom(1, ACCOUNT)], None));
}

#[test]
fn a_list_that_became_shorter_meanwhile_ends_sooner() {
    let long: Vec<(u64, Address)> = (2..=30).map(|id| (id, ACCOUNT)).collect();
    let rest = read(&v3(&long), Kind::PownftV3, None, 10).unwrap().rest;
    assert!(rest.is_some());
    let page = read(&v3(&long[..3]), Kind::PownftV3, rest, 10).unwrap();
    assert_eq!((numbers(&page), page.rest), (vec![2, 3, 4], None));
}

#[test]
fn an_account_that_says_to_own_everything_is_read_as_far_as_there_is_something() {
    let absurd = ICollection::balanceOfCall { owner: ACCOUNT };
    let node = atomine(&[OTHER, ACCOUNT, ACCOUNT]).returns(&absurd, &U256::MAX);
    let page = read(&node, Kind::Atomine, None, 48).unwrap();
    assert_eq!((numbers(&page), page.rest), (vec![2, 3], None));
    let node = Node::new().returns(&absurd, &U256::MAX);
    assert!(read(&node, Kind::PownftV3, None, u32::MAX).is_err());
    assert!(node.asked("eth_call").len() <= 201);
}

#[test]
fn an_account_without_atoms_costs_one_call() {
    let node = Node::new().returns(&ICollection::balanceOfCall { owner: ACCOUNT }, &U256::ZERO);
    for kind in [Kind::Atomine, Kind::PownftV3] {
        assert_eq!(read(&node, kind, None, 48), Ok(OwnedPage::default()));
    }
    assert_eq!(node.asked("eth_call").len(), 2);
}

#[test]
fn nobody_owns_anything_where_there_is_no_collection() {
    let nothing = Node::new()
        .answers("eth_call", Ok(json!("0x")))
        .answers("eth_getCode", Ok(json!("0x")));
    let owned = read(&nothing, Kind::Atomine, None, 48);
    assert_eq!(owned, Err(ChainError::NoContract));
}
