//! How an element's electrons lie in its shells, as ground-state atoms have them.

use crate::{Element, Traits};

/// Electrons in each shell, the innermost (K) first; 0 where a shell is empty.
pub type Shells = [u8; 7];

/// Subshells in the order in which they fill (Madelung's rule): shell number and capacity.
const FILLING_ORDER: [(u8, u8); 19] = [
    (1, 2),
    (2, 2),
    (2, 6),
    (3, 2),
    (3, 6),
    (4, 2),
    (3, 10),
    (4, 6),
    (5, 2),
    (4, 10),
    (5, 6),
    (6, 2),
    (4, 14),
    (5, 10),
    (6, 6),
    (7, 2),
    (5, 14),
    (6, 10),
    (7, 6),
];

/// Where measured ground states differ from that order: how many electrons sit in the second shell
/// named here instead of the first. Beyond lawrencium nothing is measured.
const fn displaced(z: u8) -> Option<(usize, usize, u8)> {
    Some(match z {
        24 | 29 => (4, 3, 1),
        41 | 42 | 44 | 45 | 47 => (5, 4, 1),
        46 => (5, 4, 2),
        57 | 58 | 64 => (4, 5, 1),
        78 | 79 => (6, 5, 1),
        89 | 91..=93 | 96 => (5, 6, 1),
        90 => (5, 6, 2),
        103 => (6, 7, 1),
        _ => return None,
    })
}

impl Element {
    /// The shells of the neutral atom; all empty for Creation.
    pub fn shells(&self) -> Shells {
        neutral(self.z)
    }
}

impl Traits {
    /// The shells of this very Atom: an ion lacks electrons in its outermost shells, or has more in
    /// the outermost.
    pub fn shells(&self) -> Shells {
        ionised(self.element.shells(), self.charge)
    }
}

/// The shells of the neutral atom with `z` electrons.
pub(crate) fn neutral(z: u8) -> Shells {
    let mut shells = Shells::default();
    let mut left = z;
    for (shell, capacity) in FILLING_ORDER {
        let electrons = capacity.min(left);
        shells[usize::from(shell) - 1] += electrons;
        left -= electrons;
    }
    if let Some((from, to, electrons)) = displaced(z) {
        shells[from - 1] -= electrons;
        shells[to - 1] += electrons;
    }
    shells
}

/// What is left of neutral shells at a charge.
pub(crate) fn ionised(mut shells: Shells, charge: i8) -> Shells {
    let outermost = shells
        .iter()
        .rposition(|&electrons| electrons > 0)
        .unwrap_or(0);
    if charge < 0 {
        shells[outermost] += charge.unsigned_abs();
        return shells;
    }
    let mut missing = charge.unsigned_abs();
    for electrons in shells.iter_mut().rev() {
        let taken = missing.min(*electrons);
        *electrons -= taken;
        missing -= taken;
    }
    shells
}
