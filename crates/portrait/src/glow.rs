//! How the electrons glow with the music: each with the notes that it plays.

use alloc::vec::Vec;
use atomine_music::{SAMPLE_RATE, Score, compose};
use atomine_protocol::Atom;

/// How long a note is seen, in frames.
const SEEN: u32 = SAMPLE_RATE / 2;

/// Who lights up when.
#[derive(Debug)]
pub struct Glow {
    /// By time.
    flashes: Vec<Flash>,
}

#[derive(Debug)]
struct Flash {
    frame: u32,
    /// Shell and electron; `None` is the nucleus.
    who: Option<(usize, usize)>,
    /// 0 to 1.
    strength: f32,
}

impl Glow {
    /// The glow of `atom`'s piece.
    pub fn of(atom: &Atom) -> Self {
        Self::of_score(&compose(atom))
    }

    fn of_score(score: &Score) -> Self {
        let flashes = score.notes.iter().map(|note| Flash {
            frame: note.tick * score.samples_per_tick,
            who: note
                .electron
                .map(|electron| (electron.shell.into(), electron.index.into())),
            strength: f32::from(note.velocity) / 127.0,
        });
        Self {
            flashes: flashes.collect(),
        }
    }

    /// Tells of each that glows while `frame` is heard, and how strongly (0 to 1); of one that plays twice, twice.
    pub fn at(&self, frame: u32, mut tell: impl FnMut(Option<(usize, usize)>, f32)) {
        let first = self
            .flashes
            .partition_point(|flash| flash.frame + SEEN <= frame);
        let seen = self.flashes.iter().skip(first);
        for flash in seen.take_while(|flash| flash.frame <= frame) {
            #[expect(
                clippy::cast_precision_loss,
                reason = "half a second of frames is exact"
            )]
            let left = 1.0 - (frame - flash.frame) as f32 / SEEN as f32;
            tell(flash.who, flash.strength * left * left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atomine_protocol::{AtomHash, TokenId};

    fn strongest(glow: &Glow, frame: u32, who: Option<(usize, usize)>) -> f32 {
        let mut strongest = 0.0_f32;
        glow.at(frame, |other, strength| {
            if other == who {
                strongest = strongest.max(strength);
            }
        });
        strongest
    }

    #[test]
    fn every_note_lights_up_who_plays_it_and_fades() {
        let id = TokenId::new(4_096).unwrap();
        let hash = AtomHash::from([0x8b; 32]);
        let score = compose(&Atom { id, hash });
        let glow = Glow::of_score(&score);
        let mut electrons = 0;
        for (note, flash) in score.notes.iter().zip(&glow.flashes) {
            let loud = f32::from(note.velocity) / 127.0;
            assert!(strongest(&glow, flash.frame, flash.who) >= loud);
            assert!(strongest(&glow, flash.frame + SEEN / 2, flash.who) >= loud / 4.0);
            electrons += usize::from(flash.who.is_some());
        }
        assert!(electrons > 0 && electrons < score.notes.len());
    }

    #[test]
    fn nothing_glows_before_the_first_note_or_after_the_last() {
        let glow = Glow {
            flashes: [100, 200_000]
                .map(|frame| Flash {
                    frame,
                    who: None,
                    strength: 1.0,
                })
                .into(),
        };
        for (frame, seen) in [
            (99, 0.0),
            (100, 1.0),
            (100 + SEEN, 0.0),
            (200_000 + SEEN, 0.0),
        ] {
            assert!(
                (strongest(&glow, frame, None) - seen).abs() < 1e-6,
                "{frame}"
            );
        }
    }
}
