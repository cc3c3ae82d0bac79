//! The form: how long, how fast, in what metre.

use crate::{
    random::Stream,
    score::{SAMPLE_RATE, SectionKind, TICKS_PER_BEAT},
};

/// The sections in their order.
pub(super) const KINDS: [SectionKind; 4] = [
    SectionKind::Statement,
    SectionKind::Variation,
    SectionKind::Contrast,
    SectionKind::Return,
];

/// The shortest and the longest piece, in seconds, with a little room to the promised 45 to 120.
const SECONDS: [u32; 2] = [46, 118];
/// The tempo's limits in samples per tick: about 118 and 66 beats a minute.
const SAMPLES_PER_TICK: [u32; 2] = [934, 1670];

/// The form of a piece.
pub(super) struct Plan {
    pub(super) beats: u32,
    /// Ticks in a bar.
    pub(super) bar: u32,
    pub(super) bars_per_section: u32,
    pub(super) samples_per_tick: u32,
    /// How late every second sixteenth comes, in ticks.
    pub(super) swing: u32,
}

impl Plan {
    /// Later generations are longer.
    #[inline(never)]
    pub(super) fn of(generation: u32, stream: &mut Stream) -> Self {
        let beats = stream.pick(&[4, 4, 4, 4, 3, 3, 5]);
        let age = match generation {
            0..=4 => 0,
            5..=9 => 1,
            _ => 2,
        };
        let bars_per_section = match beats {
            3 => [6, 8, 10],
            4 => [4, 6, 8],
            _ => [4, 4, 6],
        }[age];
        let bar = beats * TICKS_PER_BEAT;
        let ticks = 4 * bars_per_section * bar;
        let [fastest, slowest] = SECONDS.map(|seconds| seconds * SAMPLE_RATE / ticks);
        let fastest = fastest.max(SAMPLES_PER_TICK[0]);
        let slowest = slowest.min(SAMPLES_PER_TICK[1]).max(fastest);
        let samples_per_tick = fastest + stream.below(slowest - fastest + 1);
        let swing = stream.pick(&[0, 0, 0, 1, 2]);
        Self {
            beats,
            bar,
            bars_per_section,
            samples_per_tick,
            swing,
        }
    }

    /// 32 slow bars: 111 seconds.
    pub(super) const fn genesis() -> Self {
        Self {
            beats: 4,
            bar: 4 * TICKS_PER_BEAT,
            bars_per_section: 8,
            samples_per_tick: 1600,
            swing: 0,
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

    /// The section at a tick.
    pub(super) const fn kind_at(&self, tick: u32) -> SectionKind {
        KINDS[(tick / self.section()) as usize % KINDS.len()]
    }

    /// A tick on the sixteenth grid, moved where the piece swings.
    pub(super) const fn swung(&self, tick: u32) -> u32 {
        if tick % 12 == 6 {
            tick + self.swing
        } else {
            tick
        }
    }
}
