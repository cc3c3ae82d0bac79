//! The miner keeps its word towards the page, whatever the GPU does: a GPU is played by the reference here.
#![cfg(not(target_arch = "wasm32"))]

use atomine_gpu::{Bound, Dispatch, Found, GpuError, Miner, Plan, Query};
use atomine_mine::{
    Host, NonceSpace, SEED_BYTES,
    message::{FromWorker, Job, ToWorker},
};
use atomine_protocol::{Nonce, work_hash};
use std::{cell::Cell, cell::RefCell};

/// The worker's surroundings.
#[derive(Debug, Default)]
struct Place {
    now_ms: Cell<f64>,
    said: RefCell<Vec<FromWorker>>,
    without_randomness: bool,
}

impl Host for &Place {
    fn now_ms(&self) -> f64 {
        self.now_ms.get()
    }

    fn post(&self, message: &FromWorker) {
        self.said.borrow_mut().push(message.clone());
    }

    fn seed(&self) -> Result<[u8; SEED_BYTES], String> {
        if self.without_randomness {
            return Err("no dice".into());
        }
        Ok([9; SEED_BYTES])
    }
}

impl Place {
    fn pass(&self, ms: f64) {
        self.now_ms.set(self.now_ms.get() + ms);
    }

    fn said(&self) -> Vec<FromWorker> {
        self.said.take()
    }
}

fn job(number: u32, expected_hashes_log2: u32) -> Job {
    let mut target = [0xff; 32];
    target[..8].copy_from_slice(&(u64::MAX >> expected_hashes_log2).to_be_bytes());
    Job {
        number,
        sender: [5; 20],
        prev_hash: [6; 32],
        target,
    }
}

/// A job that nothing solves.
fn hopeless(number: u32) -> Job {
    Job {
        target: [0; 32],
        ..job(number, 0)
    }
}

/// What a GPU without fault answers about `job`.
fn played(job: &Job, query: &Query) -> Found {
    let space = NonceSpace::new([9; SEED_BYTES]);
    let work = space.work(job);
    let keeps = |offset: &u32| {
        let hash = work.hash(query.start.wrapping_add((*offset).into()));
        u64::from_be_bytes(*hash.first_chunk().unwrap()) <= query.bound.top
    };
    Found {
        offsets: (0..query.grid.hashes()).filter(keeps).collect(),
    }
}

fn dispatch(miner: &mut Miner<&Place>) -> Box<Dispatch> {
    match miner.plan() {
        Plan::Dispatch(dispatch) => dispatch,
        other => panic!("{other:?}"),
    }
}

const NOTHING: Found = Found {
    offsets: Vec::new(),
};

#[test]
fn two_dispatches_are_under_way_and_no_counter_is_asked_twice() {
    let place = Place::default();
    let mut miner = Miner::new(&place);
    assert_eq!(miner.plan(), Plan::Wait, "no job");
    miner.receive(ToWorker::Start(hopeless(1)));
    let mut next = 0;
    let first = dispatch(&mut miner);
    let mut waiting = dispatch(&mut miner);
    assert_eq!(miner.plan(), Plan::Wait);
    miner.answered(&first, &NOTHING).unwrap();
    for query in [first.query, waiting.query.clone()] {
        assert_eq!(query.start, next);
        next += u64::from(query.grid.hashes());
    }
    for _ in 0..20 {
        place.pass(10.0);
        let another = dispatch(&mut miner);
        assert_eq!(another.query.start, next);
        next += u64::from(another.query.grid.hashes());
        miner.answered(&waiting, &NOTHING).unwrap();
        waiting = another;
    }
}

#[test]
fn a_find_is_told_once_and_solves_the_job() {
    let place = Place::default();
    let mut miner = Miner::new(&place);
    let job = job(3, 13);
    miner.receive(ToWorker::Start(job.clone()));
    let nonce = loop {
        let dispatch = dispatch(&mut miner);
        place.pass(20.0);
        miner
            .answered(&dispatch, &played(&job, &dispatch.query))
            .unwrap();
        let said = place.said();
        if let Some(FromWorker::Found { job, nonce }) = said.last() {
            assert_eq!(*job, 3);
            assert!(
                matches!(said.first(), Some(FromWorker::Progress { hashes, .. }) if *hashes > 0),
                "the last hashes are told: {said:?}"
            );
            break Nonce::from(*nonce);
        }
    };
    let hash = work_hash(job.sender.into(), job.prev_hash.into(), nonce);
    assert!(hash.0.0 < job.target);
    assert_eq!(miner.plan(), Plan::Wait, "until the next job");
}

#[test]
fn progress_is_told_four_times_a_second_and_adds_up() {
    let place = Place::default();
    let mut miner = Miner::new(&place);
    let job = hopeless(1);
    miner.receive(ToWorker::Start(job.clone()));
    let (mut asked, mut best) = (0, [0xff; 32]);
    for _ in 0..100 {
        let dispatch = dispatch(&mut miner);
        // Beyond 1,000 hashes in a millisecond: the reference is no GPU.
        place.pass(f64::from(dispatch.query.grid.hashes()) / 20.0);
        asked += u64::from(dispatch.query.grid.hashes());
        let found = played(&job, &dispatch.query);
        miner.answered(&dispatch, &found).unwrap();
    }
    miner.receive(ToWorker::Stop);
    let said = place.said();
    let mut told = 0;
    for message in &said {
        let FromWorker::Progress {
            job: 1,
            hashes,
            best: so_far,
        } = message
        else {
            panic!("{message:?}")
        };
        told += hashes;
        assert!(*so_far <= best, "the best never gets worse");
        best = *so_far;
    }
    assert_eq!(told, asked);
    let seconds = place.now_ms.get() / 1000.0;
    let most = 4.0 * seconds + 1.0;
    assert!(said.len() > 2 && f64::from(u32::try_from(said.len()).unwrap()) <= most);
    let smallest = (0..asked).map(|counter| hash(&job, counter)).min();
    assert_eq!(Some(best), smallest, "the best is the best of all");
}

fn hash(job: &Job, counter: u64) -> [u8; 32] {
    NonceSpace::new([9; SEED_BYTES]).work(job).hash(counter)
}

#[test]
fn a_hit_that_is_none_is_an_error() {
    let place = Place::default();
    let job = job(1, 30);
    for offset in [0, 1, 4095, 4096, u32::MAX] {
        let mut miner = Miner::new(&place);
        miner.receive(ToWorker::Start(job.clone()));
        let dispatch = dispatch(&mut miner);
        let wrong = Found {
            offsets: vec![offset],
        };
        assert!(!played(&job, &dispatch.query).offsets.contains(&offset));
        assert_eq!(miner.answered(&dispatch, &wrong), Err(GpuError::Wrong));
    }
    assert!(place.said().is_empty());
}

#[test]
fn answers_of_an_older_job_are_dropped() {
    let place = Place::default();
    let mut miner = Miner::new(&place);
    let easy = job(1, 2);
    miner.receive(ToWorker::Start(easy.clone()));
    let old = dispatch(&mut miner);
    miner.receive(ToWorker::Start(hopeless(2)));
    let solved = played(&easy, &old.query);
    assert!(!solved.offsets.is_empty());
    miner.answered(&old, &solved).unwrap();
    assert!(place.said().is_empty());
    let new = dispatch(&mut miner);
    assert_eq!(new.query.start, 0, "the new job begins anew");
    miner.receive(ToWorker::Stop);
    miner.answered(&new, &NOTHING).unwrap();
    assert_eq!(miner.plan(), Plan::Wait);
    assert!(place.said().is_empty());
}

#[test]
fn at_half_power_the_gpu_rests_as_long_as_it_works() {
    let place = Place::default();
    let mut miner = Miner::new(&place);
    miner.receive(ToWorker::Power(50));
    miner.receive(ToWorker::Start(hopeless(1)));
    let dispatch = dispatch(&mut miner);
    assert_eq!(
        miner.plan(),
        Plan::Wait,
        "one at a time, or it would not rest"
    );
    place.pass(16.0);
    miner.answered(&dispatch, &NOTHING).unwrap();
    assert_eq!(miner.plan(), Plan::Rest { ms: 16.0 });
    place.pass(16.0);
    assert!(matches!(miner.plan(), Plan::Dispatch(_)));
}

#[test]
fn another_gpu_takes_over_where_one_was_lost() {
    let place = Place::default();
    let mut miner = Miner::new(&place);
    miner.receive(ToWorker::Start(hopeless(1)));
    let lost = dispatch(&mut miner);
    dispatch(&mut miner);
    miner.forget_dispatches();
    let next = dispatch(&mut miner);
    assert!(
        next.query.start > lost.query.start,
        "what was lost is not repeated"
    );
    dispatch(&mut miner);
}

#[test]
fn trouble_is_told_in_words() {
    let place = Place {
        without_randomness: true,
        ..Place::default()
    };
    let mut miner = Miner::new(&place);
    miner.ready("Card 1");
    miner.receive(ToWorker::Start(hopeless(1)));
    assert_eq!(miner.plan(), Plan::Wait);
    miner.fail(&GpuError::Wrong);
    let failed = |reason: &str| FromWorker::Failed {
        reason: reason.to_owned(),
    };
    assert_eq!(
        place.said(),
        [
            FromWorker::Ready {
                kernel: "Card 1".to_owned()
            },
            failed("no dice"),
            failed("the GPU made a mistake in its sums"),
        ]
    );
}

#[test]
fn the_filter_passes_every_hash_within_the_bound() {
    for zeros in 0..=64 {
        let top = u64::MAX.checked_shr(zeros).unwrap_or(0);
        let bits = Bound::new(top).filter_bits;
        // The largest first bytes that keep the bound, as lane 0 has them.
        let lane = top.swap_bytes();
        assert_eq!(u64::from(bits) & lane, 0, "{zeros} leading zeros");
        assert_eq!(bits & 0x1fff, 0, "the filter cannot look there");
        assert_eq!(bits == 0, zeros < 20);
        if zeros >= 32 {
            assert_eq!(bits, 0xffff_e000);
        }
    }
}
