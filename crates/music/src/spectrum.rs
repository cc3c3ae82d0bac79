//! An element's light as sound: its emission lines, forty octaves down.

use crate::emission::EMISSION_LINES;

/// 780 nm, the end of red, 40 octaves lower: 349.57 Hz, in cents above MIDI note 0.
const RED_CENTS: i32 = 6502;
/// The 21-centimetre line of hydrogen (1,420.4 MHz), the first light of all matter, 22 octaves lower: 338.65 Hz.
const FIRST_LIGHT_CENTS: i32 = 6447;
/// Elements without measured lines sound like the element above them in the table, so much lower for each row.
const ROW_CENTS: i32 = 150;

/// An emission line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its pitch 40 octaves down, in cents above MIDI note 0: 6,502 (780 nm) to 7,750 (380 nm).
    pub cents: i32,
    /// How strong it is: the square root of its relative intensity, times 255.
    pub level: u8,
}

/// Up to eight lines of an element, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spectrum {
    lines: [Line; 8],
}

impl Spectrum {
    /// The lines of element `z`; those without any take the lines of the element above, lowered.
    ///
    /// Creation (0) has the 21-centimetre line and its harmonics.
    #[inline(never)]
    pub fn of(z: u8) -> Self {
        if z == 0 {
            return Self::creation();
        }
        let mut row = usize::from(z);
        let mut lowered = 0;
        while EMISSION_LINES.get(row).is_none_or(|lines| lines[0].1 == 0) {
            // 32 elements up is one row up, for all that have no lines: astatine, francium and 100 to 118.
            row -= 32;
            lowered += ROW_CENTS;
        }
        let lines = EMISSION_LINES[row].map(|(step, level)| Line {
            cents: RED_CENTS - lowered + 5 * i32::from(step),
            level,
        });
        Self { lines }
    }

    #[inline(never)]
    fn creation() -> Self {
        // Harmonics 1, 3, 5, 7, 9, 11, 13 and 2, as pitches within one octave.
        let lines = [0, 702, 386, 969, 204, 551, 841, 0].map(|cents| Line {
            cents: FIRST_LIGHT_CENTS + cents,
            level: 128,
        });
        Self { lines }
    }

    /// The lines, the strongest first.
    pub fn lines(&self) -> impl Iterator<Item = Line> + '_ {
        self.lines.iter().copied().filter(|line| line.level > 0)
    }

    /// The root: the strongest line, in the octave below middle C (4,800 to 5,999 cents).
    #[inline(never)]
    pub fn root_cents(&self) -> i32 {
        4800 + self.lines[0].cents.rem_euclid(1200)
    }

    /// How far line `index` is above the strongest, within an octave; 0 where there is none.
    pub(crate) fn interval(&self, index: usize) -> i32 {
        match self.lines.get(index) {
            Some(line) if line.level > 0 => (line.cents - self.lines[0].cents).rem_euclid(1200),
            _ => 0,
        }
    }

    /// The partials of the element's bell: the note itself, its octave, then the lines, two in each higher octave and
    /// softer with each: cents above the note, and level.
    #[inline(never)]
    pub(crate) fn partials(&self) -> [(i16, u8); 8] {
        let mut partials = [(0, 0); 8];
        partials[0] = (0, 255);
        partials[1] = (1200, 70);
        for (index, line) in self.lines.iter().enumerate().skip(1).take(6) {
            let octave = 1 + index as i32 / 2;
            let cents = 1200 * octave + self.interval(index);
            let level = u32::from(line.level) * 3 / (4 + 3 * octave.unsigned_abs());
            partials[index + 1] = (cents as i16, level as u8);
        }
        partials
    }

    /// The harmonics of the element's pad: falling as 1/n, and raised where its lines lie between red (1) and violet
    /// (16).
    #[inline(never)]
    pub(crate) fn harmonics(&self) -> [u8; 16] {
        let mut weights = [0_u32; 16];
        for (index, line) in self.lines().enumerate() {
            let place = (RED_CENTS + 1249 - line.cents).clamp(0, 1249) as usize * 16 / 1250;
            // Red lines are low harmonics, violet ones high.
            weights[15 - place] += u32::from(line.level) / (1 + index as u32 / 3);
        }
        let mut harmonics = [0; 16];
        for (n, (harmonic, weight)) in (1_u32..).zip(harmonics.iter_mut().zip(weights)) {
            *harmonic = ((64 + weight) / n).min(255) as u8;
        }
        harmonics[0] = 255;
        harmonics
    }
}
