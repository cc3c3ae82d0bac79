//! What happened and what to do, in plain words, for everything that the chain, a node or a wallet can answer.

use crate::Failure;
use crate::format::foreign;
use atomine_chain::ChainError;

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
}

impl Explanation {
    /// Our own words alone.
    pub(crate) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            remedy: remedy.into(),
            details: String::new(),
        }
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
    /// The visitor's wallet.
    Wallet,
}

/// What `error` means for somebody who only wants to mine.
pub(crate) fn explain(error: &ChainError, source: Source) -> Explanation {
    let (what, remedy) = match error {
        ChainError::Rpc(_) => answered_with_error(source),
        ChainError::Unreachable(_) => no_answer(source),
        ChainError::Nonsense(_) => nonsense(source),
        ChainError::WrongChain { expected, actual } => {
            let what = format!("The answer came from network {actual} instead of {expected}.");
            return Explanation::new(what, other_network(source)).with_details(&error.to_string());
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
        ChainError::Rejected => (
            "You said no in the wallet.",
            "Nothing was sent; try again whenever you like.",
        ),
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

fn answered_with_error(source: Source) -> (&'static str, &'static str) {
    match source {
        Source::Node => (
            "The network's node answered with an error.",
            "The page tries again by itself.",
        ),
        Source::Wallet => (
            "The wallet answered with an error.",
            "Look into your wallet, then try again.",
        ),
    }
}

fn no_answer(source: Source) -> (&'static str, &'static str) {
    match source {
        Source::Node => (
            "The network's node does not answer.",
            "Check your internet connection (or that the local chain is running); the page tries again by itself.",
        ),
        Source::Wallet => (
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
        Source::Wallet => (
            "The wallet gave an answer that cannot be true.",
            "It was not used; check the wallet's network settings, then try again.",
        ),
    }
}

fn other_network(source: Source) -> &'static str {
    match source {
        Source::Node => "The collection's node address is wrong: tell whoever runs this page.",
        Source::Wallet => "Switch your wallet to the collection's network.",
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
            ChainError::Rejected,
            ChainError::AlreadyOpen,
            ChainError::NotAuthorized,
            ChainError::UnknownChain,
            ChainError::Unsupported,
        ]
    }

    /// A part of what is said to the visitor for each error of [`every_error`], in that order.
    const SAID: [(&str, &str); 16] = [
        ("answered with an error", "Look into your wallet"),
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
        ("said no in the wallet", "whenever you like"),
        ("already asking", "Open your wallet"),
        ("does not let this page", "Connect the wallet again"),
        ("does not know this network", "Add the network"),
        ("cannot do this", "another wallet"),
    ];

    #[test]
    fn every_error_says_what_happened_and_what_to_do() {
        for (error, (what, remedy)) in every_error().iter().zip(SAID) {
            let said = explain(error, Source::Wallet);
            assert!(said.what.contains(what), "{error:?}: {}", said.what);
            assert!(said.remedy.contains(remedy), "{error:?}: {}", said.remedy);
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
