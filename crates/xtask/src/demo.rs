//! `cargo xtask demo`: the whole of Atomine on this machine.

use crate::{
    anvil::{self, Chain},
    build, collection,
    error::Error,
    npm, port, progress,
    rpc::Rpc,
    serve::{self, Extra, Site},
    workspace::Workspace,
};
use alloy_primitives::Address;
use atomine_chain::{self as chain, Collection, Kind};
use serde_json::{Value, json};
use std::fs;

/// Accounts of the local chain that the Demo wallet holds; the others mine the first Atoms.
const WALLET_ACCOUNTS: usize = 3;
/// The Demo wallet's files.
const WALLET_FILES: [(&str, &[u8]); 4] = [
    (
        "/demo-wallet/wallet.js",
        include_bytes!("../assets/demo-wallet/wallet.js"),
    ),
    (
        "/demo-wallet/provider.js",
        include_bytes!("../assets/demo-wallet/provider.js"),
    ),
    (
        "/demo-wallet/dialogs.js",
        include_bytes!("../assets/demo-wallet/dialogs.js"),
    ),
    (
        "/demo-wallet/wallet.css",
        include_bytes!("../assets/demo-wallet/wallet.css"),
    ),
];
/// What the page gets in its head, so that the Demo wallet is there before the page looks for wallets.
const WALLET_TAGS: &str = "<link rel=\"stylesheet\" href=\"demo-wallet/wallet.css\">\n\
    <script type=\"module\" src=\"demo-wallet/wallet.js\"></script>\n</head>";

/// How to run the demo.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The page's port; without it, the first free one from 8080; 0 lets the system choose.
    #[arg(long)]
    port: Option<u16>,
    /// The local chain's port; without it, the first free one from 8545; 0 lets the system choose.
    #[arg(long)]
    rpc_port: Option<u16>,
    /// Serve the page without a local chain: Practice, and reading the public collections.
    #[arg(long)]
    no_chain: bool,
    /// Give test ether to this account: on the demo chain that runs already, else on the one that starts now.
    #[arg(long, value_name = "ACCOUNT")]
    fund: Option<Address>,
    /// Serve pkg/ as it is, without looking whether it has to be built again.
    #[arg(long)]
    no_build: bool,
    /// Hashes that the next Atom takes on average.
    #[arg(long, default_value_t = collection::HASHES, value_parser = clap::value_parser!(u64).range(1_000..=1_000_000_000_000))]
    hashes: u64,
}

/// Runs the demo until Ctrl-C.
pub(crate) fn run(options: &Options) -> Result<(), Error> {
    if let Some(account) = options.fund
        && fund_running(account, options.rpc_port)?
    {
        return Ok(());
    }
    let workspace = Workspace::find()?;
    if !options.no_build {
        build::build(&workspace)?;
    }
    let listener = port::listen(options.port, serve::PORT)?;
    let page = format!("http://127.0.0.1:{}/", port::of(&listener)?);
    let demo = if options.no_chain {
        None
    } else {
        Demo::start(&workspace, options, &page)?
    };
    let extras = match &demo {
        Some(demo) => demo.extras(&workspace)?,
        None => Vec::new(),
    };
    match &demo {
        Some(demo) => demo.explain(&page),
        None => {
            println!(
                "\nAtomine is ready, for Practice and for reading.\n\n  page         {page}\n"
            );
        }
    }
    println!("Ctrl-C ends everything.");
    serve::serve(
        &listener,
        Site::new(workspace.www(), workspace.pkg(), extras),
    );
    Ok(())
}

/// Funds `account` on a demo chain that runs already; whether there is one.
fn fund_running(account: Address, port: Option<u16>) -> Result<bool, Error> {
    let ports = port.map_or_else(|| anvil::RPC_PORT.tried(), |port| port..=port);
    let running = ports.map(|port| Rpc::new(anvil::url(port))).find(is_demo);
    let Some(rpc) = running else {
        return Ok(false);
    };
    anvil::fund(&rpc, account)?;
    println!(
        "{account} has {} test ETH more on the demo chain at {}",
        anvil::GIFT_ETHER,
        rpc.url()
    );
    Ok(true)
}

/// Whether this is a demo's chain: another project's anvil may be there too, but has not our collection.
fn is_demo(rpc: &Rpc) -> bool {
    anvil::is_anvil(rpc)
        && anvil::accounts(rpc).is_ok_and(|accounts| {
            let miner = miners(&accounts).first();
            miner.is_some_and(|miner| collection::is_deployed_by(rpc, miner))
        })
}

/// The accounts that the Demo wallet does not hold.
fn miners(accounts: &[Address]) -> &[Address] {
    accounts.get(WALLET_ACCOUNTS..).unwrap_or_default()
}

/// A running demo chain with its collection.
struct Demo {
    chain: Chain,
    accounts: Vec<Address>,
    collection: Address,
}

impl Demo {
    /// `None` without npm, which brings the chain.
    fn start(workspace: &Workspace, options: &Options, page: &str) -> Result<Option<Self>, Error> {
        if !npm::available() {
            progress::note(
                "npm is not here, so there is no local chain: install Node 20 or newer to mine on one",
            );
            return Ok(None);
        }
        npm::install(workspace, &workspace.tests())?;
        let chain = progress::step("Starting the local chain", |_| {
            anvil::start(workspace, options.rpc_port)
        })?;
        let accounts = anvil::accounts(&chain.rpc)?;
        let miners = miners(&accounts);
        let first_miner = *miners
            .first()
            .ok_or_else(|| Error::Chain("it has too few accounts".to_owned()))?;
        let deployed = progress::step("Deploying the collection", |_| {
            collection::deploy(&chain.rpc, first_miner, options.hashes, page)
        })?;
        deployed.mine_first(workspace, &chain.rpc, miners)?;
        if let Some(account) = options.fund {
            anvil::fund(&chain.rpc, account)?;
        }
        Ok(Some(Self {
            accounts: accounts.into_iter().take(WALLET_ACCOUNTS).collect(),
            collection: deployed.address,
            chain,
        }))
    }

    /// What is laid over the page: the Demo wallet, and the demo's collection before the others.
    fn extras(&self, workspace: &Workspace) -> Result<Vec<Extra>, Error> {
        let wallet = json!({ "rpc": self.chain.rpc.url(), "chainId": anvil::CHAIN_ID, "accounts": self.accounts });
        let mut extras = vec![
            Extra {
                path: "/index.html",
                body: Self::index(workspace)?.into(),
            },
            Extra {
                path: "/collections.json",
                body: self.collections(workspace)?.into(),
            },
            Extra {
                path: "/demo-wallet/chain.json",
                body: wallet.to_string().into(),
            },
        ];
        extras.extend(WALLET_FILES.map(|(path, body)| Extra {
            path,
            body: body.to_vec(),
        }));
        Ok(extras)
    }

    fn index(workspace: &Workspace) -> Result<String, Error> {
        let path = workspace.www().join("index.html");
        let page = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        Ok(page.replacen("</head>", WALLET_TAGS, 1))
    }

    fn collections(&self, workspace: &Workspace) -> Result<String, Error> {
        let path = workspace.www().join("collections.json");
        let text = fs::read_to_string(&path).map_err(Error::file("read", &path))?;
        let broken = |reason: String| Error::Missing {
            what: format!("{}: {reason}", path.display()),
            remedy: "mend it".to_owned(),
        };
        let mut list: Vec<Value> =
            serde_json::from_str(&text).map_err(|error| broken(error.to_string()))?;
        list.insert(0, json!(self.entry()));
        Ok(json!(list).to_string())
    }

    fn entry(&self) -> Collection {
        Collection {
            name: "Atomine demo".to_owned(),
            kind: Kind::Atomine,
            address: self.collection,
            chain: chain::Chain {
                id: anvil::CHAIN_ID,
                name: "Atomine demo chain".to_owned(),
                currency: "ETH".to_owned(),
                rpcs: vec![self.chain.rpc.url().to_owned()],
                explorer: None,
            },
            marketplace: None,
        }
    }

    fn explain(&self, page: &str) {
        let (rpc, chain_id, collection) = (self.chain.rpc.url(), anvil::CHAIN_ID, self.collection);
        println!(
            "\nAtomine is ready.\n\n  \
             page         {page}\n  \
             chain        {rpc} (chain id {chain_id})\n  \
             collection   {collection}\n\n\
             Open the page, connect the Demo wallet, click Mine, and mint what you find.\n\
             With MetaMask instead: the page's wallet panel offers to add this chain (by hand: RPC {rpc}, chain id {chain_id},\n\
             currency ETH). Test ETH for your account, from a second terminal: cargo xtask demo --fund 0xYOUR_ACCOUNT\n\
             The chain starts anew with every demo: if MetaMask then counts nonces wrongly, clear its activity data."
        );
    }
}
