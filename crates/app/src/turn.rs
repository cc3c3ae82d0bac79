//! Whose turn it is to mine: one tab of a browser at a time. Two would share the same processor, and race each other for
//! the same Atom.

use crate::model::Effects;
use crate::{Effect, Model};

/// Who of this browser's tabs mines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Turn {
    /// None that is known of.
    #[default]
    Free,
    /// This one.
    Ours,
    /// Another one.
    Elsewhere,
}

impl Model {
    /// The visitor starts mining: where another tab does, it is to stop.
    pub(crate) fn take_turn(&mut self, out: &mut Effects) {
        let by_force = self.turn == Turn::Elsewhere;
        self.turn = Turn::Free;
        out.push(Effect::TakeTurn { by_force });
    }

    /// The browser's tabs agreed on another one, or this one was told for the first time.
    pub(crate) fn turn_changed(&mut self, turn: Turn, out: &mut Effects) {
        if turn == Turn::Elsewhere && self.mining.wanted {
            self.mining.wanted = false;
            let said = "Mining stopped here: another tab of this browser is mining.";
            out.push(Effect::Announce(said.to_owned()));
            self.save_settings_now(out);
        }
        self.turn = match turn {
            // It was given back meanwhile.
            Turn::Ours if !self.mining.wanted => Turn::Free,
            turn => turn,
        };
    }
}
