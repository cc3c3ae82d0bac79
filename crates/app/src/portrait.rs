//! The Atom whose page is shown, in motion: its electrons glow with the notes while it plays.

use crate::model::Effects;
use crate::{Effect, Model};
use atomine_protocol::Atom;

/// What the moving picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Portrait {
    /// Who is in motion.
    pub atom: Atom,
    /// The frame of its music that is heard now; `None` while it is silent.
    pub heard: Option<u32>,
}

impl Model {
    /// Lets the moving picture follow the page and the player.
    pub(crate) fn settle_portrait(&mut self, out: &mut Effects) {
        let portrait = self.page_atom().map(|atom| Portrait {
            atom,
            heard: self.player.heard_of(atom),
        });
        if self.portrait != portrait {
            self.portrait = portrait;
            out.push(Effect::Portray(portrait));
        }
    }
}
