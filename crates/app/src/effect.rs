//! What the state machine wants done. `web` carries each out and answers with the message named here.

use crate::player::PlayerEffect;
use crate::sheet::Writing;
use crate::{
    FindId, FindRecord, Portrait, PracticeAtom, Route, Settings, WalletId, WorkerId, WorkerKind,
};
use alloy_primitives::{Address, B256};
use atomine_chain::{Chain, Collection, CollectionKey, OwnedRest, Transaction};
use atomine_mine::message::ToWorker;
use atomine_protocol::TokenId;

/// A timer's purpose; setting one again replaces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Timer {
    /// Read the collection's state again.
    Poll,
    /// Look again at what became of the pending mints.
    Outcome,
    /// Refresh rates and odds on the page while mining (about four times a second).
    Tick,
    /// The time a stopping worker has left.
    Grace(WorkerId),
    /// Start a worker again after it died.
    Respawn(WorkerId),
    /// Write the settings that changed.
    SaveSettings,
    /// Read again what this browser kept, which could not be read before.
    ReadStored,
    /// The benchmark's phase is over.
    Bench,
    /// Open the line to a node again that broke.
    Listen,
    /// Try once more to keep what could not be kept.
    KeepAgain,
}

/// One thing to be done outside.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    // --- workers → WorkerSaid, WorkerDied ------------------------------------------------------------------------
    /// Start a mining worker under this id.
    SpawnWorker(WorkerId, WorkerKind),
    /// Send it a message.
    PostToWorker(WorkerId, ToWorker),
    /// End it at once; nothing is heard of it again.
    TerminateWorker(WorkerId),

    // --- this browser's tabs → TurnChanged, also later -----------------------------------------------------------------
    /// Be the one tab that mines, unless another is.
    TakeTurn {
        /// The other one is to stop.
        by_force: bool,
    },
    /// Be no longer the tab that mines.
    GiveTurn,

    // --- time → TimerFired ---------------------------------------------------------------------------------------
    /// Set (or set anew) a timer.
    After {
        /// From now, in ms.
        ms: u32,
        /// Which.
        timer: Timer,
    },
    /// Unset a timer.
    Cancel(Timer),

    // --- reading the chain, over the collection's RPCs in turn, else over the wallet when it is on that chain ------
    /// → `StateRead`
    ReadState(Collection),
    /// → `StateCompared`: the same, from one of the sources that are not asked first.
    CompareState(Collection),
    /// → `AtomsRead`: ids `first..first + count`.
    ReadAtoms {
        /// Of which collection.
        collection: Collection,
        /// First id.
        first: TokenId,
        /// How many, 1..=100.
        count: u32,
    },
    /// → `OwnedRead`
    ReadOwned {
        /// Of which collection.
        collection: Collection,
        /// Whose.
        owner: Address,
        /// Where to read on; `None` begins with the newest.
        rest: Option<OwnedRest>,
        /// About how many.
        count: u32,
    },
    /// → `AtomRead`
    ReadAtom {
        /// Of which collection.
        collection: Collection,
        /// Which one.
        id: TokenId,
    },
    /// → `Identified`: find out whether this is a collection the page can mine, its kind and its name.
    Identify(CollectionKey, Chain),
    /// → `BalanceRead`
    ReadBalance {
        /// On whose chain.
        collection: Collection,
        /// Whose.
        account: Address,
    },

    /// → `Told` again and again, `LineBroke` at most once: keep a line open to a node of this collection, with `true`
    /// also for mints that wait for a block, in place of an earlier one; `None`: no longer.
    Listen(Option<(Collection, bool)>),

    // --- the wallet ------------------------------------------------------------------------------------------------
    /// → `WalletFound` for each wallet not found before: some come late.
    LookForWallets,
    /// → `WalletConnected`; silent asks `eth_accounts` and never opens a dialog.
    Connect {
        /// Which wallet.
        wallet: WalletId,
        /// Without a dialog.
        silent: bool,
    },
    /// Stop listening to the wallet and let go of it (and `wallet_revokePermissions` where it exists).
    ForgetWallet,
    /// → `ChainSwitched`: switch; on 4902 add, then read the chain id again.
    SwitchChain(Chain),
    /// → `ChainSwitched`: add, then read the chain id again.
    AddChain(Chain),
    /// → `ChainSwitched`: ask the connected wallet which chain it is on.
    ReadWalletChain,
    /// → `AssetWatched`
    WatchAsset {
        /// Of which collection.
        collection: CollectionKey,
        /// Which one.
        id: TokenId,
    },

    // --- a find's way to an Atom, through the wallet's own provider ---------------------------------------------------
    /// → `Simulated`: `eth_call` of the very transaction at the pending block, then estimate + 25 %.
    Simulate {
        /// Which one.
        find: FindId,
        /// The very transaction.
        transaction: Transaction,
    },
    /// → `Sent`: opens the wallet's dialog.
    Send {
        /// Which one.
        find: FindId,
        /// The very transaction that was simulated.
        transaction: Transaction,
        /// Gas limit.
        gas: u64,
    },
    /// → `OutcomeRead`
    ReadOutcome {
        /// Which one.
        find: FindId,
        /// Of which collection.
        collection: Collection,
        /// Whose mint.
        account: Address,
        /// The transaction that was sent.
        transaction: B256,
    },

    // --- this browser's storage --------------------------------------------------------------------------------------
    /// → `FindSaved`
    SaveFind(FindRecord),
    /// Thrown away by the visitor, or one of very many that were set aside long ago.
    DeleteFind(FindId),
    /// → `PracticeAtomSaved`: keep an Atom found in Practice.
    SavePracticeAtom(PracticeAtom),
    /// → `SettingsSaved`
    SaveSettings(Settings),
    /// → `StoredRead`: read once more what this browser kept.
    ReadStored,

    // --- music ---------------------------------------------------------------------------------------------------------
    /// Something about the music.
    Player(PlayerEffect),
    /// → `Sheet(Written)`: write this down, and give the visitor what is a file.
    Write(Writing),
    /// → `Sheet(LinkCopied)`: put this page's whole address into the clipboard; only ever after a click.
    CopyLink(Route),
    /// Show this Atom in motion; `None`: nothing moves.
    Portray(Option<Portrait>),

    // --- attention -----------------------------------------------------------------------------------------------------
    /// Change the URL's fragment.
    Navigate(Route),
    /// A short sound.
    Chime,
    /// A notification of the operating system; → `NotificationsAnswered` when it could not be shown.
    Notify {
        /// Headline.
        title: String,
        /// One sentence.
        body: String,
    },
    /// → `NotificationsAnswered`: ask the browser whether notifications are allowed; only ever after a click.
    AskNotificationPermission,
    /// → `TextCopied`: put this on the clipboard; only ever after a click.
    CopyText(String),
    /// Say this to screen readers, politely, once.
    Announce(String),
}
