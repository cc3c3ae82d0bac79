//! What the player is told, and what it wants done.

use crate::Failure;
use atomine_protocol::Atom;

/// Frames a second: what positions and lengths of a piece are counted in.
pub const FRAMES_PER_S: u32 = 44_100;
/// The instruments of a piece, by the number of their bit in a layer mask.
pub const LAYERS: [&str; 8] = [
    "Bell", "String", "Keys", "Bass", "Pad", "Kick", "Wood", "Hat",
];
/// Columns of a piece's waveform.
pub const COLUMNS: usize = 240;

/// One rendering that was asked for; numbers are never used again, and what an older one still says is dropped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PieceId(pub u32);

/// Something that happened to the player.
#[derive(Clone, Debug, PartialEq)]
pub enum PlayerMsg {
    /// This Atom's button is pointed at, and will perhaps be clicked.
    Pointed(Atom),
    /// Play this Atom, or pause it when it plays: the button on its card and page.
    PlayClicked(Atom),
    /// Play or pause what is in the player.
    Toggled,
    /// The keyboard's or headset's own keys, which know what they want.
    PlayingWanted(bool),
    /// Go to this frame.
    Sought(u32),
    /// Go this many seconds on, or back.
    SoughtBy(i32),
    /// To the next Atom of the playlist.
    NextClicked,
    /// To the piece's beginning, or from there to the Atom before.
    PreviousClicked,
    /// Play the piece again and again.
    LoopToggled,
    /// Percent.
    VolumeChosen(u8),
    /// Sound off or on.
    MuteToggled,
    /// An instrument off or on, by its number.
    LayerToggled(u8),
    /// Stop, and put the player away.
    Closed,

    /// The piece is composed; it lasts so many frames.
    Composed {
        /// Which one.
        piece: PieceId,
        /// Its length.
        frames: u32,
    },
    /// Part of its waveform.
    Drawn {
        /// Which one.
        piece: PieceId,
        /// The first column.
        first: usize,
        /// How loud each is, 0 to 255.
        levels: Vec<u8>,
    },
    /// Where it is being heard, some five times a second.
    Heard {
        /// Which one.
        piece: PieceId,
        /// The next frame.
        frame: u32,
        /// The sound waits for what is still being rendered.
        waiting: bool,
    },
    /// The last frame was heard, and the piece is not to be repeated.
    Ended(PieceId),
    /// It cannot be played.
    Failed {
        /// Which one.
        piece: PieceId,
        /// Why, as far as the browser tells.
        failure: Failure,
    },
}

/// What the player wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum PlayerEffect {
    /// Get everything ready to play this Atom at once, should it be asked for: nothing is told of it.
    Prepare(Atom),
    /// Render this piece and play it in place of what is played now → `Composed`, `Drawn`, `Heard`, `Ended`, `Failed`
    Load(Load),
    /// Go on, or stop where it is.
    Play(bool),
    /// Go to this frame → `Heard`
    Seek(u32),
    /// Whether the piece begins again after its last frame.
    Loop(bool),
    /// Of full scale, 0 to 1.
    Gain(f32),
    /// Stop for good and give everything back to the browser.
    Unload,
    /// What the system's own controls show; `None` takes them away.
    Tell(Option<Telling>),
}

/// A piece to be rendered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// For its answers.
    pub piece: PieceId,
    /// Whose music.
    pub atom: Atom,
    /// The instruments to be heard, a bit each.
    pub layers: u8,
    /// Where to begin.
    pub from: u32,
    /// It is what plays now with other instruments: goes on there without a break.
    pub seamless: bool,
    /// Begin as soon as there is enough.
    pub playing: bool,
    /// Begin again after the last frame.
    pub looped: bool,
    /// Of full scale, 0 to 1.
    pub gain: f32,
}

/// What the system's own controls show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// The Atom.
    pub title: String,
    /// Playing, else paused.
    pub playing: bool,
}
