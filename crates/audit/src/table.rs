//! `cargo xtask audit-sound`: what the real Atoms sound like, measured.

use crate::{error::Error, project, variants};
use atomine_audit::{Distances, Features, Measures, PROMISES, Promise, Yardstick, measure};
use atomine_protocol::{Atom, TokenId};
use fs_err as fs;
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// The nearest neighbour of a piece must be so many times farther than its two halves are from each other.
const DISTINCT: f64 = 3.0;
/// So many Atoms are compared with one whose hash is one bit apart, and with themselves played again.
const COMPARED: usize = 16;

/// Renders `count` of the real Atoms, spread evenly, and prints each measure's least, middle and greatest value. An
/// error where a promise is broken.
pub(crate) fn audit(count: usize, threads: usize) -> Result<(), Error> {
    let atoms = spread(&real_atoms()?, count);
    let pieces = on_all(threads, &atoms, |_, atom| measured(atom));
    println!(
        "{} Atoms{:>27}{:>11}{:>11}{:>9}",
        pieces.len(),
        "least",
        "middle",
        "most",
        "broken"
    );
    let mut broken = 0;
    for promise in &PROMISES {
        let values = pieces.iter().map(|(_, piece)| (promise.of)(piece));
        let misses = pieces.iter().filter(|(_, piece)| !promise.is_kept(piece));
        broken += print_row(promise.name, values.collect(), misses.count());
    }
    broken += likeness(&pieces, &atoms, threads);
    if broken > 0 {
        return Err(Error::Broken(broken));
    }
    Ok(())
}

/// Prints how far the pieces are from each other, from those one bit apart, and from themselves played again; how many
/// are not as they should be.
fn likeness(pieces: &[(u8, Measures)], atoms: &[Atom], threads: usize) -> usize {
    let yardstick = Yardstick::of(pieces);
    let Distances {
        nearest,
        within,
        between,
    } = yardstick.among(pieces);
    let alike = |far: &[f64]| far.iter().filter(|&&far| far < DISTINCT).count();
    let mut broken = print_row(
        "nearest neighbour, halves",
        nearest.clone(),
        alike(&nearest),
    );
    // Genesis is written, not drawn: another hash would change little.
    let drawn: Vec<(Atom, &Features)> = atoms
        .iter()
        .zip(pieces)
        .filter(|(atom, _)| atom.id != TokenId::GENESIS)
        .map(|(atom, (_, piece))| (*atom, &piece.features))
        .collect();
    let some = spread(&drawn, COMPARED);
    let compared = |other: fn(usize, &Atom) -> Measures| {
        on_all(threads, &some, |index, (atom, features)| {
            yardstick.distance(features, &other(index, atom).features)
        })
    };
    let apart = compared(|index, atom| variants::one_bit_apart(atom, 37 + 53 * index));
    broken += print_row("one bit apart, halves", apart.clone(), alike(&apart));
    let again = compared(|_, atom| variants::played_again(atom));
    broken += print_row(
        "played again, halves",
        again.clone(),
        again.len() - alike(&again),
    );
    println!("mean distance: {within:.3} within an element, {between:.3} between elements");
    broken + usize::from(pieces.len() > 100 && within >= between)
}

/// What `work` makes of each Atom, in their order, the next one for whichever thread is free.
fn on_all<A: Sync, T: Send>(
    threads: usize,
    atoms: &[A],
    work: impl Fn(usize, &A) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let share = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(atom) = atoms.get(index) else {
                return done;
            };
            done.push((index, work(index, atom)));
        }
    };
    let mut done: Vec<(usize, T)> = thread::scope(|scope| {
        let parts: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(share)).collect();
        let parts = parts.into_iter().map(thread::ScopedJoinHandle::join);
        // A panic while measuring is a bug of these measures.
        parts.flat_map(|part| part.expect("no panic")).collect()
    });
    done.sort_by_key(|&(index, _)| index);
    done.into_iter().map(|(_, done)| done).collect()
}

/// Prints a row and hands `broken` on.
fn print_row(name: &str, mut values: Vec<f64>, broken: usize) -> usize {
    values.sort_by(f64::total_cmp);
    if let (Some(least), Some(middle), Some(most)) =
        (values.first(), values.get(values.len() / 2), values.last())
    {
        println!("{name:<29}{least:>11.4}{middle:>11.4}{most:>11.4}{broken:>9}");
    }
    broken
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

fn spread<T: Copy>(atoms: &[T], count: usize) -> Vec<T> {
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
