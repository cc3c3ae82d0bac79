//! What happened and what to do, in plain words, for everything that the chain, a node or a wallet can answer.

use crate::Failure;
use crate::format::{duration, foreign};
use atomine_chain::{ChainError, code};

/// So much of the other side's own words is shown under details.
const MAX_DETAILS: usize = 400;

/// What happened, what to do, and the other side's own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Explanation {
    /// One sentence.
    pub(crate) what: String,
    /// One sentence; may be empty.
    pub(crate) remedy: String,
    /// Folded away; may be empty.
    pub(crate) details: String,
    /// Reading the chain again may help: a button does it.
    pub(crate) retry: bool,
}

impl Explanation {
    /// Our own words alone.
    pub(crate) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            remedy: remedy.into(),
            details: String::new(),
            retry: false,
        }
    }

    /// With a button that reads the chain again.
    pub(crate) fn with_retry(mut self) -> Self {
        self.retry = true;
        self
    }

    /// With the other side's words, tamed.
    pub(crate) fn with_details(mut self, details: &str) -> Self {
        self.details = foreign(details, MAX_DETAILS);
        self
    }

    /// With a browser's words.
    pub(crate) fn with_failure(self, failure: &Failure) -> Self {
        self.with_details(&failure.0)
    }

    /// Both sentences in one line.
    pub(crate) fn line(&self) -> String {
        if self.remedy.is_empty() {
            self.what.clone()
        } else {
            format!("{} {}", self.what, self.remedy)
        }
    }
}

/// Who answered, which decides what can be done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// A node that is only read from.
    Node,
    /// The visitor's wallet, asked about a transaction.
    Wallet,
    /// The visitor's wallet, asked to connect.
    Connecting,
    /// The visitor's wallet, asked to go to another network.
    Switching,
}

/// What `error` means for somebody who only wants to mine.
pub(crate) fn explain(error: &ChainError, source: Source) -> Explanation {
    let (what, remedy) = match error {
        ChainError::Rpc(rpc) => answered_with_error(rpc.code, source),
        ChainError::Unreachable(_) => no_answer(source),
        ChainError::Nonsense(_) => nonsense(source),
        ChainError::WrongChain { expected, actual } => {
            let what = format!("The answer came from network {actual} instead of {expected}.");
            return Explanation::new(what, other_network(source)).with_details(&error.to_string());
        }
        ChainError::Limited { seconds } => {
            let what = format!(
                "The network's node takes no more questions from this page for {}.",
                duration(f64::from(*seconds))
            );
            return Explanation::new(
                what,
                "It is left alone for so long; then the page asks it again by itself.",
            );
        }
        ChainError::NoContract => (
            "There is no contract at this collection's address.",
            "Check the address and the network; on a local chain that was started anew, deploy the collection again.",
        ),
        ChainError::NotACollection(_) => (
            "The contract at this address is not a collection that can be mined.",
            "Check the address, or choose another collection from the list.",
        ),
        ChainError::Stale => (
            "This find no longer counts: somebody else was faster.",
            "Nothing was sent and nothing was paid; mining goes on with the next Atom.",
        ),
        ChainError::WrongCost => (
            "The contract asks for another price than the one shown.",
            "Nothing was sent; the price is being read again.",
        ),
        ChainError::InsufficientFunds => (
            "The account cannot pay for the Atom and the network's fee.",
            "Add some funds to this account; your find is kept meanwhile.",
        ),
        ChainError::Reverted(_) => (
            "The contract would refuse this.",
            "Nothing was sent; try again in a moment, and see the details if it stays so.",
        ),
        ChainError::NoSuchAtom => (
            "There is no such Atom.",
            "Check its number: perhaps it has not been mined yet.",
        ),
        ChainError::NotMigrated => (
            "This Atom lives in the collection's previous contract: it was mined there and has not been moved to this one.",
            "Its owner can move it here; until then, look for it in the previous contract with a block explorer.",
        ),
        ChainError::Rejected => said_no(source),
        ChainError::AlreadyOpen => (
            "Your wallet is already asking you something.",
            "Open your wallet and answer it there, then try again.",
        ),
        ChainError::NotAuthorized => (
            "The wallet does not let this page use this account.",
            "Connect the wallet again and allow the account.",
        ),
        ChainError::UnknownChain => (
            "Your wallet does not know this network yet.",
            "Add the network to your wallet, then switch to it.",
        ),
        ChainError::Unsupported => (
            "Your wallet cannot do this.",
            "Do it in the wallet itself, or use another wallet.",
        ),
    };
    Explanation::new(what, remedy).with_details(words(error))
}

/// The other side's own words; empty where the error has none.
fn words(error: &ChainError) -> &str {
    match error {
        ChainError::Rpc(rpc) => &rpc.message,
        ChainError::Unreachable(words)
        | ChainError::Nonsense(words)
        | ChainError::NotACollection(words)
        | ChainError::Reverted(words) => words,
        _ => "",
    }
}

/// What an error code means that fits none of [`ChainError`]'s other variants.
fn answered_with_error(code: i64, source: Source) -> (&'static str, &'static str) {
    match (code, source) {
        (_, Source::Node) => (
            "The network's node answered with an error.",
            "The page tries again by itself.",
        ),
        (code::INVALID_REQUEST, _) => (
            "Your wallet did not understand what this page asked.",
            "Update your wallet or use another one, and if it stays so tell whoever runs this page.",
        ),
        (code::INVALID_PARAMS, Source::Switching) => (
            "Your wallet does not accept this network's details.",
            "Add the network in your wallet by hand; wallets take nodes over https, or on this computer.",
        ),
        (code::INVALID_PARAMS, _) => (
            "Your wallet does not accept the details of this request.",
            "Nothing was sent; update your wallet, or use another one.",
        ),
        (code::DISCONNECTED | code::CHAIN_DISCONNECTED, _) => (
            "Your wallet has lost its connection to the network.",
            "Choose the network in your wallet anew, or wait until it is back, then try again.",
        ),
        (code::INTERNAL, _) => (
            "Something went wrong inside your wallet.",
            "Open your wallet and see whether it says why, then try again.",
        ),
        _ => (
            "The wallet answered with an error.",
            "Look into your wallet, then try again.",
        ),
    }
}

fn said_no(source: Source) -> (&'static str, &'static str) {
    match source {
        Source::Connecting => (
            "You said no in the wallet, so it is not connected.",
            "Connect it whenever you like; Practice needs no wallet.",
        ),
        Source::Switching => (
            "You said no in the wallet, so it stays on its network.",
            "Mining works all the same; switch before you mint.",
        ),
        Source::Node | Source::Wallet => (
            "You said no in the wallet.",
            "Nothing was sent; try again whenever you like.",
        ),
    }
}

fn no_answer(source: Source) -> (&'static str, &'static str) {
    match source {
        Source::Node => (
            "The network's node does not answer.",
            "Check your internet connection (or that the local chain is running); the page tries again by itself.",
        ),
        _ => (
            "The wallet does not reach its network.",
            "Check your internet connection and the wallet's network settings, then try again.",
        ),
    }
}

fn nonsense(source: Source) -> (&'static str, &'static str) {
    match source {
        Source::Node => (
            "The network's node gave an answer that cannot be true.",
            "It was not used; the page tries again by itself.",
        ),
        _ => (
            "The wallet gave an answer that cannot be true.",
            "It was not used; check the wallet's network settings, then try again.",
        ),
    }
}

fn other_network(source: Source) -> &'static str {
    match source {
        Source::Node => "The collection's node address is wrong: tell whoever runs this page.",
        _ => "Switch your wallet to the collection's network.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atomine_chain::RpcError;

    fn every_error() -> Vec<ChainError> {
        let rpc = RpcError {
            code: -32_603,
            message: "Internal JSON-RPC error.".into(),
            data: None,
        };
        vec![
            ChainError::Rpc(rpc),
            ChainError::Unreachable("Failed to fetch".into()),
            ChainError::Nonsense("<html>".into()),
            ChainError::WrongChain {
                expected: 1,
                actual: 31_337,
            },
            ChainError::NoContract,
            ChainError::NotACollection("no work()".into()),
            ChainError::Stale,
            ChainError::WrongCost,
            ChainError::InsufficientFunds,
            ChainError::Reverted("receiver".into()),
            ChainError::NoSuchAtom,
            ChainError::NotMigrated,
            ChainError::Rejected,
            ChainError::AlreadyOpen,
            ChainError::NotAuthorized,
            ChainError::UnknownChain,
            ChainError::Unsupported,
            ChainError::Limited { seconds: 60 },
        ]
    }

    /// A part of what is said to the visitor for each error of [`every_error`], in that order.
    const SAID: [(&str, &str); 18] = [
        ("inside your wallet", "whether it says why"),
        ("does not reach its network", "internet connection"),
        ("cannot be true", "not used"),
        ("network 31337 instead of 1", "Switch your wallet"),
        (
            "no contract at this collection's address",
            "deploy the collection again",
        ),
        (
            "not a collection that can be mined",
            "choose another collection",
        ),
        ("somebody else was faster", "nothing was paid"),
        ("another price", "read again"),
        ("cannot pay", "find is kept"),
        ("would refuse", "Nothing was sent"),
        ("no such Atom", "Check its number"),
        (
            "lives in the collection's previous contract",
            "block explorer",
        ),
        ("said no in the wallet", "whenever you like"),
        ("already asking", "Open your wallet"),
        ("does not let this page", "Connect the wallet again"),
        ("does not know this network", "Add the network"),
        ("cannot do this", "another wallet"),
        ("no more questions from this page for 1 min", "left alone"),
    ];

    #[test]
    fn every_error_says_what_happened_and_what_to_do() {
        for (error, (what, remedy)) in every_error().iter().zip(SAID) {
            let said = explain(error, Source::Wallet);
            assert!(said.what.contains(what), "{error:?}: {}", said.what);
            assert!(said.remedy.contains(remedy), "{error:?}: {}", said.remedy);
        }
    }

    /// A wallet's answer as it comes, what was asked of it, and a part of what is said: one row for each error that
    /// `MetaMask` was seen to answer, and those that EIP-1193 adds.
    const WALLET_ANSWERS: [(&str, Source, &str, &str); 15] = [
        (
            r#"{"code": 4100, "message": "The requested account and/or method has not been authorized by the user."}"#,
            Source::Wallet,
            "does not let this page use this account",
            "Connect the wallet again",
        ),
        (
            r#"{"code": 4001, "message": "User rejected the request."}"#,
            Source::Connecting,
            "it is not connected",
            "Connect it whenever you like",
        ),
        (
            r#"{"code": 4001, "message": "MetaMask Tx Signature: User denied transaction signature."}"#,
            Source::Wallet,
            "You said no in the wallet.",
            "Nothing was sent",
        ),
        (
            r#"{"code": 4001, "message": "User rejected the request."}"#,
            Source::Switching,
            "it stays on its network",
            "switch before you mint",
        ),
        (
            r#"{"code": -32002, "message": "Request of type 'wallet_requestPermissions' already pending for origin http://localhost."}"#,
            Source::Connecting,
            "already asking you something",
            "Open your wallet",
        ),
        (
            r#"{"code": 4902, "message": "Unrecognized chain ID."}"#,
            Source::Switching,
            "does not know this network",
            "Add the network",
        ),
        (
            r#"{"code": -32601, "message": "The method does not exist / is not available."}"#,
            Source::Wallet,
            "cannot do this",
            "use another wallet",
        ),
        (
            r#"{"code": 4200, "message": "Unsupported method."}"#,
            Source::Wallet,
            "cannot do this",
            "use another wallet",
        ),
        (
            r#"{"code": -32600, "message": "Invalid request."}"#,
            Source::Wallet,
            "did not understand what this page asked",
            "Update your wallet",
        ),
        (
            r#"{"code": -32602, "message": "Expected an array with at least one valid string HTTPS url 'rpcUrls'."}"#,
            Source::Switching,
            "does not accept this network's details",
            "by hand",
        ),
        (
            r#"{"code": -32602, "message": "Invalid parameters: must provide an Ethereum address."}"#,
            Source::Wallet,
            "does not accept the details of this request",
            "Nothing was sent",
        ),
        (
            r#"{"code": -32603, "message": "Internal JSON-RPC error."}"#,
            Source::Wallet,
            "went wrong inside your wallet",
            "see whether it says why",
        ),
        (
            r#"{"code": -32603, "message": "Failed to fetch"}"#,
            Source::Wallet,
            "does not reach its network",
            "network settings",
        ),
        (
            r#"{"code": 4900, "message": "The provider is disconnected from all chains."}"#,
            Source::Wallet,
            "has lost its connection",
            "wait until it is back",
        ),
        (
            r#"{"code": 4901, "message": "The provider is disconnected from the specified chain."}"#,
            Source::Wallet,
            "has lost its connection",
            "wait until it is back",
        ),
    ];

    #[test]
    fn every_answer_of_a_wallet_says_what_happened_and_what_to_do() {
        for (answer, source, what, remedy) in WALLET_ANSWERS {
            let error = RpcError::from_json(&serde_json::from_str(answer).unwrap());
            let said = explain(&ChainError::from_rpc(error), source);
            assert!(said.what.contains(what), "{answer}: {}", said.what);
            assert!(said.remedy.contains(remedy), "{answer}: {}", said.remedy);
        }
    }

    #[test]
    fn no_two_kinds_of_error_share_a_sentence() {
        let codes = [-32_600, -32_602, -32_603, 4_900]
            .map(|code| answered_with_error(code, Source::Wallet));
        for (place, said) in codes.iter().enumerate() {
            assert!(!codes[..place].contains(said), "{said:?}");
        }
    }

    #[test]
    fn no_sentence_shows_codes_or_foreign_words() {
        for error in every_error() {
            for source in [Source::Node, Source::Wallet] {
                let said = explain(&error, source);
                for sentence in [said.what, said.remedy] {
                    assert!(sentence.ends_with('.'), "{error:?}: {sentence}");
                    for jargon in ["RPC", "-32", "revert", "Failed to fetch", "<html>"] {
                        assert!(!sentence.contains(jargon), "{error:?}: {sentence}");
                    }
                }
            }
        }
    }

    #[test]
    fn foreign_words_go_under_details_and_stay_short() {
        let said = explain(&ChainError::Nonsense("<b>\n".repeat(1_000)), Source::Node);
        assert!(said.details.starts_with("<b> <b>"));
        assert!(said.details.chars().count() <= MAX_DETAILS + 1);
        assert!(explain(&ChainError::Stale, Source::Node).details.is_empty());
    }
}
