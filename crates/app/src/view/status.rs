//! One sentence under the big button: what is going on, or why nothing is.

use super::wallet::other_chain;
use crate::format::{duration, short_address, to_f64};
use crate::mining::{Rest, Subject, Work};
use crate::{Model, Turn};

/// A state older than this is called old.
const OLD_MS: u64 = 20_000;

pub(super) fn status(model: &Model) -> String {
    match (model.wanted_work(), model.possible_work()) {
        (Ok(work), _) => mining(model, &work),
        (Err(Rest::NotWanted), Ok(_) | Err(Rest::NoState)) if model.turn == Turn::Elsewhere => {
            "Another tab of this browser is mining. One at a time is just as fast; mine here, and it stops there.".to_owned()
        }
        (Err(Rest::NotWanted), Ok(_)) => "Ready to mine.".to_owned(),
        (Err(Rest::NotWanted), Err(rest)) => not_started(model, rest),
        (Err(rest), _) => resting(model, rest),
    }
}

fn mining(model: &Model, work: &Work) -> String {
    if model.workers.ready().next().is_none() {
        return "Starting the mining workers…".to_owned();
    }
    let what = match work.subject {
        Subject::Practice => return format!("Mining Practice Atom #{}.", work.id),
        Subject::Collection(_) => {
            let account = short_address(work.sender);
            format!("Mining Atom #{} for {account}.", work.id)
        }
    };
    let age_ms = model.collections.state_age_ms(model.now_ms);
    if model.collections.error().is_some() || age_ms > OLD_MS {
        let age = duration(to_f64(age_ms) / 1_000.0);
        return format!(
            "{what} The network was last heard {age} ago: somebody may have been faster meanwhile."
        );
    }
    match other_chain(model) {
        Some(chain) => format!(
            "{what} Switch your wallet to {} before minting.",
            chain.name
        ),
        None => what,
    }
}

fn not_started(model: &Model, rest: Rest) -> String {
    match rest {
        Rest::NoAccount => {
            "Connect a wallet first: an Atom can only be minted by the account it was mined for. Practice needs none.".to_owned()
        }
        Rest::FindOpen(find) => match number(model, find) {
            Some(number) => format!("You found Atom #{number}: see below."),
            None => String::new(),
        },
        rest => resting(model, rest),
    }
}

fn resting(model: &Model, rest: Rest) -> String {
    match rest {
        Rest::NotWanted => String::new(),
        Rest::Measuring => {
            "Mining rests while the benchmark measures, and goes on by itself.".to_owned()
        }
        Rest::Admiring => "Found one! The next follows in a moment.".to_owned(),
        Rest::Identifying => reading(model, "Looking at the contract you brought…"),
        Rest::NoState => reading(model, "Reading the collection…"),
        Rest::NoAccount => {
            "Mining rests: connect a wallet, and it goes on by itself.".to_owned()
        }
        Rest::TestAccount => {
            "This is a public test account: anyone can take what it owns. Choose another account, or Practice.".to_owned()
        }
        Rest::FindOpen(find) => match number(model, find) {
            Some(number) => format!(
                "Mining rests until your find for Atom #{number} is settled, and goes on by itself."
            ),
            None => String::new(),
        },
    }
}

fn reading(model: &Model, what: &str) -> String {
    let error = model.collections.error();
    error.map_or_else(|| what.to_owned(), |error| model.explain_read(error).line())
}

fn number(model: &Model, find: crate::FindId) -> Option<u64> {
    let mut finds = model.finds.iter();
    let find = finds.find(|other| other.id() == find)?;
    Some(find.record.token_id.get())
}
