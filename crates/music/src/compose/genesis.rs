//! Genesis: one tone, and what is in it. The overtones of the first light come in one by one, bar by bar, first above a
//! drone, then among strings, then with a song of their own, and go as they came. There are no drums: there is no
//! electron yet.

use super::Draft;
use crate::score::Layer;

/// Harmonics 8 and up of the tone as degrees of the overtone scale, as they come in.
const SERIES: [i8; 9] = [0, 2, 4, 6, 7, 8, 9, 11, 14];
/// The drone: the tone, its fifth, its octave, and two octaves below.
const DRONE: [(Layer, i8, i8); 4] = [
    (Layer::Pad, 0, -22),
    (Layer::Pad, 4, 22),
    (Layer::Pad, 7, 0),
    (Layer::Bass, -14, 0),
];
/// The song, a degree for each half bar.
const SONG: [i8; 16] = [7, 11, 13, 14, 13, 11, 9, 11, 7, 9, 11, 8, 7, 4, 6, 7];

pub(super) fn write(draft: &mut Draft) {
    let bar = draft.plan.bar;
    for index in 0..draft.plan.bars() {
        let tick = index * bar;
        let section = index / 8;
        for (layer, degree, pan) in DRONE {
            voice(draft, layer, tick, bar - 4, degree, pan);
        }
        // One harmonic in each bar, and back in the last section.
        let known = (index + 1).min(32 - index);
        for step in 0..16 {
            let side = if step % 2 == 0 { -24 } else { 24 };
            let at = tick + step * 6;
            let degree = SERIES[(step * 5 % known.min(9)) as usize];
            if step % 2 == 0 && step / 2 < known {
                voice(
                    draft,
                    Layer::Bell,
                    at,
                    40,
                    SERIES[(step / 2) as usize],
                    side,
                );
            }
            if section > 0 {
                voice(draft, Layer::String, at, 12, degree, side);
            }
            if section > 1 && step % 8 == 0 {
                let degree = SONG[(index * 2 + step / 8) as usize % 16];
                voice(draft, Layer::Keys, at, 40, degree, 8);
            }
        }
    }
}

fn voice(draft: &mut Draft, layer: Layer, tick: u32, ticks: u32, degree: i8, pan: i8) {
    let cents = draft.score.key.cents(degree.into());
    let velocity = draft.plan.velocity(layer, tick);
    draft.play(layer, tick, ticks, cents, velocity, pan);
}
