//! A search finds what solves its job by the protocol's own hash, and never works where another does.

use std::{collections::HashSet, num::NonZeroUsize, time::Instant};

use atomine_keccak::Portable;
use atomine_mine::{AnyKernel, Search, message::Job, native};
use atomine_protocol::{Address, Nonce, PrevHash, work_hash};

/// A job that one hash in `one_in` (a power of two up to 2^63) solves.
fn job(one_in: u64) -> Job {
    let mut target = [0; 32];
    target[..8].copy_from_slice(&(u64::MAX / one_in + 1).to_be_bytes());
    Job {
        number: 7,
        sender: [0x11; 20],
        prev_hash: [0x22; 32],
        target,
    }
}

fn unsolvable() -> Job {
    Job {
        target: [0; 32],
        ..job(2)
    }
}

fn solves(job: &Job, nonce: Nonce) -> bool {
    hash(job, nonce) < job.target
}

fn hash(job: &Job, nonce: Nonce) -> [u8; 32] {
    let prev_hash = PrevHash::from(job.prev_hash);
    work_hash(Address::from(job.sender), prev_hash, nonce).0.0
}

fn kernel() -> AnyKernel {
    AnyKernel::new::<Portable>()
}

fn start(job: Job, seed: u8) -> Search {
    Search::new(job, [seed; 24])
}

#[test]
fn finds_many_different_nonces_that_solve_the_job() {
    let job = job(1 << 8);
    let mut search = start(job.clone(), 1);
    let mut found = HashSet::new();
    let mut hashes = 0;
    while hashes < 100_000 {
        let batch = search.run(&mut kernel(), 1000).unwrap();
        hashes += batch.hashes;
        if let Some(nonce) = batch.found {
            assert!(solves(&job, nonce));
            assert!(found.insert(nonce), "{nonce} came twice");
        }
    }
    // 391 expected, standard deviation 20.
    assert!((290..490).contains(&found.len()), "{}", found.len());
}

#[test]
fn batches_of_any_size_make_one_walk() {
    let whole = {
        let mut search = start(unsolvable(), 2);
        search.run(&mut kernel(), 1000).unwrap();
        search.best_hash()
    };
    let mut search = start(unsolvable(), 2);
    for count in [1, 2, 3, 0, 94, 900] {
        assert_eq!(search.run(&mut kernel(), count).unwrap().hashes, count);
    }
    assert_eq!(search.best_hash(), whole);
}

#[test]
fn keeps_the_seed_and_counts_in_the_middle() {
    let mut search = start(job(2), 0xab);
    let mut last = None;
    for _ in 0..20 {
        let nonce = search.run(&mut kernel(), 64).unwrap().found.unwrap().0.0;
        let (before, rest) = nonce.split_at(20);
        let (counter, after) = rest.split_at(8);
        assert!(before.iter().chain(after).all(|&byte| byte == 0xab));
        // The counter's second byte stands fifth.
        assert_eq!(counter[1..4], [0; 3]);
        let counter = [counter[4], counter[0]];
        assert!(last < Some(counter));
        last = Some(counter);
    }
}

#[test]
fn best_hash_is_the_smallest_so_far() {
    let mut search = start(unsolvable(), 3);
    assert_eq!(search.best_hash(), [0xff; 32]);
    let mut best = search.best_hash();
    for _ in 0..10 {
        search.run(&mut kernel(), 500).unwrap();
        assert!(search.best_hash() <= best);
        best = search.best_hash();
    }
    // 5000 hashes without one of 4 leading zero bits: less likely than 10^-140.
    assert!(best[0] < 0x10);
}

#[test]
fn the_found_hash_is_the_best() {
    let job = job(64);
    let mut search = start(job.clone(), 4);
    let nonce = search.run(&mut kernel(), 100_000).unwrap().found.unwrap();
    assert_eq!(search.best_hash(), hash(&job, nonce));
}

#[test]
fn threads_find_what_solves_the_job() {
    let job = job(1 << 16);
    let threads = NonZeroUsize::new(3).unwrap();
    let nonce = native::search(&job, threads, None, |_| {}).unwrap();
    assert!(solves(&job, nonce.unwrap()));
}

#[test]
fn threads_stop_at_the_deadline_and_tell_how_far_they_came() {
    let deadline = Instant::now() + std::time::Duration::from_millis(700);
    let mut told = Vec::new();
    let nonce = native::search(
        &unsolvable(),
        NonZeroUsize::MIN,
        Some(deadline),
        |progress| {
            told.push(progress);
        },
    );
    assert_eq!(nonce, Ok(None));
    assert!(told.is_sorted_by(|a, b| a.hashes <= b.hashes && a.best >= b.best));
    assert!(!told.is_empty());
}
