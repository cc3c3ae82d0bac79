//! An Atom and everything its number and hash say about it.

use crate::{
    AtomHash, Element, Palette, Shells, TokenId,
    element::ion_charges,
    periodic_table::ELEMENTS,
    shells::{ionised, neutral},
};
use core::fmt;

/// One token of a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Atom {
    /// Its number.
    pub id: TokenId,
    /// Its own hash (not its work hash).
    pub hash: AtomHash,
}

/// What an Atom is, as a function of its number and hash alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Traits {
    /// `bit_length(id) - 1`, 0 for Genesis alone.
    pub generation: u32,
    /// Its element; Creation for Genesis.
    pub element: &'static Element,
    /// Ionic charge in elementary charges, -3 to 7; 0 for a neutral Atom.
    pub charge: i8,
    /// Its two colours.
    pub palette: Palette,
    /// How fast the nucleus moves, in 1/30 to 1/10.
    pub nucleus_rate: f64,
    /// First scale of the motion, 0.7 to 1.
    pub zoom1: f64,
    /// Second scale of the motion, 0.8 to 1.
    pub zoom2: f64,
}

impl Atom {
    /// Everything the number and hash say.
    pub fn traits(&self) -> Traits {
        let [_, _, _, _, _, _, _, hi, lo, mid, rate, zoom1, zoom2, ..] = self.hash.0.0;
        let generation = self.id.generation();
        let z = self.atomic_number();
        let element = ELEMENTS.get(usize::from(z)).unwrap_or(&ELEMENTS[0]);
        // Genesis is white, and moves as if its hash were all ones.
        let (palette, rate, zoom1, zoom2) = if self.id == TokenId::GENESIS {
            (Palette::WHITE, u8::MAX, u8::MAX, u8::MAX)
        } else {
            (Palette::of_bytes(hi, lo, mid), rate, zoom1, zoom2)
        };
        Traits {
            generation,
            element,
            charge: self.charge(),
            palette,
            // The order of these operations is part of the rule: their rounding shows in the last digit.
            nucleus_rate: 1.0 / (10.0 + 20.0 * f64::from(rate) / 255.0),
            zoom1: 0.7 + 0.3 * (f64::from(zoom1) / 255.0),
            zoom2: 0.8 + 0.2 * (f64::from(zoom2) / 255.0),
        }
    }

    /// The number of its element in the periodic table, 0 to 118; 0 for Genesis.
    pub fn atomic_number(&self) -> u8 {
        let [h0, h1, h2, h3, h4, ..] = self.hash.0.0;
        atomic_number(self.id.generation(), [h0, h1, h2, h3, h4])
    }

    /// Its ionic charge in elementary charges, -3 to 7; 0 for a neutral Atom.
    pub fn charge(&self) -> i8 {
        let [_, _, _, _, _, ion, ion_choice, ..] = self.hash.0.0;
        charge(ion_charges(self.atomic_number()), ion, ion_choice)
    }

    /// The electrons of its shells, as [`Traits::shells`] tells them.
    pub fn shells(&self) -> Shells {
        ionised(neutral(self.atomic_number()), self.charge())
    }

    /// What it is called: `#12 Carbon`, and `#1 Genesis`.
    pub fn title(&self) -> impl fmt::Display + use<> {
        let name = match self.id {
            TokenId::GENESIS => "Genesis",
            _ => self.traits().element.name,
        };
        Title { id: self.id, name }
    }
}

struct Title {
    id: TokenId,
    name: &'static str,
}

impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{} {}", self.id, self.name)
    }
}

/// `ceil(max · r^e)` with `r = h / (2^40 - 1)`, `h` the big-endian number in `bytes`: linear in the
/// first eight generations, quadratic (heavy elements are rare) from then on. In whole numbers, exactly.
fn atomic_number(generation: u32, bytes: [u8; 5]) -> u8 {
    let max: u64 = match generation {
        0 => 0,
        1..=2 => 2,
        3..=4 => 10,
        5..=6 => 18,
        7..=8 => 36,
        9..=10 => 54,
        11..=12 => 86,
        _ => 118,
    };
    let h = bytes
        .iter()
        .fold(0, |number, &byte| number << 8 | u64::from(byte));
    let one = (1 << 40) - 1;
    let mut share = max * h;
    let mut rest = 0;
    if generation >= 8 {
        // share · h / one, digit by digit: the synth has no room for a product of 128 bits.
        let mut quotient = 0;
        for bit in (0..40).rev() {
            rest = 2 * rest + share * (h >> bit & 1);
            quotient = 2 * quotient + rest / one;
            rest %= one;
        }
        share = quotient;
    }
    let rounded_up = share / one + u64::from(share % one + rest > 0);
    u8::try_from(rounded_up).unwrap_or(u8::MAX)
}

/// One Atom in three is an ion, where its element forms any.
fn charge(charges: &[i8], ion: u8, choice: u8) -> i8 {
    if !ion.is_multiple_of(3) || charges.is_empty() {
        return 0;
    }
    charges
        .get(usize::from(choice) % charges.len())
        .copied()
        .unwrap_or(0)
}
