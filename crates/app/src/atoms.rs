//! The Atoms that are shown: the newest of the selected collection, the account's own, and the one on its own page.

use crate::cards::card;
use crate::collection::Selected;
use crate::explain::{Source, explain};
use crate::model::Effects;
use crate::view::Card;
use crate::{Effect, Model, Route};
use alloy_primitives::Address;
use atomine_chain::{ChainError, CollectionKey, OwnedAtom, OwnedPage, OwnedRest};
use atomine_protocol::{Atom, TokenId};
use std::rc::Rc;

/// So many of the collection's are read at once.
const RUN: u64 = 24;
/// About so many of the account's are read at once.
const MINE_RUN: u32 = 48;

/// An Atom of a collection with its picture, drawn once.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    /// As the chain tells.
    pub(crate) owned: OwnedAtom,
    /// As it is shown.
    pub(crate) card: Rc<Card>,
}

impl Listed {
    fn new(collection: CollectionKey, owned: OwnedAtom) -> Self {
        let OwnedAtom { id, hash, .. } = owned;
        let card = card(Atom { id, hash }, Some(Route::Atom { collection, id }));
        let card = Rc::new(card);
        Self { owned, card }
    }

    /// Takes in what the chain tells now; the picture is drawn again only for another hash.
    fn update(&mut self, collection: CollectionKey, owned: OwnedAtom) {
        if self.owned.hash == owned.hash {
            self.owned = owned;
        } else {
            *self = Self::new(collection, owned);
        }
    }
}

/// A list and how its reading stands.
#[derive(Debug)]
pub(crate) struct List {
    /// By number, ascending.
    atoms: Vec<Listed>,
    /// It ought to be read again.
    due: bool,
    /// A read is on its way.
    reading: bool,
    /// What went wrong, in one line.
    pub(crate) trouble: Option<String>,
}

impl Default for List {
    fn default() -> Self {
        Self {
            atoms: Vec::new(),
            due: true,
            reading: false,
            trouble: None,
        }
    }
}

impl List {
    /// Newest first.
    pub(crate) fn cards(&self) -> Vec<Rc<Card>> {
        let newest_first = self.atoms.iter().rev();
        newest_first.map(|listed| Rc::clone(&listed.card)).collect()
    }

    /// How many are listed.
    pub(crate) fn count(&self) -> usize {
        self.atoms.len()
    }

    /// An answer is awaited.
    pub(crate) fn is_reading(&self) -> bool {
        self.reading || self.due
    }

    fn take_in(&mut self, collection: CollectionKey, atoms: Vec<OwnedAtom>) {
        for owned in atoms {
            let place = self
                .atoms
                .partition_point(|listed| listed.owned.id < owned.id);
            match self.atoms.get_mut(place) {
                Some(listed) if listed.owned.id == owned.id => listed.update(collection, owned),
                _ => self.atoms.insert(place, Listed::new(collection, owned)),
            }
        }
    }

    fn failed(&mut self, error: &ChainError) {
        self.trouble = Some(explain(error, Source::Node).line());
    }
}

/// The Atom on its own page.
#[derive(Debug, Default)]
pub(crate) enum Page {
    /// Not asked for yet.
    #[default]
    None,
    /// On its way.
    Reading(CollectionKey, TokenId),
    /// There it is.
    Shown(CollectionKey, Box<Listed>),
    /// It cannot be shown: why, in one line.
    Trouble(CollectionKey, TokenId, String),
    /// The node did not answer as it should: why, in one line. It is read again when the chain answers.
    Unread(CollectionKey, TokenId, String),
}

impl Page {
    fn is_about(&self, collection: CollectionKey, id: TokenId) -> bool {
        match self {
            Self::None => false,
            Self::Reading(key, other)
            | Self::Trouble(key, other, _)
            | Self::Unread(key, other, _) => (*key, *other) == (collection, id),
            Self::Shown(key, listed) => (*key, listed.owned.id) == (collection, id),
        }
    }
}

/// All lists.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    /// The selected collection's newest.
    pub(crate) newest: List,
    /// The account's own in the selected collection.
    pub(crate) mine: List,
    /// How many the account owns, as the contract tells.
    pub(crate) owned: u64,
    /// Where the account's own can be read on.
    rest: Option<OwnedRest>,
    /// The Atom on its own page.
    pub(crate) page: Page,
    /// The next id when the newest were read.
    read_for: Option<TokenId>,
    /// The lowest id of the run that is on its way.
    asked_down_to: Option<TokenId>,
    /// The lowest id read so far; there need not be an Atom, for a v3 collection has gaps.
    read_down_to: Option<TokenId>,
}

impl Lists {
    /// Another collection is selected.
    pub(crate) fn collection_changed(&mut self) {
        self.newest = List::default();
        self.owner_changed();
        self.read_for = None;
        self.read_down_to = None;
    }

    /// Another account is used.
    pub(crate) fn owner_changed(&mut self) {
        self.mine = List::default();
        self.owned = 0;
        self.rest = None;
    }

    /// Whether the account owns more than are listed.
    pub(crate) fn has_more_of_mine(&self) -> bool {
        self.rest.is_some()
    }

    /// Everything ought to be read again.
    pub(crate) fn reread(&mut self) {
        self.newest.due = true;
        self.mine.due = true;
        self.reread_page();
    }

    /// The Atom on its own page ought to be read again.
    pub(crate) fn reread_page(&mut self) {
        if matches!(self.page, Page::Trouble(..) | Page::Unread(..)) {
            self.page = Page::None;
        }
    }

    /// Another page is shown; what comes back to its own page is read anew.
    pub(crate) fn leave_page(&mut self) {
        self.page = Page::None;
    }

    /// The chain answers: what could not be read before is tried again.
    pub(crate) fn state_read(&mut self) {
        self.newest.due |= self.newest.trouble.is_some();
        self.mine.due |= self.mine.trouble.is_some();
        if matches!(self.page, Page::Unread(..)) {
            self.page = Page::None;
        }
    }

    /// From where older Atoms than those read so far can be read.
    fn older_before(&self) -> Option<TokenId> {
        self.read_down_to.filter(|&id| id > TokenId::GENESIS)
    }

    /// Whether the collection has older Atoms than those read so far.
    pub(crate) fn has_older(&self) -> bool {
        self.older_before().is_some()
    }
}

/// The run of `RUN` ids that ends before `end`; `None` where there is none.
fn run_before(end: TokenId) -> Option<(TokenId, u32)> {
    let first = end.get().saturating_sub(RUN).max(1);
    let count = u32::try_from(end.get() - first).ok()?;
    (count > 0).then_some((TokenId::new(first)?, count))
}

impl Model {
    /// Reads what the page that is shown needs and lacks.
    pub(crate) fn settle_lists(&mut self, out: &mut Effects) {
        match self.route {
            Route::Atoms => {
                self.settle_newest(out);
                self.settle_mine(out);
            }
            Route::Atom { collection, id } => self.settle_page(collection, id, out),
            _ => {}
        }
    }

    fn settle_newest(&mut self, out: &mut Effects) {
        let Some(next_id) = self.collections.state().map(|state| state.next_id) else {
            return;
        };
        let outdated = self.lists.read_for != Some(next_id);
        if self.lists.newest.reading || !(self.lists.newest.due || outdated) {
            return;
        }
        self.lists.newest.due = false;
        self.lists.read_for = Some(next_id);
        self.lists
            .newest
            .atoms
            .retain(|listed| listed.owned.id < next_id);
        if outdated {
            self.lists.mine.due = true;
        }
        self.read_run_before(next_id, out);
    }

    fn read_run_before(&mut self, end: TokenId, out: &mut Effects) {
        if let (Some(collection), Some((first, count))) =
            (self.collections.selected(), run_before(end))
        {
            self.lists.newest.reading = true;
            self.lists.asked_down_to = Some(first);
            out.push(Effect::ReadAtoms {
                collection: collection.clone(),
                first,
                count,
            });
        }
    }

    fn settle_mine(&mut self, out: &mut Effects) {
        if self.lists.mine.due {
            // As many as are listed, so that none of them goes out of sight.
            let listed = u32::try_from(self.lists.mine.count()).unwrap_or(u32::MAX);
            self.read_mine(None, listed.max(MINE_RUN), out);
        }
    }

    fn read_mine(&mut self, rest: Option<OwnedRest>, count: u32, out: &mut Effects) {
        let list = &mut self.lists.mine;
        if let (Some(collection), Some(owner), false) = (
            self.collections.selected(),
            self.wallet.account(),
            list.reading,
        ) {
            list.due = false;
            list.reading = true;
            out.push(Effect::ReadOwned {
                collection: collection.clone(),
                owner,
                rest,
                count,
            });
        }
    }

    fn settle_page(&mut self, key: CollectionKey, id: TokenId, out: &mut Effects) {
        if self.lists.page.is_about(key, id) {
            return;
        }
        self.lists.page = if let Some(collection) = self.collections.get(key) {
            out.push(Effect::ReadAtom {
                collection: collection.clone(),
                id,
            });
            Page::Reading(key, id)
        } else {
            let CollectionKey { chain_id, address } = key;
            let what = format!(
                "This page does not know that collection. Open it with ?collection={chain_id}:{address} in the page's address."
            );
            Page::Trouble(key, id, what)
        };
    }

    /// The visitor wants to see older ones.
    pub(crate) fn more_atoms(&mut self, out: &mut Effects) {
        if let (Some(end), false) = (self.lists.older_before(), self.lists.newest.reading) {
            self.read_run_before(end, out);
        }
    }

    /// The visitor wants to see more of their own.
    pub(crate) fn more_mine(&mut self, out: &mut Effects) {
        if self.collections.selected == Selected::Practice {
            self.practice.show_more();
        } else if let Some(rest) = self.lists.rest {
            self.read_mine(Some(rest), MINE_RUN, out);
        }
    }

    /// A run of Atoms was read.
    pub(crate) fn atoms_read(
        &mut self,
        key: CollectionKey,
        first: TokenId,
        result: Result<Vec<OwnedAtom>, ChainError>,
    ) {
        // It may have been read for the gallery.
        if self.collections.selected_key() != Some(key) || self.lists.asked_down_to != Some(first) {
            return;
        }
        let list = &mut self.lists.newest;
        list.reading = false;
        list.trouble = None;
        match result {
            Ok(atoms) => {
                list.take_in(key, atoms);
                let reached = [self.lists.asked_down_to, self.lists.read_down_to];
                self.lists.read_down_to = reached.into_iter().flatten().min();
            }
            Err(error) => list.failed(&error),
        }
    }

    /// Some of an account's Atoms were read, from `rest` on.
    pub(crate) fn owned_read(
        &mut self,
        key: CollectionKey,
        owner: Address,
        rest: Option<OwnedRest>,
        result: Result<OwnedPage, ChainError>,
    ) {
        let ours = self.wallet.account() == Some(owner);
        // What goes on from elsewhere belongs to a list that is gone.
        let fits = rest.is_none() || rest == self.lists.rest;
        if self.collections.selected_key() != Some(key) || !ours || !fits {
            return;
        }
        let list = &mut self.lists.mine;
        list.reading = false;
        list.trouble = None;
        match result {
            Ok(page) => {
                if rest.is_none() {
                    let kept: Vec<TokenId> = page.atoms.iter().map(|atom| atom.id).collect();
                    list.atoms.retain(|listed| kept.contains(&listed.owned.id));
                }
                list.take_in(key, page.atoms);
                self.lists.owned = page.owned;
                self.lists.rest = page.rest;
            }
            Err(error) => list.failed(&error),
        }
    }

    /// One Atom was read: for its own page, or to see what became of a find.
    pub(crate) fn atom_read(
        &mut self,
        key: CollectionKey,
        id: TokenId,
        result: Result<OwnedAtom, ChainError>,
        out: &mut Effects,
    ) {
        let result = match result {
            Ok(owned) if owned.id != id => Err(ChainError::Nonsense(format!("Atom {}", owned.id))),
            result => result,
        };
        self.prove_finds(key, id, &result, out);
        if matches!(self.lists.page, Page::Reading(..)) && self.lists.page.is_about(key, id) {
            self.lists.page = match result {
                Ok(owned) => Page::Shown(key, Box::new(Listed::new(key, owned))),
                Err(error) => {
                    let why = explain(&error, Source::Node).line();
                    if error.is_nodes_fault() {
                        Page::Unread(key, id, why)
                    } else {
                        Page::Trouble(key, id, why)
                    }
                }
            };
        }
    }
}
