//! The benchmark's page.

use crate::visit::{Visit, started, state, stops};
use atomine_app::view::{Fact, MineButton};
use atomine_app::{Effect, Failure, Kernel, Model, Msg, Stored, Timer, WorkerId, WorkerKind};
use atomine_mine::message::{FromWorker, ToWorker};

const CHROME: &str = "Mozilla/5.0 AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36";

impl Visit {
    fn measure(&mut self) -> Vec<WorkerId> {
        let user_agent = CHROME.into();
        self.send(Msg::MeasureClicked { user_agent });
        self.spawned()
    }

    /// The workers load and warm up; then they count for so long.
    fn warm_up_for(&mut self, workers: &[WorkerId], measure_ms: u32) {
        for worker in workers {
            self.ready(*worker);
        }
        assert_eq!(self.timer_ms(Timer::Bench), Some(1_000));
        self.after(1_000).fire(Timer::Bench);
        assert_eq!(self.timer_ms(Timer::Bench), Some(measure_ms));
    }

    /// The same where there is no GPU.
    fn warm_up(&mut self, workers: &[WorkerId]) {
        self.warm_up_for(workers, 4_000);
    }

    /// Every worker reports `hashes` four times a second until the time is over.
    fn hash(&mut self, workers: &[WorkerId], hashes: u64) {
        for _ in 0..16 {
            self.after(250);
            for worker in workers {
                let best = [0xff; 32];
                let job = 0;
                self.says(*worker, FromWorker::Progress { job, hashes, best });
            }
        }
        self.fire(Timer::Bench);
    }

    fn status(&self) -> String {
        self.page().bench.status
    }
}

fn fact(label: &str, value: &str) -> Fact {
    Fact {
        label: label.into(),
        value: value.into(),
    }
}

#[test]
fn one_core_then_all_of_them() {
    let mut visit = Visit::first();
    let one = visit.measure();
    assert_eq!(one.len(), 1);
    assert_eq!(visit.status(), "Starting the workers…");
    visit.warm_up(&one);
    assert_eq!(visit.status(), "Measuring one core…");
    visit.hash(&one, 1_250_000);

    let others = visit.spawned();
    assert_eq!(others.len(), 3, "the first one stays");
    assert_eq!(visit.page().bench.percent, Some(50));
    let all = [one, others.clone()].concat();
    visit.warm_up(&others);
    assert_eq!(visit.status(), "Measuring all 4 cores…");
    visit.hash(&all, 1_000_000);

    let bench = visit.page().bench;
    assert_eq!(bench.status, "Done.");
    assert!(!bench.running);
    assert_eq!(
        bench.results,
        [
            fact("One core", "5.00 MH/s"),
            fact("All 4 cores", "16.0 MH/s, 3.2 times one core"),
            fact("GPU", "This browser offers pages no GPU (no WebGPU)"),
            fact("Kernel", "simd128"),
            fact("Browser", "Chrome 156"),
        ]
    );
    assert_eq!(
        bench.text,
        "Atomine benchmark\nOne core: 5.00 MH/s\nAll 4 cores: 16.0 MH/s, 3.2 times one core\nGPU: This browser offers pages no GPU (no WebGPU)\nKernel: simd128\nBrowser: Chrome 156"
    );
    let ended = visit.count(|effect| matches!(effect, Effect::TerminateWorker(_)));
    assert_eq!(ended, 4);
}

#[test]
fn workers_hash_at_full_power_for_nobody() {
    let mut visit = Visit::first();
    visit.send(Msg::PowerChosen(30));
    let worker = visit.measure()[0];
    visit.ready(worker);
    let power = Effect::PostToWorker(worker, ToWorker::Power(100));
    assert!(visit.did(|effect| *effect == power));
    let job = started(&visit.effects).unwrap();
    assert_eq!((job.sender, job.target), ([0; 20], [0; 32]));
}

#[test]
fn what_was_hashed_while_warming_up_does_not_count() {
    let mut visit = Visit::first();
    let one = visit.measure();
    visit.ready(one[0]);
    let best = [0xff; 32];
    let (job, hashes) = (0, 1_000_000_000);
    visit.says(one[0], FromWorker::Progress { job, hashes, best });
    visit.after(1_000).fire(Timer::Bench);
    // This one tells of the time before, too.
    visit.says(one[0], FromWorker::Progress { job, hashes, best });
    visit.hash(&one, 1_000_000);
    assert_eq!(visit.page().bench.results[0], fact("One core", "4.00 MH/s"));
}

#[test]
fn mining_rests_and_goes_on_by_itself() {
    let mut visit = Visit::mining();
    assert!(visit.status().contains("Mining rests while this measures"));
    let one = visit.measure();
    assert!(stops(&visit.effects), "the mining workers stop");
    assert!(visit.page().mine.status.contains("goes on by itself"));
    assert_eq!(visit.page().mine.button, MineButton::Stop);
    visit.warm_up(&one);
    assert!(visit.status().contains("Mining rests meanwhile."));
    let total = visit.page().mine.total;
    visit.hash(&one, 1_000_000);
    let others = visit.spawned();
    visit.warm_up(&others);
    visit.hash(&[one, others].concat(), 1_000_000);
    assert_eq!(visit.status(), "Done. Mining goes on.");
    assert_eq!(visit.page().mine.total, total, "nothing was mined");
    let job = started(&visit.effects).expect("the mining workers go on");
    assert_eq!(job.target, state(17).target.0.0);
}

#[test]
fn it_can_be_stopped() {
    let mut visit = Visit::mining();
    let one = visit.measure();
    visit.warm_up(&one);
    visit.send(Msg::StopMeasuringClicked);
    assert!(visit.did(|effect| *effect == Effect::TerminateWorker(one[0])));
    assert!(visit.did(|effect| *effect == Effect::Cancel(Timer::Bench)));
    assert!(started(&visit.effects).is_some(), "mining goes on");
    assert!(visit.page().bench.results.is_empty());
    let late = FromWorker::Failed {
        reason: "late".into(),
    };
    visit.says(one[0], late);
    assert!(!visit.status().contains("late"));
}

#[test]
fn a_second_click_changes_nothing() {
    let mut visit = Visit::first();
    visit.measure();
    assert!(visit.measure().is_empty());
}

#[test]
fn a_machine_of_one_core_is_measured_once() {
    let mut visit = Visit {
        model: Model::new(),
        ..Visit::first()
    };
    visit.send(Msg::Started {
        hardware_concurrency: 1,
        webgpu: false,
        kernels: Kernel::runnable(false, false),
        fragment: "#/bench".into(),
        query: String::new(),
        collections_json: Ok("[]".into()),
        stored: Ok(Stored::default()),
    });
    let one = visit.measure();
    visit.warm_up_for(&one, 9_000);
    visit.hash(&one, 1_000_000);
    assert_eq!(visit.status(), "Done.");
    assert_eq!(visit.page().bench.results.len(), 4);
}

#[test]
fn whatever_goes_wrong_is_said_and_ends_it() {
    let broken: [fn(&mut Visit, WorkerId); 5] = [
        |visit, worker| {
            let failure = Failure("boom".into());
            visit.send(Msg::WorkerDied { worker, failure });
        },
        |visit, worker| {
            let message = Err(Failure("boom".into()));
            visit.send(Msg::WorkerSaid { worker, message });
        },
        |visit, worker| {
            let reason = "boom".into();
            visit.says(worker, FromWorker::Failed { reason });
        },
        |visit, worker| {
            let (job, nonce) = (0, [1; 32]);
            visit.says(worker, FromWorker::Found { job, nonce });
        },
        |visit, _| {
            visit.after(30_000).fire(Timer::Bench);
        },
    ];
    for breaks in broken {
        let mut visit = Visit::mining();
        let one = visit.measure();
        breaks(&mut visit, one[0]);
        assert!(visit.status().contains("ended early"), "{}", visit.status());
        assert!(started(&visit.effects).is_some(), "mining goes on");
        assert!(visit.page().bench.text.is_empty());
        assert_eq!(visit.page().finds, []);
        assert_eq!(visit.measure().len(), 1, "it can be tried again");
    }
}

#[test]
fn a_worker_that_never_reports_is_no_rate() {
    let mut visit = Visit::first();
    let one = visit.measure();
    visit.warm_up(&one);
    visit.after(4_000).fire(Timer::Bench);
    assert!(visit.status().contains("did not report in time"));
}

#[test]
fn the_result_is_copied_or_the_visitor_told_to() {
    let mut visit = Visit::first();
    let one = visit.measure();
    visit.warm_up(&one);
    visit.hash(&one, 1_000_000);
    let others = visit.spawned();
    visit.warm_up(&others);
    visit.hash(&[one, others].concat(), 1_000_000);
    visit.send(Msg::CopyResultClicked);
    let text = visit.page().bench.text;
    assert_eq!(visit.effects, [Effect::CopyText(text)]);
    visit.send(Msg::TextCopied(Ok(())));
    assert_eq!(visit.page().bench.copy, "Copied");
    visit.send(Msg::TextCopied(Err(Failure("no".into()))));
    assert!(visit.page().bench.copy.contains("select the text"));
}

/// The benchmark has measured the cores of a browser that knows WebGPU; the GPU's worker.
fn at_the_gpu(query: &str) -> (Visit, WorkerId) {
    let mut visit = Visit {
        model: Model::new(),
        ..Visit::first()
    };
    visit.send(Msg::Started {
        hardware_concurrency: 2,
        webgpu: true,
        kernels: Kernel::runnable(false, false),
        fragment: "#/bench".into(),
        query: query.into(),
        collections_json: Ok("[]".into()),
        stored: Ok(Stored::default()),
    });
    let one = visit.measure();
    visit.warm_up_for(&one, 2_333);
    visit.hash(&one, 1_000_000);
    let others = visit.spawned();
    let all = [one, others.clone()].concat();
    visit.warm_up_for(&others, 2_333);
    visit.hash(&all, 1_000_000);
    assert_eq!(visit.page().bench.percent, Some(66));
    for core in all {
        assert!(visit.did(|effect| *effect == Effect::TerminateWorker(core)));
    }
    let [gpu] = visit.spawned()[..] else {
        panic!("{:?}", visit.effects)
    };
    (visit, gpu)
}

fn gpu_row(visit: &Visit) -> String {
    let results = visit.page().bench.results;
    let mut rows = results.into_iter().filter(|row| row.label == "GPU");
    let row = rows.next().expect("a row about the GPU");
    assert!(rows.next().is_none());
    row.value
}

#[test]
fn then_the_gpu_alone() {
    let (mut visit, gpu) = at_the_gpu("");
    assert!(visit.did(|effect| *effect == Effect::SpawnWorker(gpu, WorkerKind::Gpu)));
    assert_eq!(visit.status(), "Testing the GPU…");
    let kernel = "nvidia ada-lovelace".into();
    visit.says(gpu, FromWorker::Ready { kernel });
    visit.after(1_000).fire(Timer::Bench);
    assert_eq!(visit.status(), "Measuring the GPU…");
    visit.hash(&[gpu], 500_000_000);
    assert_eq!(visit.status(), "Done.");
    let row = "2.00 GH/s, 500.0 times one core, nvidia ada-lovelace";
    assert_eq!(gpu_row(&visit), row);
    let bench = visit.page().bench;
    assert!(
        bench
            .text
            .contains(&format!("\nGPU: {row}\nKernel: simd128\n"))
    );
    assert!(visit.did(|effect| *effect == Effect::TerminateWorker(gpu)));
}

#[test]
fn without_a_usable_gpu_the_cores_are_the_result_and_the_reason_is_in_it() {
    let broken: [fn(&mut Visit, WorkerId); 4] = [
        |visit, gpu| {
            let reason = "there is no boom".into();
            visit.says(gpu, FromWorker::Failed { reason });
        },
        |visit, worker| {
            let message = Err(Failure("boom".into()));
            visit.send(Msg::WorkerSaid { worker, message });
        },
        |visit, worker| {
            let failure = Failure("boom".into());
            visit.send(Msg::WorkerDied { worker, failure });
        },
        |visit, gpu| {
            visit.ready(gpu);
            visit.after(1_000).fire(Timer::Bench);
            let reason = "boom".into();
            visit.says(gpu, FromWorker::Failed { reason });
        },
    ];
    for breaks in broken {
        let (mut visit, gpu) = at_the_gpu("");
        breaks(&mut visit, gpu);
        assert_eq!(visit.status(), "Done.");
        let row = gpu_row(&visit);
        assert!(
            row.starts_with("Not measured: ") && row.ends_with("boom"),
            "{row}"
        );
        let bench = visit.page().bench;
        assert!(bench.text.contains(&row) && bench.text.contains("All 2 cores"));
        assert!(visit.did(|effect| *effect == Effect::TerminateWorker(gpu)));
    }
}

#[test]
fn a_gpu_that_does_not_load_or_report_in_time_is_not_measured() {
    let (mut visit, _) = at_the_gpu("");
    visit.after(30_000).fire(Timer::Bench);
    assert!(gpu_row(&visit).contains("did not load in time"));

    let (mut visit, gpu) = at_the_gpu("");
    visit.ready(gpu);
    visit.after(1_000).fire(Timer::Bench);
    visit.after(2_333).fire(Timer::Bench);
    assert!(gpu_row(&visit).contains("did not report in time"));
}

#[test]
fn a_software_gpu_is_measured_where_the_address_line_asks_for_it() {
    let (visit, gpu) = at_the_gpu("?gpu=software");
    assert!(visit.did(|effect| *effect == Effect::SpawnWorker(gpu, WorkerKind::SoftwareGpu)));
}
