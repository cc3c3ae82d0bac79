//! What is known of an element: its name and its place in the periodic table.

use crate::periodic_table::ELEMENTS;
use core::fmt;

/// A row of the table: an element, or Creation, the element 0 of Genesis.
#[derive(Debug, PartialEq, Eq)]
pub struct Element {
    /// Atomic number, 0 (Creation) to 118.
    pub z: u8,
    /// Symbol, `He` for example; `Genesis` for element 0.
    pub symbol: &'static str,
    /// English name in British spelling; `Creation` for element 0.
    pub name: &'static str,
    /// Period 1 to 7; 0 for Creation.
    pub period: u8,
    /// Group 1 to 18; 0 for Creation and the f-block.
    pub group: u8,
    /// Chemical category; none for Creation.
    pub category: Option<Category>,
}

/// What kind of element it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Category {
    /// Hydrogen, carbon, the halogens and their neighbours.
    ReactiveNonmetal,
    /// Helium to radon.
    NobleGas,
    /// Lithium to francium.
    AlkaliMetal,
    /// Beryllium to radium.
    AlkalineEarthMetal,
    /// B, Si, Ge, As, Sb, Te and At.
    Metalloid,
    /// Al, Ga, In, Sn, Tl, Pb, Bi and Po.
    PostTransitionMetal,
    /// The d-block up to hassium.
    TransitionMetal,
    /// Lanthanum to lutetium.
    Lanthanide,
    /// Actinium to lawrencium.
    Actinide,
    /// Meitnerium and beyond: nobody made enough of them to tell.
    Unknown,
}

impl Category {
    /// The name as the collection's attributes write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ReactiveNonmetal => "Reactive nonmetal",
            Self::NobleGas => "Noble gas",
            Self::AlkaliMetal => "Alkali metal",
            Self::AlkalineEarthMetal => "Alkaline earth metal",
            Self::Metalloid => "Metalloid",
            Self::PostTransitionMetal => "Post-transition metal",
            Self::TransitionMetal => "Transition Metal",
            Self::Lanthanide => "Lanthanide",
            Self::Actinide => "Actinide",
            Self::Unknown => "Unknown",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The `n`th of the `m` elements that share something, by atomic number. Prints as `n/m`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counter {
    /// Which one it is, from 1.
    pub n: u8,
    /// How many there are.
    pub m: u8,
}

impl fmt::Display for Counter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.n, self.m)
    }
}

impl Element {
    /// The element with atomic number `z`; `None` above 118.
    pub fn get(z: u8) -> Option<&'static Self> {
        ELEMENTS.get(usize::from(z))
    }

    /// All rows of the table, Creation first, then by atomic number.
    pub fn all() -> &'static [Self] {
        &ELEMENTS
    }

    /// Which of its period's elements it is; `None` for Creation.
    pub fn period_counter(&self) -> Option<Counter> {
        (self.period != 0).then(|| self.counter(|other| other.period == self.period))
    }

    /// Which of its group's elements it is; `None` where the group is 0.
    pub fn group_counter(&self) -> Option<Counter> {
        (self.group != 0).then(|| self.counter(|other| other.group == self.group))
    }

    /// Which of its category's elements it is; `None` for Creation.
    pub fn category_counter(&self) -> Option<Counter> {
        self.category?;
        Some(self.counter(|other| other.category == self.category))
    }

    fn counter(&self, alike: impl Fn(&Self) -> bool) -> Counter {
        ELEMENTS
            .iter()
            .filter(|other| alike(other))
            .fold(Counter { n: 0, m: 0 }, |count, other| Counter {
                n: count.n + u8::from(other.z <= self.z),
                m: count.m + 1,
            })
    }

    /// The charges an ion of this element may carry; empty where it forms none.
    pub fn ion_charges(&self) -> &'static [i8] {
        ion_charges(self.z)
    }
}

/// Which of [`CHARGES`] each element forms, from 0 to 118, as letters. A table, because the synth has no room for the code
/// of a match.
const KINDS_OF_IONS: &[u8; 119] = b"ababcaaijkabcdaijkabcdlmnonnnpcdeijkabcdemghldobcdomjkabcdddddnnddddddddefgheeoqcqomokabcdersfeldddddnndaaaaaaaaaaaaaaa";

/// The charges of each kind of ion.
const CHARGES: [&[i8]; 19] = [
    &[],
    &[1],
    &[2],
    &[3],
    &[4],
    &[5],
    &[6],
    &[7],
    &[-3],
    &[-2],
    &[-1],
    &[3, 4],
    &[3, 5],
    &[2, 3],
    &[2, 4],
    &[1, 2],
    &[1, 3],
    &[4, 5],
    &[4, 6],
];

/// The charges an ion of element `z` may carry.
pub(crate) fn ion_charges(z: u8) -> &'static [i8] {
    let kind = KINDS_OF_IONS.get(usize::from(z)).unwrap_or(&b'a') - b'a';
    CHARGES.get(usize::from(kind)).unwrap_or(&CHARGES[0])
}
