//! One Atom's own page.

use super::{AtomPage, Fact};
use crate::atoms::{Listed, Page};
use crate::cards::card;
use crate::{Model, Route};
use atomine_chain::{CollectionKey, OwnedAtom};
use atomine_protocol::{Atom, AttributeValue, TokenId};

pub(super) fn atom(model: &Model) -> Option<AtomPage> {
    match model.route {
        Route::Atom { collection, id } => Some(of_collection(model, collection, id)),
        Route::PracticeAtom { id, hash } => Some(of_practice(Atom { id, hash })),
        _ => None,
    }
}

fn of_practice(atom: Atom) -> AtomPage {
    let mut facts = facts(&atom);
    facts.push(Fact::new("Owner", "nobody: it was found in Practice"));
    AtomPage {
        status: String::new(),
        card: Some(card(atom, None)),
        facts,
        previous: None,
        next: None,
        links: Vec::new(),
        can_watch: false,
    }
}

fn of_collection(model: &Model, key: CollectionKey, id: TokenId) -> AtomPage {
    let (status, listed) = match &model.lists.page {
        Page::Shown(_, listed) => (String::new(), Some(&**listed)),
        Page::Trouble(_, _, why) | Page::Unread(_, _, why) => (why.clone(), None),
        Page::None | Page::Reading(..) => (format!("Reading Atom #{id}…"), None),
    };
    AtomPage {
        status,
        card: listed.map(|listed| listed.card.as_ref().clone()),
        facts: listed
            .map(|listed| owned_facts(model, listed))
            .unwrap_or_default(),
        previous: TokenId::new(id.get() - 1),
        next: next(model, key, id),
        links: links(model, key, id),
        can_watch: listed.is_some_and(|listed| can_watch(model, key, listed)),
    }
}

/// The Atom after it, unless it is known to be the newest.
fn next(model: &Model, key: CollectionKey, id: TokenId) -> Option<TokenId> {
    let next = id.get().checked_add(1).and_then(TokenId::new)?;
    let selected = model.collections.selected_key() == Some(key);
    let state = model.collections.state().filter(|_| selected);
    state
        .is_none_or(|state| next < state.next_id)
        .then_some(next)
}

fn can_watch(model: &Model, key: CollectionKey, listed: &Listed) -> bool {
    model.wallet.account() == Some(listed.owned.owner)
        && model.wallet.chain_id() == Some(key.chain_id)
}

fn links(model: &Model, key: CollectionKey, id: TokenId) -> Vec<(String, String)> {
    let Some(collection) = model.collections.get(key) else {
        return Vec::new();
    };
    let explorer = collection.chain.explorer.as_ref().map(|explorer| {
        let url = format!("{explorer}/token/{}?a={id}", key.address);
        ("Block explorer".to_owned(), url)
    });
    let marketplace = collection.marketplace.as_ref().map(|url| {
        let label = format!("{} on the marketplace", collection.name);
        (label, url.clone())
    });
    explorer.into_iter().chain(marketplace).collect()
}

fn owned_facts(model: &Model, listed: &Listed) -> Vec<Fact> {
    let OwnedAtom { id, hash, owner } = listed.owned;
    let mut facts = facts(&Atom { id, hash });
    let owner = if model.wallet.shares(owner) {
        format!("{owner} (you)")
    } else {
        owner.to_string()
    };
    facts.push(Fact::new("Owner", owner));
    facts
}

fn facts(atom: &Atom) -> Vec<Fact> {
    let traits = atom.traits();
    let element = traits.element;
    let [first, second] = traits.palette.0;
    let charge = match traits.ion_label() {
        Some(label) => label.to_string(),
        None => "none".to_owned(),
    };
    let mut facts = vec![
        Fact::new("Number", format!("#{}", atom.id)),
        Fact::new(
            "Element",
            format!("{} ({}), {}", element.name, element.symbol, element.z),
        ),
        Fact::new("Charge", charge),
    ];
    let attributes = traits.attributes();
    facts.extend(
        attributes
            .filter(|attribute| !matches!(attribute.value, AttributeValue::Charge(_)))
            .map(|attribute| match attribute.counter {
                Some(counter) => {
                    Fact::new(attribute.name, format!("{} ({counter})", attribute.value))
                }
                None => Fact::new(attribute.name, attribute.value),
            }),
    );
    facts.push(Fact::new("Colours", format!("{first} and {second}")));
    facts.push(Fact::new("Hash", atom.hash));
    facts
}
