//! The trial of the kernels: on one core, for real, and once.

use crate::visit::{Visit, started};
use atomine_app::{
    Effect, Failure, Kernel, Model, Msg, Settings, Stored, Timer, WorkerId, WorkerKind,
};
use atomine_mine::message::{FromWorker, ToWorker};

const TRIAL: WorkerId = WorkerId(1);
const ALL: WorkerKind = WorkerKind::Cpu(&[Kernel::RelaxedSimd, Kernel::Simd128, Kernel::Portable]);
const RELAXED: WorkerKind = WorkerKind::Cpu(&[Kernel::RelaxedSimd]);
const SIMD: WorkerKind = WorkerKind::Cpu(&[Kernel::Simd128]);
const PORTABLE: WorkerKind = WorkerKind::Cpu(&[Kernel::Portable]);

/// Somebody who practises on four cores, in a browser that runs these kernels.
fn visit(kernels: &'static [Kernel], query: &str) -> Visit {
    let mut visit = Visit {
        model: Model::new(),
        now_ms: 1_000_000_000,
        effects: Vec::new(),
    };
    visit.send(Msg::Started {
        hardware_concurrency: 4,
        webgpu: false,
        kernels,
        fragment: String::new(),
        query: query.into(),
        collections_json: Ok(r#"{"collections":[]}"#.into()),
        stored: Ok(Stored {
            settings: Some(Settings {
                practice: true,
                practice_generation: 13,
                ..Settings::default()
            }),
            ..Stored::default()
        }),
    });
    visit
}

/// The same, mining with three workers, of which one tries all kernels.
fn trying() -> Visit {
    let mut visit = visit(Kernel::runnable(true, true), "");
    visit.send(Msg::StartClicked);
    for worker in visit.spawned() {
        ready(&mut visit, worker, "relaxed-simd");
    }
    // The others of the trial load later.
    ready(&mut visit, TRIAL, "simd128");
    ready(&mut visit, TRIAL, "portable");
    visit
}

fn ready(visit: &mut Visit, worker: WorkerId, kernel: &str) {
    let kernel = kernel.to_owned();
    visit.says(worker, FromWorker::Ready { kernel });
}

/// `worker` tells kernels' rates.
fn measured(visit: &mut Visit, worker: WorkerId, rates: &[(&str, u64)]) {
    for (kernel, hashes_per_s) in rates {
        let measured = FromWorker::Measured {
            kernel: (*kernel).to_owned(),
            hashes_per_s: *hashes_per_s,
        };
        visit.says(worker, measured);
    }
}

/// What workers the last message started.
fn kinds(visit: &Visit) -> Vec<WorkerKind> {
    let kinds = visit.effects.iter().filter_map(|effect| match effect {
        Effect::SpawnWorker(_, kind) => Some(*kind),
        _ => None,
    });
    kinds.collect()
}

fn keeps(visit: &Visit, kernel: &str) -> bool {
    visit.did(|effect| *effect == Effect::PostToWorker(TRIAL, ToWorker::Keep(kernel.into())))
}

#[test]
fn one_worker_tries_what_the_browser_runs_while_the_others_mine_with_the_likeliest() {
    for (kernels, tried) in [
        (Kernel::runnable(true, true), ALL),
        (
            Kernel::runnable(true, false),
            WorkerKind::Cpu(&[Kernel::Simd128, Kernel::Portable]),
        ),
    ] {
        let mut visit = visit(kernels, "");
        visit.send(Msg::StartClicked);
        let likeliest = if tried == ALL { RELAXED } else { SIMD };
        assert_eq!(kinds(&visit), [tried, likeliest, likeliest]);
    }
    let mut alone = visit(Kernel::runnable(false, false), "");
    alone.send(Msg::StartClicked);
    assert_eq!(kinds(&alone), [PORTABLE; 3], "there is no choice");
}

#[test]
fn the_trial_mines_from_the_first_kernel_that_has_loaded_on() {
    let mut visit = visit(Kernel::runnable(true, true), "");
    visit.send(Msg::StartClicked);
    ready(&mut visit, TRIAL, "relaxed-simd");
    let job = started(&visit.effects).expect("the job").number;
    let (hashes, best) = (9_000, [0xff; 32]);
    let before = visit.page().mine.total;
    visit.says(TRIAL, FromWorker::Progress { job, hashes, best });
    assert_ne!(visit.page().mine.total, before);
    ready(&mut visit, TRIAL, "portable");
    assert!(visit.effects.is_empty(), "its worker has the job already");
}

#[test]
fn the_fastest_kernel_is_kept_by_all_for_the_visit() {
    let mut visit = trying();
    measured(
        &mut visit,
        TRIAL,
        &[("relaxed-simd", 5_000_000), ("simd128", 4_000_000)],
    );
    assert!(visit.effects.is_empty(), "one is still unknown");
    assert_eq!(visit.page().mine.details, "relaxed-simd · 3 workers");
    measured(&mut visit, TRIAL, &[("portable", 5_500_000)]);
    assert!(keeps(&visit, "portable"));
    for slower in [2, 3].map(WorkerId) {
        assert!(visit.did(|effect| *effect == Effect::PostToWorker(slower, ToWorker::Stop)));
    }
    assert_eq!(kinds(&visit), [PORTABLE; 2]);
    for worker in visit.spawned() {
        ready(&mut visit, worker, "portable");
        assert!(started(&visit.effects).is_some(), "it mines on");
    }
    let tried = "tried relaxed-simd 5.00 MH/s, simd128 4.00 MH/s, portable 5.50 MH/s";
    let details = format!("portable · 3 workers · {tried}");
    assert_eq!(visit.page().mine.details, details);

    visit.send(Msg::CoresChosen(4));
    assert_eq!(kinds(&visit), [PORTABLE]);
    visit.send(Msg::StopClicked);
    visit.send(Msg::StartClicked);
    assert_eq!(kinds(&visit), [PORTABLE; 4], "there is no second trial");
}

#[test]
fn a_difference_that_may_be_noise_replaces_no_worker() {
    let mut visit = trying();
    measured(
        &mut visit,
        TRIAL,
        &[
            ("portable", 2_800_000),
            ("simd128", 5_700_000),
            ("relaxed-simd", 5_600_000),
        ],
    );
    assert!(keeps(&visit, "relaxed-simd"));
    assert_eq!(kinds(&visit), []);
    assert!(
        visit
            .page()
            .mine
            .details
            .starts_with("relaxed-simd · 3 workers · tried")
    );
}

#[test]
fn one_core_is_enough_for_a_trial() {
    let mut visit = visit(Kernel::runnable(true, true), "");
    visit.send(Msg::CoresChosen(1));
    visit.send(Msg::StartClicked);
    assert_eq!(kinds(&visit), [ALL]);
    ready(&mut visit, TRIAL, "relaxed-simd");
    let rates = [
        ("relaxed-simd", 3_000_000),
        ("simd128", 4_000_000),
        ("portable", 2_000_000),
    ];
    measured(&mut visit, TRIAL, &rates);
    assert!(keeps(&visit, "simd128"));
    assert_eq!(kinds(&visit), []);
}

#[test]
fn the_address_line_forces_a_kernel_that_the_browser_runs() {
    for (query, kernels, expected) in [
        ("?kernel=portable", Kernel::runnable(true, true), PORTABLE),
        (
            "?gpu=software&kernel=simd128",
            Kernel::runnable(true, false),
            SIMD,
        ),
        // Not this one, so there is nothing to try but what there is.
        ("?kernel=simd128", Kernel::runnable(false, false), PORTABLE),
    ] {
        let mut visit = visit(kernels, query);
        visit.send(Msg::StartClicked);
        assert_eq!(kinds(&visit), [expected; 3], "{query}");
    }
    let mut visit = visit(Kernel::runnable(true, true), "?kernel=quantum");
    visit.send(Msg::StartClicked);
    assert_eq!(kinds(&visit), [ALL, RELAXED, RELAXED]);
}

#[test]
fn what_others_claim_decides_nothing() {
    let mut visit = trying();
    measured(
        &mut visit,
        TRIAL,
        &[("relaxed-simd", 5_000_000), ("simd128", 4_000_000)],
    );
    measured(&mut visit, TRIAL, &[("quantum", u64::MAX)]);
    measured(&mut visit, WorkerId(2), &[("portable", 9_000_000)]);
    assert_eq!(visit.page().mine.details, "relaxed-simd · 3 workers");
}

#[test]
fn a_trial_that_dies_is_not_tried_again() {
    let mut visit = trying();
    visit.send(Msg::WorkerDied {
        worker: TRIAL,
        failure: Failure("illegal instruction".into()),
    });
    visit.fire(Timer::Respawn(WorkerId(4)));
    assert_eq!(kinds(&visit), [RELAXED]);
}

#[test]
fn a_trial_that_was_stopped_is_tried_again() {
    let mut visit = trying();
    measured(&mut visit, TRIAL, &[("relaxed-simd", 5_000_000)]);
    visit.send(Msg::StopClicked);
    visit.send(Msg::StartClicked);
    assert_eq!(kinds(&visit), [ALL, RELAXED, RELAXED]);
}
