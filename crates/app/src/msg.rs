//! Everything that can happen to the page.

use crate::gallery::GalleryMsg;
use crate::player::PlayerMsg;
use crate::sheet::SheetMsg;
use crate::{
    FindId, FindRecord, Kernel, PracticeAtom, Relay, Stored, Timer, Turn, WalletId, WalletInfo,
    WorkerId,
};
use alloy_primitives::{Address, B256, U256};
use atomine_chain::{
    ChainError, Collection, CollectionKey, CollectionState, MintOutcome, News, OwnedAtom,
    OwnedPage, OwnedRest,
};
use atomine_mine::message::FromWorker;
use atomine_protocol::TokenId;

/// Something outside this page's control failed; the words are for details only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub String);

/// Whether the browser lets the page show notifications of the operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notifications {
    /// It does.
    Allowed,
    /// The visitor, or the browser for them, said no.
    Denied,
    /// The visitor closed the question without an answer.
    Unanswered,
    /// This browser has none for a page: most phones.
    Missing,
}

/// One thing that happened. `web` sends it with the time, and does nothing else about it.
#[derive(Clone, Debug, PartialEq)]
#[allow(
    clippy::large_enum_variant,
    reason = "the large one, Started, comes once; on 32-bit targets it is small enough"
)]
pub enum Msg {
    // --- the page's own life -----------------------------------------------------------------------------------
    /// The page has loaded; the first message.
    Started {
        /// `navigator.hardwareConcurrency`.
        hardware_concurrency: u32,
        /// Whether this browser knows WebGPU.
        webgpu: bool,
        /// The kernels that this browser can run, the one that should be the fastest first; never none.
        kernels: &'static [Kernel],
        /// `location.hash`, for example `#/atoms`.
        fragment: String,
        /// `location.search`, for example `?collection=…`.
        query: String,
        /// Text of `collections.json`, or why it could not be read.
        collections_json: Result<String, Failure>,
        /// What this browser's storage held, or why it could not be read (private mode, full disk).
        stored: Result<Stored, Failure>,
    },
    /// The URL's fragment changed (a link, back, forward).
    FragmentChanged(String),
    /// A timer asked for by [`crate::Effect::After`] went off.
    TimerFired(Timer),
    /// The tab was hidden or shown.
    VisibilityChanged {
        /// Hidden now.
        hidden: bool,
    },
    /// The rest of the program, which is loaded after what shows the page and mines, is here; or it could not be loaded
    /// and is tried again by itself.
    Rest(Result<(), Failure>),
    /// The browser went online or offline.
    OnlineChanged {
        /// Online now.
        online: bool,
    },

    // --- what the visitor does ---------------------------------------------------------------------------------
    /// Mine.
    StartClicked,
    /// Stop mining.
    StopClicked,
    /// Number of workers, at least 1.
    CoresChosen(u32),
    /// Share of time to hash, percent; clamped to 10..=100.
    PowerChosen(u8),
    /// GPU on or off; on tries again whatever failed before.
    GpuToggled(bool),
    /// Share of time the GPU hashes, percent; clamped to 10..=100.
    GpuPowerChosen(u8),
    /// A collection from the list.
    CollectionChosen(CollectionKey),
    /// Practice.
    PracticeChosen,
    /// Practice's difficulty as a generation; clamped to 5..=13.
    PracticeGenerationChosen(u32),
    /// Sound alert on or off.
    SoundToggled(bool),
    /// Notifications on or off; on asks the browser for permission.
    NotificationsToggled(bool),
    /// Answer to [`crate::Effect::AskNotificationPermission`], and to a [`crate::Effect::Notify`] that was not shown.
    NotificationsAnswered(Notifications),
    /// The list of wallets was opened.
    WalletListOpened,
    /// Connect this wallet.
    ConnectClicked(WalletId),
    /// Forget the connected wallet.
    ForgetWalletClicked,
    /// Use another of the wallet's accounts that it shares with this page.
    AccountChosen(Address),
    /// Switch the wallet to the collection's chain (and add it there if it is unknown).
    SwitchChainClicked,
    /// Offer the collection's chain to the wallet without switching for a purpose (the demo chain, say).
    AddChainClicked,
    /// Offer this relay to the wallet.
    RelayClicked(Relay),
    /// Mint this find.
    MintClicked(FindId),
    /// Forget this find; asked twice by the view.
    DiscardFindClicked(FindId),
    /// Read the collection again now.
    RetryClicked,
    /// More of the collection's Atoms, older ones.
    MoreAtomsClicked,
    /// More of the visitor's own Atoms.
    MoreMineClicked,
    /// Offer this Atom to the wallet's list of collectibles (EIP-747).
    WatchAssetClicked {
        /// Of which collection.
        collection: CollectionKey,
        /// Which one.
        id: TokenId,
    },
    /// Measure how fast this browser hashes.
    MeasureClicked {
        /// `navigator.userAgent`, for the result.
        user_agent: String,
    },
    /// Stop measuring.
    StopMeasuringClicked,
    /// Put the benchmark's result on the clipboard.
    CopyResultClicked,
    /// Answer to [`crate::Effect::CopyText`].
    TextCopied(Result<(), Failure>),
    /// Close a notice.
    NoticeClosed(u32),

    /// Something about the music.
    Player(PlayerMsg),
    /// Something the visitor chose or did in the gallery.
    Gallery(GalleryMsg),
    /// Something about the music on paper.
    Sheet(SheetMsg),

    // --- workers -----------------------------------------------------------------------------------------------
    /// A worker said something; `Err` when its bytes were no message of ours.
    WorkerSaid {
        /// Which one.
        worker: WorkerId,
        /// What.
        message: Result<FromWorker, Failure>,
    },
    /// A worker could not be started or died (`onerror`, `messageerror`).
    WorkerDied {
        /// Which one.
        worker: WorkerId,
        /// Why, as far as the browser tells.
        failure: Failure,
    },

    /// Another tab of this browser began or ended to mine, or this one may or may no longer: an answer to
    /// [`crate::Effect::TakeTurn`], or news.
    TurnChanged(Turn),

    // --- the chain ---------------------------------------------------------------------------------------------
    /// Answer to [`crate::Effect::ReadState`].
    StateRead {
        /// Of which collection.
        collection: CollectionKey,
        /// What was read.
        result: Result<CollectionState, ChainError>,
    },
    /// Answer to [`crate::Effect::CompareState`].
    StateCompared {
        /// Of which collection.
        collection: CollectionKey,
        /// What another source says; `None` where it says nothing.
        state: Option<CollectionState>,
    },
    /// The line of [`crate::Effect::Listen`] told something about this collection.
    Told(CollectionKey, News),
    /// The line of [`crate::Effect::Listen`] broke, or could not be opened.
    LineBroke(CollectionKey),
    /// Answer to [`crate::Effect::ReadAtoms`]: a run of Atoms, in order of id.
    AtomsRead {
        /// Of which collection.
        collection: CollectionKey,
        /// The id from which on.
        first: TokenId,
        /// What was read.
        result: Result<Vec<OwnedAtom>, ChainError>,
    },
    /// Answer to [`crate::Effect::ReadOwned`].
    OwnedRead {
        /// Of which collection.
        collection: CollectionKey,
        /// Whose.
        owner: Address,
        /// Where the reading began.
        rest: Option<OwnedRest>,
        /// What was read.
        result: Result<OwnedPage, ChainError>,
    },
    /// Answer to [`crate::Effect::ReadAtom`].
    AtomRead {
        /// Of which collection.
        collection: CollectionKey,
        /// Which one.
        id: TokenId,
        /// What was read.
        result: Result<OwnedAtom, ChainError>,
    },
    /// Answer to [`crate::Effect::Identify`]: a contract brought by `?collection=` is, or is not, one that can be mined.
    Identified {
        /// With kind and name as the contract tells.
        result: Result<Collection, ChainError>,
    },

    // --- wallets -----------------------------------------------------------------------------------------------
    /// A wallet announced itself.
    WalletFound(WalletInfo),
    /// Answer to [`crate::Effect::Connect`].
    WalletConnected {
        /// Which wallet.
        wallet: WalletId,
        /// Its accounts for this page (maybe none, when connecting silently) and its chain.
        result: Result<(Vec<Address>, u64), ChainError>,
    },
    /// EIP-1193 `accountsChanged`.
    AccountsChanged(Vec<Address>),
    /// EIP-1193 `chainChanged`.
    ChainChanged(u64),
    /// EIP-1193 `chainChanged`, with something that is no chain id.
    ChainUnclear,
    /// EIP-1193 `disconnect`: the wallet's node is gone; it may come back by itself with `connect`.
    WalletDisconnected,
    /// EIP-1193 `connect`: the wallet reaches a chain again.
    WalletReconnected,
    /// Answer to [`crate::Effect::SwitchChain`] and [`crate::Effect::ReadWalletChain`]: the chain the wallet is on now.
    ChainSwitched(Result<u64, ChainError>),
    /// Answer to [`crate::Effect::WatchAsset`].
    AssetWatched(Result<(), ChainError>),
    /// The connected account's balance, wei.
    BalanceRead {
        /// Whose.
        account: Address,
        /// What was read.
        result: Result<U256, ChainError>,
    },

    // --- this browser's storage ----------------------------------------------------------------------------------
    /// Answer to [`crate::Effect::ReadStored`].
    StoredRead(Result<Stored, Failure>),
    /// Answer to [`crate::Effect::SaveSettings`].
    SettingsSaved(Result<(), Failure>),
    /// Answer to [`crate::Effect::SavePracticeAtom`].
    PracticeAtomSaved {
        /// Which one.
        atom: PracticeAtom,
        /// Or why this browser could not keep it.
        result: Result<(), Failure>,
    },

    // --- a find's way to an Atom -------------------------------------------------------------------------------
    /// Answer to [`crate::Effect::SaveFind`].
    FindSaved {
        /// Which one.
        find: FindId,
        /// Or why this browser could not keep it.
        result: Result<(), Failure>,
    },
    /// Answer to [`crate::Effect::Simulate`]: the gas limit to send with.
    Simulated {
        /// Which one.
        find: FindId,
        /// Gas limit (estimate + 25 %), or why it would fail.
        result: Result<u64, ChainError>,
    },
    /// Answer to [`crate::Effect::Send`]: the transaction's hash.
    Sent {
        /// Which one.
        find: FindId,
        /// Or why not.
        result: Result<B256, ChainError>,
    },
    /// Answer to [`crate::Effect::ReadOutcome`].
    OutcomeRead {
        /// Which one.
        find: FindId,
        /// What became of it.
        result: Result<MintOutcome, ChainError>,
    },
    /// Another tab stored or changed a find.
    FindFromElsewhere(FindRecord),
}
