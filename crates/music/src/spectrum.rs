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
    /// How strong it is: the square root of its relative intensity, times 255, in steps of 17.
    pub level: u8,
}

/// Up to six lines of an element, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spectrum {
    lines: [Line; 6],
}

impl Spectrum {
    /// The lines of element `z`; those without any take the lines of the element above, lowered.
    ///
    /// Creation (0) has the 21-centimetre line and its harmonics.
    pub fn of(z: u8) -> Self {
        if z == 0 {
            return Self::creation();
        }
        let mut row = usize::from(z);
        let mut lowered = 0;
        while EMISSION_LINES.get(row).is_none_or(|lines| lines[6] == 0) {
            // 32 elements up is one row up, for all that have no lines: astatine, francium and 100 to 118.
            row -= 32;
            lowered += ROW_CENTS;
        }
        let packed = &EMISSION_LINES[row];
        Self {
            lines: core::array::from_fn(|index| Line {
                cents: RED_CENTS - lowered + 5 * i32::from(packed[index]),
                level: (packed[6 + index / 2] >> (4 * (index % 2)) & 15) * 17,
            }),
        }
    }

    fn creation() -> Self {
        // Harmonics 1, 3, 5, 7, 9 and 11, as pitches within one octave.
        let lines = [0, 702, 386, 969, 204, 551].map(|cents| Line {
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
    pub(crate) fn partials(&self) -> [(i16, u8); 7] {
        let mut partials = [(0, 0); 7];
        partials[0] = (0, 255);
        partials[1] = (1200, 70);
        for (index, line) in self.lines.iter().enumerate().skip(1) {
            let octave = 1 + index as i32 / 2;
            let cents = 1200 * octave + self.interval(index);
            let level = u32::from(line.level) * 3 / (4 + 3 * octave.unsigned_abs());
            partials[index + 1] = (cents as i16, level as u8);
        }
        partials
    }

    /// The harmonics of the element's pad: falling as 1/n, and raised where its lines lie between red (1) and violet
    /// (16).
    pub(crate) fn harmonics(&self) -> [u8; 16] {
        let mut harmonics = core::array::from_fn(|n| 64 / (n as u8 + 1));
        for line in self.lines() {
            let place = ((line.cents - RED_CENTS).max(0) as usize / 80).min(15);
            let harmonic = &mut harmonics[place];
            *harmonic = u8::saturating_add(*harmonic, line.level / (place as u8 + 1));
        }
        harmonics[0] = 255;
        harmonics
    }
}
