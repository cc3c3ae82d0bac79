//! What must sound different from an Atom's piece, and what must not.

use atomine_audit::{Measures, measure, measure_score};
use atomine_music::{Note, Score, compose};
use atomine_protocol::Atom;

/// The piece of an Atom whose hash has one bit turned.
pub(crate) fn one_bit_apart(atom: &Atom, bit: usize) -> Measures {
    let mut neighbour = *atom;
    neighbour.hash.0[bit / 8 % 32] ^= 0x80 >> (bit % 8);
    measure(&neighbour)
}

/// The same piece as somebody else would play it: every stroke a little harder or softer, every instrument a little
/// louder or softer, a little more out of tune.
pub(crate) fn played_again(atom: &Atom) -> Measures {
    let score = compose(atom);
    let touched = |(index, note): (usize, &Note)| Note {
        velocity: note
            .velocity
            .saturating_add([0, 4, 7, 2, 5][index % 5])
            .clamp(4, 130)
            - 3,
        ..*note
    };
    let notes = score.notes.iter().enumerate().map(touched).collect();
    let mut patches = score.patches;
    for (patch, percent) in patches
        .iter_mut()
        .zip([95_u16, 106, 104, 97, 105, 94, 107, 96])
    {
        patch.level = u8::try_from(u16::from(patch.level) * percent / 100).unwrap_or(u8::MAX);
    }
    let again = Score {
        notes,
        patches,
        detune_cents: score.detune_cents + 2,
        ..score
    };
    measure_score(&again, 0)
}
