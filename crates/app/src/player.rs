//! The player: one Atom's music at a time, from a playlist. The sound itself is made and played elsewhere; this knows
//! what is to be heard, and drops what is said of anything else.

mod playlist;
mod talk;

pub use talk::{COLUMNS, FRAMES_PER_S, LAYERS, Load, PieceId, PlayerEffect, PlayerMsg, Telling};

use crate::explain::Explanation;
use crate::model::Effects;
use crate::{Effect, Failure, Model, Settings};
use atomine_protocol::Atom;
use playlist::Playlist;
pub(crate) use playlist::Track;

/// Further into the piece than this, "previous" goes to its beginning first.
const BEGINNING: u32 = 3 * FRAMES_PER_S;
/// So far ahead the instruments change, which gives the new rendering time to be there.
const CHANGE_AHEAD: u32 = FRAMES_PER_S / 2;

/// What is played, and how.
#[derive(Debug)]
pub(crate) struct Player {
    playlist: Playlist,
    piece: PieceId,
    pub(crate) state: State,
    /// The next frame to be heard.
    pub(crate) frame: u32,
    /// The piece's length; 0 while it is not known.
    pub(crate) frames: u32,
    /// Its waveform, 0 where it is not drawn yet.
    pub(crate) levels: Vec<u8>,
    pub(crate) layers: u8,
    pub(crate) looped: bool,
    pub(crate) muted: bool,
    /// Percent.
    pub(crate) volume: u8,
    told: Option<Telling>,
    /// What is ready to be played.
    prepared: Option<Atom>,
}

/// How it stands with the piece.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum State {
    /// There is none.
    #[default]
    Empty,
    /// It plays as soon as enough of it is rendered.
    Loading,
    /// It is heard.
    Playing,
    /// It waits for the visitor.
    Paused,
    /// It could not be played.
    Failed(Explanation),
}

impl State {
    /// It is heard, or will be in a moment.
    pub(crate) fn is_on(&self) -> bool {
        matches!(self, Self::Loading | Self::Playing)
    }
}

impl Default for Player {
    fn default() -> Self {
        Self {
            playlist: Playlist::default(),
            piece: PieceId::default(),
            state: State::Empty,
            frame: 0,
            frames: 0,
            levels: Vec::new(),
            layers: u8::MAX,
            looped: false,
            muted: false,
            volume: Settings::default().volume,
            told: None,
            prepared: None,
        }
    }
}

impl Player {
    /// What is in the player.
    pub(crate) fn track(&self) -> Option<&Track> {
        self.playlist.current()
    }

    /// Plays as the visitor chose it, in this visit or one before.
    pub(crate) fn restore(&mut self, settings: &Settings) {
        self.volume = settings.volume;
        self.looped = settings.repeat;
    }

    /// The Atom that is heard now, or will be in a moment.
    pub(crate) fn playing(&self) -> Option<Atom> {
        self.track()
            .filter(|_| self.state.is_on())
            .map(|track| track.atom)
    }

    /// The frame of this Atom's music that is heard now.
    pub(crate) fn heard_of(&self, atom: Atom) -> Option<u32> {
        (self.state == State::Playing && self.has(atom)).then_some(self.frame)
    }

    /// There is one before and one after.
    pub(crate) fn neighbours(&self) -> (bool, bool) {
        (self.playlist.has(-1), self.playlist.has(1))
    }

    fn has(&self, atom: Atom) -> bool {
        self.track().is_some_and(|track| track.atom == atom)
    }

    /// What is said of this piece is of interest.
    fn awaits(&self, piece: PieceId) -> bool {
        self.piece == piece && !matches!(self.state, State::Empty | State::Failed(_))
    }

    /// Full scale is felt as the square of what the slider shows.
    fn gain(&self) -> f32 {
        let share = f32::from(self.volume) / 100.0;
        if self.muted { 0.0 } else { share * share }
    }

    /// Asks for a rendering of the playlist's current Atom.
    fn load(&mut self, from: u32, seamless: bool, out: &mut Effects) {
        let Some(track) = self.playlist.current() else {
            return;
        };
        self.piece.0 += 1;
        let load = Load {
            piece: self.piece,
            atom: track.atom,
            layers: self.layers,
            from,
            seamless,
            playing: self.state != State::Paused,
            looped: self.looped,
            gain: self.gain(),
        };
        out.push(Effect::Player(PlayerEffect::Load(load)));
    }

    /// Plays the playlist's current Atom from its beginning, with all its instruments.
    fn start(&mut self, out: &mut Effects) {
        self.state = State::Loading;
        self.frame = 0;
        self.frames = 0;
        self.levels = vec![0; COLUMNS];
        self.layers = u8::MAX;
        self.load(0, false, out);
    }

    fn step(&mut self, by: isize, out: &mut Effects) -> bool {
        let moved = self.playlist.step(by);
        if moved {
            self.start(out);
        }
        moved
    }

    fn want_playing(&mut self, wanted: bool, out: &mut Effects) {
        match (&self.state, wanted) {
            (State::Paused, true) => {
                self.state = State::Loading;
                out.push(Effect::Player(PlayerEffect::Play(true)));
            }
            (State::Loading | State::Playing, false) => {
                self.state = State::Paused;
                out.push(Effect::Player(PlayerEffect::Play(false)));
            }
            (State::Failed(_), true) => self.start(out),
            _ => {}
        }
    }

    fn seek(&mut self, frame: u32, out: &mut Effects) {
        if self.frames > 0 && self.state != State::Empty {
            self.frame = frame.min(self.frames - 1);
            out.push(Effect::Player(PlayerEffect::Seek(self.frame)));
        }
    }

    fn seek_by(&mut self, seconds: i32, out: &mut Effects) {
        let by = i64::from(seconds) * i64::from(FRAMES_PER_S);
        let frame = (i64::from(self.frame) + by).max(0);
        self.seek(u32::try_from(frame).unwrap_or(u32::MAX), out);
    }

    fn previous(&mut self, out: &mut Effects) {
        if self.frame > BEGINNING || !self.step(-1, out) {
            self.seek(0, out);
        }
    }

    fn set_gain(&self, out: &mut Effects) {
        out.push(Effect::Player(PlayerEffect::Gain(self.gain())));
    }

    fn toggle_layer(&mut self, layer: u8, out: &mut Effects) {
        let bit = 1_u8.checked_shl(layer.into()).unwrap_or(0);
        if bit == 0 || self.frames == 0 || self.state == State::Empty {
            return;
        }
        self.layers ^= bit;
        let seamless = self.state == State::Playing;
        let ahead = if seamless { CHANGE_AHEAD } else { 0 };
        self.load((self.frame + ahead) % self.frames, seamless, out);
    }

    /// Nothing plays, and this will perhaps be next.
    fn prepare(&mut self, atom: Atom, out: &mut Effects) {
        if self.state == State::Empty && self.prepared != Some(atom) {
            self.prepared = Some(atom);
            out.push(Effect::Player(PlayerEffect::Prepare(atom)));
        }
    }

    fn close(&mut self, out: &mut Effects) {
        if self.state != State::Empty {
            out.push(Effect::Player(PlayerEffect::Unload));
        }
        self.state = State::Empty;
        self.prepared = None;
        self.playlist = Playlist::default();
    }

    fn drawn(&mut self, first: usize, levels: &[u8]) {
        let columns = self.levels.iter_mut().skip(first);
        for (column, level) in columns.zip(levels) {
            // What is drawn is seen, however soft.
            *column = (*level).max(1);
        }
    }

    fn heard(&mut self, frame: u32, waiting: bool) {
        self.frame = frame;
        if self.state.is_on() {
            self.state = if waiting {
                State::Loading
            } else {
                State::Playing
            };
        }
    }

    fn ended(&mut self, out: &mut Effects) {
        self.frame = 0;
        if !self.step(1, out) {
            self.state = State::Paused;
        }
    }

    fn failed(&mut self, failure: &Failure) {
        let what = "This Atom's music could not be played.";
        let remedy = "Press play to try again; if that does not help, reload the page or try a current browser.";
        self.state = State::Failed(Explanation::new(what, remedy).with_failure(failure));
    }

    fn take_in(&mut self, msg: PlayerMsg, out: &mut Effects) {
        match msg {
            PlayerMsg::Pointed(atom) => self.prepare(atom, out),
            PlayerMsg::Toggled => self.want_playing(!self.state.is_on(), out),
            PlayerMsg::PlayingWanted(wanted) => self.want_playing(wanted, out),
            PlayerMsg::Sought(frame) => self.seek(frame, out),
            PlayerMsg::SoughtBy(seconds) => self.seek_by(seconds, out),
            PlayerMsg::NextClicked => {
                self.step(1, out);
            }
            PlayerMsg::PreviousClicked => self.previous(out),
            PlayerMsg::LoopToggled => {
                self.looped = !self.looped;
                out.push(Effect::Player(PlayerEffect::Loop(self.looped)));
            }
            PlayerMsg::VolumeChosen(percent) => {
                self.volume = percent.min(100);
                self.muted = false;
                self.set_gain(out);
            }
            PlayerMsg::MuteToggled => {
                self.muted = !self.muted;
                self.set_gain(out);
            }
            PlayerMsg::LayerToggled(layer) => self.toggle_layer(layer, out),
            PlayerMsg::Closed => self.close(out),
            PlayerMsg::Composed { piece, frames } if self.awaits(piece) => self.frames = frames,
            PlayerMsg::Drawn {
                piece,
                first,
                levels,
            } if self.awaits(piece) => self.drawn(first, &levels),
            PlayerMsg::Heard {
                piece,
                frame,
                waiting,
            } if self.awaits(piece) => self.heard(frame, waiting),
            PlayerMsg::Ended(piece) if self.awaits(piece) => self.ended(out),
            PlayerMsg::Failed { piece, failure } if self.awaits(piece) => self.failed(&failure),
            // Said of a piece that nobody waits for any more; or a click, for which the model looks up the playlist.
            PlayerMsg::PlayClicked(_)
            | PlayerMsg::Composed { .. }
            | PlayerMsg::Drawn { .. }
            | PlayerMsg::Heard { .. }
            | PlayerMsg::Ended(_)
            | PlayerMsg::Failed { .. } => {}
        }
    }
}

impl Model {
    /// Something happened to the player.
    pub(crate) fn player_msg(&mut self, msg: PlayerMsg, out: &mut Effects) {
        match msg {
            PlayerMsg::PlayClicked(atom) if self.player.has(atom) => {
                self.player.take_in(PlayerMsg::Toggled, out);
            }
            PlayerMsg::PlayClicked(atom) => {
                self.player.playlist = self.playlist_with(atom);
                self.player.start(out);
            }
            other => self.player.take_in(other, out),
        }
        let (volume, repeat) = (self.player.volume, self.player.looped);
        if (self.settings.volume, self.settings.repeat) != (volume, repeat) {
            self.settings.volume = volume;
            self.settings.repeat = repeat;
            self.save_settings_soon(out);
        }
    }

    /// Lets the system's own controls show what plays.
    pub(crate) fn settle_player(&mut self, out: &mut Effects) {
        let player = &mut self.player;
        let telling = player.playlist.current().map(|track| Telling {
            title: track.title.clone(),
            playing: player.state.is_on(),
        });
        if player.told != telling {
            player.told.clone_from(&telling);
            out.push(Effect::Player(PlayerEffect::Tell(telling)));
        }
    }
}
