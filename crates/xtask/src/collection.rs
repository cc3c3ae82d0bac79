//! The demo's collection: deployed from the committed artifact, its first Atoms mined by this machine.

use crate::{anvil, error::Error, progress, progress::Step, rpc::Rpc, workspace::Workspace};
use alloy_primitives::{Address, U256, hex};
use alloy_sol_types::SolCall;
use atomine_contract::{Atomine, Parameters, deploy_code};
use atomine_mine::{message::Job, native};
use atomine_protocol::{AtomHash, Nonce, PrevHash, Rules, TokenId, atom_hash, work_hash};
use serde_json::json;
use std::{fs, num::NonZeroUsize, path::PathBuf, thread};

/// Numbers of the Atoms mined at the start: generations 1 and 2, so that the visitor begins generation 3.
const FIRST_ATOMS: std::ops::RangeInclusive<u64> = 2..=7;
/// Expected hashes of generation 3, about five seconds of one core in a browser.
pub(crate) const HASHES: u64 = 30_000_000;
/// Each generation is three times as hard as the one before.
const GROWTH_TO_GENERATION_3: u64 = 27;

/// A deployed collection.
pub(crate) struct Deployed {
    /// The contract.
    pub(crate) address: Address,
    /// What it was made with.
    rules: Rules,
}

/// Deploys a collection in which an Atom of generation 3 takes about `hashes` hashes; `page` is where Atoms are shown.
pub(crate) fn deploy(
    rpc: &Rpc,
    deployer: Address,
    hashes: u64,
    page: &str,
) -> Result<Deployed, Error> {
    let rules = rules(hashes);
    let code = deploy_code(&Parameters {
        name: "Atomine demo".to_owned(),
        symbol: "ATOM".to_owned(),
        playerBaseUrl: page.to_owned(),
        baseTarget: rules.base_target,
        rampGeneration: U256::from(rules.ramp_generation),
        baseCost: rules.base_cost_wei,
    });
    let receipt = anvil::send(rpc, &json!({ "from": deployer, "data": code }))?;
    let address = receipt["contractAddress"]
        .as_str()
        .and_then(|address| address.parse().ok());
    let address =
        address.ok_or_else(|| Error::Chain("the new contract has no address".to_owned()))?;
    Ok(Deployed { address, rules })
}

/// Whether `deployer`'s first transaction on this chain made a contract, as that of [`deploy`] on a fresh one does.
pub(crate) fn is_deployed_by(rpc: &Rpc, deployer: &Address) -> bool {
    let code = rpc.ask_text("eth_getCode", &json!([deployer.create(0), "latest"]));
    code.is_ok_and(|code| code != "0x")
}

/// The original's prices and ramp, with an easier start.
fn rules(hashes: u64) -> Rules {
    let base_target = U256::MAX / U256::from(hashes.max(GROWTH_TO_GENERATION_3))
        * U256::from(GROWTH_TO_GENERATION_3);
    Rules {
        base_target,
        ..Rules::POWNFT
    }
}

impl Deployed {
    /// Mines and mints the first Atoms, for `miners` in turn.
    ///
    /// An Atom's hash depends on nothing but the work, so that the nonces of an earlier demo are good again.
    pub(crate) fn mine_first(
        &self,
        workspace: &Workspace,
        rpc: &Rpc,
        miners: &[Address],
    ) -> Result<(), Error> {
        let memory = Memory::of(workspace, &self.rules)?;
        let known = memory.recall();
        let mut nonces = Vec::new();
        let mut newest = AtomHash::default();
        progress::step("Mining the collection's first Atoms", |step| {
            for ((id, miner), at) in FIRST_ATOMS.zip(miners.iter().cycle()).zip(0..) {
                let Some(id) = TokenId::new(id) else { continue };
                let work = Work {
                    id,
                    miner: *miner,
                    prev_hash: PrevHash(newest.0),
                };
                let nonce = match known
                    .get(at)
                    .filter(|nonce| work.is_done_by(**nonce, &self.rules))
                {
                    Some(nonce) => *nonce,
                    None => work.find(&self.rules, step)?,
                };
                self.mint(rpc, &work, nonce)?;
                nonces.push(nonce);
                newest = atom_hash(work_hash(work.miner, work.prev_hash, nonce));
            }
            Ok(())
        })?;
        memory.keep(&nonces)
    }

    fn mint(&self, rpc: &Rpc, work: &Work, nonce: Nonce) -> Result<(), Error> {
        let call = Atomine::mineCall {
            nonce: nonce.to_u256(),
        };
        let transaction = json!({
            "from": work.miner,
            "to": self.address,
            "value": self.rules.cost_wei(work.id),
            "data": hex::encode_prefixed(call.abi_encode()),
        });
        anvil::send(rpc, &transaction).map(drop)
    }
}

/// What has to be found for one Atom.
struct Work {
    id: TokenId,
    miner: Address,
    prev_hash: PrevHash,
}

impl Work {
    fn is_done_by(&self, nonce: Nonce, rules: &Rules) -> bool {
        work_hash(self.miner, self.prev_hash, nonce).meets(rules.target(self.id))
    }

    fn find(&self, rules: &Rules, step: &Step) -> Result<Nonce, Error> {
        let job = Job {
            number: 0,
            sender: self.miner.into_array(),
            prev_hash: self.prev_hash.0.0,
            target: rules.target(self.id).0.0,
        };
        let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        step.detail(format!("#{} of {}", self.id, FIRST_ATOMS.end()));
        let found = native::search(&job, threads, None, |_| ())
            .map_err(|error| Error::Chain(error.to_string()))?;
        found.ok_or_else(|| Error::Chain("the search for a nonce ended without one".to_owned()))
    }
}

/// The nonces found by earlier demos of the same difficulty.
struct Memory {
    path: PathBuf,
}

impl Memory {
    fn of(workspace: &Workspace, rules: &Rules) -> Result<Self, Error> {
        let path = workspace
            .cache()?
            .join(format!("first-atoms-{:x}.json", rules.base_target));
        Ok(Self { path })
    }

    /// Nothing, where there is nothing useful: the nonces are checked before use.
    fn recall(&self) -> Vec<Nonce> {
        let text = fs::read_to_string(&self.path).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }

    fn keep(&self, nonces: &[Nonce]) -> Result<(), Error> {
        fs::write(&self.path, json!(nonces).to_string()).map_err(Error::file("write", &self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::{HASHES, rules};
    use alloy_primitives::U256;
    use atomine_protocol::TokenId;

    #[test]
    fn the_visitors_first_atom_takes_the_hashes_asked_for() {
        let target = rules(HASHES).target(TokenId::new(8).unwrap());
        let expected = U256::MAX / target.to_u256();
        let hashes = U256::from(HASHES);
        assert!(
            expected.abs_diff(hashes) <= hashes / U256::from(1000),
            "{expected}"
        );
    }
}
