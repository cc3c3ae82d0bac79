//! The gallery: every Atom of the selected collection, read in runs, newest first; what of it is chosen, and which part
//! of that is looked at.

use crate::cards::card;
use crate::collection::Selected;
use crate::explain::{Source, explain};
use crate::model::Effects;
use crate::view::Card;
use crate::{Effect, Model, Route};
use alloy_primitives::Address;
use atomine_chain::{ChainError, CollectionKey, OwnedAtom};
use atomine_protocol::{Atom, TokenId};
use std::collections::BTreeMap;
use std::rc::Rc;

/// So many are read at once: as many as one call may ask for.
const RUN: u64 = 100;
/// Tiles are drawn once and kept, up to so many.
const KEPT: usize = 400;
/// The most tiles that are on a screen.
const MOST_SEEN: usize = 240;

/// Which charges are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChargeChoice {
    /// All.
    #[default]
    Any,
    /// Without charge.
    Neutral,
    /// Ions that lost electrons.
    Positive,
    /// Ions that gained some.
    Negative,
}

impl ChargeChoice {
    /// All choices, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Any, Self::Neutral, Self::Positive, Self::Negative];

    fn takes(self, charge: i8) -> bool {
        match self {
            Self::Any => true,
            Self::Neutral => charge == 0,
            Self::Positive => charge > 0,
            Self::Negative => charge < 0,
        }
    }
}

/// Something the visitor chose or did in the gallery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GalleryMsg {
    /// Show this element alone; the one that is shown alone: all again.
    ElementClicked(u8),
    /// Show this generation alone; `None`: all.
    GenerationChosen(Option<u32>),
    /// Show these charges.
    ChargeChosen(ChargeChoice),
    /// Show my own alone, or everybody's.
    MineToggled(bool),
    /// So many tiles from this one on are in sight.
    Scrolled {
        /// The first one.
        first: usize,
        /// How many.
        count: usize,
    },
}

/// What is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) element: Option<u8>,
    pub(crate) generation: Option<u32>,
    pub(crate) charge: ChargeChoice,
    pub(crate) mine: bool,
}

/// An Atom and what it is chosen by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) atom: Atom,
    pub(crate) element: u8,
    charge: i8,
    owner: Option<Address>,
}

impl Entry {
    fn new(atom: Atom, owner: Option<Address>) -> Self {
        Self {
            element: atom.atomic_number(),
            charge: atom.charge(),
            atom,
            owner,
        }
    }
}

/// Everything the gallery knows.
#[derive(Debug, Default)]
pub(crate) struct Gallery {
    /// Of which collection; `None` is Practice.
    key: Option<CollectionKey>,
    /// Newest first.
    pub(crate) entries: Vec<Entry>,
    pub(crate) filter: Filter,
    seen: (usize, usize),
    cards: BTreeMap<(u64, [u8; 32]), Rc<Card>>,
    /// All ids from the first of these up to below the second were read.
    read: Option<(TokenId, TokenId)>,
    /// The run that is on its way: its first id, and the first one after it.
    asked: Option<(TokenId, TokenId)>,
    /// What went wrong, in one line, and at which block: it is tried again at another.
    pub(crate) trouble: Option<(String, u64)>,
}

impl Gallery {
    fn of(key: Option<CollectionKey>) -> Self {
        Self {
            key,
            seen: (0, MOST_SEEN / 4),
            ..Self::default()
        }
    }

    /// The run to be read next, when the collection's next id is this.
    fn next_run(&self, next_id: TokenId) -> Option<(TokenId, TokenId)> {
        let (low, high) = self.read.unwrap_or((next_id, next_id));
        if next_id > high {
            let end = next_id.get().min(high.get() + RUN);
            return Some((high, TokenId::new(end)?));
        }
        let first = TokenId::new(low.get().saturating_sub(RUN).max(1))?;
        (first < low).then_some((first, low))
    }

    /// There is more to be read.
    pub(crate) fn is_reading(&self, next_id: TokenId) -> bool {
        self.asked.is_some() || self.next_run(next_id).is_some()
    }

    fn take_in(&mut self, atoms: Vec<OwnedAtom>) {
        for OwnedAtom { id, hash, owner } in atoms {
            let entry = Entry::new(Atom { id, hash }, Some(owner));
            let place = self.entries.partition_point(|other| other.atom.id > id);
            match self.entries.get_mut(place) {
                Some(there) if there.atom.id == id => *there = entry,
                _ => self.entries.insert(place, entry),
            }
        }
    }

    /// Those that are chosen, newest first.
    pub(crate) fn chosen(&self, account: Option<Address>) -> impl Iterator<Item = &Entry> {
        let filter = self.filter;
        self.entries.iter().filter(move |entry| {
            filter
                .element
                .is_none_or(|element| entry.element == element)
                && filter
                    .generation
                    .is_none_or(|generation| entry.atom.id.generation() == generation)
                && filter.charge.takes(entry.charge)
                && (!filter.mine || (account.is_some() && entry.owner == account))
        })
    }

    /// The place of the first tile in sight, and the tiles, drawn before by [`Model::settle_gallery`].
    pub(crate) fn in_sight(&self, account: Option<Address>) -> (usize, Vec<Rc<Card>>) {
        let (first, count) = self.seen;
        let entries = self.chosen(account).skip(first).take(count);
        let cards = entries.filter_map(|entry| self.cards.get(&name(entry.atom)));
        (first, cards.cloned().collect())
    }

    /// The Atom's own page.
    pub(crate) fn route_of(&self, atom: Atom) -> Route {
        let Atom { id, hash } = atom;
        match self.key {
            Some(collection) => Route::Atom { collection, id },
            None => Route::PracticeAtom { id, hash },
        }
    }

    fn draw(&mut self, account: Option<Address>) {
        let (first, count) = self.seen;
        let seen = self.chosen(account).skip(first).take(count);
        let missing: Vec<Atom> = seen
            .map(|entry| entry.atom)
            .filter(|atom| !self.cards.contains_key(&name(*atom)))
            .collect();
        if self.cards.len() + missing.len() > KEPT {
            self.cards.clear();
            return self.draw(account);
        }
        for atom in missing {
            let route = self.route_of(atom);
            self.cards
                .insert(name(atom), Rc::new(card(atom, Some(route))));
        }
    }
}

fn name(atom: Atom) -> (u64, [u8; 32]) {
    (atom.id.get(), atom.hash.0.0)
}

impl Model {
    /// Reads what the gallery lacks, and draws what is in sight.
    pub(crate) fn settle_gallery(&mut self, out: &mut Effects) {
        if self.route != Route::Gallery {
            return;
        }
        let key = self.collections.selected_key();
        if self.gallery.key != key || self.gallery.seen == (0, 0) {
            self.gallery = Gallery::of(key);
        }
        if self.collections.selected == Selected::Practice {
            let atoms = self.practice.all();
            if self.gallery.entries.len() != atoms.len() {
                let newest_first = atoms.iter().rev();
                let entry = |atom: &crate::PracticeAtom| {
                    let (id, hash) = (atom.id, atom.hash);
                    Entry::new(Atom { id, hash }, None)
                };
                self.gallery.entries = newest_first.map(entry).collect();
            }
        } else {
            self.read_gallery(out);
        }
        self.gallery.draw(self.wallet.account());
    }

    fn read_gallery(&mut self, out: &mut Effects) {
        let (Some(collection), Some(state)) =
            (self.collections.selected(), self.collections.state())
        else {
            return;
        };
        let gallery = &mut self.gallery;
        let waits = gallery
            .trouble
            .as_ref()
            .is_some_and(|(_, block)| *block == state.block);
        if gallery.asked.is_some() || waits {
            return;
        }
        if let Some((first, end)) = gallery.next_run(state.next_id) {
            gallery.asked = Some((first, end));
            out.push(Effect::ReadAtoms {
                collection: collection.clone(),
                first,
                count: u32::try_from(end.get() - first.get()).unwrap_or(1),
            });
        }
    }

    /// A run of Atoms was read, perhaps for the gallery.
    pub(crate) fn gallery_read(
        &mut self,
        key: CollectionKey,
        first: TokenId,
        result: &Result<Vec<OwnedAtom>, ChainError>,
    ) {
        let block = self.collections.state().map_or(0, |state| state.block);
        let gallery = &mut self.gallery;
        let Some((low, high)) = gallery.asked.filter(|(asked, _)| *asked == first) else {
            return;
        };
        if gallery.key != Some(key) {
            return;
        }
        gallery.asked = None;
        match result {
            Ok(atoms) => {
                gallery.trouble = None;
                gallery.take_in(atoms.clone());
                let (from, to) = gallery.read.unwrap_or((low, high));
                gallery.read = Some((from.min(low), to.max(high)));
            }
            Err(error) => {
                gallery.trouble = Some((explain(error, Source::Node).line(), block));
            }
        }
    }

    /// The visitor chose something or did something in the gallery.
    pub(crate) fn gallery_msg(&mut self, msg: GalleryMsg) {
        let gallery = &mut self.gallery;
        let filter = &mut gallery.filter;
        match msg {
            GalleryMsg::ElementClicked(z) => {
                filter.element = (filter.element != Some(z)).then_some(z);
            }
            GalleryMsg::GenerationChosen(generation) => filter.generation = generation,
            GalleryMsg::ChargeChosen(charge) => filter.charge = charge,
            GalleryMsg::MineToggled(mine) => filter.mine = mine,
            GalleryMsg::Scrolled { first, count } => {
                gallery.seen = (first, count.clamp(1, MOST_SEEN));
                return;
            }
        }
        // What is chosen anew is looked at from its beginning.
        gallery.seen.0 = 0;
    }
}
