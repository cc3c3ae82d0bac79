//! How the instruments are set: by the element's lines, the charge, and the hash.

use crate::{
    random::Stream,
    score::{Layer, Patch},
    spectrum::Spectrum,
};

/// The instruments and the room they play in.
pub(super) struct Sound {
    pub(super) patches: [Patch; Layer::COUNT],
    pub(super) room_ms: u16,
    pub(super) echo_ticks: u16,
}

/// Level, attack and ring in ms, brightness, reverb, echo of each layer, before the hash varies them.
const MIDDLES: [[i32; 6]; Layer::COUNT] = [
    [150, 2, 3200, 150, 120, 60],
    [255, 1, 1500, 105, 80, 70],
    [130, 4, 1500, 130, 80, 40],
    [160, 6, 2600, 110, 12, 0],
    [52, 260, 900, 130, 110, 0],
    [250, 1, 380, 60, 14, 0],
    [200, 1, 140, 140, 90, 30],
    [250, 1, 110, 150, 40, 10],
];

#[inline(never)]
pub(super) fn choose(spectrum: &Spectrum, charge: i8, stream: &mut Stream) -> Sound {
    let wet = stream.between(60, 120);
    let light = stream.between(-30, 30) + 8 * i32::from(charge);
    let room_ms = stream.between(1600, 3200) as u16;
    let echo_ticks = stream.pick(&[12, 18, 18, 24]);
    let mut patches = MIDDLES.map(|middle| {
        let [level, attack, ring, brightness, reverb, echo] =
            middle.map(|value| value * stream.between(80, 125) / 100);
        Patch {
            level: level.clamp(1, 255) as u8,
            attack_ms: attack as u16,
            ring_ms: ring as u16,
            brightness: (brightness + light).clamp(10, 255) as u8,
            colour: stream.below(256) as u8,
            reverb: (reverb * wet / 90).clamp(0, 255) as u8,
            echo: echo.clamp(0, 255) as u8,
        }
    });
    // The FM ratio of the keys comes from the second line: how far it is from the first.
    patches[Layer::Keys as usize].colour = (spectrum.interval(1) * 255 / 1200) as u8;
    Sound {
        patches,
        room_ms,
        echo_ticks,
    }
}
