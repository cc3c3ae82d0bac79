//! The state of the page, and how a message changes it.

use crate::atoms::Lists;
use crate::bench::Bench;
use crate::collection::{Collections, Selected};
use crate::explain::Explanation;
use crate::finds::Finds;
use crate::gallery::Gallery;
use crate::gpu::Gpu;
use crate::kept::Keeping;
use crate::kernels::Kernels;
use crate::mining::Mining;
use crate::news::Listening;
use crate::notices::{Notices, Topic};
use crate::player::Player;
use crate::portrait::Portrait;
use crate::practice::Practice;
use crate::records::{clamp_generation, clamp_power};
use crate::sheet::Sheets;
use crate::view::{self, Tone};
use crate::wallet::Wallets;
use crate::workers::Workers;
use crate::{Effect, Failure, Msg, Route, Settings, Timer, Turn};

/// What is to be done, in order.
pub(crate) type Effects = Vec<Effect>;

/// More workers than any machine has cores for.
const MAX_CORES: u32 = 256;
/// How often rates and odds are refreshed.
const TICK_MS: u32 = 250;
/// The same in a hidden tab, where only the title is seen.
const HIDDEN_TICK_MS: u32 = 1_000;

/// Everything the page knows. Only [`update`] changes it.
#[derive(Debug)]
pub struct Model {
    pub(crate) now_ms: u64,
    pub(crate) started: bool,
    pub(crate) cores_max: u32,
    pub(crate) hidden: bool,
    pub(crate) route: Route,
    pub(crate) settings: Settings,
    pub(crate) notices: Notices,
    pub(crate) collections: Collections,
    pub(crate) listening: Listening,
    pub(crate) wallet: Wallets,
    pub(crate) workers: Workers,
    pub(crate) kernels: Kernels,
    pub(crate) mining: Mining,
    pub(crate) turn: Turn,
    pub(crate) bench: Bench,
    pub(crate) gpu: Gpu,
    pub(crate) practice: Practice,
    pub(crate) finds: Finds,
    pub(crate) lists: Lists,
    pub(crate) keeping: Keeping,
    /// [`Timer::Tick`] is running.
    ticking: bool,
    pub(crate) player: Player,
    pub(crate) sheets: Sheets,
    pub(crate) gallery: Gallery,
    pub(crate) portrait: Option<Portrait>,
}

impl Model {
    /// A page on which nothing has happened yet; [`Msg::Started`] is its first message.
    pub fn new() -> Self {
        Self {
            now_ms: 0,
            started: false,
            cores_max: 1,
            hidden: false,
            route: Route::Mine,
            settings: Settings::default(),
            notices: Notices::default(),
            collections: Collections::default(),
            listening: Listening::default(),
            wallet: Wallets::default(),
            workers: Workers::default(),
            kernels: Kernels::default(),
            mining: Mining::default(),
            turn: Turn::default(),
            bench: Bench::default(),
            gpu: Gpu::default(),
            practice: Practice::default(),
            finds: Finds::default(),
            lists: Lists::default(),
            keeping: Keeping::default(),
            ticking: false,
            player: Player::default(),
            sheets: Sheets::default(),
            gallery: Gallery::default(),
            portrait: None,
        }
    }
}

impl Default for Model {
    fn default() -> Self {
        Self::new()
    }
}

/// Takes in what happened at `now_ms` (Unix time in ms) and says what is to be done about it, in order.
pub fn update(model: &mut Model, msg: Msg, now_ms: u64) -> Vec<Effect> {
    let mut out = Vec::new();
    model.now_ms = now_ms;
    model.take_in(msg, &mut out);
    model.settle(&mut out);
    out
}

impl Model {
    /// Lets follow what follows from the state, whatever message led to it.
    fn settle(&mut self, out: &mut Effects) {
        self.settle_saving();
        self.settle_keeping(out);
        self.settle_finds(out);
        self.settle_outcomes(out);
        self.settle_workers(out);
        self.settle_job(out);
        self.settle_poll(out);
        self.settle_listening(out);
        self.settle_lists(out);
        self.settle_gallery(out);
        self.settle_player(out);
        self.settle_sheets(out);
        self.settle_portrait(out);
        self.settle_tick(out);
    }

    fn take_in(&mut self, msg: Msg, out: &mut Effects) {
        match msg {
            Msg::Started {
                hardware_concurrency,
                webgpu,
                kernels,
                fragment,
                query,
                collections_json,
                stored,
            } => {
                if !self.started {
                    self.started = true;
                    self.cores_max = hardware_concurrency.clamp(1, MAX_CORES);
                    self.gpu.learn(webgpu, &query);
                    self.kernels.offered(kernels, &query);
                    self.route = Route::parse(&fragment);
                    let kept = self.restore_choices(stored);
                    self.start_collections(collections_json, &query, out);
                    self.restore_found(kept, out);
                }
            }
            Msg::FragmentChanged(fragment) => {
                self.route = Route::parse(&fragment);
                self.lists.leave_page();
            }
            Msg::TimerFired(timer) => self.timer_fired(timer, out),
            Msg::VisibilityChanged { hidden } => self.visibility_changed(hidden, out),
            Msg::OnlineChanged { online } => self.online_changed(online, out),
            Msg::Rest(result) => self.rest_loaded(&result),
            Msg::NoticeClosed(id) => self.notices.close(id),
            Msg::StartClicked => self.start_mining(out),
            Msg::StopClicked => self.stop_mining(out),
            Msg::CoresChosen(cores) => {
                self.settings.cores = Some(cores.clamp(1, self.cores_max));
                self.save_settings_soon(out);
            }
            Msg::PowerChosen(percent) => {
                self.settings.power = clamp_power(percent);
                self.post_power(out);
                self.save_settings_soon(out);
            }
            Msg::GpuToggled(on) => self.gpu_toggled(on, out),
            Msg::GpuPowerChosen(percent) => {
                self.settings.gpu_power = clamp_power(percent);
                self.post_power(out);
                self.save_settings_soon(out);
            }
            Msg::PracticeGenerationChosen(generation) => {
                self.settings.practice_generation = clamp_generation(generation);
                self.save_settings_now(out);
            }
            Msg::SoundToggled(on) => {
                self.settings.sound = on;
                self.save_settings_now(out);
            }
            Msg::NotificationsToggled(on) => self.notifications_toggled(on, out),
            Msg::NotificationsAnswered(answer) => self.notifications_answered(answer, out),
            other => self.take_in_workers(other, out),
        }
    }

    fn take_in_workers(&mut self, msg: Msg, out: &mut Effects) {
        match msg {
            Msg::MeasureClicked { user_agent } => self.measure(user_agent, out),
            Msg::StopMeasuringClicked => self.stop_measuring(out),
            Msg::CopyResultClicked => out.push(Effect::CopyText(view::bench_text(self))),
            Msg::TextCopied(result) => self.bench.copied = Some(result.is_ok()),
            Msg::WorkerSaid { worker, message } if self.bench.has_worker(worker) => match message {
                Ok(said) => self.measured_said(worker, said, out),
                Err(failure) => self.measuring_failed(failure, out),
            },
            Msg::WorkerDied { worker, failure } if self.bench.has_worker(worker) => {
                self.measuring_failed(failure, out);
            }
            Msg::WorkerSaid { worker, message } => match message {
                Ok(said) => self.worker_said(worker, said, out),
                Err(failure) => {
                    let what = "A mining worker speaks another version than this page.";
                    self.replace_worker(worker, what, &failure, out);
                }
            },
            Msg::WorkerDied { worker, failure } => {
                self.replace_worker(worker, "A mining worker stopped working.", &failure, out);
            }
            Msg::TurnChanged(turn) => self.turn_changed(turn, out),
            other => self.take_in_chain(other, out),
        }
    }

    fn take_in_chain(&mut self, msg: Msg, out: &mut Effects) {
        match msg {
            Msg::CollectionChosen(key) => self.choose(Selected::Collection(key), out),
            Msg::PracticeChosen => self.choose(Selected::Practice, out),
            Msg::RetryClicked => self.retry(out),
            Msg::MoreAtomsClicked => self.more_atoms(out),
            Msg::MoreMineClicked => self.more_mine(out),
            Msg::StateRead { collection, result } => self.state_read(collection, result, out),
            Msg::Told(collection, news) => self.told(collection, news, out),
            Msg::LineBroke(collection) => self.line_broke(collection, out),
            Msg::StateCompared { collection, state } => {
                self.state_compared(collection, state, out);
            }
            Msg::AtomsRead {
                collection,
                first,
                result,
            } => {
                self.gallery_read(collection, first, &result);
                self.atoms_read(collection, first, result);
            }
            Msg::OwnedRead {
                collection,
                owner,
                rest,
                result,
            } => self.owned_read(collection, owner, rest, result),
            Msg::AtomRead {
                collection,
                id,
                result,
            } => self.atom_read(collection, id, result, out),
            Msg::Identified { result } => self.identified(result, out),
            Msg::MintClicked(find) => self.mint_clicked(find, out),
            Msg::DiscardFindClicked(find) => self.discard(find, out),
            Msg::StoredRead(result) => self.stored_read(result, out),
            Msg::SettingsSaved(result) => self.settings_saved(&result),
            Msg::PracticeAtomSaved { atom, result } => self.practice_atom_saved(atom, &result),
            Msg::FindSaved { find, result } => self.find_saved(find, result),
            Msg::Simulated { find, result } => self.simulated(find, result, out),
            Msg::Sent { find, result } => self.sent(find, result, out),
            Msg::OutcomeRead { find, result } => self.outcome_read(find, result, out),
            Msg::FindFromElsewhere(record) => self.find_from_elsewhere(record),
            other => self.take_in_wallet(other, out),
        }
    }

    fn take_in_wallet(&mut self, msg: Msg, out: &mut Effects) {
        match msg {
            Msg::WalletFound(wallet) => self.wallet_found(wallet, out),
            Msg::WalletListOpened => out.push(Effect::LookForWallets),
            Msg::ConnectClicked(wallet) => self.connect_clicked(&wallet, out),
            Msg::ForgetWalletClicked => self.forget_wallet(out),
            Msg::WalletConnected { wallet, result } => self.wallet_connected(&wallet, result, out),
            Msg::AccountChosen(account) => self.account_chosen(account, out),
            Msg::AccountsChanged(accounts) => self.accounts_changed(accounts, out),
            Msg::ChainChanged(chain_id) => self.chain_changed(chain_id),
            Msg::ChainUnclear => self.chain_unclear(out),
            Msg::WalletDisconnected => self.wallet.cut_off = true,
            Msg::WalletReconnected => {
                self.wallet.cut_off = false;
                self.ask_unclear_chain(out);
            }
            Msg::SwitchChainClicked => self.ask_for_chain(Effect::SwitchChain, out),
            Msg::AddChainClicked => self.ask_for_chain(Effect::AddChain, out),
            Msg::RelayClicked(relay) => self.add_relay(relay, out),
            Msg::ChainSwitched(result) => self.chain_switched(result),
            Msg::WatchAssetClicked { collection, id } => {
                out.push(Effect::WatchAsset { collection, id });
            }
            Msg::AssetWatched(result) => self.asset_watched(result),
            Msg::BalanceRead { account, result } => self.balance_read(account, &result),
            Msg::Player(msg) => self.player_msg(msg, out),
            Msg::Sheet(msg) => self.sheet_msg(msg, out),
            Msg::Gallery(msg) => self.gallery_msg(msg),
            // Every other message was taken in before.
            _ => {}
        }
    }

    fn timer_fired(&mut self, timer: Timer, out: &mut Effects) {
        match timer {
            Timer::Poll => self.poll(out),
            Timer::Outcome => self.read_outcomes(out),
            Timer::Tick => {
                self.ticking = false;
                self.mining.tick(self.now_ms);
                self.watch_workers(out);
            }
            Timer::Bench => self.measuring_timer(out),
            Timer::Grace(worker) => self.grace_over(worker, out),
            Timer::Respawn(worker) => self.respawn(worker, out),
            Timer::SaveSettings => self.save_what_waits(out),
            Timer::ReadStored => out.push(Effect::ReadStored),
            Timer::Listen => self.listen_again(),
            Timer::KeepAgain => self.keep_again(out),
        }
    }

    fn settle_tick(&mut self, out: &mut Effects) {
        let moving = self.finds.iter().any(|find| self.depends_on_slot(find));
        if (self.mining.wanted || moving) && !self.ticking {
            self.ticking = true;
            out.push(Effect::After {
                ms: if self.hidden { HIDDEN_TICK_MS } else { TICK_MS },
                timer: Timer::Tick,
            });
        }
    }

    fn visibility_changed(&mut self, hidden: bool, out: &mut Effects) {
        self.hidden = hidden;
        if hidden {
            // It may never be shown again.
            self.save_what_waits(out);
        } else {
            self.read_state_now(out);
        }
    }

    fn online_changed(&mut self, online: bool, out: &mut Effects) {
        if online {
            self.notices.clear(Topic::Online);
            self.collections.forget_reads();
            self.read_state_now(out);
        } else {
            let what = "This computer is offline.";
            let remedy = "Mining goes on; everything else waits for the connection by itself.";
            let said = Explanation::new(what, remedy);
            self.notices.say(Topic::Online, Tone::Warning, said);
        }
    }

    fn rest_loaded(&mut self, result: &Result<(), Failure>) {
        match result {
            Ok(()) => self.notices.clear(Topic::Rest),
            Err(failure) => {
                let what = "Part of this page could not be loaded.";
                let remedy = "It is tried again by itself, and mining goes on. If this stays, reload the page.";
                let said = Explanation::new(what, remedy).with_failure(failure);
                self.notices.say(Topic::Rest, Tone::Warning, said);
            }
        }
    }

    /// The visitor wants everything read again now.
    fn retry(&mut self, out: &mut Effects) {
        self.collections.forget_reads();
        self.lists.reread();
        self.read_state_now(out);
        self.read_balance(out);
        self.read_outcomes(out);
        self.ask_unclear_chain(out);
    }
}
