//! `cargo xtask audit-sound`: what the real Atoms sound like, measured.

use crate::{error::Error, project};
use atomine_audit::{Distances, Measures, PROMISES, Promise, distances, measure};
use atomine_protocol::{Atom, TokenId};
use fs_err as fs;
use std::thread;

/// The nearest neighbour of a piece must be so many times farther than its two halves are from each other.
const DISTINCT: f64 = 3.0;

/// Renders `count` of the real Atoms, spread evenly, and prints each measure's least, middle and greatest value. An
/// error where a promise is broken.
pub(crate) fn audit(count: usize, threads: usize) -> Result<(), Error> {
    let atoms = spread(&real_atoms()?, count);
    let share = atoms.len().div_ceil(threads.max(1)).max(1);
    let pieces: Vec<(u8, Measures)> = thread::scope(|scope| {
        let parts: Vec<_> = atoms
            .chunks(share)
            .map(|part| scope.spawn(|| part.iter().map(measured).collect::<Vec<_>>()))
            .collect();
        parts
            .into_iter()
            .flat_map(|part| part.join().unwrap_or_default())
            .collect()
    });
    println!(
        "{} Atoms{:>24}{:>11}{:>11}{:>9}",
        pieces.len(),
        "least",
        "middle",
        "most",
        "broken"
    );
    let mut broken = 0;
    for promise in &PROMISES {
        let values = pieces
            .iter()
            .map(|(_, piece)| (promise.of)(piece))
            .collect();
        let misses = pieces
            .iter()
            .filter(|(_, piece)| !promise.is_kept(piece))
            .count();
        print_row(promise.name, values, misses);
        broken += misses;
    }
    let far = distances(&pieces);
    let alike = far.nearest.iter().filter(|&&far| far < DISTINCT).count();
    print_row("nearest neighbour, halves", far.nearest.clone(), alike);
    print_groups(&far);
    if broken + alike > 0 || pieces.len() != atoms.len() || far.within >= far.between {
        return Err(Error::Broken(broken + alike));
    }
    Ok(())
}

fn print_row(name: &str, mut values: Vec<f64>, misses: usize) {
    values.sort_by(f64::total_cmp);
    if let (Some(least), Some(middle), Some(most)) =
        (values.first(), values.get(values.len() / 2), values.last())
    {
        println!("{name:<26}{least:>11.4}{middle:>11.4}{most:>11.4}{misses:>9}");
    }
}

fn print_groups(far: &Distances) {
    println!(
        "mean distance: {:.3} within an element, {:.3} between elements",
        far.within, far.between
    );
}

/// Measures one Atom and says what it breaks.
fn measured(atom: &Atom) -> (u8, Measures) {
    let measures = measure(atom);
    for promise in PROMISES
        .iter()
        .filter(|promise| !promise.is_kept(&measures))
    {
        let Promise { name, of, .. } = promise;
        eprintln!("{}: {name} {:.4}", atom.title(), of(&measures));
    }
    (atom.atomic_number(), measures)
}

fn spread(atoms: &[Atom], count: usize) -> Vec<Atom> {
    let count = count.clamp(1, atoms.len().max(1));
    (0..count)
        .filter_map(|index| atoms.get(index * atoms.len() / count).copied())
        .collect()
}

/// The Atoms in the vector file.
fn real_atoms() -> Result<Vec<Atom>, Error> {
    let path = project("tests/vectors/pownft-atoms.csv");
    let text = fs::read_to_string(&path)?;
    let atoms = text.lines().skip(1).filter_map(|line| {
        let (id, rest) = line.split_once(',')?;
        let hash = rest.split(',').next()?.parse().ok()?;
        let id = TokenId::new(id.parse().ok()?)?;
        Some(Atom { id, hash })
    });
    Ok(atoms.collect())
}
