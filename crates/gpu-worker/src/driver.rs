//! Carries the miner's plans out on a GPU, and opens another one where it is lost.

use crate::sleep::sleep;
use atomine_gpu::{Choice, Dispatch, Found, Gpu, GpuError, Miner, Plan, self_test};
use atomine_mine::{Host, message::ToWorker};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen_futures::spawn_local;

/// How long a driver that was reset gets to come back.
const RECOVERY_MS: f64 = 2_000.0;
/// So many losses in a row are taken; the next one is the last.
const LOSSES: u32 = 3;
/// After so long without a loss, the next one counts as the first.
const FORGIVEN_AFTER_MS: f64 = 600_000.0;

/// A GPU, the miner that uses it, and what is under way between them.
pub(crate) struct Driver<H> {
    host: H,
    choice: Choice,
    miner: RefCell<Miner<H>>,
    gpu: RefCell<Option<Rc<Gpu>>>,
    losses: Cell<u32>,
    lost_ms: Cell<f64>,
}

impl<H: Host + Copy + 'static> Driver<H> {
    /// Without a GPU yet.
    pub(crate) fn new(host: H, choice: Choice) -> Rc<Self> {
        Rc::new(Self {
            host,
            choice,
            miner: RefCell::new(Miner::new(host)),
            gpu: RefCell::default(),
            losses: Cell::default(),
            lost_ms: Cell::default(),
        })
    }

    /// Opens the GPU, called `name`, and says that it is ready, or that it cannot be used.
    pub(crate) async fn start(self: Rc<Self>, name: &str) {
        match self.open().await {
            Ok(()) => {
                self.miner.borrow().ready(name);
                self.go_on();
            }
            Err(error) => self.end(&error),
        }
    }

    /// Obeys a message of the page.
    pub(crate) fn receive(self: &Rc<Self>, message: ToWorker) {
        self.miner.borrow_mut().receive(message);
        self.go_on();
    }

    async fn open(&self) -> Result<(), GpuError> {
        let gpu = Gpu::open(self.choice).await?;
        self_test(&gpu).await?;
        self.gpu.replace(Some(Rc::new(gpu)));
        Ok(())
    }

    /// Does what is to be done until something must be waited for.
    fn go_on(self: &Rc<Self>) {
        let Some(gpu) = self.gpu.borrow().clone() else {
            return;
        };
        loop {
            let plan = self.miner.borrow_mut().plan();
            match plan {
                Plan::Dispatch(dispatch) => {
                    let pending = gpu.ask(&dispatch.query);
                    let (driver, gpu) = (Rc::clone(self), Rc::clone(&gpu));
                    spawn_local(async move {
                        let answer = gpu.answer(pending).await;
                        driver.answered(&gpu, &dispatch, answer);
                    });
                }
                Plan::Rest { ms } => {
                    let driver = Rc::clone(self);
                    spawn_local(async move {
                        sleep(ms).await;
                        driver.go_on();
                    });
                    return;
                }
                Plan::Wait => return,
            }
        }
    }

    fn answered(
        self: &Rc<Self>,
        gpu: &Rc<Gpu>,
        dispatch: &Dispatch,
        answer: Result<Found, GpuError>,
    ) {
        let current = self
            .gpu
            .borrow()
            .as_ref()
            .is_some_and(|it| Rc::ptr_eq(it, gpu));
        if !current {
            // Of several under way on a lost GPU the first has said all.
            return;
        }
        let judged = answer.and_then(|found| self.miner.borrow_mut().answered(dispatch, &found));
        match judged {
            Ok(()) => self.go_on(),
            Err(GpuError::Lost(words)) => self.lost(words),
            Err(error) => self.end(&error),
        }
    }

    /// The job stays; the GPU, or another, is opened after a while.
    fn lost(self: &Rc<Self>, words: String) {
        self.gpu.take();
        self.miner.borrow_mut().forget_dispatches();
        let now_ms = self.host.now_ms();
        if now_ms - self.lost_ms.replace(now_ms) > FORGIVEN_AFTER_MS {
            self.losses.set(0);
        }
        self.losses.set(self.losses.get() + 1);
        let lost = GpuError::Lost(words);
        if self.losses.get() > LOSSES {
            self.end(&lost);
            return;
        }
        let driver = Rc::clone(self);
        spawn_local(async move {
            sleep(RECOVERY_MS).await;
            match driver.open().await {
                Ok(()) => driver.go_on(),
                // Why it went away says more than that it did not come back.
                Err(_) => driver.end(&lost),
            }
        });
    }

    fn end(&self, error: &GpuError) {
        self.gpu.take();
        self.miner.borrow_mut().fail(error);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use atomine_mine::{
        SEED_BYTES,
        message::{FromWorker, Job},
    };
    use atomine_protocol::{Nonce, work_hash};
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_dedicated_worker);

    thread_local!(static SAID: RefCell<Vec<FromWorker>> = const { RefCell::new(Vec::new()) });

    /// A worker's scope whose messages stay here.
    #[derive(Clone, Copy, Debug)]
    struct Quiet;

    impl Host for Quiet {
        fn now_ms(&self) -> f64 {
            atomine_scope::Scope.now_ms()
        }

        fn post(&self, message: &FromWorker) {
            SAID.with_borrow_mut(|said| said.push(message.clone()));
        }

        fn seed(&self) -> Result<[u8; SEED_BYTES], String> {
            atomine_scope::Scope.seed()
        }
    }

    async fn driver(choice: Choice) -> Rc<Driver<Quiet>> {
        SAID.take();
        let driver = Driver::new(Quiet, choice);
        Rc::clone(&driver).start("a test").await;
        driver
    }

    /// A job that takes so many hashes on average.
    fn job(number: u32, expected_hashes: u64) -> Job {
        let mut target = [0; 32];
        target[..8].copy_from_slice(&(u64::MAX / expected_hashes).to_be_bytes());
        Job {
            number,
            sender: [1; 20],
            prev_hash: [2; 32],
            target,
        }
    }

    /// What `look` picks of the messages, as soon as it is there; 20 seconds at most.
    async fn wait<T>(look: impl Fn(&FromWorker) -> Option<T>) -> T {
        for _ in 0..400 {
            if let Some(seen) = SAID.with_borrow(|said| said.iter().find_map(&look)) {
                return seen;
            }
            sleep(50.0).await;
        }
        panic!("only {:?}", SAID.take())
    }

    fn hashes(message: &FromWorker) -> Option<u64> {
        match message {
            FromWorker::Progress { hashes, .. } => Some(*hashes),
            _ => None,
        }
    }

    #[wasm_bindgen_test]
    async fn a_job_is_mined_on_the_gpu() {
        let driver = driver(Choice::Any).await;
        assert_eq!(
            SAID.take(),
            [FromWorker::Ready {
                kernel: "a test".to_owned()
            }]
        );
        for number in [7, 8] {
            let job = job(number, 20_000);
            driver.receive(ToWorker::Start(job.clone()));
            let nonce = wait(|message| match message {
                FromWorker::Found { job, nonce } if *job == number => Some(Nonce::from(*nonce)),
                _ => None,
            })
            .await;
            let hash = work_hash(job.sender.into(), job.prev_hash.into(), nonce);
            assert!(hash.0.0 < job.target);
        }
    }

    #[wasm_bindgen_test]
    async fn what_imitates_a_gpu_is_refused() {
        driver(Choice::Real).await;
        let reason = GpuError::Software.to_string();
        assert_eq!(SAID.take(), [FromWorker::Failed { reason }]);
    }

    #[wasm_bindgen_test]
    async fn mining_goes_on_after_the_gpu_was_lost() {
        let driver = driver(Choice::Any).await;
        driver.receive(ToWorker::Start(job(1, u64::MAX)));
        wait(hashes).await;
        let gpu = driver.gpu.borrow().clone().unwrap();
        gpu.destroy();
        while driver
            .gpu
            .borrow()
            .as_ref()
            .is_some_and(|it| Rc::ptr_eq(it, &gpu))
        {
            sleep(10.0).await;
        }
        SAID.take();
        wait(hashes).await;
        driver.receive(ToWorker::Stop);
    }

    #[wasm_bindgen_test]
    async fn a_gpu_that_is_lost_again_and_again_is_given_up() {
        let driver = driver(Choice::Any).await;
        driver.losses.set(LOSSES);
        driver.lost_ms.set(Quiet.now_ms());
        driver.receive(ToWorker::Start(job(1, u64::MAX)));
        driver.gpu.borrow().clone().unwrap().destroy();
        let reason = wait(|message| match message {
            FromWorker::Failed { reason } => Some(reason.clone()),
            _ => None,
        });
        assert!(reason.await.contains("reset or taken away"));
        assert!(driver.gpu.borrow().is_none());
    }

    #[wasm_bindgen_test]
    async fn a_stop_stops_and_half_power_mines() {
        let driver = driver(Choice::Any).await;
        driver.receive(ToWorker::Power(50));
        driver.receive(ToWorker::Start(job(1, u64::MAX)));
        wait(hashes).await;
        driver.receive(ToWorker::Stop);
        sleep(500.0).await;
        SAID.take();
        sleep(500.0).await;
        assert_eq!(SAID.take(), []);
    }
}
