//! Carrying out what the state machine wants done: one small file per kind of effect. Every effect that names an
//! answer gets exactly one, whatever goes wrong.

mod announce;
mod chain_reads;
mod chime;
mod clipboard;
pub mod eip1193;
pub mod eip6963;
pub mod http;
mod keep;
mod line;
mod locks;
mod music;
mod notify;
mod portrait;
mod rest;
mod sheet;
mod sources;
mod tabs;
mod timers;
mod turns;
mod wallet_asks;
mod wallets;
pub mod workers;

use crate::{
    WebError,
    browser::{self, Work},
    rest::Rest,
    runtime::report,
};
use atomine_app::{Effect, Msg, WalletInfo, WorkerKind};
use chime::Chime;
use eip6963::Discovery;
use line::Line;
use music::Music;
use portrait::Painter;
use sources::Sources;
use std::rc::Rc;
use tabs::Tabs;
use timers::Timers;
use turns::Turns;
use wallets::Wallets;
use workers::Workers;

/// Sends a message to the state machine; safe to call from anywhere, also while a message is being taken in.
pub type Dispatch = Rc<dyn Fn(Msg)>;

/// The worker's script, relative to the page.
fn script(kind: WorkerKind) -> String {
    match kind {
        WorkerKind::Cpu(kernels) => {
            let names: Vec<&str> = kernels.iter().map(|kernel| kernel.name()).collect();
            format!("worker.js?kernels={}", names.join(","))
        }
        WorkerKind::Gpu => "gpu-worker.js".to_owned(),
        WorkerKind::SoftwareGpu => "gpu-worker.js?software".to_owned(),
    }
}

/// Everything that effects act on.
pub struct Effects {
    dispatch: Dispatch,
    timers: Rc<Timers>,
    workers: Workers,
    wallets: Rc<Wallets>,
    discovery: Discovery,
    sources: Rc<Sources>,
    tabs: Rc<Tabs>,
    turns: Rc<Turns>,
    line: Line,
    chime: Chime,
    music: Music,
    painter: Painter,
    rest: Rc<Rest>,
}

impl Effects {
    /// Nothing under way yet but the search for wallets.
    ///
    /// # Errors
    /// [`WebError`] when the browser refuses to listen, which it does not.
    pub(crate) fn new(dispatch: Dispatch, rest: Rc<Rest>) -> Result<Self, WebError> {
        let timers = Rc::new(Timers::new(Rc::clone(&dispatch)));
        let wallets = Rc::new(Wallets::new(Rc::clone(&dispatch)));
        let heard = {
            let (dispatch, timers) = (Rc::clone(&dispatch), Rc::clone(&timers));
            let rest = Rc::clone(&rest);
            move |msg| {
                dispatch(msg);
                timers.ring_overdue();
                // Mining has begun: nobody waits for this any more.
                rest.fetch();
            }
        };
        let found = {
            let (dispatch, wallets) = (Rc::clone(&dispatch), Rc::clone(&wallets));
            move |info: WalletInfo, provider| {
                wallets.add(info.id.clone(), provider);
                dispatch(Msg::WalletFound(info));
            }
        };
        Ok(Self {
            discovery: Discovery::begin(found)?,
            workers: Workers::new(Rc::new(heard)),
            sources: Rc::new(Sources::new(Rc::clone(&wallets))),
            tabs: Rc::new(Tabs::new(Rc::clone(&dispatch))?),
            turns: Turns::begin(Rc::clone(&dispatch))?,
            line: Line::new(Rc::clone(&dispatch)),
            chime: Chime::new()?,
            music: Music::new(Rc::clone(&dispatch)),
            painter: Painter::default(),
            rest,
            timers,
            wallets,
            dispatch,
        })
    }

    /// Carries one effect out, which may have to wait for the rest of the program.
    ///
    /// # Errors
    /// [`WebError`] for the effects that have no answer and that the browser refused.
    pub(crate) fn carry_out(self: &Rc<Self>, effect: Effect) -> Result<(), WebError> {
        match effect {
            Effect::SpawnWorker(id, kind) => self.workers.spawn(id, &script(kind)),
            Effect::PostToWorker(id, message) => self.workers.post(id, &message),
            Effect::TerminateWorker(id) => self.workers.terminate(id),

            Effect::TakeTurn { by_force } => self.turns.take(by_force),
            Effect::GiveTurn => self.turns.give(),

            Effect::After { ms, timer } => self.timers.set(timer, ms)?,
            Effect::Cancel(timer) => self.timers.cancel(timer),

            Effect::ReadState(collection) => self.read_state(collection),
            Effect::Listen(wanted) => self.line.listen(wanted),
            Effect::CompareState(collection) => self.compare_state(collection),
            Effect::ReadBalance {
                collection,
                account,
            } => self.read_balance(collection, account),

            Effect::LookForWallets => self.discovery.look()?,
            Effect::Connect { wallet, silent } => self.connect(wallet, silent),

            Effect::SaveFind(find) => self.save_find(find),
            Effect::SavePracticeAtom(atom) => self.save_practice_atom(atom),
            Effect::SaveSettings(settings) => self.save_settings(settings),

            Effect::AskNotificationPermission => self.ask_notification_permission(),
            Effect::Announce(text) => announce::announce(&text)?,

            other => {
                let effects = Rc::clone(self);
                let carry_out = move || report(rest::carry_out(&effects, other));
                self.rest.with(Box::new(carry_out));
            }
        }
        Ok(())
    }

    /// Sends the message that `work` ends with.
    fn answer(&self, work: Work<Msg>) {
        let dispatch = Rc::clone(&self.dispatch);
        browser::spawn(Box::pin(async move { dispatch(work.await) }));
    }
}
