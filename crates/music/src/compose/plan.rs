//! The form: how long, how fast, in what metre, and in what manner.

use crate::{
    random::Stream,
    score::{Layer, SAMPLE_RATE, TICKS_PER_BEAT},
};

/// No piece has more bars than this: 118 seconds of three beats at 150 a minute.
pub(super) const MOST_BARS: usize = 104;

/// How hard each layer is played in each section. Both halves of the piece go from few to many.
const VELOCITIES: [[u8; Layer::COUNT]; 4] = [
    [86, 54, 82, 84, 76, 70, 46, 40],
    [96, 68, 92, 92, 82, 90, 60, 56],
    [86, 56, 84, 84, 74, 72, 48, 42],
    [102, 74, 98, 96, 88, 96, 66, 60],
];

/// A way of playing: what in a band would be its style.
pub(super) struct Manner {
    /// The slowest and the fastest tempo, in eight samples a tick.
    tempo: [u8; 2],
    /// How far behind the half of a beat its second eighth comes, at most, in ticks.
    swing: u8,
    /// The levels of the layers.
    pub(super) levels: [u8; Layer::COUNT],
    /// How long all rings, in percent of the instruments' own.
    pub(super) ring: u8,
    /// How bright all is; 128 is the instruments' own.
    pub(super) light: u8,
    /// How long the room rings, in 16 ms.
    pub(super) room: u8,
    /// How much of all goes into room and echo, in percent.
    pub(super) wet: u8,
    /// Whether the keys tell the motif, and not the bell.
    pub(super) keys_lead: bool,
    /// How the bass moves in the full sections: held, dotted, pulsing, walking.
    pub(super) gait: u8,
}

const fn manner(
    tempo: [u8; 2],
    swing: u8,
    levels: [u8; 8],
    [ring, light, room, wet]: [u8; 4],
    keys_lead: bool,
    gait: u8,
) -> Manner {
    Manner {
        tempo,
        swing,
        levels,
        ring,
        light,
        room,
        wet,
        keys_lead,
        gait,
    }
}

/// Glass, clockwork, pulse, chorale, lullaby, stroll, tide, procession.
static MANNERS: [Manner; 8] = [
    manner(
        [165, 215],
        0,
        [190, 90, 50, 120, 50, 70, 90, 40],
        [150, 128, 190, 140],
        false,
        0,
    ),
    manner(
        [95, 130],
        0,
        [90, 205, 90, 160, 34, 130, 170, 80],
        [85, 108, 90, 70],
        false,
        2,
    ),
    manner(
        [98, 128],
        0,
        [90, 150, 170, 200, 40, 255, 120, 170],
        [75, 140, 95, 70],
        true,
        2,
    ),
    manner(
        [150, 205],
        0,
        [80, 70, 150, 140, 95, 80, 60, 40],
        [120, 100, 170, 110],
        true,
        0,
    ),
    manner(
        [140, 185],
        2,
        [170, 140, 110, 110, 36, 60, 70, 60],
        [100, 110, 130, 100],
        false,
        1,
    ),
    manner(
        [112, 150],
        4,
        [70, 110, 200, 210, 34, 150, 140, 170],
        [75, 120, 90, 60],
        true,
        3,
    ),
    manner(
        [170, 220],
        0,
        [120, 220, 80, 180, 80, 110, 40, 90],
        [140, 85, 200, 150],
        false,
        0,
    ),
    manner(
        [125, 165],
        1,
        [180, 110, 80, 190, 44, 230, 230, 90],
        [90, 140, 140, 90],
        false,
        1,
    ),
];

/// The shortest and the longest piece, in seconds, with a little room to the promised 45 to 120.
const SECONDS: [u32; 2] = [46, 118];

/// The form of a piece.
pub(super) struct Plan {
    pub(super) manner: &'static Manner,
    /// The manner's number.
    pub(super) manner_index: u8,
    pub(super) beats: u32,
    /// Ticks in a bar.
    pub(super) bar: u32,
    pub(super) bars_per_section: u32,
    pub(super) samples_per_tick: u32,
    /// Where the second half of a beat begins, in ticks: 12, or later where the piece swings.
    pub(super) half: u32,
}

impl Plan {
    /// Later generations are longer.
    pub(super) fn of(generation: u32, stream: &mut Stream) -> Self {
        let manner_index = stream.below(8);
        let manner = &MANNERS[manner_index as usize % 8];
        let beats = stream.pick(&[4, 4, 4, 4, 3, 3, 5]).cast_unsigned();
        let [fastest, slowest] = manner.tempo.map(|tempo| i32::from(tempo) * 8);
        let samples_per_tick = stream.between(fastest, slowest).cast_unsigned();
        let half = 12 + stream.below(u32::from(manner.swing) + 1);
        let bar = beats * TICKS_PER_BEAT;
        // Two bars in each of the four sections.
        let step = 8 * bar * samples_per_tick;
        let wanted = (56 + 3 * generation.min(13) + stream.below(8)) * SAMPLE_RATE;
        let [least, most] = SECONDS.map(|seconds| seconds * SAMPLE_RATE);
        let pairs = (wanted / step).max(least.div_ceil(step)).min(most / step);
        Self {
            manner,
            manner_index: manner_index as u8,
            beats,
            bar,
            bars_per_section: 2 * pairs,
            samples_per_tick,
            half,
        }
    }

    /// 32 slow bars: 111 seconds.
    pub(super) fn genesis() -> Self {
        Self {
            manner: &MANNERS[0],
            manner_index: 0,
            beats: 4,
            bar: 4 * TICKS_PER_BEAT,
            bars_per_section: 8,
            samples_per_tick: 1600,
            half: 12,
        }
    }

    /// The length of a section in ticks.
    pub(super) const fn section(&self) -> u32 {
        self.bars_per_section * self.bar
    }

    /// The length of the piece in ticks.
    pub(super) const fn ticks(&self) -> u32 {
        4 * self.section()
    }

    /// Bars of the whole piece.
    pub(super) const fn bars(&self) -> u32 {
        4 * self.bars_per_section
    }

    /// How hard a layer is played at a tick.
    pub(super) fn velocity(&self, layer: Layer, tick: u32) -> u32 {
        let section = (tick / self.section()) as usize % VELOCITIES.len();
        VELOCITIES[section][layer as usize].into()
    }

    /// Whether the section at a tick is a full one: A′ or A″.
    pub(super) const fn is_full(&self, tick: u32) -> bool {
        tick / self.section() % 2 == 1
    }

    /// A tick, moved where the piece swings: the first half of each beat is stretched, the second shortened.
    pub(super) const fn swung(&self, tick: u32) -> u32 {
        let within = tick % TICKS_PER_BEAT;
        let beat = tick - within;
        if within < 12 {
            beat + within * self.half / 12
        } else {
            beat + self.half + (within - 12) * (TICKS_PER_BEAT - self.half) / 12
        }
    }
}
