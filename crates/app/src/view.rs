//! What the page shows, in words and numbers that are ready to be shown: made from the model natively, so that every
//! sentence a user reads is tested without a browser. `web` writes these into the document and adds nothing.

mod aside;
mod atom;
mod atoms;
mod bench;
mod choices;
mod finds;
mod gallery;
mod gpu;
mod mine;
mod music;
mod player;
mod slots;
mod status;
mod title;
mod wallet;

pub(crate) use bench::text as bench_text;

use crate::gallery::ChargeChoice;
use crate::{FindId, Model, Route, WalletId};
use alloy_primitives::Address;
use atomine_chain::CollectionKey;
use atomine_protocol::{Atom, TokenId};
use core::fmt;
use std::rc::Rc;

/// The whole page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// `document.title`: tells the state even from another tab.
    pub title: String,
    /// Which page is shown.
    pub route: Route,
    /// Newest first.
    pub notices: Vec<Notice>,
    /// The collections to choose from.
    pub collections: Vec<CollectionChoice>,
    /// The wallet corner.
    pub wallet: Wallet,
    /// The mining panel.
    pub mine: Mine,
    /// Finds under way or on offer, for the selected collection and account first.
    pub finds: Vec<Find>,
    /// Finds that are settled, folded away; `None` while there are none.
    pub set_aside: Option<SetAside>,
    /// My Atoms and the collection's newest.
    pub atoms: Atoms,
    /// The Atom of [`Route::Atom`] or [`Route::PracticeAtom`].
    pub atom: Option<AtomPage>,
    /// The gallery, while it is shown.
    pub gallery: Option<Gallery>,
    /// The music of that Atom, once it is known which it is.
    pub music: Option<Music>,
    /// The Atom that is heard now, or will be in a moment.
    pub playing: Option<Atom>,
    /// The player, while there is something in it.
    pub player: Option<PlayerBar>,
    /// The benchmark's page.
    pub bench: BenchPage,
}

/// The page as it is to be shown now: after every update, and on every tick.
pub fn page(model: &Model) -> Page {
    Page {
        title: title::title(model),
        route: model.route,
        notices: model.notices.newest_first(),
        collections: choices::choices(model),
        wallet: wallet::wallet(model),
        mine: mine::mine(model),
        finds: finds::finds(model),
        set_aside: aside::set_aside(model),
        atoms: atoms::atoms(model),
        atom: atom::atom(model),
        gallery: gallery::gallery(model),
        music: music::music(model),
        playing: model.player.playing(),
        player: player::player(model),
        bench: bench::bench(model),
    }
}

/// Something that went wrong or well: what happened and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// For closing it.
    pub id: u32,
    /// How it is coloured and whether it interrupts.
    pub tone: Tone,
    /// What happened, one sentence.
    pub what: String,
    /// What to do, one sentence; may be empty.
    pub remedy: String,
    /// The other side's own words, folded away; may be empty.
    pub details: String,
    /// It has a button that reads the chain again ([`crate::Msg::RetryClicked`]).
    pub retry: bool,
}

/// How a text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Good news.
    Good,
    /// Plain news.
    Neutral,
    /// Something to do.
    Warning,
    /// Something failed.
    Bad,
}

/// One entry of the collection list; Practice is one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectionChoice {
    /// `None` is Practice.
    pub key: Option<CollectionKey>,
    /// For example `POW NFT`.
    pub name: String,
    /// For example `Ethereum` or `no chain, no wallet`.
    pub place: String,
    /// Chosen now.
    pub selected: bool,
}

/// The wallet corner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wallet {
    /// What it is about now.
    pub state: WalletState,
    /// Wallets found in this browser.
    pub choices: Vec<WalletChoice>,
    /// Something to say about it, for example a wrong chain or a dialog that is open; may be empty.
    pub hint: String,
    /// Label of the button that switches to the collection's chain, when that would help.
    pub switch_chain: Option<String>,
    /// Label of the button that offers the collection's chain to the wallet, when that would help.
    pub add_chain: Option<String>,
    /// Private relays are explained and offered.
    pub relays: bool,
}

/// What the wallet corner shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WalletState {
    /// None connected: the list, or what to do when it is empty.
    None,
    /// Its dialog is open.
    Connecting {
        /// Which wallet.
        name: String,
    },
    /// Connected.
    Connected {
        /// Which wallet.
        name: String,
        /// The account in use.
        account: Address,
        /// The account as people read it, `0x1234…abcd`.
        short: String,
        /// Its balance, for example `9,999.99 ETH`; empty while unknown.
        balance: String,
        /// All accounts it shares.
        accounts: Vec<Address>,
    },
}

/// A wallet to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletChoice {
    /// For [`crate::Msg::ConnectClicked`].
    pub id: WalletId,
    /// Shown as text.
    pub name: String,
    /// A `data:image/…` URL.
    pub icon: Option<String>,
}

/// The mining panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Mine {
    /// Which button is shown.
    pub button: MineButton,
    /// One sentence under it: what is going on, or why nothing is.
    pub status: String,
    /// Facts of what is mined: label and value, in order, for example `Next Atom` / `#17`.
    pub facts: Vec<Fact>,
    /// Hash rate over 10 s, for example `4.21 MH/s`.
    pub rate: String,
    /// Over 60 s.
    pub rate_60s: String,
    /// Hashes a second, one value a second, oldest first, at most 120: the chart.
    pub rate_history: Vec<f64>,
    /// The honest odds: `About one per 3 min at your rate; 63 % of tries are done by then.`
    pub odds: String,
    /// Chance that a find should have come by now in this job, 0..=1.
    pub chance: f64,
    /// The same in words, for example `41 % chance so far`.
    pub chance_text: String,
    /// Best hash of this job, for example `0x00000a3f…`, and how close; empty before the first.
    pub best: String,
    /// Hashes of this browser ever.
    pub total: String,
    /// Workers now wanted.
    pub cores: u32,
    /// Most that may be asked for.
    pub cores_max: u32,
    /// Percent.
    pub power: u8,
    /// The GPU's row.
    pub gpu: Gpu,
    /// Kernel, workers and what the kernels' trial gave, for the details line, for example `simd128 · 3 workers`.
    pub details: String,
    /// The Atom found last in Practice, when Practice is selected.
    pub newest: Option<Rc<Card>>,
    /// Practice is selected: its difficulties to choose from.
    pub practice: Option<Vec<PracticeChoice>>,
    /// Sound alert on.
    pub sound: bool,
    /// Notifications on.
    pub notifications: bool,
}

/// The GPU in the mining panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gpu {
    /// Whether its controls do anything.
    pub available: bool,
    /// The switch.
    pub on: bool,
    /// Percent.
    pub power: u8,
    /// Its name and rate, or why it does not mine.
    pub text: String,
}

/// A label and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Plain words.
    pub label: String,
    /// With its unit.
    pub value: String,
}

impl Fact {
    fn new(label: &str, value: impl fmt::Display) -> Self {
        Self {
            label: label.to_owned(),
            value: value.to_string(),
        }
    }
}

/// The big button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MineButton {
    /// `Mine`
    Start,
    /// `Mine here`: another tab of this browser mines, and would stop.
    TakeOver,
    /// `Stop`
    Stop,
    /// `Mine`, but it cannot be pressed now; the status says why.
    Unavailable,
}

/// One difficulty of Practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeChoice {
    /// For [`crate::Msg::PracticeGenerationChosen`].
    pub generation: u32,
    /// For example `Generation 10 · 17.7 million hashes`.
    pub label: String,
    /// Chosen now.
    pub selected: bool,
}

/// A found nonce on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Find {
    /// For the buttons.
    pub id: FindId,
    /// How it is coloured.
    pub tone: Tone,
    /// Headline, for example `You found Atom #17`.
    pub headline: String,
    /// One sentence: what is going on, or what to do.
    pub status: String,
    /// Label of the mint button (`Mint #17 for 0.00045 ETH`) when it may be pressed.
    pub mint: Option<String>,
    /// What the transaction will be: account, contract, value, network.
    pub facts: Vec<Fact>,
    /// The transaction's hash, once sent.
    pub transaction: Option<String>,
    /// The block explorer's page for it.
    pub transaction_url: Option<String>,
    /// It may be thrown away.
    pub can_discard: bool,
    /// What it will be (Atomine kind: known before paying) or is.
    pub preview: Option<Card>,
}

/// Finds that are settled as far as the chain tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// For example `Set aside: 3 finds`.
    pub summary: String,
    /// The newest of them, newest first.
    pub finds: Vec<SetAsideFind>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAsideFind {
    /// For the button that throws it away.
    pub id: FindId,
    /// For example `#17 of Demo, for 0x1234…abcd`.
    pub headline: String,
    /// What settled it, one sentence.
    pub reason: String,
    /// `#/atom/…` where it became an Atom.
    pub link: Option<String>,
}

/// My Atoms and the collection's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Atoms {
    /// Headline of the first list, for example `My Atoms`.
    pub mine_headline: String,
    /// Mine, newest first.
    pub mine: Vec<Rc<Card>>,
    /// Said when there are none, or they cannot be read; else empty.
    pub mine_note: String,
    /// There are more of mine to show.
    pub more_mine: bool,
    /// Headline of the second list, for example `Newest in POW NFT`.
    pub newest_headline: String,
    /// The collection's, newest first.
    pub newest: Vec<Rc<Card>>,
    /// Said when there are none, or they cannot be read; else empty.
    pub newest_note: String,
    /// There are older ones to read.
    pub more_newest: bool,
}

/// An Atom in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// What it shows.
    pub atom: Atom,
    /// `#/atom/…` or `#/practice/…`; `None` for a preview.
    pub link: Option<String>,
    /// For example `#17 Helium`.
    pub name: String,
    /// For example `He`.
    pub symbol: String,
    /// For example `2+`; empty without a charge.
    pub charge: String,
    /// For example `Generation 4`.
    pub generation: String,
    /// Two colours as `#rrggbb`.
    pub colours: [String; 2],
    /// The picture, well-formed SVG without scripts, shown through `<img>` as a data URL.
    pub svg: String,
}

/// Every Atom of the collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gallery {
    /// For example `Gallery of POW NFT`.
    pub headline: String,
    /// How many there are and are chosen, how reading stands, or what went wrong.
    pub status: String,
    /// The rarest elements, the rarest first.
    pub rarest: String,
    /// All elements, by atomic number from 0.
    pub elements: Vec<ElementCell>,
    /// The generations to choose from, all first.
    pub generations: Vec<GenerationChoice>,
    /// The charges to choose from, and which is chosen.
    pub charges: [(ChargeChoice, bool); 4],
    /// Only mine are chosen.
    pub mine: bool,
    /// There is a wallet whose Atoms could be chosen.
    pub can_choose_mine: bool,
    /// How many are chosen.
    pub total: usize,
    /// The place of the first tile among them.
    pub first: usize,
    /// The tiles in sight.
    pub cards: Vec<Rc<Card>>,
}

/// An element in the gallery's periodic table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementCell {
    /// Its number.
    pub z: u8,
    /// Its symbol.
    pub symbol: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Row (1 to 10) and column (1 to 18).
    pub place: (u8, u8),
    /// How many Atoms of it there are.
    pub count: u32,
    /// It alone is shown.
    pub chosen: bool,
}

/// A generation to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenerationChoice {
    /// `None`: all.
    pub generation: Option<u32>,
    /// Shown as text.
    pub label: String,
    /// Chosen now.
    pub selected: bool,
}

/// An Atom's music, on its own page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Music {
    /// Why it sounds so, a sentence each; none while that is not known.
    pub why: Vec<String>,
    /// What is being done with it, or was done last; may be empty.
    pub note: String,
    /// The hash of its sound; empty until it was asked for.
    pub sound: String,
}

/// The player's bar.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch that is shown by itself"
)]
pub struct PlayerBar {
    /// The Atom's name.
    pub title: String,
    /// Its page; `None` for what is not minted yet.
    pub link: Option<String>,
    /// Its two colours as `#rrggbb`.
    pub colours: [String; 2],
    /// Which button is shown.
    pub state: PlayerState,
    /// What it waits for, or what went wrong and what to do; empty while it plays.
    pub status: String,
    /// The next frame to be heard, 44,100 a second.
    pub frame: u32,
    /// The piece's length in frames; 0 while it is not known.
    pub frames: u32,
    /// The same as the frame, for example `0:12`.
    pub time: String,
    /// The length in words of time.
    pub length: String,
    /// The waveform: how loud each column is, 1 to 255; 0 where it is not drawn yet.
    pub levels: Vec<u8>,
    /// The piece begins again after its end.
    pub looped: bool,
    /// Silent.
    pub muted: bool,
    /// Percent.
    pub volume: u8,
    /// The instruments by number: name, and whether it is heard.
    pub layers: Vec<(&'static str, bool)>,
    /// There is an Atom before this one in the playlist.
    pub has_previous: bool,
    /// There is one after it.
    pub has_next: bool,
}

/// What the player's button does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlayerState {
    /// It plays, or will in a moment: the button pauses.
    Playing,
    /// The button plays.
    Paused,
}

/// An Atom's own page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtomPage {
    /// What is shown while there is no Atom to show: reading, no such Atom, node down. Empty when there is one.
    pub status: String,
    /// Name, symbol, picture.
    pub card: Option<Card>,
    /// Number, element, charge, generation, period, group, category, palette, hash, owner.
    pub facts: Vec<Fact>,
    /// The Atom before this one.
    pub previous: Option<TokenId>,
    /// The Atom after this one.
    pub next: Option<TokenId>,
    /// Links to explorer and marketplace: label and URL.
    pub links: Vec<(String, String)>,
    /// It can be offered to the connected wallet's collectibles.
    pub can_watch: bool,
}

/// The benchmark's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BenchPage {
    /// The button stops it; else it starts it.
    pub running: bool,
    /// One sentence: what is going on; may be empty.
    pub status: String,
    /// How far it is, while it is running.
    pub percent: Option<u8>,
    /// What was measured so far.
    pub results: Vec<Fact>,
    /// The whole result in a few lines, to be shown around; empty before the end.
    pub text: String,
    /// The label of the button that copies it.
    pub copy: String,
}
