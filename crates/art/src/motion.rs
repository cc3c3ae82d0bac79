//! How an Atom moves: each shell goes round in its own time and sense.

use crate::{Angle, Scene};
use alloc::vec::Vec;
use atomine_protocol::Atom;

/// A round of the innermost shell, in ms, and how much longer each further one takes, at middling speed.
const ROUND_MS: i64 = 4_500;
const LONGER_MS: i64 = 1_700;

/// The time of each shell's round, the innermost first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Motion {
    /// In ms; below 0 it goes the other way.
    rounds_ms: Vec<i64>,
}

/// Whether shell `n` goes round anticlockwise: each bit of the hash's last byte says it of a shell.
pub(crate) fn is_backwards(atom: &Atom, n: i32) -> bool {
    let [.., pace] = atom.hash.0.0;
    pace >> n & 1 == 1
}

impl Motion {
    /// The motion of `atom`: the last byte of its hash says how fast, by up to a third, and each of its bits which way a
    /// shell goes.
    pub fn of(atom: &Atom) -> Self {
        let [.., pace] = atom.hash.0.0;
        let rounds_ms = (0..7).map(|n| {
            let round = (ROUND_MS + LONGER_MS * n) * (192 + i64::from(pace) / 2) / 256;
            if pace >> n & 1 == 0 { round } else { -round }
        });
        Self {
            rounds_ms: rounds_ms.collect(),
        }
    }

    /// How far shell `n` has turned `ms` after rest.
    pub fn turned(&self, n: usize, ms: u32) -> Angle {
        let round = self.rounds_ms.get(n).copied().unwrap_or(ROUND_MS);
        Angle::wrapping((i64::from(ms) << 16) / round)
    }
}

impl Scene {
    /// The scene `ms` after rest.
    #[must_use]
    pub fn moved(mut self, motion: &Motion, ms: u32) -> Self {
        for (n, shell) in self.shells.iter_mut().enumerate() {
            let turned = motion.turned(n, ms);
            for electron in shell.electrons.iter_mut().chain(&mut shell.lost) {
                electron.angle = electron.angle.plus(turned);
            }
        }
        self
    }
}
