//! A contract with `POWNFTv3`'s interface.

use crate::node::{Anvil, number};
use crate::{strong_nonces, weak_nonce};
use alloy_primitives::{Address, B256, U256};
use atomine_chain::{
    ChainError, Collection, Kind, MintOutcome, OwnedAtom, mine_transaction, read_atom, read_atoms,
    send,
};
use atomine_contract::{V3Start, v3_deploy_code};
use atomine_protocol::{AtomHash, PrevHash, Rules, TokenId, atom_hash_at};
use pollster::block_on;
use serde_json::json;

/// What the first Atom of v3 builds on.
const LAST_HASH: B256 = B256::repeat_byte(0x5a);

/// Six Atoms of the predecessor, two of which have not come over: 1 to 4 are here, 7 is next.
fn start() -> (Anvil, Collection) {
    let anvil = Anvil::start();
    let code = v3_deploy_code(&V3Start {
        base_target: Rules::POWNFT.base_target,
        unmigrated: U256::from(2),
        v2_total: U256::from(6),
        last_hash: LAST_HASH,
    });
    let collection = anvil.deploy(&code, Kind::PownftV3);
    (anvil, collection)
}

/// An Atom whose hash follows from its work and its block's time.
fn mint(anvil: &Anvil, collection: &Collection, account: Address) -> OwnedAtom {
    let (atom, work, block) = anvil.mint(collection, account);
    let block = anvil.ask(
        "eth_getBlockByNumber",
        json!([format!("{block:#x}"), false]),
    );
    assert_eq!(atom.hash, atom_hash_at(work, number(&block["timestamp"])));
    atom
}

#[test]
#[ignore = "needs anvil: run by cargo xtask test"]
fn the_first_and_the_second_mint() {
    let (anvil, collection) = start();
    let (deployer, miner) = (anvil.accounts()[0], anvil.accounts()[1]);
    let first = anvil.state(&collection);
    assert_eq!(
        (first.next_id.get(), first.prev_hash),
        (7, PrevHash(LAST_HASH))
    );
    assert_eq!(first.target, Rules::POWNFT.target(first.next_id));
    assert_eq!(first.cost_wei, Rules::POWNFT.cost_wei(first.next_id));
    let seventh = mint(&anvil, &collection, miner);
    let second = anvil.state(&collection);
    assert_eq!(
        (second.next_id.get(), second.prev_hash),
        (8, PrevHash::from(seventh.hash))
    );
    assert_eq!(second.cost_wei, Rules::POWNFT.cost_wei(second.next_id));
    let eighth = mint(&anvil, &collection, miner);

    let all = block_on(read_atoms(&anvil.rpc, &collection, TokenId::GENESIS, 100)).expect("atoms");
    let ids: Vec<_> = all.iter().map(|atom| atom.id.get()).collect();
    assert_eq!(ids, [1, 2, 3, 4, 7, 8]);
    assert_eq!(all[0].hash, AtomHash::default());
    assert!(all[..4].iter().all(|atom| atom.owner == deployer));
    assert_eq!(all[4..], [seventh.clone(), eighth.clone()]);
    let mine = anvil.owned(&collection, miner);
    assert_eq!(mine, Ok(vec![seventh, eighth]));
    let theirs = anvil.owned(&collection, deployer);
    assert_eq!(theirs.as_deref(), Ok(&all[..4]));
    assert_eq!(
        block_on(read_atom(&anvil.rpc, &collection, all[0].id)),
        Ok(all[0].clone())
    );
    for (id, expected) in [
        (5, ChainError::NotMigrated),
        (6, ChainError::NotMigrated),
        (9, ChainError::NoSuchAtom),
    ] {
        let id = TokenId::new(id).expect("an id");
        let missing = block_on(read_atom(&anvil.rpc, &collection, id));
        assert_eq!(missing, Err(expected), "#{id}");
    }
}

#[test]
#[ignore = "needs anvil: run by cargo xtask test"]
fn a_mint_that_would_fail_is_told_apart_before_it_is_sent() {
    let (anvil, collection) = start();
    let account = anvil.accounts()[1];
    let state = anvil.state(&collection);
    let nonce = strong_nonces(&state, account).next().expect("a nonce");
    let dry_run = |account, nonce, cost| {
        let transaction = mine_transaction(&collection, account, nonce, cost);
        anvil.dry_run(&transaction)
    };
    assert!(dry_run(account, nonce, state.cost_wei).is_ok());
    let wrong = dry_run(account, nonce, state.cost_wei + U256::ONE);
    assert_eq!(wrong, Err(ChainError::WrongCost));
    let weak = dry_run(account, weak_nonce(&state, account), state.cost_wei);
    assert_eq!(weak, Err(ChainError::Stale));
    let poor = Address::repeat_byte(9);
    let nonce = strong_nonces(&state, poor).next().expect("a nonce");
    assert_eq!(
        dry_run(poor, nonce, state.cost_wei),
        Err(ChainError::InsufficientFunds)
    );
}

#[test]
#[ignore = "needs anvil: run by cargo xtask test"]
fn a_mint_that_failed_on_the_chain() {
    let (anvil, collection) = start();
    let account = anvil.accounts()[1];
    let state = anvil.state(&collection);
    let nonce = weak_nonce(&state, account);
    let transaction = mine_transaction(&collection, account, nonce, state.cost_wei);
    let hash = block_on(send(&anvil.rpc, &transaction, 300_000)).expect("sent");
    let outcome = anvil.outcome(&collection, account, hash);
    assert_eq!(
        outcome,
        MintOutcome::Reverted {
            block: state.block + 1
        }
    );
}

#[test]
#[ignore = "needs anvil: run by cargo xtask test"]
fn a_visitor_s_contract_is_identified() {
    let (anvil, collection) = start();
    let identified = anvil.identify(&collection);
    assert_eq!(
        identified,
        Ok(Collection {
            name: "POW NFT".into(),
            ..collection
        })
    );
}
