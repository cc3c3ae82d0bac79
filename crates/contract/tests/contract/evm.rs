//! A collection in an EVM: deploy, transact, call, and put its storage where a test wants it.

use alloy_primitives::{Address, B256, Bytes, Log, TxKind, U256, keccak256};
use alloy_sol_types::{SolCall, SolError};
use atomine_contract::{Atomine, Parameters, deploy_code};
use atomine_protocol::{
    AtomHash, Nonce, PrevHash, Rules, Target, TokenId, WorkHash, atom_hash, work_hash,
};
use proptest::{prelude::*, test_runner::TestRunner};
use revm::{
    Context, Database, ExecuteCommitEvm, ExecuteEvm, MainBuilder, MainContext, MainnetEvm,
    context::{BlockEnv, CfgEnv, Journal, TxEnv, result::ExecutionResult},
    database::{CacheDB, EmptyDB},
    primitives::hardfork::SpecId,
    state::AccountInfo,
};
use std::{cell::RefCell, ops::Range};

type Db = CacheDB<EmptyDB>;

/// Has all the money in the world, and Genesis.
pub(crate) const DEPLOYER: Address = Address::repeat_byte(0xd0);

/// One collection on a chain of its own.
pub(crate) struct Evm {
    evm: MainnetEvm<Context<BlockEnv, TxEnv, CfgEnv, Db, Journal<Db>>>,
    pub(crate) contract: Address,
}

impl Evm {
    /// Deploys `code` from [`DEPLOYER`].
    pub(crate) fn deploy(code: Bytes) -> Self {
        let mut evm = Context::mainnet()
            .with_db(Db::new(EmptyDB::new()))
            .modify_cfg_chained(|cfg| {
                cfg.spec = SpecId::PRAGUE;
                cfg.disable_nonce_check = true;
            })
            .modify_block_chained(|block| block.timestamp = U256::from(1_700_000_000))
            .build_mainnet();
        fund(&mut evm.ctx.journaled_state.database, DEPLOYER);
        let result = evm
            .transact_commit(transaction(DEPLOYER, TxKind::Create, U256::ZERO, code))
            .expect("a valid transaction");
        let contract = result.created_address().expect("the constructor succeeds");
        Self { evm, contract }
    }

    /// An Atomine collection with these rules.
    pub(crate) fn atomine(rules: &Rules) -> Self {
        Self::deploy(deploy_code(&parameters(rules)))
    }

    /// Gives `account` enough to pay for anything.
    pub(crate) fn fund(&mut self, account: Address) {
        fund(&mut self.evm.ctx.journaled_state.database, account);
    }

    /// What `account` has, in wei.
    pub(crate) fn balance(&mut self, account: Address) -> U256 {
        self.evm
            .ctx
            .journaled_state
            .database
            .load_account(account)
            .expect("the database does not fail")
            .info
            .balance
    }

    /// Sends a transaction: its logs, or the bytes of the revert where it fails.
    pub(crate) fn send<C: SolCall>(
        &mut self,
        from: Address,
        value: U256,
        call: &C,
    ) -> Result<Vec<Log>, Bytes> {
        let to = TxKind::Call(self.contract);
        let sent = transaction(from, to, value, call.abi_encode().into());
        match self.evm.transact_commit(sent).expect("a valid transaction") {
            ExecutionResult::Success { logs, .. } => Ok(logs),
            ExecutionResult::Revert { output, .. } => Err(output),
            ExecutionResult::Halt { reason, .. } => panic!("halted: {reason:?}"),
        }
    }

    /// Calls a view; the bytes of the revert where it fails.
    pub(crate) fn call<C: SolCall>(&mut self, call: &C) -> Result<C::Return, Bytes> {
        let to = TxKind::Call(self.contract);
        let sent = transaction(DEPLOYER, to, U256::ZERO, call.abi_encode().into());
        match self.evm.transact(sent).expect("a valid transaction").result {
            ExecutionResult::Success { output, .. } => {
                Ok(C::abi_decode_returns(output.data()).expect("it returns what its ABI says"))
            }
            ExecutionResult::Revert { output, .. } => Err(output),
            ExecutionResult::Halt { reason, .. } => panic!("halted: {reason:?}"),
        }
    }

    /// Writes a storage slot of the contract.
    pub(crate) fn store(&mut self, slot: U256, value: U256) {
        self.evm
            .ctx
            .journaled_state
            .database
            .insert_account_storage(self.contract, slot, value)
            .expect("the database does not fail");
    }

    /// Reads a storage slot of the contract.
    pub(crate) fn load(&mut self, slot: U256) -> U256 {
        self.evm
            .ctx
            .journaled_state
            .database
            .storage(self.contract, slot)
            .expect("the database does not fail")
    }

    /// Makes `id`, owned by [`DEPLOYER`] and with this hash, the newest Atom of an Atomine
    /// collection, whatever lies before it.
    pub(crate) fn place(&mut self, id: TokenId, hash: B256) {
        let number = U256::from(id.get());
        self.store(HASHES_SLOT, number);
        let hashes: U256 = keccak256(HASHES_SLOT.to_be_bytes::<32>()).into();
        self.store(hashes.wrapping_add(number - U256::from(1)), hash.into());
        self.store(
            mapping_slot(OWNERS_SLOT, number),
            DEPLOYER.into_word().into(),
        );
    }
}

/// `_owners` of `OpenZeppelin`'s `ERC721`: id to owner.
const OWNERS_SLOT: U256 = U256::from_limbs([2, 0, 0, 0]);
/// `_hashes` of Atomine: an array, of which the length is the newest id.
const HASHES_SLOT: U256 = U256::from_limbs([7, 0, 0, 0]);

/// Where a mapping at `slot` keeps the value for `key`.
pub(crate) fn mapping_slot(slot: U256, key: U256) -> U256 {
    keccak256([key.to_be_bytes::<32>(), slot.to_be_bytes::<32>()].concat()).into()
}

/// A collection with these rules, named with characters that JSON must escape.
pub(crate) fn parameters(rules: &Rules) -> Parameters {
    Parameters {
        name: r#"The "Atom\ine" collection"#.into(),
        symbol: "ATOM".into(),
        playerBaseUrl: "https://example.org/atomine/".into(),
        baseTarget: rules.base_target,
        rampGeneration: U256::from(rules.ramp_generation),
        baseCost: rules.base_cost_wei,
    }
}

/// The custom error in a revert.
pub(crate) fn error<E: SolError>(revert: &Bytes) -> E {
    E::abi_decode(revert).expect("the error that the test expects")
}

/// The next work of an Atomine collection.
pub(crate) fn work(evm: &mut Evm) -> Atomine::workReturn {
    evm.call(&Atomine::workCall {})
        .expect("work() always answers")
}

/// Runs `test` on `evm` for so many values of `strategy`; for more where `PROPTEST_CASES` asks for more.
pub(crate) fn for_all<S: Strategy>(
    cases: u32,
    strategy: &S,
    evm: Evm,
    test: impl Fn(&mut Evm, S::Value),
) {
    let evm = RefCell::new(evm);
    let run = |value| {
        test(&mut evm.borrow_mut(), value);
        Ok(())
    };
    let cases = cases.max(ProptestConfig::default().cases);
    TestRunner::new(ProptestConfig::with_cases(cases))
        .run(strategy, run)
        .unwrap_or_else(|failure| panic!("{failure}"));
}

/// Does the next work of an Atomine collection and mints its Atom; its hash as the protocol has it.
/// For collections with easy targets.
pub(crate) fn mine_next(evm: &mut Evm, miner: Address) -> (AtomHash, Vec<Log>) {
    let work = work(evm);
    let (nonce, found) = easy_work(miner, PrevHash(work.prevHash), work.target.into());
    let call = Atomine::mineCall {
        nonce: nonce.to_u256(),
    };
    let logs = evm
        .send(miner, work.cost, &call)
        .expect("enough work, and paid");
    (atom_hash(found), logs)
}

/// Counts nonces far beyond what easy work takes.
pub(crate) const EASY: Range<u64> = 0..1_000_000;

/// The first nonce that is enough work.
pub(crate) fn easy_work(miner: Address, prev: PrevHash, target: Target) -> (Nonce, WorkHash) {
    EASY.map(|nonce| Nonce::from(U256::from(nonce)))
        .map(|nonce| (nonce, work_hash(miner, prev, nonce)))
        .find(|(_, work)| work.meets(target))
        .expect("an easy target")
}

fn fund(db: &mut Db, account: Address) {
    let info = AccountInfo {
        balance: U256::MAX >> 8,
        ..AccountInfo::default()
    };
    db.insert_account_info(account, info);
}

/// A transaction with free gas, so that balances tell of values alone.
fn transaction(from: Address, kind: TxKind, value: U256, data: Bytes) -> TxEnv {
    TxEnv {
        caller: from,
        kind,
        value,
        data,
        gas_limit: 30_000_000,
        ..TxEnv::default()
    }
}
