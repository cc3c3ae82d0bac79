//! The two lists of Atoms. They are made only for their own page.

use super::{Atoms, Card};
use crate::atoms::List;
use crate::collection::Selected;
use crate::explain::{Source, explain};
use crate::{Model, Route};
use std::rc::Rc;

pub(super) fn atoms(model: &Model) -> Atoms {
    let shown = model.route == Route::Atoms;
    if model.collections.selected == Selected::Practice {
        return practice(model, shown);
    }
    let collection = model.collections.selected();
    let name = collection.map_or("the collection", |collection| collection.name.as_str());
    let lists = &model.lists;
    Atoms {
        mine_headline: mine_headline(model),
        mine: cards(&lists.mine, shown),
        mine_note: note(&lists.mine, || mine_empty(model)),
        more_mine: lists.has_more_of_mine(),
        newest_headline: format!("Newest in {name}"),
        newest: cards(&lists.newest, shown),
        newest_note: note(&lists.newest, || newest_empty(model)),
        more_newest: lists.has_older(),
    }
}

fn cards(list: &List, shown: bool) -> Vec<Rc<Card>> {
    if shown { list.cards() } else { Vec::new() }
}

/// What went wrong with a list, or what to say when nothing is in it.
fn note(list: &List, empty: impl Fn() -> String) -> String {
    match &list.trouble {
        Some(trouble) => trouble.clone(),
        None if list.count() == 0 => empty(),
        None => String::new(),
    }
}

fn practice(model: &Model, shown: bool) -> Atoms {
    let practice = &model.practice;
    let mine = if shown {
        practice.cards().cloned().collect()
    } else {
        Vec::new()
    };
    let (mine_headline, mine_note) = match practice.count() {
        0 => {
            let note = "None yet: press Mine, and the first is here in a moment.";
            ("My Practice Atoms".to_owned(), note.to_owned())
        }
        count => (format!("My Practice Atoms ({count})"), String::new()),
    };
    Atoms {
        mine_headline,
        mine,
        mine_note,
        more_mine: practice.has_more(),
        newest_headline: String::new(),
        newest: Vec::new(),
        newest_note: String::new(),
        more_newest: false,
    }
}

fn mine_headline(model: &Model) -> String {
    let listed = model.lists.mine.count();
    let owned = model.lists.owned;
    if model.lists.has_more_of_mine() {
        format!("My Atoms ({listed} of {owned})")
    } else if listed > 0 {
        format!("My Atoms ({listed})")
    } else {
        "My Atoms".to_owned()
    }
}

fn mine_empty(model: &Model) -> String {
    if model.wallet.account().is_none() {
        "Connect a wallet to see which Atoms are yours.".to_owned()
    } else if model.lists.mine.is_reading() {
        reading(model)
    } else if model.lists.has_more_of_mine() {
        "None of yours are among the newest; older ones are.".to_owned()
    } else {
        "This account owns no Atom here yet.".to_owned()
    }
}

fn newest_empty(model: &Model) -> String {
    if model.lists.newest.is_reading() {
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
