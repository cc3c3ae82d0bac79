use crate::abi::{IAtomine, ICollection, IPownftV3};
use crate::mock::{ACCOUNT, CONTRACT, Node, collection};
use crate::{ChainError, Kind, OwnedAtom, read_atom, read_atoms, read_balance};
use alloy_primitives::{Address, B256, U256};
use atomine_protocol::{AtomHash, TokenId};
use pollster::block_on;
use serde_json::json;

pub(crate) const OTHER: Address = Address::repeat_byte(2);

pub(crate) fn id(id: u64) -> TokenId {
    TokenId::new(id).unwrap()
}

/// The hash that the mock's Atom has: 0 for Genesis.
fn hash(id: u64) -> B256 {
    B256::from(U256::from(id - 1))
}

pub(crate) fn atom(number: u64, owner: Address) -> OwnedAtom {
    OwnedAtom {
        id: id(number),
        hash: AtomHash(hash(number)),
        owner,
    }
}

pub(crate) fn page(first: u64, owners: &[Address]) -> Vec<IAtomine::Atom> {
    (first..)
        .zip(owners)
        .map(|(id, &owner)| IAtomine::Atom {
            hash: hash(id),
            owner,
        })
        .collect()
}

pub(crate) fn atoms_call(first: u64, count: u64) -> IAtomine::atomsCall {
    IAtomine::atomsCall {
        first: U256::from(first),
        count: U256::from(count),
    }
}

/// A v3 contract that holds these Atoms and no others.
pub(crate) fn v3(atoms: &[(u64, Address)]) -> Node {
    let owned = |owner| {
        atoms
            .iter()
            .filter(move |(_, other)| *other == owner)
            .map(|(id, _)| *id)
    };
    let mut node =
        Node::new().returns(&ICollection::balanceOfCall { owner: CONTRACT }, &U256::ZERO);
    for &(number, owner) in atoms {
        let id = U256::from(number);
        node = node
            .returns(&ICollection::ownerOfCall { id }, &owner)
            .returns(&ICollection::hashOfCall { id }, &hash(number));
        for (index, owned) in owned(owner).enumerate() {
            let call = IPownftV3::tokenOfOwnerByIndexCall {
                owner,
                index: U256::from(index),
            };
            node = node.returns(&call, &U256::from(owned));
        }
        let count = U256::from(owned(owner).count());
        node = node.returns(&ICollection::balanceOfCall { owner }, &count);
    }
    node
}

#[test]
fn a_page_of_an_atomine_collection() {
    let node = Node::new().returns(&atoms_call(1, 3), &page(1, &[OTHER, ACCOUNT]));
    let atoms = block_on(read_atoms(&node, &collection(Kind::Atomine), id(1), 3));
    assert_eq!(atoms, Ok(vec![atom(1, OTHER), atom(2, ACCOUNT)]));
}

#[test]
fn a_page_is_never_larger_than_asked_for() {
    let node = Node::new().returns(&atoms_call(2, 1), &page(2, &[OTHER, ACCOUNT]));
    let atoms = block_on(read_atoms(&node, &collection(Kind::Atomine), id(2), 1));
    assert!(matches!(atoms, Err(ChainError::Nonsense(_))));
    let node = Node::new().returns(&atoms_call(2, 500), &Vec::new());
    let atoms = block_on(read_atoms(
        &node,
        &collection(Kind::Atomine),
        id(2),
        u32::MAX,
    ));
    assert_eq!(atoms, Ok(Vec::new()));
}

#[test]
fn an_atom_without_hash_or_owner_is_nonsense() {
    for owner_and_hash in [(Address::ZERO, B256::repeat_byte(1)), (OTHER, B256::ZERO)] {
        let (owner, hash) = owner_and_hash;
        let node = Node::new().returns(&atoms_call(2, 1), &vec![IAtomine::Atom { hash, owner }]);
        let atoms = block_on(read_atoms(&node, &collection(Kind::Atomine), id(2), 1));
        assert!(matches!(atoms, Err(ChainError::Nonsense(_))), "{atoms:?}");
    }
}

#[test]
fn a_page_that_lies_about_its_length_is_nonsense() {
    let offset = format!("{:064x}", 32);
    for length in [
        "f".repeat(64),
        format!("{:064x}", u64::MAX),
        format!("{:064x}", 1_000_000),
    ] {
        let lie = json!(format!("0x{offset}{length}"));
        let node = Node::new().calls(&atoms_call(2, 9), Ok(lie));
        let atoms = block_on(read_atoms(&node, &collection(Kind::Atomine), id(2), 9));
        assert!(matches!(atoms, Err(ChainError::Nonsense(_))), "{atoms:?}");
    }
}

#[test]
fn v3_atoms_that_were_not_migrated_are_left_out() {
    let node = v3(&[(1, OTHER), (2, ACCOUNT), (5, ACCOUNT)]);
    let atoms = block_on(read_atoms(&node, &collection(Kind::PownftV3), id(1), 10));
    assert_eq!(
        atoms,
        Ok(vec![atom(1, OTHER), atom(2, ACCOUNT), atom(5, ACCOUNT)])
    );
}

#[test]
fn a_single_atom_and_one_that_is_not_there() {
    let node = v3(&[(1, OTHER), (2, ACCOUNT)])
        .returns(&IPownftV3::V2_TOTALCall {}, &U256::from(3))
        .returns(&IPownftV3::UNMIGRATEDCall {}, &U256::from(1))
        .returns(&IPownftV3::totalSupplyCall {}, &U256::from(2));
    for (kind, third) in [
        (Kind::Atomine, ChainError::NoSuchAtom),
        // It was mined before v3 and has not come over.
        (Kind::PownftV3, ChainError::NotMigrated),
    ] {
        let read = |number| block_on(read_atom(&node, &collection(kind), id(number)));
        assert_eq!(read(1), Ok(atom(1, OTHER)));
        assert_eq!(read(2), Ok(atom(2, ACCOUNT)));
        assert_eq!(read(3), Err(third));
        assert_eq!(read(4), Err(ChainError::NoSuchAtom));
    }
}

#[test]
fn no_atom_is_found_where_there_is_no_collection() {
    let other = block_on(read_atom(&Node::new(), &collection(Kind::Atomine), id(3)));
    assert!(
        matches!(other, Err(ChainError::NotACollection(_))),
        "{other:?}"
    );
    let nothing = Node::new()
        .answers("eth_call", Ok(json!("0x")))
        .answers("eth_getCode", Ok(json!("0x")));
    let read = block_on(read_atom(&nothing, &collection(Kind::PownftV3), id(3)));
    assert_eq!(read, Err(ChainError::NoContract));
    let atoms = block_on(read_atoms(&nothing, &collection(Kind::Atomine), id(1), 3));
    assert_eq!(atoms, Err(ChainError::NoContract));
}

#[test]
fn a_balance_on_the_right_chain_only() {
    let node = Node::new().answers("eth_getBalance", Ok(json!("0xde0b6b3a7640000")));
    let balance = block_on(read_balance(&node, &collection(Kind::Atomine), ACCOUNT));
    assert_eq!(balance, Ok(U256::from(10).pow(U256::from(18))));
    let node = node.answers("eth_chainId", Ok(json!("0x2")));
    let balance = block_on(read_balance(&node, &collection(Kind::Atomine), ACCOUNT));
    assert_eq!(
        balance,
        Err(ChainError::WrongChain {
            expected: 1,
            actual: 2
        })
    );
}
