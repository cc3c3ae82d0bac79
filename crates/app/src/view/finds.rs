//! Finds: what each is, where it stands, and what can be done with it.

use super::{Fact, Find as Shown, Tone, slots::slots};
use crate::Model;
use crate::explain::{Source, explain};
use crate::finds::{Find, Obstacle, Pending, Standing, Step, Then};
use crate::format::{amount, short_address};
use atomine_chain::{ChainError, Collection, Kind, Transaction};

/// Those for the selected collection and account first, each group newest first.
pub(super) fn finds(model: &Model) -> Vec<Shown> {
    let here_and_ours = |find: &&Find| {
        model.collections.selected_key() == Some(find.record.collection)
            && model.wallet.account() == Some(find.record.account)
    };
    let open = model.finds.iter().filter(|find| !find.is_set_aside());
    let first = open.clone().filter(here_and_ours);
    let rest = open.filter(|find| !here_and_ours(find));
    first.chain(rest).map(|find| shown(model, find)).collect()
}

fn shown(model: &Model, find: &Find) -> Shown {
    let collection = model.collections.get(find.record.collection);
    let transaction = find.sent_transaction();
    let url = transaction.and_then(|hash| {
        let explorer = collection?.chain.explorer.as_ref()?;
        Some(format!("{explorer}/tx/{hash}"))
    });
    Shown {
        id: find.id(),
        tone: tone(model, find),
        headline: headline(find),
        status: status(model, find),
        mint: mint_label(model, find, collection),
        facts: facts(model, find, collection),
        transaction: transaction.map(|hash| hash.to_string()),
        transaction_url: url,
        can_discard: model.can_discard(find),
        preview: match &find.step {
            Step::Minted { card } => Some((**card).clone()),
            _ => find.preview.clone(),
        },
    }
}

fn headline(find: &Find) -> String {
    match (&find.step, &find.preview) {
        (Step::Minted { card }, _) => format!("{} is yours", card.name),
        (_, Some(preview)) => format!("You found {}{}", preview.name, ion(&preview.charge)),
        (_, None) => format!("You found Atom #{}", find.record.token_id),
    }
}

fn ion(charge: &str) -> String {
    if charge.is_empty() {
        String::new()
    } else {
        format!(", an ion ({charge})")
    }
}

fn tone(model: &Model, find: &Find) -> Tone {
    match &find.step {
        Step::Minted { .. } => Tone::Good,
        Step::Asked { doubt, .. } if find.standing != Standing::Good || doubt.is_some() => {
            Tone::Warning
        }
        Step::Saving | Step::Checking { .. } | Step::Asked { .. } | Step::Pending(_) => {
            Tone::Neutral
        }
        _ if model.obstacle(find).is_some() || model.is_contested(find) => Tone::Warning,
        Step::Refused { error, .. } if *error != ChainError::Rejected => Tone::Warning,
        _ => Tone::Good,
    }
}

fn mint_label(model: &Model, find: &Find, collection: Option<&Collection>) -> Option<String> {
    let transaction = model.on_offer(find)?;
    let price = amount(transaction.value_wei, &collection?.chain.currency);
    Some(format!("Mint #{} for {price}", find.record.token_id))
}

fn facts(model: &Model, find: &Find, collection: Option<&Collection>) -> Vec<Fact> {
    let record = &find.record;
    let mut facts = Vec::from_iter(slots(model, find));
    facts.push(Fact::new("Account", record.account));
    if let Some(collection) = collection {
        facts.push(Fact::new("Collection", &collection.name));
        facts.push(Fact::new("Network", &collection.chain.name));
        if let Some(Transaction { value_wei, .. }) = planned(find) {
            let price = amount(*value_wei, &collection.chain.currency);
            facts.push(Fact::new("Sent along", price));
        }
    }
    facts.push(Fact::new("Contract", record.collection.address));
    facts.push(Fact::new("Work", record.work_hash));
    facts
}

fn planned(find: &Find) -> Option<&Transaction> {
    match &find.step {
        Step::Checking { transaction, .. }
        | Step::Offered { transaction }
        | Step::Refused { transaction, .. }
        | Step::Asked { transaction, .. } => Some(transaction),
        _ => None,
    }
}

fn status(model: &Model, find: &Find) -> String {
    let mut status = match &find.step {
        Step::Saving => "Storing it in this browser…".to_owned(),
        Step::Minted { .. } => minted_status(model, find),
        Step::Pending(_) if find.standing.is_stale() => "Sent, but somebody else was faster: it will most likely fail. Cancel it in your wallet, if it still can be, to save the network's fee.".to_owned(),
        Step::Pending(pending) => pending_status(pending),
        Step::Asked { doubt, .. } => asked_status(find, doubt.as_ref()).to_owned(),
        Step::Checking {
            then: Then::Send, ..
        } => "Checking it once more, then your wallet opens…".to_owned(),
        Step::Checking { .. } => checking().to_owned(),
        _ => match model.obstacle(find) {
            Some(obstacle) => obstacle_status(model, find, obstacle),
            None => free_status(model, find),
        },
    };
    if find.has_lost_answer() {
        status.push_str(
            " Your wallet was asked about it before: if its dialog is still open, answer there instead.",
        );
    }
    if find.unkept && find.settled().is_none() {
        status.push_str(" This browser could not store it: keep this tab open.");
    }
    status
}

fn minted_status(model: &Model, find: &Find) -> String {
    let here = model.collections.selected_key() == Some(find.record.collection);
    let newest = model.collections.state().filter(|_| here);
    match newest.and_then(|state| find.depth(state.block)) {
        Some(1) => "It is on the chain now, in the newest block.".to_owned(),
        Some(depth) => format!("It is on the chain now, {depth} blocks deep."),
        None => "It is on the chain now.".to_owned(),
    }
}

fn checking() -> &'static str {
    "Checking that it still counts…"
}

fn asked_status(find: &Find, doubt: Option<&ChainError>) -> &'static str {
    match doubt {
        _ if find.standing.is_stale() => {
            "Somebody else was faster meanwhile: decline in your wallet, so that you pay nothing."
        }
        _ if find.standing != Standing::Good => {
            "The network has moved on, perhaps with this very mint: wait with your wallet until the page has made sure."
        }
        None => "Open your wallet and confirm there.",
        Some(ChainError::Stale) => {
            "Another mint of this Atom is on its way. Unless that is your own, just confirmed: decline in your wallet, so that you pay nothing."
        }
        Some(ChainError::InsufficientFunds) => {
            "The account can no longer pay for it: decline in your wallet, or add funds first."
        }
        Some(_) => {
            "The contract would refuse it now: decline in your wallet, so that you pay nothing."
        }
    }
}

fn pending_status(pending: &Pending) -> String {
    match (&pending.error, pending.unknown_since_ms) {
        (Some(error), _) => {
            let said = explain(error, Source::Node);
            format!("Sent. {}", said.line())
        }
        (None, Some(_)) => "Sent; the network does not show it yet. Should your wallet have replaced it, the page finds the Atom all the same.".to_owned(),
        (None, None) => "Sent; the network is taking it in. Should that take long, “speed up” in your wallet sends the same mint for a higher fee, and the page follows it; “cancel” sends an empty transaction in its place, for a small fee, and your find stays.".to_owned(),
    }
}

fn free_status(model: &Model, find: &Find) -> String {
    match &find.step {
        Step::Offered { .. } if model.is_contested(find) => format!(
            "Somebody else's mint of #{} waits in the network already. If it comes first, yours would fail and cost the network's fee; wait a moment, and the page sees who was first.",
            find.record.token_id
        ),
        Step::Offered { .. } => offered_status(model, find).to_owned(),
        Step::Refused { transaction, error } => {
            let said = model.refusal(find, transaction.value_wei, error);
            said.line()
        }
        _ => checking().to_owned(),
    }
}

fn offered_status(model: &Model, find: &Find) -> &'static str {
    let collection = model.collections.get(find.record.collection);
    match collection.map(|collection| collection.kind) {
        Some(Kind::Atomine) => "Only you can mint it. This is what it will be.",
        _ if model.depends_on_slot(find) => {
            "Only you can mint it. What it becomes is decided by the block it lands in: below is what each of the next slots would make of it. No slot is certain, the first one least, and while you wait for a better one somebody else may mint this number: then your find is worth nothing."
        }
        _ => "Only you can mint it. What it becomes is decided by the block it lands in.",
    }
}

fn obstacle_status(model: &Model, find: &Find, obstacle: Obstacle) -> String {
    let record = &find.record;
    let number = record.token_id;
    let account = short_address(record.account);
    let collection = model.collections.get(record.collection);
    let name = collection.map_or("its collection", |collection| collection.name.as_str());
    let chain = collection.map_or("its network", |collection| collection.chain.name.as_str());
    match obstacle {
        Obstacle::CollectionGone => format!(
            "This page does not know its collection any more. Open it with ?collection={}:{} in the page's address.",
            record.collection.chain_id, record.collection.address
        ),
        Obstacle::OtherCollection => format!("Choose {name} to go on with it."),
        Obstacle::NoAccount => {
            format!("Connect a wallet with the account {account} to mint it.")
        }
        Obstacle::OtherAccount if model.wallet.shares(record.account) => format!(
            "It belongs to your account {account}: choose that account in the wallet corner to mint it."
        ),
        Obstacle::OtherAccount => format!(
            "It belongs to the account {account}: switch your wallet to that account to mint it."
        ),
        Obstacle::TestAccount => {
            "It belongs to a public test account, which must not be used on this network."
                .to_owned()
        }
        Obstacle::WrongChain => format!("Switch your wallet to {chain} to mint it."),
        Obstacle::NoState => {
            "Waiting for the network's node, to see whether it still counts.".to_owned()
        }
        Obstacle::ChainBehind => format!(
            "The network's node has not heard of Atom #{} yet; it is looked at again in a moment.",
            number.get() - 1
        ),
        Obstacle::Doubtful => format!(
            "Somebody else seems to have minted #{number}; the page makes sure before it lets go of your find."
        ),
        Obstacle::AnotherUnderWay => {
            "Another mint of this account is on its way; this one waits for it.".to_owned()
        }
    }
}
