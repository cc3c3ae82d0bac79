//! Our own contract.

use crate::node::{Anvil, CHAIN_ID, number};
use crate::{strong_nonces, weak_nonce};
use alloy_primitives::{Address, B256, Bytes, U256, bytes};
use atomine_chain::{
    ChainError, Collection, CollectionState, Kind, MintOutcome, OwnedAtom, Transaction,
    mine_transaction, read_atom, read_atoms, read_balance, read_outcome, read_state, send,
};
use atomine_contract::{Parameters, deploy_code};
use atomine_protocol::{AtomHash, Nonce, PrevHash, Rules, TokenId, atom_hash, work_hash};
use pollster::block_on;
use serde_json::json;

/// One hash in about 50 is enough for the first Atom.
const RULES: Rules = Rules {
    base_target: U256::from_limbs([0, 0, 0, 1 << 60]),
    ramp_generation: 13,
    base_cost_wei: U256::from_limbs([45_000_000_000_000, 0, 0, 0]),
};

fn start() -> (Anvil, Collection) {
    let anvil = Anvil::start();
    let code = deploy_code(&Parameters {
        name: "Atoms of a test".into(),
        symbol: "ATOM".into(),
        playerBaseUrl: String::new(),
        baseTarget: RULES.base_target,
        rampGeneration: U256::from(RULES.ramp_generation),
        baseCost: RULES.base_cost_wei,
    });
    let collection = anvil.deploy(&code, Kind::Atomine);
    (anvil, collection)
}

fn outcome(anvil: &Anvil, collection: &Collection, account: Address, hash: B256) -> MintOutcome {
    block_on(read_outcome(&anvil.rpc, collection, account, hash)).expect("an outcome")
}

/// An Atom whose hash follows from its work alone.
fn mint(anvil: &Anvil, collection: &Collection, account: Address) -> OwnedAtom {
    let (atom, work, _) = anvil.mint(collection, account);
    assert_eq!(atom.hash, atom_hash(work));
    atom
}

#[test]
#[ignore = "needs anvil: run by cargo xtask test"]
fn a_nonce_becomes_an_atom() {
    let (anvil, collection) = start();
    let (deployer, miner) = (anvil.accounts()[0], anvil.accounts()[1]);
    let before = anvil.state(&collection);
    let next_id = TokenId::new(2).expect("an id");
    assert_eq!(before.next_id, next_id);
    assert_eq!(before.prev_hash, PrevHash::default());
    assert_eq!(before.target, RULES.target(next_id));
    assert_eq!(before.cost_wei, RULES.cost_wei(next_id));

    let genesis = OwnedAtom {
        id: TokenId::GENESIS,
        hash: AtomHash::default(),
        owner: deployer,
    };
    let minted: Vec<_> = (0..3).map(|_| mint(&anvil, &collection, miner)).collect();
    let all = [vec![genesis.clone()], minted.clone()].concat();
    let after = anvil.state(&collection);
    assert_eq!(after.next_id.get(), 5);
    assert_eq!(after.prev_hash, PrevHash::from(minted[2].hash));
    assert_eq!(after.cost_wei, RULES.cost_wei(after.next_id));
    assert!(after.block > before.block);

    let read = block_on(read_atoms(&anvil.rpc, &collection, TokenId::GENESIS, 100));
    assert_eq!(read, Ok(all.clone()));
    let read = block_on(read_atoms(&anvil.rpc, &collection, all[1].id, 2));
    assert_eq!(read.as_deref(), Ok(&all[1..3]));
    let beyond = block_on(read_atoms(&anvil.rpc, &collection, after.next_id, 9));
    assert_eq!(beyond, Ok(Vec::new()));
    assert_eq!(anvil.owned(&collection, miner), Ok(minted.clone()));
    assert_eq!(
        anvil.owned(&collection, deployer),
        Ok(vec![genesis.clone()])
    );
    assert_eq!(
        anvil.owned(&collection, Address::repeat_byte(9)),
        Ok(Vec::new())
    );
    assert_eq!(
        block_on(read_atom(&anvil.rpc, &collection, TokenId::GENESIS)),
        Ok(genesis)
    );
    assert_eq!(
        block_on(read_atom(&anvil.rpc, &collection, all[3].id)),
        Ok(all[3].clone())
    );
    let missing = block_on(read_atom(&anvil.rpc, &collection, after.next_id));
    assert_eq!(missing, Err(ChainError::NoSuchAtom));
}

#[test]
#[ignore = "needs anvil: run by cargo xtask test"]
fn work_that_a_competitor_made_stale_is_noticed_before_it_is_sent() {
    let (anvil, collection) = start();
    let (slow, fast) = (anvil.accounts()[1], anvil.accounts()[2]);
    let before = anvil.state(&collection);
    let found: Vec<Nonce> = strong_nonces(&before, slow).take(20).collect();
    mint(&anvil, &collection, fast);
    let after = anvil.state(&collection);
    let stale = found
        .into_iter()
        .find(|&nonce| !work_hash(slow, after.prev_hash, nonce).meets(after.target));
    let nonce = stale.expect("not all of 20 nonces count again");
    let transaction = mine_transaction(&collection, slow, nonce, after.cost_wei);
    assert_eq!(anvil.dry_run(&transaction), Err(ChainError::Stale));
}

#[test]
#[ignore = "needs anvil: run by cargo xtask test"]
fn a_mint_that_would_fail_is_told_apart_before_it_is_sent() {
    let (anvil, collection) = start();
    let account = anvil.accounts()[1];
    let state = anvil.state(&collection);
    let nonce = strong_nonces(&state, account).next().expect("a nonce");
    let good = mine_transaction(&collection, account, nonce, state.cost_wei);
    let gas = anvil.dry_run(&good).expect("a gas limit");
    assert!((100_000..300_000).contains(&gas), "{gas}");

    for cost in [
        U256::ZERO,
        state.cost_wei - U256::ONE,
        state.cost_wei + U256::ONE,
    ] {
        let transaction = mine_transaction(&collection, account, nonce, cost);
        assert_eq!(anvil.dry_run(&transaction), Err(ChainError::WrongCost));
    }
    let weak = mine_transaction(
        &collection,
        account,
        weak_nonce(&state, account),
        state.cost_wei,
    );
    assert_eq!(anvil.dry_run(&weak), Err(ChainError::Stale));

    let poor = Address::repeat_byte(9);
    assert_eq!(
        block_on(read_balance(&anvil.rpc, &collection, poor)),
        Ok(U256::ZERO)
    );
    let nonce = strong_nonces(&state, poor).next().expect("a nonce");
    let unpayable = mine_transaction(&collection, poor, nonce, state.cost_wei);
    assert_eq!(
        anvil.dry_run(&unpayable),
        Err(ChainError::InsufficientFunds)
    );

    let elsewhere = Transaction {
        chain_id: 1,
        ..good.clone()
    };
    let wrong = ChainError::WrongChain {
        expected: 1,
        actual: CHAIN_ID,
    };
    assert_eq!(anvil.dry_run(&elsewhere), Err(wrong.clone()));
    assert_eq!(block_on(send(&anvil.rpc, &elsewhere, gas)), Err(wrong));
    let nowhere = Transaction { to: poor, ..good };
    assert_eq!(anvil.dry_run(&nowhere), Err(ChainError::NoContract));
}

#[test]
#[ignore = "needs anvil: run by cargo xtask test"]
fn what_became_of_a_mint() {
    let (anvil, collection) = start();
    let account = anvil.accounts()[1];
    let state = anvil.state(&collection);
    anvil.ask("evm_setAutomine", json!([false]));
    let nonce = strong_nonces(&state, account).next().expect("a nonce");
    let good = mine_transaction(&collection, account, nonce, state.cost_wei);
    let gas = anvil.dry_run(&good).expect("a gas limit");
    let first = block_on(send(&anvil.rpc, &good, gas)).expect("sent");
    // The same work once more: whichever comes second will fail.
    let second = block_on(send(&anvil.rpc, &good, gas)).expect("sent");
    let dropped = block_on(send(&anvil.rpc, &good, gas)).expect("sent");
    for hash in [first, second, dropped] {
        assert_eq!(
            outcome(&anvil, &collection, account, hash),
            MintOutcome::Pending
        );
    }
    anvil.ask("anvil_dropTransaction", json!([dropped]));
    anvil.ask("evm_mine", json!([]));
    let block = state.block + 1;
    let minted = anvil.outcome(&collection, account, first);
    assert!(
        matches!(minted, MintOutcome::Minted { block: at, .. } if at == block),
        "{minted:?}"
    );
    assert_eq!(
        anvil.outcome(&collection, account, second),
        MintOutcome::Reverted { block }
    );
    assert_eq!(
        outcome(&anvil, &collection, account, dropped),
        MintOutcome::Unknown
    );
    let never_sent = B256::repeat_byte(9);
    assert_eq!(
        outcome(&anvil, &collection, account, never_sent),
        MintOutcome::Unknown
    );
    // The receipt is that of another account's mint.
    let lie = block_on(read_outcome(
        &anvil.rpc,
        &collection,
        anvil.accounts()[2],
        first,
    ));
    assert!(matches!(lie, Err(ChainError::Nonsense(_))), "{lie:?}");
    let used = number(&anvil.receipt(&json!(first))["gasUsed"]);
    assert!(used < gas, "{used} of {gas}");
}

/// A speed-up: the same mint once more, under the same account nonce and for a higher fee.
#[test]
#[ignore = "needs anvil: run by cargo xtask test"]
fn a_transaction_that_was_replaced_is_known_to_nobody_and_its_atom_is_there() {
    let (anvil, collection) = start();
    let account = anvil.accounts()[1];
    let before = anvil.state(&collection);
    let nonce = strong_nonces(&before, account).next().expect("a nonce");
    anvil.ask("evm_setAutomine", json!([false]));
    let first = anvil.send_mint(&collection, account, nonce);
    let sent = anvil.ask("eth_getTransactionByHash", json!([first]));
    let fee = number(&sent["maxFeePerGas"]).max(number(&sent["maxPriorityFeePerGas"])) * 2;
    let fee = format!("{fee:#x}");
    let faster = json!([{
        "from": sent["from"], "to": sent["to"], "value": sent["value"], "data": sent["input"],
        "gas": sent["gas"], "nonce": sent["nonce"], "maxFeePerGas": fee, "maxPriorityFeePerGas": fee,
    }]);
    let second = anvil.ask("eth_sendTransaction", faster);
    anvil.ask("evm_mine", json!([]));
    assert_eq!(anvil.receipt(&second)["status"], "0x1");
    let first = outcome(&anvil, &collection, account, first);
    assert_eq!(first, MintOutcome::Unknown);
    let atom = block_on(read_atom(&anvil.rpc, &collection, before.next_id));
    let hash = atom_hash(work_hash(account, before.prev_hash, nonce));
    assert_eq!(
        atom.map(|atom| (atom.hash, atom.owner)),
        Ok((hash, account))
    );
}

/// A chain replaces its newest blocks: the Atom that was in one of them is gone, and its work counts again.
#[test]
#[ignore = "needs anvil: run by cargo xtask test"]
fn an_atom_whose_block_is_replaced_is_gone_and_its_work_counts_again() {
    let (anvil, collection) = start();
    let account = anvil.accounts()[1];
    let before = anvil.state(&collection);
    let nonce = strong_nonces(&before, account).next().expect("a nonce");
    let mint = || {
        let hash = anvil.send_mint(&collection, account, nonce);
        let minted = anvil.outcome(&collection, account, hash);
        assert!(matches!(minted, MintOutcome::Minted { .. }), "{minted:?}");
        hash
    };
    let first = mint();
    let after = anvil.state(&collection);
    assert_eq!(after.next_id.get(), before.next_id.get() + 1);

    anvil.ask("anvil_reorg", json!([1, []]));
    let reorganised = anvil.state(&collection);
    assert_eq!(reorganised.block, after.block, "as long as before");
    let work = |state: &CollectionState| (state.next_id, state.prev_hash);
    assert_eq!(work(&reorganised), work(&before));
    let gone = block_on(read_atom(&anvil.rpc, &collection, before.next_id));
    assert_eq!(gone, Err(ChainError::NoSuchAtom));
    let first = outcome(&anvil, &collection, account, first);
    assert_eq!(first, MintOutcome::Unknown);

    mint();
    assert_eq!(work(&anvil.state(&collection)), work(&after));
}

#[test]
#[ignore = "needs anvil: run by cargo xtask test"]
fn a_visitor_s_contract_is_identified() {
    let (anvil, collection) = start();
    let identified = anvil.identify(&collection);
    let named = Collection {
        name: "Atoms of a test".into(),
        ..collection.clone()
    };
    assert_eq!(identified, Ok(named));

    let nothing = anvil.collection(Address::repeat_byte(9), Kind::Atomine);
    // A contract that answers everything with nothing: its code is a single STOP.
    let silent = bytes!("6001600c60003960016000f300");
    // One that refuses everything: PUSH0 PUSH0 REVERT.
    let refuses = bytes!("6004600c60003960046000f35f5ffd00");
    let other = |code: &Bytes| anvil.deploy(code, Kind::Atomine);
    for (collection, expected) in [
        (nothing, "there is no contract"),
        (other(&silent), "not a collection"),
        (other(&refuses), "not a collection"),
    ] {
        let error = anvil.identify(&collection);
        let error = error.expect_err("no collection").to_string();
        assert!(error.contains(expected), "{error}");
        for kind in [Kind::Atomine, Kind::PownftV3] {
            let collection = Collection {
                kind,
                ..collection.clone()
            };
            let error = block_on(read_state(&anvil.rpc, &collection));
            let error = error.expect_err("no state").to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
    let mut elsewhere = collection;
    elsewhere.chain.id = 1;
    let wrong = ChainError::WrongChain {
        expected: 1,
        actual: CHAIN_ID,
    };
    assert_eq!(block_on(read_state(&anvil.rpc, &elsewhere)), Err(wrong));
}
