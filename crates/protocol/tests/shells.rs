//! Electron shells of elements and ions.
#![allow(missing_docs)]

use atomine_protocol::{Atom, Element, Shells, TokenId};

fn shells(z: u8) -> Shells {
    Element::get(z).expect("in the table").shells()
}

#[test]
fn well_known_elements() {
    let known: [(u8, Shells); 24] = [
        (0, [0, 0, 0, 0, 0, 0, 0]),
        (1, [1, 0, 0, 0, 0, 0, 0]),
        (6, [2, 4, 0, 0, 0, 0, 0]),
        (18, [2, 8, 8, 0, 0, 0, 0]),
        (20, [2, 8, 8, 2, 0, 0, 0]),
        (24, [2, 8, 13, 1, 0, 0, 0]),
        (26, [2, 8, 14, 2, 0, 0, 0]),
        (29, [2, 8, 18, 1, 0, 0, 0]),
        (42, [2, 8, 18, 13, 1, 0, 0]),
        (46, [2, 8, 18, 18, 0, 0, 0]),
        (47, [2, 8, 18, 18, 1, 0, 0]),
        (54, [2, 8, 18, 18, 8, 0, 0]),
        (57, [2, 8, 18, 18, 9, 2, 0]),
        (58, [2, 8, 18, 19, 9, 2, 0]),
        (64, [2, 8, 18, 25, 9, 2, 0]),
        (71, [2, 8, 18, 32, 9, 2, 0]),
        (78, [2, 8, 18, 32, 17, 1, 0]),
        (79, [2, 8, 18, 32, 18, 1, 0]),
        (86, [2, 8, 18, 32, 18, 8, 0]),
        (90, [2, 8, 18, 32, 18, 10, 2]),
        (92, [2, 8, 18, 32, 21, 9, 2]),
        (94, [2, 8, 18, 32, 24, 8, 2]),
        (103, [2, 8, 18, 32, 32, 8, 3]),
        (118, [2, 8, 18, 32, 32, 18, 8]),
    ];
    for (z, expected) in known {
        assert_eq!(shells(z), expected, "element {z}");
    }
}

#[test]
fn every_element_has_as_many_electrons_as_protons_within_shell_capacities() {
    for element in Element::all() {
        let shells = element.shells();
        assert_eq!(shells.iter().sum::<u8>(), element.z, "{}", element.name);
        for (n, electrons) in (1..).zip(shells) {
            assert!(electrons <= 2 * n * n, "{}", element.name);
        }
        // The period is the outermost shell, but for palladium, which has given its own away.
        let occupied = shells.iter().filter(|&&electrons| electrons > 0).count();
        let expected = if element.symbol == "Pd" {
            4
        } else {
            usize::from(element.period)
        };
        assert_eq!(occupied, expected, "{}", element.name);
    }
}

#[test]
fn every_ion_of_the_real_atoms_has_its_charge() {
    let mut ions = 0;
    for line in include_str!("../../../tests/vectors/pownft-atoms.csv")
        .lines()
        .skip(1)
    {
        let mut cells = line.split(',');
        let id = cells
            .next()
            .and_then(|id| TokenId::new(id.parse().ok()?))
            .expect("an id");
        let hash = cells
            .next()
            .and_then(|hash| hash.parse().ok())
            .expect("a hash");
        let traits = Atom { id, hash }.traits();
        let electrons: u8 = traits.shells().iter().sum();
        assert_eq!(
            i16::from(traits.element.z) - i16::from(electrons),
            traits.charge.into(),
            "{line}"
        );
        ions += u32::from(traits.charge != 0);
    }
    assert_eq!(ions, 301);
}
