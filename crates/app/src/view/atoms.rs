//! The two lists of Atoms. They are made only for their own page: the pictures are large.

use super::{Atoms, Card};
use crate::atoms::List;
use crate::collection::Selected;
use crate::explain::{Source, explain};
use crate::{Model, Route};

pub(super) fn atoms(model: &Model) -> Atoms {
    let shown = model.route == Route::Atoms;
    if model.collections.selected == Selected::Practice {
        return practice(model, shown);
    }
    let collection = model.collections.selected();
    let name = collection.map_or("the collection", |collection| collection.name.as_str());
    Atoms {
        mine_headline: "My Atoms".to_owned(),
        mine: cards(&model.lists.mine, shown),
        mine_empty: mine_empty(model),
        newest_headline: format!("Newest in {name}"),
        newest: cards(&model.lists.newest, shown),
        newest_empty: newest_empty(model),
        more: model.lists.has_older(),
    }
}

fn cards(list: &List, shown: bool) -> Vec<Card> {
    if shown { list.cards() } else { Vec::new() }
}

fn practice(model: &Model, shown: bool) -> Atoms {
    let mine = if shown {
        model.practice.cards().cloned().collect()
    } else {
        Vec::new()
    };
    Atoms {
        mine_headline: match model.practice.count() {
            0 => "My Practice Atoms".to_owned(),
            count => format!("My Practice Atoms ({count})"),
        },
        mine,
        mine_empty: "None yet: press Mine, and the first is here in a moment.".to_owned(),
        newest_headline: String::new(),
        newest: Vec::new(),
        newest_empty: String::new(),
        more: false,
    }
}

fn mine_empty(model: &Model) -> String {
    let list = &model.lists.mine;
    if let Some(trouble) = &list.trouble {
        trouble.clone()
    } else if model.wallet.account().is_none() {
        "Connect a wallet to see which Atoms are yours.".to_owned()
    } else if list.is_reading() {
        reading(model)
    } else {
        "This account owns no Atom here yet.".to_owned()
    }
}

fn newest_empty(model: &Model) -> String {
    let list = &model.lists.newest;
    if let Some(trouble) = &list.trouble {
        trouble.clone()
    } else if list.is_reading() {
        reading(model)
    } else if model.lists.has_older() {
        "There are no Atoms among the newest numbers; older ones may have some.".to_owned()
    } else {
        "Nothing was mined here yet.".to_owned()
    }
}

fn reading(model: &Model) -> String {
    match model.collections.error() {
        Some(error) if model.collections.state().is_none() => explain(error, Source::Node).line(),
        _ => "Reading…".to_owned(),
    }
}
