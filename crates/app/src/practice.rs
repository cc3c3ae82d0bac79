//! Practice: the same work without a chain or a wallet, and the Atoms found so.

use crate::cards::card;
use crate::mining::{Rest, Subject, Work};
use crate::model::Effects;
use crate::view::Card;
use crate::{Effect, Model, PracticeAtom, Route};
use alloy_primitives::Address;
use atomine_protocol::{Atom, PrevHash, Rules, TokenId, WorkHash, atom_hash};
use std::collections::VecDeque;
use std::rc::Rc;

/// How long an Atom found is looked at before the next is mined; easy ones would come in dozens a second.
const ADMIRED_MS: u64 = 2_500;
/// So many are shown at first, and so many more each time.
const RUN: usize = 48;

/// The Atoms of Practice.
#[derive(Debug, Default)]
pub(crate) struct Practice {
    /// All of them, oldest first.
    atoms: Vec<PracticeAtom>,
    /// The newest of them, newest first.
    cards: VecDeque<Rc<Card>>,
    admired_until_ms: u64,
}

impl Practice {
    /// With the Atoms kept from before, oldest first.
    pub(crate) fn restore(&mut self, atoms: Vec<PracticeAtom>) {
        let found_since = core::mem::take(&mut self.atoms);
        for atom in atoms.into_iter().chain(found_since) {
            if !self.atoms.contains(&atom) {
                self.atoms.push(atom);
            }
        }
        self.cards.clear();
        self.show_more();
    }

    /// Shows some more.
    pub(crate) fn show_more(&mut self) {
        let next = self.atoms.iter().rev().skip(self.cards.len());
        self.cards.extend(next.take(RUN).map(practice_card));
    }

    /// Whether there are more than are shown.
    pub(crate) fn has_more(&self) -> bool {
        self.cards.len() < self.atoms.len()
    }

    /// All of them, oldest first.
    pub(crate) fn all(&self) -> &[PracticeAtom] {
        &self.atoms
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.atoms.len()
    }

    /// The newest of them, newest first.
    pub(crate) fn cards(&self) -> impl Iterator<Item = &Rc<Card>> {
        self.cards.iter()
    }

    /// The Atom to be mined next in a generation. A generation that is full is counted through again.
    pub(crate) fn next_id(&self, generation: u32) -> TokenId {
        let first = 1_u64 << generation.min(63);
        let atoms = self.atoms.iter();
        let there = atoms.filter(|atom| atom.id.generation() == generation);
        let there = u64::try_from(there.count()).unwrap_or(0);
        TokenId::new(first + there % first).unwrap_or(TokenId::GENESIS)
    }

    fn prev_hash(&self) -> PrevHash {
        let newest = self.atoms.last();
        newest.map_or_else(PrevHash::default, |atom| atom.hash.into())
    }

    fn add(&mut self, atom: PracticeAtom) {
        self.cards.push_front(practice_card(&atom));
        self.atoms.push(atom);
    }
}

fn practice_card(atom: &PracticeAtom) -> Rc<Card> {
    let &PracticeAtom { id, hash, .. } = atom;
    Rc::new(card(
        Atom { id, hash },
        Some(Route::PracticeAtom { id, hash }),
    ))
}

impl Model {
    /// The work of Practice: the rules of POW NFT, for nobody's account.
    pub(crate) fn practice_work(&self) -> Result<Work, Rest> {
        if self.now_ms < self.practice.admired_until_ms {
            return Err(Rest::Admiring);
        }
        let id = self.practice.next_id(self.settings.practice_generation);
        Ok(Work {
            subject: Subject::Practice,
            id,
            sender: Address::ZERO,
            prev_hash: self.practice.prev_hash(),
            target: Rules::POWNFT.target(id),
        })
    }

    /// A nonce was found in Practice: the Atom is kept and shown.
    pub(crate) fn practice_found(&mut self, id: TokenId, work: WorkHash, out: &mut Effects) {
        let hash = atom_hash(work);
        let atom = PracticeAtom {
            id,
            hash,
            found_at_ms: self.now_ms,
        };
        self.practice.admired_until_ms = self.now_ms.saturating_add(ADMIRED_MS);
        out.push(Effect::SavePracticeAtom(atom.clone()));
        self.practice.add(atom);
        let title = Atom { id, hash }.title();
        self.attention(
            &format!("You found {title}"),
            "It is kept in this browser; the next one is being mined.",
            out,
        );
    }
}
