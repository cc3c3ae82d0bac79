//! An anvil of a test's own, reached over plain HTTP.

use crate::strong_nonces;
use alloy_primitives::{Address, B256, Bytes};
use atomine_chain::{
    Chain, ChainError, Collection, CollectionState, HttpResponse, JsonRpc, Kind, MintOutcome,
    OwnedAtom, Post, Provider, Transaction, identify, mine_transaction, read_outcome, read_owned,
    read_state, send, simulate, wallet,
};
use atomine_protocol::{Nonce, WorkHash, work_hash};
use pollster::block_on;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Anvil's own chain id.
pub(crate) const CHAIN_ID: u64 = 31337;

/// A running anvil; it ends with this value.
pub(crate) struct Anvil {
    process: Child,
    port: u16,
    /// Its JSON-RPC.
    pub(crate) rpc: JsonRpc<Http>,
}

impl Anvil {
    /// All Atoms of an account in order of their numbers, read in pages.
    pub(crate) fn owned(
        &self,
        collection: &Collection,
        owner: Address,
    ) -> Result<Vec<OwnedAtom>, ChainError> {
        let (mut atoms, mut rest) = (Vec::new(), None);
        loop {
            let page = block_on(read_owned(&self.rpc, collection, owner, rest, 2))?;
            atoms.extend(page.atoms);
            rest = page.rest;
            if rest.is_none() {
                atoms.sort_by_key(|atom| atom.id);
                return Ok(atoms);
            }
        }
    }

    /// Starts one on a free port and waits until it answers.
    pub(crate) fn start() -> Self {
        let binary = std::env::var_os("ATOMINE_ANVIL")
            .expect("ATOMINE_ANVIL must name anvil's binary: `cargo xtask test` sees to it");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = free.local_addr().expect("its address").port();
        drop(free);
        let process = Command::new(binary)
            .args(["--silent", "--port", &port.to_string()])
            .stdout(Stdio::null())
            .spawn()
            .expect("ATOMINE_ANVIL names a program");
        let rpc = JsonRpc::new(Http { port });
        let anvil = Self { process, port, rpc };
        anvil.wait();
        anvil
    }

    fn wait(&self) {
        patiently(|| block_on(wallet::chain_id(&self.rpc)).ok());
    }

    /// One request that must succeed.
    pub(crate) fn ask(&self, method: &str, params: Value) -> Value {
        block_on(self.rpc.request(method, params)).expect(method)
    }

    /// The accounts that anvil holds the keys of.
    pub(crate) fn accounts(&self) -> Vec<Address> {
        block_on(wallet::accounts(&self.rpc, true)).expect("accounts")
    }

    /// Deploys a contract from the first account.
    pub(crate) fn deploy(&self, code: &Bytes, kind: Kind) -> Collection {
        let transaction = json!([{ "from": self.accounts()[0], "data": code }]);
        let hash = self.ask("eth_sendTransaction", transaction);
        let receipt = self.receipt(&hash);
        assert_eq!(receipt["status"], "0x1", "{receipt}");
        let address = receipt["contractAddress"].as_str().expect("an address");
        self.collection(address.parse().expect("an address"), kind)
    }

    /// A collection on this chain.
    pub(crate) fn collection(&self, address: Address, kind: Kind) -> Collection {
        Collection {
            name: "Test".into(),
            kind,
            address,
            chain: Chain {
                id: CHAIN_ID,
                name: "Anvil".into(),
                currency: "ETH".into(),
                rpcs: vec![format!("http://127.0.0.1:{}", self.port)],
                explorer: None,
            },
            marketplace: None,
        }
    }

    /// The transaction's receipt, as soon as there is one.
    pub(crate) fn receipt(&self, transaction: &Value) -> Value {
        let ask = || self.ask("eth_getTransactionReceipt", json!([transaction]));
        patiently(|| Some(ask()).filter(|receipt| !receipt.is_null()))
    }

    /// The collection's state now.
    pub(crate) fn state(&self, collection: &Collection) -> CollectionState {
        block_on(read_state(&self.rpc, collection)).expect("a state")
    }

    /// What the contract says about itself.
    pub(crate) fn identify(&self, collection: &Collection) -> Result<Collection, ChainError> {
        let chain = collection.chain.clone();
        block_on(identify(&self.rpc, collection.key(), chain))
    }

    /// What would become of a transaction.
    pub(crate) fn dry_run(&self, transaction: &Transaction) -> Result<u64, ChainError> {
        block_on(simulate(&self.rpc, transaction))
    }

    /// Runs the mint with this nonce and sends it.
    pub(crate) fn send_mint(
        &self,
        collection: &Collection,
        account: Address,
        nonce: Nonce,
    ) -> B256 {
        let cost_wei = self.state(collection).cost_wei;
        let transaction = mine_transaction(collection, account, nonce, cost_wei);
        let gas = self.dry_run(&transaction).expect("a gas limit");
        block_on(send(&self.rpc, &transaction, gas)).expect("sent")
    }

    /// Finds a nonce, runs the mint, sends it: the Atom that comes of it, its work hash, and its block.
    pub(crate) fn mint(
        &self,
        collection: &Collection,
        account: Address,
    ) -> (OwnedAtom, WorkHash, u64) {
        let state = self.state(collection);
        let nonce = strong_nonces(&state, account).next().expect("a nonce");
        let hash = self.send_mint(collection, account, nonce);
        let outcome = self.outcome(collection, account, hash);
        let MintOutcome::Minted {
            atom,
            transaction,
            block,
        } = outcome
        else {
            panic!("{outcome:?}");
        };
        assert_eq!(transaction, hash);
        assert_eq!((atom.id, atom.owner), (state.next_id, account));
        (atom, work_hash(account, state.prev_hash, nonce), block)
    }

    /// What became of a mint that will be in a block at once.
    pub(crate) fn outcome(
        &self,
        collection: &Collection,
        account: Address,
        transaction: B256,
    ) -> MintOutcome {
        self.receipt(&json!(transaction));
        block_on(read_outcome(&self.rpc, collection, account, transaction)).expect("an outcome")
    }
}

/// A hex number of 64 bits.
pub(crate) fn number(value: &Value) -> u64 {
    let digits = value.as_str().and_then(|text| text.strip_prefix("0x"));
    let number = digits.and_then(|digits| u64::from_str_radix(digits, 16).ok());
    number.expect("a hex number")
}

/// Asks again until there is an answer.
fn patiently<T>(ask: impl Fn() -> Option<T>) -> T {
    let patience = Instant::now() + Duration::from_mins(1);
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(Instant::now() < patience, "anvil does not answer");
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Drop for Anvil {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// HTTP/1.1 without anything that a test on one machine does not need.
pub(crate) struct Http {
    port: u16,
}

impl Post for Http {
    async fn post(&self, body: String) -> Result<HttpResponse, ChainError> {
        self.exchange(&body)
            .map_err(|error| ChainError::Unreachable(error.to_string()))
    }

    fn now_ms(&self) -> u64 {
        0
    }
}

impl Http {
    fn exchange(&self, body: &str) -> std::io::Result<HttpResponse> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        write!(
            stream,
            "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let text = String::from_utf8_lossy(&answer);
        let (head, body) = text.split_once("\r\n\r\n").expect("an HTTP answer");
        assert!(!head.to_ascii_lowercase().contains("chunked"), "{head}");
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Ok(HttpResponse {
            retry_after_s: None,
            status: status.expect("an HTTP status"),
            body: body.into(),
        })
    }
}
