//! Workers and jobs.

use crate::visit::{ALICE, BOB, Visit, demo, id, miss, started, state, stops};
use atomine_app::view::MineButton;
use atomine_app::{Effect, Failure, Msg, Settings, Stored, Timer, WorkerId};
use atomine_chain::ChainError;
use atomine_mine::message::{FromWorker, ToWorker};

#[test]
fn one_core_is_left_to_the_visitor() {
    let mut visit = Visit::connected();
    visit.send(Msg::StartClicked);
    assert_eq!(visit.spawned().len(), 3);
    assert_eq!(visit.page().mine.cores, 3);
    assert_eq!(visit.page().mine.cores_max, 4);
}

#[test]
fn a_worker_gets_its_power_and_the_job_once_it_has_loaded() {
    let mut visit = Visit::connected();
    visit.send(Msg::StartClicked);
    assert!(started(&visit.effects).is_none());
    visit.ready(WorkerId(1));
    let power = Effect::PostToWorker(WorkerId(1), ToWorker::Power(100));
    assert_eq!(visit.effects[0], power);
    let job = started(&visit.effects).unwrap();
    assert_eq!(job.sender, ALICE.into_array());
    assert_eq!(job.prev_hash, state(17).prev_hash.0.0);
    assert_eq!(job.target, state(17).target.0.0);
}

#[test]
fn without_a_wallet_the_button_says_why_it_cannot_be_pressed() {
    let mut visit = Visit::first();
    visit.state_read(state(17));
    assert_eq!(visit.page().mine.button, MineButton::Unavailable);
    assert!(visit.page().mine.status.contains("Connect a wallet first"));
    visit.send(Msg::StartClicked);
    assert!(visit.spawned().is_empty());
}

#[test]
fn mining_waits_for_the_collection_to_be_read() {
    let mut visit = Visit::first();
    visit.connect(&[ALICE], 31_337);
    visit.mine();
    assert!(visit.page().mine.status.contains("Reading the collection"));
    visit.state_read(state(17));
    assert!(started(&visit.effects).is_some());
}

#[test]
fn stopping_gives_workers_a_moment_and_then_ends_them() {
    let mut visit = Visit::mining();
    visit.send(Msg::StopClicked);
    let stop = Effect::PostToWorker(WorkerId(2), ToWorker::Stop);
    assert!(visit.did(|effect| *effect == stop));
    assert_eq!(visit.timer_ms(Timer::Grace(WorkerId(2))), Some(200));
    assert!(visit.announces("stopped"));
    visit.fire(Timer::Grace(WorkerId(2)));
    assert_eq!(visit.effects[0], Effect::TerminateWorker(WorkerId(2)));
    assert_eq!(visit.page().mine.button, MineButton::Start);
}

#[test]
fn a_worker_that_is_stopping_is_not_heard_any_more() {
    let mut visit = Visit::mining();
    let job = visit.job();
    visit.send(Msg::StopClicked);
    let found = FromWorker::Found {
        job: job.number,
        nonce: crate::visit::solve(&job).0.0,
    };
    visit.says(WorkerId(1), found);
    assert!(visit.page().finds.is_empty());
}

#[test]
fn cores_are_added_and_taken_away_while_mining() {
    let mut visit = Visit::mining();
    visit.send(Msg::CoresChosen(4));
    assert_eq!(visit.spawned(), [WorkerId(4)]);
    visit.send(Msg::CoresChosen(1));
    assert_eq!(
        visit.count(|effect| matches!(
            effect,
            Effect::After {
                timer: Timer::Grace(_),
                ..
            }
        )),
        3
    );
    visit.send(Msg::CoresChosen(0));
    assert_eq!(visit.page().mine.cores, 1);
    visit.send(Msg::CoresChosen(1_000));
    assert_eq!(visit.page().mine.cores, 4);
}

#[test]
fn power_reaches_every_worker_and_stays_in_its_range() {
    let mut visit = Visit::mining();
    visit.send(Msg::PowerChosen(3));
    let throttled =
        |effect: &Effect| matches!(effect, Effect::PostToWorker(_, ToWorker::Power(10)));
    assert_eq!(visit.count(throttled), 3);
    assert_eq!(visit.page().mine.power, 10);
}

#[test]
fn a_dead_worker_is_replaced_and_said_so() {
    let mut visit = Visit::mining();
    visit.send(Msg::WorkerDied {
        worker: WorkerId(2),
        failure: Failure("out of memory".into()),
    });
    let pause_ms = visit.timer_ms(Timer::Respawn(WorkerId(4)));
    assert_eq!(pause_ms, Some(250));
    assert!(visit.notice().contains("stopped working"));
    assert_eq!(visit.page().notices[0].details, "out of memory");
    visit.fire(Timer::Respawn(WorkerId(4)));
    assert_eq!(visit.spawned(), [WorkerId(4)]);
    visit.ready(WorkerId(4));
    assert!(started(&visit.effects).is_some());
}

#[test]
fn workers_that_die_again_and_again_are_replaced_more_slowly() {
    let mut visit = Visit::mining();
    let mut pauses = Vec::new();
    for worker in 3..12 {
        visit.says(
            WorkerId(worker),
            FromWorker::Failed {
                reason: "no randomness".into(),
            },
        );
        let successor = WorkerId(worker + 1);
        pauses.push(visit.timer_ms(Timer::Respawn(successor)).unwrap());
        visit.fire(Timer::Respawn(successor));
    }
    assert_eq!(pauses[..4], [250, 500, 1_000, 2_000]);
    assert_eq!(pauses[8], 30_000);
    assert!(visit.notice().contains("try another browser"));
}

#[test]
fn a_worker_of_another_version_is_replaced_and_named() {
    let mut visit = Visit::mining();
    visit.send(Msg::WorkerSaid {
        worker: WorkerId(1),
        message: Err(Failure("bytes".into())),
    });
    assert!(visit.did(|effect| *effect == Effect::TerminateWorker(WorkerId(1))));
    assert!(visit.notice().contains("another version"));
}

#[test]
fn stopping_also_stops_a_replacement_that_has_not_started() {
    let mut visit = Visit::mining();
    visit.send(Msg::WorkerDied {
        worker: WorkerId(1),
        failure: Failure(String::new()),
    });
    visit.send(Msg::StopClicked);
    visit.fire(Timer::Respawn(WorkerId(4)));
    assert!(visit.spawned().is_empty());
}

#[test]
fn a_new_state_is_a_new_job_with_a_higher_number_at_once() {
    let mut visit = Visit::mining();
    let before = visit.job();
    visit.state_read(state(18));
    let after = started(&visit.effects).unwrap();
    assert!(after.number > before.number);
    assert_eq!(after.prev_hash, state(18).prev_hash.0.0);
    visit.state_read(state(18));
    assert!(started(&visit.effects).is_none(), "the same work goes on");
}

#[test]
fn another_account_is_another_job() {
    let mut visit = Visit::mining();
    visit.send(Msg::AccountsChanged(vec![BOB, ALICE]));
    assert_eq!(started(&visit.effects).unwrap().sender, BOB.into_array());
}

#[test]
fn results_of_an_old_job_are_dropped() {
    let mut visit = Visit::mining();
    let old = visit.job();
    visit.state_read(state(18));
    let found = FromWorker::Found {
        job: old.number,
        nonce: crate::visit::solve(&old).0.0,
    };
    visit.says(WorkerId(1), found);
    visit.says(WorkerId(1), progress(old.number, 5_000));
    assert!(visit.page().finds.is_empty());
    assert!(visit.page().mine.total.starts_with("0 hashes"));
}

#[test]
fn a_worker_that_cannot_hash_is_replaced_and_its_find_never_shown() {
    let mut visit = Visit::mining();
    let job = visit.job();
    let wrong = FromWorker::Found {
        job: job.number,
        nonce: miss(&job).0.0,
    };
    visit.says(WorkerId(1), wrong);
    assert!(visit.page().finds.is_empty());
    assert!(visit.did(|effect| *effect == Effect::TerminateWorker(WorkerId(1))));
    assert!(visit.notice().contains("mistake in its sums"));
}

#[test]
fn hashes_are_counted_shown_and_kept() {
    let mut visit = Visit::mining();
    let job = visit.job();
    visit
        .after(1_000)
        .says(WorkerId(1), progress(job.number, 4_000_000));
    assert_eq!(
        visit.timer_ms(Timer::SaveSettings),
        None,
        "saved soon anyway"
    );
    let mine = visit.page().mine;
    assert_eq!(mine.rate, "4.00 MH/s");
    assert_eq!(mine.total, "4.00 million hashes in this browser so far");
    assert!(mine.chance > 0.99);
    assert!(mine.best.starts_with("0x000fffff"), "{}", mine.best);
    assert_eq!(visit.page().title, "⛏ 4.00 MH/s · Atomine");
    visit.fire(Timer::SaveSettings);
    assert!(visit.did(
        |effect| matches!(effect, Effect::SaveSettings(settings) if settings.total_hashes == 4_000_000)
    ));
}

#[test]
fn absurd_numbers_are_not_counted() {
    let mut visit = Visit::mining();
    let job = visit.job();
    visit
        .after(1_000)
        .says(WorkerId(1), progress(job.number, u64::MAX));
    assert_eq!(visit.page().mine.rate, "0 H/s");
    assert!(visit.page().mine.total.starts_with("0 hashes"));
}

#[test]
fn the_odds_are_told_honestly() {
    let mut visit = Visit::mining();
    let job = visit.job();
    visit
        .after(1_000)
        .says(WorkerId(1), progress(job.number, 4));
    let mine = visit.page().mine;
    assert_eq!(
        mine.odds,
        "About one per 4 s at your rate: 63 % of all tries are done by then."
    );
    assert_eq!(mine.chance_text, "22 % chance so far");
}

#[test]
fn the_chart_shows_the_last_two_minutes() {
    let mut visit = Visit::mining();
    let job = visit.job();
    for _ in 0..200 {
        visit
            .after(1_000)
            .says(WorkerId(1), progress(job.number, 7));
    }
    let history = visit.page().mine.rate_history;
    assert_eq!(history.len(), 120);
    assert!(history.iter().all(|hashes| (*hashes - 7.0).abs() < 0.5));
    visit.after(1_000_000_000).fire(Timer::Tick);
    assert_eq!(visit.page().mine.rate_history, [0.0; 120]);
}

#[test]
fn mining_survives_a_dead_node_and_says_how_old_its_knowledge_is() {
    let mut visit = Visit::mining();
    let down = || Err(ChainError::Unreachable("down".into()));
    visit.after(40_000).state_answered(demo().key(), down());
    assert!(!stops(&visit.effects));
    assert!(visit.notice().contains("Mining goes on"));
    assert!(visit.page().mine.status.contains("last heard 40 s ago"));
    assert_eq!(visit.timer_ms(Timer::Poll), Some(8_000));
    visit.state_answered(demo().key(), down());
    assert_eq!(visit.timer_ms(Timer::Poll), Some(16_000));
    visit.state_read(state(17));
    assert_eq!(visit.timer_ms(Timer::Poll), Some(4_000));
    assert!(visit.page().notices.is_empty());
}

#[test]
fn the_state_is_read_faster_while_mining_and_not_for_a_hidden_idle_page() {
    let mut visit = Visit::connected();
    visit.state_read(state(17));
    assert_eq!(visit.timer_ms(Timer::Poll), Some(12_000));
    visit.send(Msg::VisibilityChanged { hidden: true });
    visit.state_read(state(17));
    assert_eq!(visit.timer_ms(Timer::Poll), None);
    visit.send(Msg::VisibilityChanged { hidden: false });
    assert!(visit.reads_state());
    visit.state_read(state(17));
    visit.mine();
    visit.send(Msg::VisibilityChanged { hidden: true });
    visit.state_read(state(17));
    assert_eq!(visit.timer_ms(Timer::Poll), Some(4_000));
}

#[test]
fn a_timer_that_the_browser_holds_back_does_not_keep_a_hidden_page_from_looking() {
    let mut visit = Visit::mining();
    let job = visit.job();
    visit.send(Msg::VisibilityChanged { hidden: true });
    visit.state_read(state(17));
    visit
        .after(4_100)
        .says(WorkerId(1), progress(job.number, 1));
    assert!(!visit.reads_state());
    visit
        .after(1_000)
        .says(WorkerId(1), progress(job.number, 1));
    assert!(visit.reads_state());
}

#[test]
fn coming_online_reads_the_state_at_once() {
    let mut visit = Visit::mining();
    visit.fire(Timer::Poll);
    visit.send(Msg::OnlineChanged { online: false });
    assert!(visit.notice().contains("offline"));
    visit.send(Msg::OnlineChanged { online: true });
    assert!(visit.reads_state());
    assert!(visit.page().notices.is_empty());
}

#[test]
fn a_node_that_lags_behind_does_not_bring_old_work_back() {
    let mut visit = Visit::mining();
    visit.state_read(state(18));
    visit.state_read(state(17));
    assert!(started(&visit.effects).is_none());
    assert_eq!(visit.page().mine.facts[0].value, "#18");
}

#[test]
fn a_chain_that_was_started_anew_is_believed_after_some_answers() {
    let mut visit = Visit::mining();
    for _ in 0..4 {
        visit.state_read(state(2));
    }
    assert_eq!(visit.page().mine.facts[0].value, "#2");
}

#[test]
fn a_wallet_on_another_chain_does_not_stop_mining() {
    let mut visit = Visit::mining();
    visit.send(Msg::ChainChanged(1));
    assert!(!stops(&visit.effects));
    assert!(
        visit
            .page()
            .mine
            .status
            .contains("Switch your wallet to Local")
    );
}

#[test]
fn mining_rests_without_an_account_and_goes_on_with_one() {
    let mut visit = Visit::mining();
    visit.send(Msg::AccountsChanged(Vec::new()));
    assert!(stops(&visit.effects));
    assert!(visit.page().mine.status.contains("Mining rests"));
    visit.send(Msg::AccountsChanged(vec![ALICE]));
    assert!(started(&visit.effects).is_some());
}

#[test]
fn choices_of_the_last_visit_are_kept_within_their_ranges() {
    let mut visit = Visit::with(Stored {
        settings: Some(Settings {
            cores: Some(64),
            power: 200,
            practice_generation: 99,
            practice: true,
            total_hashes: 12_300_000,
            ..Settings::default()
        }),
        ..Stored::default()
    });
    visit.send(Msg::StartClicked);
    assert_eq!(visit.spawned().len(), 4);
    let mine = visit.page().mine;
    assert_eq!(mine.power, 100);
    assert_eq!(mine.total, "12.3 million hashes in this browser so far");
    assert_eq!(mine.facts[1].value, "13");
}

#[test]
fn a_choice_is_stored_once_the_slider_rests_and_at_once_when_the_page_is_hidden() {
    let mut visit = Visit::connected();
    visit.send(Msg::PowerChosen(50));
    assert_eq!(visit.timer_ms(Timer::SaveSettings), Some(400));
    visit.send(Msg::VisibilityChanged { hidden: true });
    assert!(
        visit
            .did(|effect| matches!(effect, Effect::SaveSettings(settings) if settings.power == 50))
    );
}

#[test]
fn what_is_mined_is_told_before_it_is_started() {
    let facts = Visit::connected().page().mine.facts;
    let told = facts
        .iter()
        .map(|fact| format!("{}: {}", fact.label, fact.value));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            "Next Atom: #17",
            "Generation: 4",
            "Difficulty: 16 hashes on average",
            "Price: 0.000675 ETH, plus the network's fee",
            "Network: Local",
            "For: 0x0000…11cE",
        ]
    );
    assert_eq!(id(17).generation(), 4);
}

fn progress(job: u32, hashes: u64) -> FromWorker {
    let mut best = [0xff; 32];
    best[0] = 0;
    best[1] = 0x0f;
    FromWorker::Progress { job, hashes, best }
}
