//! The local chain: anvil, started for a demo or a test and ended with it.

use crate::{
    error::Error,
    guard::Guarded,
    npm,
    port::{self, Use},
    rpc::Rpc,
    workspace::Workspace,
};
use alloy_primitives::{Address, U256, utils::parse_ether};
use serde_json::json;
use std::{
    thread,
    time::{Duration, Instant},
};

/// The chain id of local chains by custom; the Demo wallet refuses any other.
pub(crate) const CHAIN_ID: u64 = 31337;
/// Where wallets and tools expect a local chain.
pub(crate) const RPC_PORT: Use = Use {
    first: 8545,
    flag: "--rpc-port",
};
/// How long anvil may take to answer first.
const START_LIMIT: Duration = Duration::from_secs(20);
/// What `--fund` gives, in ether.
pub(crate) const GIFT_ETHER: &str = "100";

/// A running local chain; it ends when this is dropped or this process ends.
pub(crate) struct Chain {
    /// Its RPC.
    pub(crate) rpc: Rpc,
    _program: Guarded,
}

/// The address of a local RPC at `port`.
pub(crate) fn url(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

/// Starts a chain on port `wish` and waits until it answers.
pub(crate) fn start(workspace: &Workspace, wish: Option<u16>) -> Result<Chain, Error> {
    let listener = port::listen(wish, RPC_PORT)?;
    let port = port::of(&listener)?;
    drop(listener);
    let arguments = [
        "--host",
        "127.0.0.1",
        "--port",
        &port.to_string(),
        "--chain-id",
        &CHAIN_ID.to_string(),
    ];
    let mut program = Guarded::start(&npm::anvil(workspace)?, &arguments.map(str::to_owned))?;
    let rpc = Rpc::new(url(port));
    let started = Instant::now();
    while !is_anvil(&rpc) {
        if program.has_ended() || started.elapsed() > START_LIMIT {
            return Err(Error::Chain(
                "anvil did not start; its own words are above".to_owned(),
            ));
        }
        thread::sleep(Duration::from_millis(50));
    }
    Ok(Chain {
        rpc,
        _program: program,
    })
}

/// Whether a local chain of ours answers there.
pub(crate) fn is_anvil(rpc: &Rpc) -> bool {
    let id = rpc.ask_text("eth_chainId", &json!([]));
    let version = rpc.ask_text("web3_clientVersion", &json!([]));
    id.is_ok_and(|id| id == format!("{CHAIN_ID:#x}"))
        && version.is_ok_and(|version| version.starts_with("anvil"))
}

/// The chain's test accounts: their keys are public, and the chain signs for them.
pub(crate) fn accounts(rpc: &Rpc) -> Result<Vec<Address>, Error> {
    let listed = rpc.ask("eth_accounts", &json!([]))?;
    serde_json::from_value(listed).map_err(|error| Error::Chain(format!("eth_accounts: {error}")))
}

/// Adds test ether to `account`.
pub(crate) fn fund(rpc: &Rpc, account: Address) -> Result<(), Error> {
    let balance = rpc.ask_text("eth_getBalance", &json!([account, "latest"]))?;
    let balance: U256 = balance
        .parse()
        .map_err(|error| Error::Chain(format!("eth_getBalance: {error}")))?;
    let gift = parse_ether(GIFT_ETHER).unwrap_or_default();
    rpc.ask(
        "anvil_setBalance",
        &json!([account, balance.saturating_add(gift)]),
    )?;
    Ok(())
}

/// Sends a transaction from one of the chain's own accounts and waits until it is mined; returns its receipt.
pub(crate) fn send(rpc: &Rpc, transaction: &serde_json::Value) -> Result<serde_json::Value, Error> {
    let hash = rpc.ask_text("eth_sendTransaction", &json!([transaction]))?;
    let started = Instant::now();
    loop {
        let receipt = rpc.ask("eth_getTransactionReceipt", &json!([hash]))?;
        if receipt["status"] == "0x1" {
            return Ok(receipt);
        }
        if !receipt.is_null() || started.elapsed() > START_LIMIT {
            return Err(Error::Chain(format!("transaction {hash} failed")));
        }
        thread::sleep(Duration::from_millis(20));
    }
}
