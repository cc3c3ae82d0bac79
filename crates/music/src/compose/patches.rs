//! How the instruments are set: by the element's lines, the charge, the manner, and the hash.

use super::plan::Manner;
use crate::{
    random::Stream,
    score::{Layer, Patch, Score},
    spectrum::Spectrum,
};

/// Attack, ring, brightness, reverb, echo of each layer, before manner and hash vary them.
const MIDDLES: [[u8; 5]; Layer::COUNT] = [
    [1, 140, 140, 110, 60],
    [1, 75, 98, 70, 70],
    [2, 75, 120, 70, 40],
    [3, 130, 110, 12, 0],
    [120, 45, 125, 100, 0],
    [0, 19, 60, 14, 0],
    [0, 7, 140, 80, 30],
    [0, 6, 150, 36, 10],
];

/// Sets instruments and room.
pub(super) fn choose(
    score: &mut Score,
    spectrum: &Spectrum,
    charge: i8,
    manner: &Manner,
    stream: &mut Stream,
) {
    let varied = |value: u8, stream: &mut Stream| u32::from(value) * (60 + stream.below(91)) / 100;
    let light =
        i32::from(manner.light) - 158 + stream.below(61).cast_signed() + 6 * i32::from(charge);
    let ring = varied(manner.ring, stream);
    let wet = varied(manner.wet, stream);
    score.room_ms = (16 * varied(manner.room, stream)).clamp(1000, 2800) as u16;
    score.echo_ticks = stream.pick(&[12, 18]) as u16;
    for (index, patch) in score.patches.iter_mut().enumerate() {
        let middle = MIDDLES[index].map(|value| varied(value, stream));
        let brightness = middle[2].cast_signed() + light;
        *patch = Patch {
            level: varied(manner.levels[index], stream).clamp(12, 255) as u8,
            attack: middle[0] as u8,
            ring: (middle[1] * ring / 100).clamp(3, 200) as u8,
            brightness: brightness.clamp(10, 160) as u8,
            reverb: (middle[3] * wet / 100).min(255) as u8,
            echo: (middle[4] * wet / 100).min(255) as u8,
            colour: stream.below(256) as u8,
        };
    }
    // The FM ratio of the keys comes from the second line: how far it is from the first.
    score.patches[Layer::Keys as usize].colour = (spectrum.interval(1) * 255 / 1200) as u8;
}
