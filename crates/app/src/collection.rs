//! The collections to choose from, the one that is selected, and what the chain says about it.

use crate::explain::{Explanation, Source, explain};
use crate::format::foreign;
use crate::model::Effects;
use crate::notices::Topic;
use crate::view::Tone;
use crate::{Effect, Failure, Model, Route, Timer};
use atomine_chain::{
    ChainError, Collection, CollectionKey, CollectionQuery, CollectionState, parse_catalogue,
    parse_collection_query,
};

/// Between two reads while mining.
const BUSY_POLL_MS: u32 = 4_000;
/// Between two reads while nothing is at stake.
const IDLE_POLL_MS: u32 = 12_000;
/// The longest pause after errors in a row.
const MAX_POLL_MS: u32 = 60_000;
/// Before a block is looked for again that was told of and could not be read yet.
const CATCH_UP_MS: u32 = 200;
/// A timer that is so late is held back by the browser.
const LATE_MS: u64 = 500;
/// A read that was not answered for so long is asked again.
const LOST_MS: u32 = 30_000;
/// So many answers in a row may be from an older block (a node that lags behind) before they are believed: a local
/// chain that was started anew begins at block 0.
const MAX_LAGGING: u32 = 3;
/// A contract's own name is cut here.
const MAX_NAME: usize = 60;

/// What is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Selected {
    /// No chain, no wallet.
    Practice,
    /// A contract brought by the address line, not looked at yet.
    Identifying(CollectionKey),
    /// A collection of the list, or the visitor's own.
    Collection(CollectionKey),
}

/// All collections, and the state of the selected one.
#[derive(Debug)]
pub(crate) struct Collections {
    listed: Vec<Collection>,
    custom: Option<Collection>,
    /// What the address line asks for, while it is being looked at.
    asked: Option<CollectionQuery>,
    /// What is selected.
    pub(crate) selected: Selected,
    state: Option<CollectionState>,
    read_at_ms: u64,
    /// When a read was asked for that is not answered yet.
    asked_at_ms: Option<u64>,
    /// When the running timer for the next read goes off, Unix time in ms.
    poll_at_ms: Option<u64>,
    failures: u32,
    error: Option<ChainError>,
    lagging: u32,
    /// The newest block that a state or a receipt told of.
    newest_block: u64,
    /// When two sources contradicted each other last, Unix time in ms.
    disagreed_at_ms: u64,
}

impl Default for Collections {
    fn default() -> Self {
        Self {
            listed: Vec::new(),
            custom: None,
            asked: None,
            selected: Selected::Practice,
            state: None,
            read_at_ms: 0,
            asked_at_ms: None,
            poll_at_ms: None,
            failures: 0,
            error: None,
            lagging: 0,
            newest_block: 0,
            disagreed_at_ms: 0,
        }
    }
}

impl Collections {
    /// Every collection that can be chosen, the visitor's own last.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Collection> {
        let custom = self.custom.iter();
        let custom = custom.filter(|custom| !self.is_listed(custom.key()));
        self.listed.iter().chain(custom)
    }

    /// The collection of this key, where the page knows it.
    pub(crate) fn get(&self, key: CollectionKey) -> Option<&Collection> {
        self.all().find(|collection| collection.key() == key)
    }

    /// Whether whoever runs the page put it into its list.
    pub(crate) fn is_listed(&self, key: CollectionKey) -> bool {
        self.listed.iter().any(|collection| collection.key() == key)
    }

    /// The selected collection; `None` in Practice.
    pub(crate) fn selected(&self) -> Option<&Collection> {
        self.get(self.selected_key()?)
    }

    /// The selected collection's key; `None` in Practice and while it is being looked at.
    pub(crate) fn selected_key(&self) -> Option<CollectionKey> {
        match self.selected {
            Selected::Collection(key) => Some(key),
            _ => None,
        }
    }

    /// What reads the selected collection; `None` in Practice.
    fn read_effect(&self) -> Option<Effect> {
        match self.selected {
            Selected::Practice => None,
            Selected::Identifying(key) => {
                let chain = self.asked.as_ref()?.chain(&self.listed);
                Some(Effect::Identify(key, chain))
            }
            Selected::Collection(key) => self.get(key).cloned().map(Effect::ReadState),
        }
    }

    /// What the chain last said about the selected collection.
    pub(crate) fn state(&self) -> Option<&CollectionState> {
        self.state.as_ref()
    }

    /// How old that is, in ms.
    pub(crate) fn state_age_ms(&self, now_ms: u64) -> u64 {
        now_ms.saturating_sub(self.read_at_ms)
    }

    /// Why the last read failed, if it did.
    pub(crate) fn error(&self) -> Option<&ChainError> {
        self.error.as_ref()
    }

    /// For how long all nodes ask to be left alone, ms.
    fn wait_ms(&self) -> u32 {
        match self.error {
            Some(ChainError::Limited { seconds }) => seconds.saturating_mul(1_000),
            _ => 0,
        }
    }

    /// Awaits no answer any more and forgets what failed: the next read is a fresh start.
    pub(crate) fn forget_reads(&mut self) {
        self.asked_at_ms = None;
        self.failures = 0;
    }

    /// The visitor's own collection of an earlier visit, unless they brought another one since.
    pub(crate) fn bring_back(&mut self, custom: Option<&Collection>) {
        if self.custom.is_none() {
            self.custom = custom.cloned();
        }
    }

    /// Hears another source: whether its state is later than any before, and is to be taken in.
    pub(crate) fn is_later(&mut self, other: &CollectionState) -> bool {
        if other.block >= self.newest_block {
            // The newest block is not one node's word.
            self.lagging = 0;
        }
        other.block > self.newest_block
    }

    /// Whether two sources contradicted each other within the last `ms` before `now_ms`.
    pub(crate) fn disagreed_within(&self, ms: u64, now_ms: u64) -> bool {
        now_ms.saturating_sub(self.disagreed_at_ms) < ms
    }

    /// Two sources contradict each other at `now_ms`.
    pub(crate) fn disagree(&mut self, now_ms: u64) {
        self.disagreed_at_ms = now_ms;
    }

    /// Takes in a state unless it comes from a node that lags behind.
    pub(crate) fn accept(&mut self, state: CollectionState, now_ms: u64) -> bool {
        let older = state.block < self.newest_block;
        if older && self.lagging < MAX_LAGGING {
            self.lagging += 1;
            return false;
        }
        self.lagging = 0;
        self.newest_block = state.block;
        self.state = Some(state);
        self.read_at_ms = now_ms;
        true
    }

    /// A receipt tells of this block: states from before it are old. Answers it, or without a receipt the block of the
    /// newest state, where the collection is the selected one.
    pub(crate) fn heard_of(&mut self, key: CollectionKey, block: Option<u64>) -> Option<u64> {
        if self.selected_key() != Some(key) {
            return block;
        }
        self.newest_block = self.newest_block.max(block.unwrap_or_default());
        block.or_else(|| Some(self.state()?.block))
    }

    fn select(&mut self, selected: Selected) {
        let asked = self.asked.take();
        *self = Self {
            listed: core::mem::take(&mut self.listed),
            custom: self.custom.take(),
            asked: asked.filter(|_| matches!(selected, Selected::Identifying(_))),
            selected,
            ..Self::default()
        };
    }
}

impl Model {
    /// Reads the list of collections and the address line, and selects what was selected last time.
    pub(crate) fn start_collections(
        &mut self,
        json: Result<String, Failure>,
        query: &str,
        out: &mut Effects,
    ) {
        let catalogue = json
            .map_err(|failure| failure.0)
            .and_then(|json| parse_catalogue(&json).map_err(|error| error.to_string()));
        match catalogue {
            Ok(listed) => self.collections.listed = listed,
            Err(words) => {
                let what = "The list of collections could not be read.";
                let remedy = "Practice works without it; reload the page, and if it stays so tell whoever runs it.";
                let said = Explanation::new(what, remedy).with_details(&words);
                self.notices.say(Topic::Catalogue, Tone::Bad, said);
            }
        }
        self.collections.bring_back(self.settings.custom.as_ref());
        let before = self.select_as_before();
        self.select(before, out);
        self.read_query(query, out);
    }

    fn select_as_before(&self) -> Selected {
        if self.settings.practice {
            return Selected::Practice;
        }
        let last_time = self.settings.selected;
        let known = last_time.filter(|key| self.collections.get(*key).is_some());
        let first = || self.collections.listed.first().map(Collection::key);
        known
            .or_else(first)
            .map_or(Selected::Practice, Selected::Collection)
    }

    fn read_query(&mut self, query: &str, out: &mut Effects) {
        let asked = match parse_collection_query(query) {
            Ok(Some(asked)) => asked,
            Ok(None) => return,
            Err(error) => {
                let what = "The collection in the page's address could not be read.";
                let remedy =
                    "Write ?collection=, the chain's number, a colon and the contract's address.";
                let said = Explanation::new(what, remedy).with_details(&error.to_string());
                self.notices.say(Topic::Custom, Tone::Bad, said);
                return;
            }
        };
        if self.collections.is_listed(asked.key) {
            self.select(Selected::Collection(asked.key), out);
            return;
        }
        let key = asked.key;
        self.collections.asked = Some(asked);
        self.select(Selected::Identifying(key), out);
    }

    /// The contract of the address line was looked at.
    pub(crate) fn identified(&mut self, result: Result<Collection, ChainError>, out: &mut Effects) {
        let Selected::Identifying(asked) = self.collections.selected else {
            return;
        };
        let error = match result {
            Ok(found) if found.key() == asked => return self.bring(found, out),
            Ok(_) => ChainError::Nonsense("another contract".into()),
            Err(error) => error,
        };
        let says_what_it_is = matches!(
            error,
            ChainError::NoContract | ChainError::NotACollection(_)
        );
        if error.is_nodes_fault() && !says_what_it_is {
            self.answered();
            self.unreadable(error);
            self.poll_after_pause(out);
        } else {
            self.not_brought(&error, out);
        }
    }

    /// Selects the visitor's own collection, and says what that means.
    fn bring(&mut self, found: Collection, out: &mut Effects) {
        let name = foreign(&found.name, MAX_NAME);
        let name = if name.is_empty() {
            "Collection without a name".to_owned()
        } else {
            name
        };
        let brought = Collection { name, ..found };
        let key = brought.key();
        let what = format!(
            "You brought the collection “{}” yourself: nobody has checked it.",
            brought.name
        );
        let remedy =
            "Mint there only if you trust its contract; what it asks is shown before you pay.";
        let said = Explanation::new(what, remedy).with_details(&key.address.to_string());
        self.notices.say(Topic::Custom, Tone::Warning, said);
        self.settings.custom = Some(brought.clone());
        self.collections.custom = Some(brought);
        self.select(Selected::Collection(key), out);
        self.remember(Selected::Collection(key), out);
        self.lists.reread_page();
    }

    fn not_brought(&mut self, error: &ChainError, out: &mut Effects) {
        let said = explain(error, Source::Node);
        self.notices.say(Topic::Custom, Tone::Bad, said);
        let before = self.select_as_before();
        self.select(before, out);
    }

    /// The visitor chose a collection, or Practice.
    pub(crate) fn choose(&mut self, selected: Selected, out: &mut Effects) {
        let known = match selected {
            Selected::Practice => true,
            Selected::Collection(key) => self.collections.get(key).is_some(),
            Selected::Identifying(_) => false,
        };
        if !known || self.collections.selected == selected {
            return;
        }
        self.select(selected, out);
        self.remember(selected, out);
        if !matches!(self.route, Route::Mine | Route::Atoms | Route::Gallery) {
            self.route = Route::Mine;
            out.push(Effect::Navigate(Route::Mine));
        }
    }

    /// What the visitor chose is chosen again next time. What the page falls back to is not: settings that could not be
    /// read today, or a list that was not there, may be back tomorrow.
    fn remember(&mut self, selected: Selected, out: &mut Effects) {
        self.settings.practice = selected == Selected::Practice;
        if let Selected::Collection(key) = selected {
            self.settings.selected = Some(key);
        }
        self.save_settings_now(out);
    }

    fn select(&mut self, selected: Selected, out: &mut Effects) {
        self.collections.select(selected);
        self.notices.clear(Topic::State);
        self.wallet.balance_wei = None;
        self.lists.collection_changed();
        out.push(Effect::Cancel(Timer::Poll));
        self.read_state_now(out);
        self.read_balance(out);
    }

    /// Reads the selected collection's state (or what it is, while that is not known), unless an answer is on its way.
    pub(crate) fn read_state_now(&mut self, out: &mut Effects) {
        let Some(read) = self.collections.read_effect() else {
            return;
        };
        let asked = self.collections.asked_at_ms;
        if asked.is_some_and(|at| self.now_ms.saturating_sub(at) < u64::from(LOST_MS)) {
            return;
        }
        self.collections.asked_at_ms = Some(self.now_ms);
        if let Effect::ReadState(collection) = &read {
            out.push(Effect::CompareState(collection.clone()));
        }
        out.push(read);
        self.poll_in(LOST_MS, out);
    }

    /// Reads the state in `ms`, unless an answer is on its way or it is read sooner.
    pub(crate) fn read_state_soon(&mut self, ms: u64, out: &mut Effects) {
        let at_ms = self.now_ms.saturating_add(ms);
        let sooner = self.collections.poll_at_ms.is_some_and(|at| at <= at_ms);
        if self.collections.asked_at_ms.is_none() && !sooner {
            self.poll_in(u32::try_from(ms).unwrap_or(u32::MAX), out);
        }
    }

    fn poll_in(&mut self, ms: u32, out: &mut Effects) {
        self.collections.poll_at_ms = Some(self.now_ms.saturating_add(u64::from(ms)));
        out.push(Effect::After {
            ms,
            timer: Timer::Poll,
        });
    }

    /// The time for the next read has come.
    pub(crate) fn poll(&mut self, out: &mut Effects) {
        self.collections.poll_at_ms = None;
        self.read_state_now(out);
    }

    /// Keeps the reads coming as long as somebody looks or mines.
    pub(crate) fn settle_poll(&mut self, out: &mut Effects) {
        if self.collections.selected == Selected::Practice {
            return;
        }
        // Browsers hold back the timers of a hidden tab, but not what its workers say.
        let late = |at: u64| self.now_ms.saturating_sub(at) > LATE_MS;
        if self.collections.poll_at_ms.is_some_and(late) {
            self.poll(out);
        }
        if self.collections.poll_at_ms.is_none() && self.is_watched() {
            let pause_ms = self.poll_pause_ms();
            self.poll_in(pause_ms, out);
        }
    }

    /// Whether somebody looks, or something is at stake.
    pub(crate) fn is_watched(&self) -> bool {
        !self.hidden || self.is_busy()
    }

    /// Whether something is at stake: mining, a find that this state decides on, or a collection that is waited for.
    fn is_busy(&self) -> bool {
        let waited_for = matches!(self.collections.selected, Selected::Identifying(_));
        waited_for || self.mining.wanted || self.finds.iter().any(|find| self.is_at_stake(find))
    }

    fn poll_pause_ms(&self) -> u32 {
        let newest_block = self.collections.newest_block;
        let pause_ms = if self.listening.is_ahead_of(newest_block, self.now_ms) {
            CATCH_UP_MS
        } else if self.is_busy() && !self.listening.is_alive(self.now_ms) {
            BUSY_POLL_MS
        } else {
            IDLE_POLL_MS
        };
        let doublings = self.collections.failures.min(4);
        (pause_ms << doublings).min(MAX_POLL_MS)
    }

    /// The selected collection's state was read, or not.
    pub(crate) fn state_read(
        &mut self,
        key: CollectionKey,
        result: Result<CollectionState, ChainError>,
        out: &mut Effects,
    ) {
        if self.collections.selected_key() != Some(key) {
            return;
        }
        self.answered();
        match result {
            Ok(state) => {
                self.collections.failures = 0;
                self.collections.error = None;
                self.notices.clear(Topic::State);
                if self.finds.any_lacks_funds() {
                    self.read_balance(out);
                }
                self.take_state(key, state, out);
            }
            Err(error) => self.unreadable(error),
        }
        self.poll_after_pause(out);
    }

    /// Goes by a state, unless it is from before what is known.
    pub(crate) fn take_state(
        &mut self,
        key: CollectionKey,
        state: CollectionState,
        out: &mut Effects,
    ) {
        if self.collections.accept(state, self.now_ms) {
            self.lists.state_read();
            self.compare_finds(key, out);
        }
    }

    fn answered(&mut self) {
        self.collections.asked_at_ms = None;
        self.collections.poll_at_ms = None;
    }

    fn poll_after_pause(&mut self, out: &mut Effects) {
        let pause_ms = self.poll_pause_ms().max(self.collections.wait_ms());
        if self.is_watched() {
            self.poll_in(pause_ms, out);
        } else {
            out.push(Effect::Cancel(Timer::Poll));
        }
    }

    /// What it means that the selected collection could not be read.
    pub(crate) fn explain_read(&self, error: &ChainError) -> Explanation {
        let asked = self.collections.asked.as_ref();
        let chain = asked.map(|asked| asked.chain(&self.collections.listed));
        match chain.filter(|chain| chain.rpcs.is_empty()) {
            // Only a wallet could have answered, and none did that is on this chain.
            Some(chain)
                if matches!(
                    error,
                    ChainError::Unreachable(_) | ChainError::WrongChain { .. }
                ) =>
            {
                Explanation::new(
                    format!("This page knows no node of network {}.", chain.id),
                    "Connect a wallet that is on it, or choose another collection.",
                )
            }
            _ => explain(error, Source::Node),
        }
    }

    fn unreadable(&mut self, error: ChainError) {
        self.collections.failures = self.collections.failures.saturating_add(1);
        let mut said = self.explain_read(&error).with_retry();
        if self.mining.work().is_some() {
            said.what
                .push_str(" Mining goes on with what was read last.");
        }
        self.notices.say(Topic::State, Tone::Warning, said);
        self.collections.error = Some(error);
    }
}
