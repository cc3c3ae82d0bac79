//! The worker's side keeps its word: ready, progress, found, and silence after a stop.

use std::{cell::Cell, cell::RefCell, rc::Rc};

use atomine_keccak::{Best, Kernel, Outcome, Portable, Work};
use atomine_mine::{
    AnyKernel, Host, Miner, Next, SEED_BYTES,
    message::{FromWorker, Job, ToWorker},
};
use atomine_protocol::{Address, Nonce, PrevHash, work_hash};

thread_local! {
    /// This test's time.
    static NOW_MS: Cell<f64> = const { Cell::new(0.0) };
}

/// A kernel that takes 1 ms for 100 hashes.
#[derive(Default)]
struct Timed(Portable);

impl Kernel for Timed {
    const NAME: &'static str = "timed";

    fn search(&mut self, work: &Work, start: u64, count: u64, best: &mut Best) -> Outcome {
        let outcome = self.0.search(work, start, count, best);
        let hashes = u32::try_from(outcome.hashes).unwrap();
        NOW_MS.set(NOW_MS.get() + f64::from(hashes) / 100.0);
        outcome
    }
}

/// A worker's surroundings.
#[derive(Clone, Debug, Default)]
struct Bench {
    seeds: Cell<u8>,
    sent: Rc<RefCell<Vec<FromWorker>>>,
    no_randomness: bool,
}

impl Host for Bench {
    fn now_ms(&self) -> f64 {
        NOW_MS.get()
    }

    fn post(&self, message: &FromWorker) {
        self.sent.borrow_mut().push(message.clone());
    }

    fn seed(&self) -> Result<[u8; SEED_BYTES], String> {
        if self.no_randomness {
            return Err("no dice".into());
        }
        self.seeds.set(self.seeds.get() + 1);
        Ok([self.seeds.get(); SEED_BYTES])
    }
}

/// A miner and what it has sent.
fn miner() -> (Miner<Bench>, Rc<RefCell<Vec<FromWorker>>>) {
    let bench = Bench::default();
    let sent = Rc::clone(&bench.sent);
    (Miner::new(bench, AnyKernel::new::<Timed>()), sent)
}

fn job(number: u32, first_target_byte: u8) -> Job {
    let mut target = [0; 32];
    target[0] = first_target_byte;
    Job {
        number,
        sender: [5; 20],
        prev_hash: [6; 32],
        target,
    }
}

const AT_ONCE: Next = Next::Turn { after_ms: 0.0 };

#[test]
fn says_that_it_is_ready_and_waits() {
    let (mut miner, sent) = miner();
    let kernel = "timed".to_owned();
    assert_eq!(*sent.borrow(), [FromWorker::Ready { kernel }]);
    assert_eq!(miner.turn(), Next::Wait);
}

#[test]
fn tells_progress_four_times_a_second_and_every_hash_once() {
    let (mut miner, sent) = miner();
    assert_eq!(miner.receive(ToWorker::Start(job(1, 0))), Some(AT_ONCE));
    let start_ms = NOW_MS.get();
    while NOW_MS.get() - start_ms < 4_000.0 {
        assert_eq!(miner.turn(), AT_ONCE);
    }
    assert_eq!(miner.receive(ToWorker::Stop), Some(Next::Wait));
    assert_eq!(miner.turn(), Next::Wait);

    let sent = sent.borrow();
    let (mut total, mut smallest) = (0, [0xff; 32]);
    for message in &sent[1..] {
        let FromWorker::Progress { job, hashes, best } = message else {
            assert!(
                matches!(message, FromWorker::Measured { .. }),
                "{message:?}"
            );
            continue;
        };
        assert_eq!(*job, 1);
        assert!(*hashes > 0 && *best <= smallest);
        (total, smallest) = (total + hashes, *best);
    }
    // Each waits for the batch that goes over its 250 ms.
    assert!((13..=18).contains(&sent.len()), "{}", sent.len());
    let hashed_ms = f64::from(u32::try_from(total).unwrap()) / 100.0;
    assert!((hashed_ms - (NOW_MS.get() - start_ms)).abs() < 1e-6);
}

#[test]
fn finds_and_then_waits_for_the_next_job() {
    let (mut miner, sent) = miner();
    for number in 1..20 {
        let job = job(number, 4);
        miner.receive(ToWorker::Start(job.clone()));
        while miner.turn() != Next::Wait {}
        let sent = sent.borrow();
        let Some(FromWorker::Found { job: solved, nonce }) = sent.last() else {
            panic!("{:?} is no find", sent.last())
        };
        assert_eq!(*solved, number);
        let sender = Address::from(job.sender);
        let hash = work_hash(sender, PrevHash::from(job.prev_hash), Nonce::from(*nonce));
        assert!(hash.0.0 < job.target);
        // Its hash was told as the best before.
        let Some(FromWorker::Progress { best, .. }) = sent.iter().rev().nth(1) else {
            panic!("no progress before the find")
        };
        assert_eq!(*best, hash.0.0);
    }
}

#[test]
fn a_new_job_replaces_the_old_one() {
    let (mut miner, sent) = miner();
    miner.receive(ToWorker::Start(job(1, 0)));
    miner.turn();
    miner.receive(ToWorker::Start(job(2, 0)));
    sent.borrow_mut().clear();
    for _ in 0..40 {
        miner.turn();
    }
    let mut sent = sent.take();
    sent.retain(|message| !matches!(message, FromWorker::Measured { .. }));
    let only_the_new =
        |message: &FromWorker| matches!(message, FromWorker::Progress { job: 2, .. });
    assert!(!sent.is_empty());
    assert!(sent.iter().all(only_the_new));
}

#[test]
fn power_sets_the_rests() {
    let (mut miner, _) = miner();
    assert_eq!(miner.receive(ToWorker::Power(25)), None);
    miner.receive(ToWorker::Start(job(1, 0)));
    let before_ms = NOW_MS.get();
    let Next::Turn { after_ms } = miner.turn() else {
        panic!("no more turns")
    };
    let worked_ms = NOW_MS.get() - before_ms;
    assert!((after_ms - 3.0 * worked_ms).abs() < 1e-6);
}

#[test]
fn says_that_there_is_no_randomness() {
    let bench = Bench {
        no_randomness: true,
        ..Bench::default()
    };
    let sent = Rc::clone(&bench.sent);
    let mut miner = Miner::new(bench, AnyKernel::new::<Portable>());
    assert_eq!(miner.receive(ToWorker::Start(job(1, 0))), Some(Next::Wait));
    let reason = "no dice".to_owned();
    assert_eq!(sent.borrow().last(), Some(&FromWorker::Failed { reason }));
    assert_eq!(miner.turn(), Next::Wait);
}

#[test]
fn says_once_how_fast_it_is() {
    let (mut miner, sent) = miner();
    miner.receive(ToWorker::Start(job(1, 0)));
    let told = || {
        let measured = |message: &FromWorker| matches!(message, FromWorker::Measured { .. });
        sent.borrow().iter().filter(|said| measured(said)).count()
    };
    let start_ms = NOW_MS.get();
    while told() == 0 {
        miner.turn();
    }
    assert!((100.0..130.0).contains(&(NOW_MS.get() - start_ms)));
    let measured = FromWorker::Measured {
        kernel: "timed".into(),
        hashes_per_s: 100_000,
    };
    assert!(sent.borrow().contains(&measured));
    miner.receive(ToWorker::Start(job(2, 0)));
    for _ in 0..20 {
        miner.turn();
    }
    assert_eq!(told(), 1);
}

#[test]
fn a_kernel_that_is_not_kept_tells_its_last_hashes_and_falls_silent() {
    let (mut miner, sent) = miner();
    miner.receive(ToWorker::Start(job(1, 0)));
    miner.turn();
    assert_eq!(miner.receive(ToWorker::Keep("timed".into())), None);
    assert_eq!(miner.turn(), AT_ONCE, "it was meant itself");
    sent.borrow_mut().clear();
    let kept = ToWorker::Keep("another".into());
    assert_eq!(miner.receive(kept), Some(Next::Wait));
    assert!(matches!(
        sent.take()[..],
        [FromWorker::Progress { job: 1, .. }]
    ));
    miner.receive(ToWorker::Start(job(2, 0)));
    assert_eq!(miner.turn(), Next::Wait);
    miner.receive(ToWorker::Stop);
    assert_eq!(*sent.borrow(), []);
}

/// A kernel that claims what is not so.
#[derive(Default)]
struct Liar;

impl Kernel for Liar {
    const NAME: &'static str = "liar";

    fn search(&mut self, _: &Work, start: u64, _: u64, _: &mut Best) -> Outcome {
        Outcome {
            hashes: 1,
            found: Some(start),
        }
    }
}

/// A kernel that sees nothing.
#[derive(Default)]
struct Blind;

impl Kernel for Blind {
    const NAME: &'static str = "blind";

    fn search(&mut self, _: &Work, _: u64, count: u64, _: &mut Best) -> Outcome {
        Outcome {
            hashes: count,
            found: None,
        }
    }
}

#[test]
fn a_kernel_that_is_wrong_is_never_ready() {
    for kernel in [AnyKernel::new::<Liar>(), AnyKernel::new::<Blind>()] {
        let bench = Bench::default();
        let sent = Rc::clone(&bench.sent);
        let mut miner = Miner::new(bench, kernel);
        assert!(matches!(sent.take()[..], [FromWorker::Failed { .. }]));
        miner.receive(ToWorker::Start(job(1, 0)));
        assert_eq!(miner.turn(), Next::Wait);
    }
}

/// A kernel that is right for as long as the self-test takes.
#[derive(Default)]
struct Turncoat(u32);

impl Kernel for Turncoat {
    const NAME: &'static str = "turncoat";

    fn search(&mut self, work: &Work, start: u64, count: u64, best: &mut Best) -> Outcome {
        self.0 += 1;
        if self.0 == 1 {
            Portable::default().search(work, start, count, best)
        } else {
            Liar.search(work, start, count, best)
        }
    }
}

#[test]
fn what_a_wrong_kernel_claims_is_not_told() {
    let bench = Bench::default();
    let sent = Rc::clone(&bench.sent);
    let mut miner = Miner::new(bench, AnyKernel::new::<Turncoat>());
    miner.receive(ToWorker::Start(job(1, 1)));
    sent.borrow_mut().clear();
    assert_eq!(miner.turn(), Next::Wait);
    assert!(matches!(sent.take()[..], [FromWorker::Failed { .. }]));
}
