//! Finds that are set aside: what each was for and what settled it.

use super::{SetAside as Shown, SetAsideFind};
use crate::finds::Find;
use crate::format::short_address;
use crate::{Model, Route, SetAside};

/// So many are listed; older ones are counted.
const LISTED: usize = 50;

pub(super) fn set_aside(model: &Model) -> Option<Shown> {
    let finds = model.finds.iter().filter(|find| find.is_set_aside());
    let summary = match finds.clone().count() {
        0 => return None,
        1 => "Set aside: 1 find".to_owned(),
        count if count > LISTED => {
            format!("Set aside: {count} finds, the newest {LISTED} of which are listed")
        }
        count => format!("Set aside: {count} finds"),
    };
    let listed = finds.take(LISTED).map(|find| shown(model, find));
    Some(Shown {
        summary,
        finds: listed.collect(),
    })
}

fn shown(model: &Model, find: &Find) -> SetAsideFind {
    let record = &find.record;
    let (number, account) = (record.token_id, short_address(record.account));
    let name = match model.collections.get(record.collection) {
        Some(collection) => collection.name.clone(),
        None => short_address(record.collection.address),
    };
    let why = find.settled();
    let atom = Route::Atom {
        collection: record.collection,
        id: number,
    };
    SetAsideFind {
        id: find.id(),
        headline: format!("#{number} of {name}, for {account}"),
        reason: why.map(reason).unwrap_or_default(),
        link: matches!(why, Some(SetAside::Minted { .. })).then(|| atom.to_string()),
    }
}

fn reason(why: SetAside) -> String {
    match why {
        SetAside::Overtaken => "Somebody else minted this number first.".to_owned(),
        SetAside::Uprooted => {
            "The Atom before it was replaced, so its work counts no more.".to_owned()
        }
        SetAside::Minted { block, .. } => match block {
            Some(block) => format!("It became an Atom, in block {block}."),
            None => "It became an Atom.".to_owned(),
        },
    }
}
