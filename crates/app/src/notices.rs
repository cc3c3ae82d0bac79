//! What went wrong or well, said once: a notice replaces the one before it on the same topic.

use crate::explain::Explanation;
use crate::view::{Notice, Tone};

/// So many are kept; older ones make room.
const MAX_NOTICES: usize = 6;

/// What a notice is about. A new notice on a topic replaces the old one, and good news takes it away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    /// The list of collections.
    Catalogue,
    /// A collection brought by the address line.
    Custom,
    /// Reading what this browser keeps.
    Storage,
    /// A find that could not be kept.
    KeepingFinds,
    /// An Atom of Practice that could not be kept.
    KeepingPractice,
    /// Choices that could not be kept.
    KeepingChoices,
    /// Reading the collection's state.
    State,
    /// Nodes that contradict each other.
    Nodes,
    /// The network connection.
    Online,
    /// Loading the rest of the program.
    Rest,
    /// The mining workers.
    Workers,
    /// The wallet.
    Wallet,
    /// A find.
    Find,
    /// Offering an Atom to the wallet's list.
    Asset,
    /// Notifications of the operating system.
    Notifications,
}

/// The notices on the page, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Notices {
    entries: Vec<(Topic, Notice)>,
    last_id: u32,
}

impl Notices {
    /// Says something; what was said on this topic before goes. The same once more is not said anew: a screen reader
    /// would read it out at every failed try.
    pub(crate) fn say(&mut self, topic: Topic, tone: Tone, explanation: Explanation) {
        let repeats = |(other, notice): &(Topic, Notice)| {
            *other == topic
                && notice.tone == tone
                && notice.what == explanation.what
                && notice.remedy == explanation.remedy
        };
        if self.entries.iter().any(repeats) {
            return;
        }
        self.clear(topic);
        self.last_id = self.last_id.wrapping_add(1);
        let Explanation {
            what,
            remedy,
            details,
            retry,
        } = explanation;
        let id = self.last_id;
        let notice = Notice {
            id,
            tone,
            what,
            remedy,
            details,
            retry,
        };
        self.entries.push((topic, notice));
        if self.entries.len() > MAX_NOTICES {
            self.entries.remove(0);
        }
    }

    /// The matter is settled.
    pub(crate) fn clear(&mut self, topic: Topic) {
        self.entries.retain(|(other, _)| *other != topic);
    }

    /// The visitor has read it.
    pub(crate) fn close(&mut self, id: u32) {
        self.entries.retain(|(_, notice)| notice.id != id);
    }

    /// All of them, newest first.
    pub(crate) fn newest_first(&self) -> Vec<Notice> {
        let notices = self.entries.iter().rev();
        notices.map(|(_, notice)| notice.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(notices: &Notices) -> Vec<String> {
        let newest_first = notices.newest_first().into_iter();
        newest_first.map(|notice| notice.what).collect()
    }

    #[test]
    fn a_notice_replaces_the_one_before_it_on_its_topic() {
        let mut notices = Notices::default();
        notices.say(Topic::State, Tone::Bad, Explanation::new("first", ""));
        notices.say(Topic::Wallet, Tone::Bad, Explanation::new("wallet", ""));
        notices.say(Topic::State, Tone::Bad, Explanation::new("second", ""));
        assert_eq!(said(&notices), ["second", "wallet"]);
    }

    #[test]
    fn the_same_once_more_is_not_said_anew() {
        let mut notices = Notices::default();
        notices.say(Topic::State, Tone::Bad, Explanation::new("down", "wait"));
        let first = notices.newest_first();
        notices.say(Topic::State, Tone::Bad, Explanation::new("down", "wait"));
        assert_eq!(notices.newest_first(), first);
    }

    #[test]
    fn a_closed_notice_is_gone_and_others_stay() {
        let mut notices = Notices::default();
        notices.say(Topic::State, Tone::Bad, Explanation::new("state", ""));
        notices.say(Topic::Wallet, Tone::Bad, Explanation::new("wallet", ""));
        notices.close(notices.newest_first()[0].id);
        assert_eq!(said(&notices), ["state"]);
        notices.clear(Topic::State);
        assert!(said(&notices).is_empty());
    }
}
