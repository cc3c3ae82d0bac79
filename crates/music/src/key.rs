//! A root and a mode: where the degrees of a scale lie.

use crate::random::Stream;

/// Seven degrees, in cents above the root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mode(pub [i16; 7]);

impl Mode {
    /// Harmonics 8 to 14 of one tone: the scale of Genesis, before there was any temperament.
    pub const OVERTONES: Self = Self([0, 204, 386, 551, 702, 841, 969]);
}

const LYDIAN: i8 = 0;
const IONIAN: i8 = 1;
const MIXOLYDIAN: i8 = 2;
const DORIAN: i8 = 3;
const AEOLIAN: i8 = 4;
const PHRYGIAN: i8 = 5;
const HARMONIC_MINOR: i8 = 6;
const MELODIC_MINOR: i8 = 7;
const ACOUSTIC: i8 = 8;

/// The modes: Lydian, Ionian, Mixolydian, Dorian, Aeolian, Phrygian, harmonic minor, melodic minor, acoustic.
pub const MODES: [Mode; 9] = [
    Mode([0, 200, 400, 600, 700, 900, 1100]),
    Mode([0, 200, 400, 500, 700, 900, 1100]),
    Mode([0, 200, 400, 500, 700, 900, 1000]),
    Mode([0, 200, 300, 500, 700, 900, 1000]),
    Mode([0, 200, 300, 500, 700, 800, 1000]),
    Mode([0, 100, 300, 500, 700, 800, 1000]),
    Mode([0, 200, 300, 500, 700, 800, 1100]),
    Mode([0, 200, 300, 500, 700, 900, 1100]),
    Mode([0, 200, 400, 600, 700, 900, 1000]),
];

/// The family of each element by atomic number, from 0 to 118: the categories of the table in the order of [`CHOICES`],
/// as digits. A table of its own, because the names that come with the protocol's would not fit into the synth.
const FAMILIES: &[u8; 119] = b"00123400001235400012366666666665440012366666666665544012377777777777777766666666655554123888888888888888666669999999999";

/// The modes of each family, among which the hash chooses: reactive nonmetals, noble gases, alkali metals, alkaline
/// earth metals, metalloids, post-transition metals, transition metals, lanthanides, actinides, unknown.
const CHOICES: [[i8; 4]; 10] = [
    [IONIAN, DORIAN, MIXOLYDIAN, AEOLIAN],
    [LYDIAN, IONIAN, ACOUSTIC, LYDIAN],
    [MIXOLYDIAN, DORIAN, AEOLIAN, LYDIAN],
    [IONIAN, MIXOLYDIAN, AEOLIAN, DORIAN],
    [DORIAN, MELODIC_MINOR, AEOLIAN, ACOUSTIC],
    [AEOLIAN, DORIAN, PHRYGIAN, MELODIC_MINOR],
    [DORIAN, AEOLIAN, LYDIAN, HARMONIC_MINOR],
    [LYDIAN, ACOUSTIC, DORIAN, MIXOLYDIAN],
    [PHRYGIAN, AEOLIAN, HARMONIC_MINOR, DORIAN],
    [PHRYGIAN, MELODIC_MINOR, ACOUSTIC, HARMONIC_MINOR],
];

/// The mode of a piece: its element's family offers, the hash chooses. Creation has the overtones.
pub(crate) fn choose_mode(z: u8, stream: &mut Stream) -> Mode {
    let family = usize::from(FAMILIES[usize::from(z)] - b'0');
    match CHOICES.get(family) {
        Some(modes) if z > 0 => MODES[stream.pick(modes) as usize],
        _ => Mode::OVERTONES,
    }
}

/// A root and its mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The root in cents above MIDI note 0, in 4,800..6,000 (the octave below middle C).
    pub root_cents: i32,
    /// The degrees above it.
    pub mode: Mode,
}

impl Key {
    /// A degree's pitch in cents above MIDI note 0: degree 0 is the root, 7 its octave, -1 the degree below it.
    pub fn cents(&self, degree: i32) -> i32 {
        let step = degree.rem_euclid(7).unsigned_abs() as usize;
        self.root_cents + 1200 * degree.div_euclid(7) + i32::from(self.mode.0[step])
    }

    /// Whether a pitch is one of the mode's degrees in some octave.
    pub fn has(&self, cents: i32) -> bool {
        let within = (cents - self.root_cents).rem_euclid(1200);
        self.mode
            .0
            .iter()
            .any(|&degree| i32::from(degree) == within)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atomine_protocol::{Category, Element};

    #[test]
    fn families_are_the_protocols_categories() {
        for element in Element::all() {
            let family = match element.category {
                None | Some(Category::ReactiveNonmetal) => b'0',
                Some(Category::NobleGas) => b'1',
                Some(Category::AlkaliMetal) => b'2',
                Some(Category::AlkalineEarthMetal) => b'3',
                Some(Category::Metalloid) => b'4',
                Some(Category::PostTransitionMetal) => b'5',
                Some(Category::TransitionMetal) => b'6',
                Some(Category::Lanthanide) => b'7',
                Some(Category::Actinide) => b'8',
                Some(Category::Unknown) => b'9',
            };
            assert_eq!(FAMILIES[usize::from(element.z)], family, "{}", element.name);
        }
    }
}
