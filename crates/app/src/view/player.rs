//! The player's bar, which stays while the visitor goes from page to page.

use super::{PlayerBar, PlayerState};
use crate::Model;
use crate::player::{FRAMES_PER_S, LAYERS, State};

pub(super) fn player(model: &Model) -> Option<PlayerBar> {
    let player = &model.player;
    let track = player.track()?;
    let (has_previous, has_next) = player.neighbours();
    let (state, status) = match &player.state {
        State::Empty => return None,
        State::Loading if player.frames == 0 => (PlayerState::Playing, "Composing…".to_owned()),
        State::Loading => (PlayerState::Playing, "Rendering…".to_owned()),
        State::Playing => (PlayerState::Playing, String::new()),
        State::Paused => (PlayerState::Paused, String::new()),
        State::Failed(why) => (PlayerState::Paused, why.line()),
    };
    let colours = track.atom.traits().palette.0;
    Some(PlayerBar {
        title: track.title.clone(),
        link: track.link.clone(),
        colours: colours.map(|colour| colour.to_string()),
        state,
        status,
        frame: player.frame,
        frames: player.frames,
        time: time(player.frame),
        length: time(player.frames),
        levels: player.levels.clone(),
        looped: player.looped,
        muted: player.muted,
        volume: player.volume,
        layers: LAYERS
            .iter()
            .enumerate()
            .map(|(number, name)| (*name, player.layers >> number & 1 == 1))
            .collect(),
        has_previous,
        has_next,
    })
}

/// Minutes and seconds: `1:05`.
fn time(frames: u32) -> String {
    let seconds = frames / FRAMES_PER_S;
    format!("{}:{:02}", seconds / 60, seconds % 60)
}
