//! The music keeps its promises: a few of the real Atoms. `cargo xtask audit-sound` measures hundreds.
#![allow(missing_docs)]

use atomine_audit::{PROMISES, measure};
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
    for atom in real_atoms(211) {
        let measures = measure(&atom);
        for promise in &PROMISES {
            let value = (promise.of)(&measures);
            let kept = promise.is_kept(&measures);
            assert!(kept, "{}: {} is {value}", atom.title(), promise.name);
        }
    }
}
