//! The list of collections, Practice among them.

use super::CollectionChoice;
use crate::Model;
use crate::collection::Selected;

pub(super) fn choices(model: &Model) -> Vec<CollectionChoice> {
    let selected = model.collections.selected;
    let mut choices: Vec<_> = model
        .collections
        .all()
        .map(|collection| {
            let key = collection.key();
            let chain = &collection.chain.name;
            CollectionChoice {
                key: Some(key),
                name: collection.name.clone(),
                place: if model.collections.is_listed(key) {
                    chain.clone()
                } else {
                    format!("{chain}, brought by you and checked by nobody")
                },
                selected: selected == Selected::Collection(key),
            }
        })
        .collect();
    choices.push(CollectionChoice {
        key: None,
        name: "Practice".to_owned(),
        place: "no chain, no wallet".to_owned(),
        selected: selected == Selected::Practice,
    });
    choices
}
