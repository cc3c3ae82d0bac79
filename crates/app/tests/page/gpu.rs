//! The GPU beside the processor: on where there is one, and out of the way where there is none.

use crate::visit::{Visit, miss, solve, started};
use atomine_app::{
    Effect, Failure, Kernel, Model, Msg, Settings, Stored, Timer, WorkerId, WorkerKind,
};
use atomine_mine::message::{FromWorker, ToWorker};

/// After three workers on cores.
const GPU: WorkerId = WorkerId(4);

/// Somebody who practises, in a browser that knows WebGPU.
fn visit(query: &str, settings: Settings) -> Visit {
    let mut visit = Visit {
        model: Model::new(),
        now_ms: 1_000_000_000,
        effects: Vec::new(),
    };
    let settings = Settings {
        practice: true,
        practice_generation: 5,
        ..settings
    };
    visit.send(Msg::Started {
        hardware_concurrency: 4,
        webgpu: true,
        kernels: Kernel::runnable(false, false),
        fragment: String::new(),
        query: query.into(),
        collections_json: Ok(r#"{"collections":[]}"#.into()),
        stored: Ok(Stored {
            settings: Some(settings),
            ..Stored::default()
        }),
    });
    visit
}

/// The same, mining, with the GPU ready.
fn mining() -> Visit {
    let mut visit = visit("", Settings::default());
    visit.send(Msg::StartClicked);
    ready(&mut visit);
    visit
}

fn ready(visit: &mut Visit) {
    let kernel = "nvidia ada-lovelace".to_owned();
    visit.says(GPU, FromWorker::Ready { kernel });
}

fn failed(reason: &str) -> FromWorker {
    FromWorker::Failed {
        reason: reason.to_owned(),
    }
}

fn spawns(visit: &Visit, kind: WorkerKind) -> usize {
    visit.count(|effect| matches!(effect, Effect::SpawnWorker(_, other) if *other == kind))
}

#[test]
fn one_gpu_worker_runs_beside_those_on_cores() {
    let mut visit = visit("", Settings::default());
    assert!(visit.page().mine.gpu.on);
    assert_eq!(visit.page().mine.gpu.text, "Joins in when you mine.");
    visit.send(Msg::StartClicked);
    assert_eq!(
        spawns(&visit, WorkerKind::Cpu(Kernel::runnable(false, false))),
        3
    );
    assert!(visit.did(|effect| *effect == Effect::SpawnWorker(GPU, WorkerKind::Gpu)));
    assert_eq!(visit.page().mine.gpu.text, "Is being tested …");
    ready(&mut visit);
    assert!(started(&visit.effects).is_some(), "it gets the job");
    assert!(visit.page().mine.details.is_empty(), "it is no core");
    visit.send(Msg::CoresChosen(1));
    assert!(visit.did(|effect| *effect == Effect::PostToWorker(WorkerId(3), ToWorker::Stop)));
    assert!(!visit.did(|effect| *effect == Effect::PostToWorker(GPU, ToWorker::Stop)));
}

#[test]
fn its_name_and_rate_are_shown_and_its_hashes_count() {
    let mut visit = mining();
    let total = visit.page().mine.total;
    let job = started(&visit.effects).unwrap().number;
    visit.after(1_000);
    visit.says(
        GPU,
        FromWorker::Progress {
            job,
            hashes: 2_000_000_000,
            best: [0xff; 32],
        },
    );
    assert_eq!(
        visit.page().mine.gpu.text,
        "nvidia ada-lovelace · 2.00 GH/s"
    );
    assert_eq!(visit.page().mine.rate, "2.00 GH/s");
    assert_ne!(visit.page().mine.total, total);
}

#[test]
fn what_it_finds_is_checked_like_anything_found() {
    let mut visit = mining();
    let job = started(&visit.effects).unwrap();
    let found = |nonce: [u8; 32]| FromWorker::Found {
        job: job.number,
        nonce,
    };
    visit.says(GPU, found(solve(&job).0.0));
    assert!(visit.did(|effect| matches!(effect, Effect::SavePracticeAtom(_))));

    let mut visit = mining();
    visit.says(GPU, found(miss(&job).0.0));
    assert!(!visit.did(|effect| matches!(effect, Effect::SavePracticeAtom(_))));
    assert!(visit.did(|effect| *effect == Effect::TerminateWorker(GPU)));
    assert!(!visit.page().mine.gpu.on, "it cannot be trusted");
    assert!(visit.notice().contains("GPU stopped mining"));
    assert!(visit.notice().contains("processor mines on"));
}

#[test]
fn without_a_usable_gpu_the_processor_mines_and_the_reason_is_shown_quietly() {
    let mut visit = visit("", Settings::default());
    visit.send(Msg::StartClicked);
    visit.says(GPU, failed("there is no real GPU"));
    let gpu = visit.page().mine.gpu;
    assert!(gpu.available && !gpu.on);
    assert_eq!(
        gpu.text,
        "Off, the processor mines alone: there is no real GPU."
    );
    let mut notices = visit.page().notices.into_iter();
    assert!(!notices.any(|notice| notice.what.contains("GPU")));
    assert!(visit.did(|effect| *effect == Effect::TerminateWorker(GPU)));
    assert_eq!(
        visit.timer_ms(Timer::Respawn(WorkerId(5))),
        None,
        "none takes its place"
    );
    visit.ready(WorkerId(1));
    assert!(started(&visit.effects).is_some());
    visit.send(Msg::StopClicked);
    visit.send(Msg::StartClicked);
    assert_eq!(spawns(&visit, WorkerKind::Gpu), 0, "nor after a stop");
}

#[test]
fn one_that_breaks_down_is_switched_off_and_said_so_until_it_is_switched_on_again() {
    let mut visit = mining();
    visit.says(GPU, failed("the GPU was reset or taken away: driver"));
    assert!(visit.notice().contains("The GPU stopped mining."));
    assert!(visit.page().notices[0].details.contains("driver"));
    assert!(!visit.page().mine.gpu.on);
    visit.send(Msg::GpuToggled(true));
    assert_eq!(spawns(&visit, WorkerKind::Gpu), 1);
    assert!(visit.page().mine.gpu.on);
}

#[test]
fn a_gpu_worker_that_dies_is_a_gpu_that_stopped() {
    let mut visit = mining();
    visit.send(Msg::WorkerDied {
        worker: GPU,
        failure: Failure("out of memory".into()),
    });
    assert!(visit.page().mine.gpu.text.contains("out of memory"));
    assert_eq!(spawns(&visit, WorkerKind::Gpu), 0);
}

#[test]
fn the_switch_ends_and_starts_it_and_is_kept() {
    let mut visit = mining();
    visit.send(Msg::GpuToggled(false));
    let stop = Effect::PostToWorker(GPU, ToWorker::Stop);
    assert!(visit.did(|effect| *effect == stop));
    assert!(visit.did(|effect| matches!(effect, Effect::SaveSettings(kept) if !kept.gpu)));
    visit.fire(Timer::Grace(GPU));
    assert!(visit.did(|effect| *effect == Effect::TerminateWorker(GPU)));
    assert_eq!(visit.page().mine.gpu.text, "Off.");
    visit.send(Msg::GpuToggled(true));
    assert_eq!(spawns(&visit, WorkerKind::Gpu), 1);
    visit.send(Msg::StopClicked);
    assert_eq!(
        visit.count(|effect| matches!(effect, Effect::PostToWorker(_, ToWorker::Stop))),
        4
    );
}

#[test]
fn its_power_is_its_own() {
    let mut visit = mining();
    visit.ready(WorkerId(1));
    visit.send(Msg::GpuPowerChosen(3));
    let powers = [(WorkerId(1), 100), (GPU, 10)];
    for (worker, percent) in powers {
        let posted = Effect::PostToWorker(worker, ToWorker::Power(percent));
        assert!(visit.did(|effect| *effect == posted), "{worker:?}");
    }
    assert_eq!(visit.page().mine.gpu.power, 10);
    assert_eq!(visit.page().mine.power, 100);
}

#[test]
fn switched_off_before_it_is_not_started() {
    let settings = Settings {
        gpu: false,
        ..Settings::default()
    };
    let mut visit = visit("", settings);
    visit.send(Msg::StartClicked);
    assert_eq!(spawns(&visit, WorkerKind::Gpu), 0);
}

#[test]
fn a_browser_without_webgpu_says_so() {
    let mut visit = Visit::practising();
    visit.send(Msg::StartClicked);
    assert_eq!(spawns(&visit, WorkerKind::Gpu), 0);
    let gpu = visit.page().mine.gpu;
    assert!(!gpu.available && !gpu.on);
    assert!(gpu.text.contains("no GPU"));
}

#[test]
fn tests_may_ask_for_a_software_gpu() {
    for (query, kind) in [
        ("?gpu=software", WorkerKind::SoftwareGpu),
        ("?a=b&gpu=software", WorkerKind::SoftwareGpu),
        ("?gpu=software2", WorkerKind::Gpu),
        ("", WorkerKind::Gpu),
    ] {
        let mut visit = visit(query, Settings::default());
        visit.send(Msg::StartClicked);
        assert_eq!(spawns(&visit, kind), 1, "{query}");
    }
}
