//! The music keeps its promises: a sample of the real Atoms. `cargo xtask audit-sound` measures hundreds.
#![allow(missing_docs)]

use atomine_audit::{PROMISES, distances, measure};
use atomine_protocol::{Atom, TokenId};

fn real_atoms(step: usize) -> impl Iterator<Item = Atom> {
    let csv = include_str!("../../../tests/vectors/pownft-atoms.csv");
    csv.lines().skip(1).step_by(step).map(|line| {
        let columns: Vec<_> = line.split(',').collect();
        Atom {
            id: TokenId::new(columns[0].parse().expect("a number")).expect("not 0"),
            hash: columns[1].parse().expect("a hash"),
        }
    })
}

#[test]
fn every_piece_of_a_sample_keeps_them() {
    for atom in real_atoms(101) {
        let measures = measure(&atom);
        for promise in &PROMISES {
            let value = (promise.of)(&measures);
            let kept = promise.is_kept(&measures);
            assert!(kept, "{}: {} is {value}", atom.title(), promise.name);
        }
    }
}

#[test]
fn single_bits_are_heard() {
    let Some(atom) = real_atoms(500).nth(1) else {
        panic!("there are more than 500");
    };
    let pieces = [0, 100, 255].map(|bit: usize| {
        let mut neighbour = atom;
        neighbour.hash.0[bit / 8] ^= 0x80 >> (bit % 8);
        (neighbour.atomic_number(), measure(&neighbour))
    });
    let far = distances(&pieces);
    assert!(
        far.nearest.iter().all(|&far| far > 1.0),
        "{:?}",
        far.nearest
    );
}
