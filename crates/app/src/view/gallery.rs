//! The gallery: the collection as a periodic table, and as a grid of which the page has what is in sight.

use super::{ElementCell, Gallery, GenerationChoice};
use crate::collection::Selected;
use crate::format::count;
use crate::gallery::ChargeChoice;
use crate::{Model, Route};
use atomine_protocol::Element;
use std::collections::BTreeSet;

/// So many of the rarest elements are named.
const NAMED: usize = 8;

pub(super) fn gallery(model: &Model) -> Option<Gallery> {
    if model.route != Route::Gallery {
        return None;
    }
    let (gallery, account) = (&model.gallery, model.wallet.account());
    let mut counts = [0_u32; 119];
    let mut generations = BTreeSet::new();
    for entry in &gallery.entries {
        if let Some(count) = counts.get_mut(usize::from(entry.element)) {
            *count += 1;
        }
        generations.insert(entry.atom.id.generation());
    }
    let (first, cards) = gallery.in_sight(account);
    let total = gallery.chosen(account).count();
    Some(Gallery {
        headline: headline(model),
        status: status(model, total),
        rarest: rarest(&counts),
        elements: cells(&counts, gallery.filter.element),
        generations: generation_choices(&generations, gallery.filter.generation),
        charges: ChargeChoice::ALL.map(|choice| (choice, choice == gallery.filter.charge)),
        mine: gallery.filter.mine,
        can_choose_mine: account.is_some() && model.collections.selected != Selected::Practice,
        total,
        first,
        cards,
    })
}

fn headline(model: &Model) -> String {
    match model.collections.selected() {
        Some(collection) => format!("Gallery of {}", collection.name),
        None => "Gallery of Practice".to_owned(),
    }
}

fn status(model: &Model, chosen: usize) -> String {
    let gallery = &model.gallery;
    let known = gallery.entries.len();
    if let Some((trouble, _)) = &gallery.trouble {
        return trouble.clone();
    }
    let shown = if chosen == known {
        format!("{} Atoms.", number(known))
    } else {
        format!("{} of {} Atoms.", number(chosen), number(known))
    };
    match model.collections.state() {
        None if model.collections.selected != Selected::Practice => "Reading…".to_owned(),
        Some(state) if gallery.is_reading(state.next_id) => {
            format!("{shown} Reading the older ones…")
        }
        _ => shown,
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of Atoms, in words")]
fn number(things: usize) -> String {
    count(things as f64)
}

/// The rarest elements that there are, the rarest first; of equals the heavier first.
fn rarest(counts: &[u32; 119]) -> String {
    let mut present: Vec<(u32, &Element)> = Element::all()
        .iter()
        .zip(counts)
        .filter(|(_, count)| **count > 0)
        .map(|(element, count)| (*count, element))
        .collect();
    present.sort_unstable_by_key(|(count, element)| (*count, u8::MAX - element.z));
    let named: Vec<String> = present
        .iter()
        .take(NAMED)
        .map(|(count, element)| format!("{} {count}", element.name))
        .collect();
    if named.is_empty() {
        String::new()
    } else {
        format!("Rarest: {}.", named.join(" · "))
    }
}

fn cells(counts: &[u32; 119], chosen: Option<u8>) -> Vec<ElementCell> {
    let cells = Element::all().iter().zip(counts);
    cells
        .map(|(element, count)| ElementCell {
            z: element.z,
            symbol: element.symbol,
            name: element.name,
            place: place(element),
            count: *count,
            chosen: chosen == Some(element.z),
        })
        .collect()
}

/// Row and column: Creation above hydrogen's neighbours, the f-block in two rows below.
fn place(element: &Element) -> (u8, u8) {
    match (element.z, element.group) {
        (0, _) => (1, 9),
        (57..=70, 0) => (9, element.z - 57 + 3),
        (89..=102, 0) => (10, element.z - 89 + 3),
        (_, group) => (element.period, group.max(1)),
    }
}

fn generation_choices(present: &BTreeSet<u32>, chosen: Option<u32>) -> Vec<GenerationChoice> {
    let all = core::iter::once(GenerationChoice {
        generation: None,
        label: "All generations".to_owned(),
        selected: chosen.is_none(),
    });
    let each = present.iter().rev().map(|&generation| GenerationChoice {
        generation: Some(generation),
        label: format!("Generation {generation}"),
        selected: chosen == Some(generation),
    });
    all.chain(each).collect()
}
