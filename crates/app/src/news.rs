//! What the network tells by itself, over a line that is kept open to a node that has one: new blocks and Atoms at once,
//! and other miners' mints before they are in a block. Without it, and while it is broken, the page asks every few seconds.

use crate::finds::Find;
use crate::model::Effects;
use crate::{Effect, Model, Timer};
use atomine_chain::{Collection, CollectionKey, News};
use atomine_protocol::{PrevHash, TokenId};

/// The pause before a broken line is opened again; it doubles with each failure.
const FIRST_PAUSE_MS: u32 = 1_000;
/// The longest pause before a broken line is opened again.
const MAX_PAUSE_MS: u32 = 300_000;
/// A line that told something within this time is alive.
const ALIVE_MS: u64 = 30_000;
/// A block that was told of and cannot be read yet is waited for so long.
const BELIEVED_MS: u64 = 10_000;
/// Blocks that bring no Atom are not worth reading more often than that.
const MIN_PAUSE_MS: u64 = 1_000;

/// What is listened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    collection: CollectionKey,
    mempool: bool,
}

/// The line to a node, and what came over it.
#[derive(Debug, Default)]
pub(crate) struct Listening {
    line: Option<Line>,
    /// It broke, and waits for its timer.
    broken: bool,
    failures: u32,
    block: u64,
    told_at_ms: Option<u64>,
    /// The work that somebody else's mint waits for a block for.
    contested: Option<(TokenId, PrevHash)>,
}

impl Listening {
    /// Whether news come by themselves.
    pub(crate) fn is_alive(&self, now_ms: u64) -> bool {
        self.told_within(ALIVE_MS, now_ms)
    }

    /// Whether a later block than `block` was told of just now.
    pub(crate) fn is_ahead_of(&self, block: u64, now_ms: u64) -> bool {
        self.block > block && self.told_within(BELIEVED_MS, now_ms)
    }

    fn told_within(&self, ms: u64, now_ms: u64) -> bool {
        let told = self.told_at_ms;
        told.is_some_and(|at_ms| now_ms.saturating_sub(at_ms) < ms)
    }
}

impl Model {
    /// Listens to what matters now.
    pub(crate) fn settle_listening(&mut self, out: &mut Effects) {
        let wanted = self.wanted_line();
        let same_place = |line: Option<Line>| line.map(|line| line.collection);
        let elsewhere = same_place(wanted) != same_place(self.listening.line);
        if wanted == self.listening.line || (self.listening.broken && !elsewhere) {
            return;
        }
        if elsewhere && self.listening.line.is_some() {
            self.listening = Listening::default();
            out.push(Effect::Cancel(Timer::Listen));
        }
        self.listening.line = wanted;
        let collection = self.collections.selected().cloned();
        out.push(Effect::Listen(
            wanted.and_then(|line| Some((collection?, line.mempool))),
        ));
    }

    fn wanted_line(&self) -> Option<Line> {
        let selected = self.collections.selected();
        let audible = selected.filter(|collection| collection.chain.socket().is_some());
        let collection = audible.map(Collection::key).filter(|_| self.is_watched())?;
        let mempool = self
            .finds
            .iter()
            .any(|find| find.record.collection == collection && self.is_at_stake(find));
        Some(Line {
            collection,
            mempool,
        })
    }

    /// The line broke, or could not be opened.
    pub(crate) fn line_broke(&mut self, collection: CollectionKey, out: &mut Effects) {
        let listening = &mut self.listening;
        if listening
            .line
            .is_none_or(|line| line.collection != collection)
        {
            return;
        }
        let doublings = listening.failures.min(16);
        listening.failures = listening.failures.saturating_add(1);
        listening.broken = true;
        listening.told_at_ms = None;
        out.push(Effect::After {
            ms: (FIRST_PAUSE_MS << doublings).min(MAX_PAUSE_MS),
            timer: Timer::Listen,
        });
        // Whatever was missed, and from now on the short pauses.
        self.read_state_now(out);
    }

    /// The time to open the broken line again has come.
    pub(crate) fn listen_again(&mut self) {
        if core::mem::take(&mut self.listening.broken) {
            self.listening.line = None;
        }
    }

    /// A node told something by itself.
    pub(crate) fn told(&mut self, collection: CollectionKey, news: News, out: &mut Effects) {
        if self.collections.selected_key() != Some(collection) {
            return;
        }
        self.listening.failures = 0;
        match news {
            News::Block(block) => {
                self.told_of_block(block);
                let age_ms = self.collections.state_age_ms(self.now_ms);
                if age_ms >= MIN_PAUSE_MS {
                    self.read_state_now(out);
                } else {
                    self.read_state_soon(MIN_PAUSE_MS - age_ms, out);
                }
            }
            News::Mined(block) => {
                self.told_of_block(block);
                self.read_state_now(out);
            }
            News::Waiting(miner) if self.wallet.account() != Some(miner) => self.told_of_rival(out),
            News::Waiting(_) => {}
        }
    }

    fn told_of_block(&mut self, block: u64) {
        self.listening.block = self.listening.block.max(block);
        self.listening.told_at_ms = Some(self.now_ms);
    }

    /// Somebody else's mint waits for a block: what is on offer here is looked at again.
    fn told_of_rival(&mut self, out: &mut Effects) {
        let state = self.collections.state();
        let work = state.map(|state| (state.next_id, state.prev_hash));
        if work.is_some() && self.listening.contested != work {
            self.listening.contested = work;
            self.check_contested(out);
        }
    }

    /// Somebody else's mint of this find's number waits for a block.
    pub(crate) fn is_contested(&self, find: &Find) -> bool {
        let record = &find.record;
        let here = self.collections.selected_key() == Some(record.collection);
        here && self.listening.contested == Some((record.token_id, record.prev_hash))
    }
}
