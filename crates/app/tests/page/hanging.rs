//! Workers that hang, and what only looks like it.

use crate::visit::{Visit, state};
use atomine_app::{Effect, Msg, Timer, WorkerId};
use atomine_mine::message::FromWorker;

const HANGING: WorkerId = WorkerId(2);

/// So many seconds pass, with a look every second; all workers but one speak.
fn pass(visit: &mut Visit, seconds: u32, silent: WorkerId) {
    for _ in 0..seconds {
        for worker in [1, 2, 3].map(WorkerId) {
            if worker != silent {
                let (job, hashes, best) = (1, 1_000, [0xff; 32]);
                visit.says(worker, FromWorker::Progress { job, hashes, best });
            }
        }
        visit.after(1_000).fire(Timer::Tick);
        if visit.did(ends) {
            return;
        }
    }
}

/// So many looks, the time between them in ms; no worker speaks.
fn silence(visit: &mut Visit, looks: u32, ms: u64) {
    for _ in 0..looks {
        visit.after(ms).fire(Timer::Tick);
        assert!(!visit.did(ends), "a false alarm");
    }
}

fn ends(effect: &Effect) -> bool {
    matches!(effect, Effect::TerminateWorker(_))
}

#[test]
fn a_worker_that_hangs_is_replaced_and_said_so() {
    let mut visit = Visit::mining();
    pass(&mut visit, 40, HANGING);
    assert_eq!(
        visit.effects[0],
        Effect::TerminateWorker(HANGING),
        "within 40 s"
    );
    assert_eq!(visit.count(ends), 1, "the others speak");
    assert!(visit.notice().contains("stopped answering"));
    let successor = WorkerId(4);
    assert_eq!(visit.timer_ms(Timer::Respawn(successor)), Some(250));
    visit.fire(Timer::Respawn(successor));
    assert_eq!(visit.spawned(), [successor]);
}

#[test]
fn a_worker_that_never_loads_is_tried_anew() {
    let mut visit = Visit::mining();
    visit.send(Msg::CoresChosen(4));
    silence(&mut visit, 20, 1_000);
    pass(&mut visit, 119, WorkerId(4));
    assert_eq!(visit.effects[0], Effect::TerminateWorker(WorkerId(4)));
}

#[test]
fn a_laptop_that_slept_raises_no_alarm() {
    let mut visit = Visit::mining();
    silence(&mut visit, 5, 250);
    silence(&mut visit, 1, 8 * 3_600_000);
    silence(&mut visit, 20, 1_000);
    pass(&mut visit, 20, WorkerId(0));
    assert!(!visit.did(ends), "they woke up too");
}

#[test]
fn a_tab_that_the_browser_holds_back_raises_no_alarm() {
    let mut visit = Visit::mining();
    visit.send(Msg::VisibilityChanged { hidden: true });
    silence(&mut visit, 10, 60_000);
}

#[test]
fn a_clock_that_is_set_back_raises_no_alarm() {
    let mut visit = Visit::mining();
    silence(&mut visit, 5, 1_000);
    visit.now_ms -= 600_000;
    silence(&mut visit, 20, 1_000);
}

#[test]
fn workers_that_rest_are_silent_and_that_is_right() {
    let mut visit = Visit::mining();
    visit.send(Msg::AccountsChanged(Vec::new()));
    silence(&mut visit, 500, 1_000);
    visit.send(Msg::AccountsChanged(vec![crate::visit::ALICE]));
    visit.state_read(state(17));
    silence(&mut visit, 20, 1_000);
}
