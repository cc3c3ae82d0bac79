//! What another node says beside the one that is read from: a node that stands still answers like any other.

use crate::Model;
use crate::explain::Explanation;
use crate::model::Effects;
use crate::notices::Topic;
use crate::view::Tone;
use atomine_chain::{CollectionKey, CollectionState};

/// So many blocks apart is more than news take to spread.
const APART: u64 = 2;
/// Nodes that agreed for so long after they did not are one again: they are heard in turns.
const AGREED_MS: u64 = 60_000;

impl Model {
    /// Another node was asked for the same. The later one of two counts, and where they contradict each other that is
    /// said.
    pub(crate) fn state_compared(
        &mut self,
        key: CollectionKey,
        other: Option<CollectionState>,
        out: &mut Effects,
    ) {
        let Some(other) = other.filter(|_| self.collections.selected_key() == Some(key)) else {
            return;
        };
        let known = self.collections.state();
        if let Some(said) = known.and_then(|known| contradiction(known, &other)) {
            self.collections.disagree(self.now_ms);
            self.notices.say(Topic::Nodes, Tone::Warning, said);
        } else if !self.collections.disagreed_within(AGREED_MS, self.now_ms) {
            self.notices.clear(Topic::Nodes);
        }
        if self.collections.is_later(&other) {
            self.take_state(key, other, out);
        }
    }
}

/// What is wrong where both cannot be the newest: the work would be another.
fn contradiction(known: &CollectionState, other: &CollectionState) -> Option<Explanation> {
    let same_work = (known.next_id, known.prev_hash) == (other.next_id, other.prev_hash);
    let apart = known.block.abs_diff(other.block);
    if same_work || (1..APART).contains(&apart) {
        return None;
    }
    let what = if apart == 0 {
        "Two of the network's nodes contradict each other about the newest block."
    } else {
        "One of the network's nodes lags behind another."
    };
    let remedy = "The page goes by the latest block that any of them knows; your finds are kept in any case.";
    let details = format!(
        "#{} at block {}, #{} at block {}",
        known.next_id, known.block, other.next_id, other.block
    );
    Some(Explanation::new(what, remedy).with_details(&details))
}
