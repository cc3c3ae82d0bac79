//! What a find would become in each of Ethereum's next slots: the hash of a `POWNFTv3` Atom depends on its block's time,
//! and those times are known beforehand.

use super::Fact;
use crate::Model;
use crate::finds::Find;
use atomine_chain::Kind;
use atomine_protocol::{Atom, atom_hash_at};
use core::fmt::Write as _;

/// Ethereum's main network; other chains make their blocks at other times.
const MAINNET: u64 = 1;
/// When its first slot began, Unix time in s. A slot's block bears the time at which the slot began.
const FIRST_SLOT_S: u64 = 1_606_824_023;
/// How long a slot is, in s.
const SLOT_S: u64 = 12;
/// So many slots are looked ahead.
const AHEAD: u64 = 10;

/// The times of the blocks of the next slots, Unix time in s; none before the first slot.
fn next_slots(now_s: u64) -> impl Iterator<Item = u64> {
    let since_first = now_s.checked_sub(FIRST_SLOT_S);
    let first = since_first.map(|since| FIRST_SLOT_S + (since / SLOT_S + 1) * SLOT_S);
    first
        .into_iter()
        .flat_map(|first| (0..AHEAD).map(move |slot| first + slot * SLOT_S))
}

impl Model {
    /// Whether what the find becomes is decided by the slot it lands in.
    pub(crate) fn depends_on_slot(&self, find: &Find) -> bool {
        let collection = self.collections.get(find.record.collection);
        let kind = collection.map(|collection| (collection.kind, collection.chain.id));
        kind == Some((Kind::PownftV3, MAINNET)) && find.settled().is_none()
    }
}

/// The element of each of the next slots, as a fact of the find.
pub(super) fn slots(model: &Model, find: &Find) -> Option<Fact> {
    if !model.depends_on_slot(find) {
        return None;
    }
    let mut value = String::new();
    for (place, time_s) in (1..).zip(next_slots(model.now_ms / 1_000)) {
        let traits = Atom {
            id: find.record.token_id,
            hash: atom_hash_at(find.record.work_hash, time_s),
        }
        .traits();
        let separator = if place == 1 { "" } else { ", " };
        // Writing to a String cannot fail.
        let _ = write!(value, "{separator}{place} {}", traits.element.name);
        if let Some(charge) = traits.ion_label() {
            let _ = write!(value, " {charge}");
        }
    }
    (!value.is_empty()).then(|| Fact::new("In each of the next ten slots of 12 s", value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ethereum's first block by proof of stake, number 15,537,394, was that of slot 4,700,013.
    #[test]
    fn a_slot_s_time_is_that_of_its_block() {
        let block_s = 1_663_224_179;
        assert_eq!(FIRST_SLOT_S + 4_700_013 * SLOT_S, block_s);
        for now_s in [block_s - 12, block_s - 1] {
            let slots: Vec<u64> = next_slots(now_s).collect();
            assert_eq!(slots.len(), 10);
            assert_eq!(slots[0], block_s, "{now_s}");
            assert_eq!(slots[9], block_s + 108);
        }
        assert_eq!(
            next_slots(block_s).next(),
            Some(block_s + 12),
            "it has begun"
        );
    }

    #[test]
    fn there_were_no_slots_before_the_first() {
        assert_eq!(next_slots(FIRST_SLOT_S - 1).next(), None);
        assert_eq!(next_slots(0).next(), None);
    }
}
