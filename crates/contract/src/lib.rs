//! The collection contracts as bytes to deploy, and their interfaces, from the committed artifacts.

mod bindings;

pub use bindings::{Atomine, PownftV3};

use alloy_primitives::{B256, Bytes, U256};
use alloy_sol_types::SolConstructor;

/// What a collection fixes for ever when its contract is made; see `Atomine.sol` for each field.
pub use bindings::Atomine::Parameters;

/// The deployment code of an Atomine collection: the `input` of a transaction without a receiver.
/// Its sender becomes the owner of Genesis.
pub fn deploy_code(parameters: &Parameters) -> Bytes {
    let arguments = Atomine::constructorCall {
        parameters: parameters.clone(),
    };
    with_arguments(&Atomine::BYTECODE, &arguments)
}

/// The state in which a [`PownftV3`] starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct V3Start {
    /// The target of generation 0 (the original's is `Rules::POWNFT.base_target`).
    pub base_target: U256,
    /// How many of the predecessor's Atoms have not come over.
    pub unmigrated: U256,
    /// How many Atoms the predecessor had, at least as many; the others are the deployer's.
    pub v2_total: U256,
    /// The hash on which the first Atom builds.
    pub last_hash: B256,
}

/// The deployment code of a contract with `POWNFTv3`'s mining interface, for tests.
pub fn v3_deploy_code(start: &V3Start) -> Bytes {
    let arguments = PownftV3::constructorCall {
        baseTarget: start.base_target,
        unmigrated: start.unmigrated,
        v2Total: start.v2_total,
        lastHash: start.last_hash,
    };
    with_arguments(&PownftV3::BYTECODE, &arguments)
}

fn with_arguments(code: &Bytes, arguments: &impl SolConstructor) -> Bytes {
    [code.as_ref(), &arguments.abi_encode()].concat().into()
}
