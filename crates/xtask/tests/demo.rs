//! However the demo ends, it leaves nothing running.
#![cfg(unix)]
#![allow(missing_docs)]
// Only to give a child back its interrupt, in `interruptible`.
#![allow(unsafe_code)]

use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use std::{
    io::{BufRead, BufReader},
    net::{SocketAddr, TcpStream},
    os::unix::process::{CommandExt, ExitStatusExt},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// What takes longer than this has gone wrong.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running demo in a process group of its own, as a terminal gives it one.
struct Demo {
    child: Child,
    page: SocketAddr,
    chain: SocketAddr,
}

impl Demo {
    fn start() -> Self {
        let flags = ["demo", "--no-build", "--port", "0", "--rpc-port", "0"];
        let mut child = interruptible(env!("CARGO_BIN_EXE_xtask"))
            .args(flags)
            .args(["--hashes", "1000"])
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        let said: Vec<String> = stdout
            .lines()
            .map_while(Result::ok)
            .take_while(|line| !line.starts_with("Ctrl-C"))
            .collect();
        let address = |name: &str| {
            let mut lines = said.iter().map(|line| line.trim_start());
            let line = lines.find(|line| line.starts_with(name));
            let url = line.and_then(|line| line.split_whitespace().nth(1));
            url.and_then(|url| {
                let url = url.trim_start_matches("http://").trim_end_matches('/');
                url.parse().ok()
            })
        };
        let (Some(page), Some(chain)) = (address("page"), address("chain")) else {
            // It has closed its output: it has ended, or does so now.
            let output = child.wait_with_output().expect("it ends");
            let errors = String::from_utf8_lossy(&output.stderr);
            panic!("the demo did not start: {said:?} {errors}");
        };
        Self { child, page, chain }
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Asserts that it ends by `signal` and that page and chain are gone with it.
    fn assert_gone_by(mut self, signal: Signal) {
        let since = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("it is ours") {
                break status;
            }
            assert!(since.elapsed() < PATIENCE, "the demo still runs");
            thread::sleep(Duration::from_millis(20));
        };
        assert_eq!(status.signal(), Some(signal.as_raw()));
        for address in [self.page, self.chain] {
            let since = Instant::now();
            while TcpStream::connect(address).is_ok() {
                assert!(since.elapsed() < PATIENCE, "{address} still answers");
                thread::sleep(Duration::from_millis(20));
            }
        }
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // All of it is gone already where the test has passed.
        let _ = kill_process_group(self.pid(), Signal::KILL);
        let _ = self.child.wait();
    }
}

/// The program as a terminal starts it: what runs in a shell's background has its interrupts
/// ignored, and hands that on to all it starts.
fn interruptible(program: &str) -> Command {
    let mut command = Command::new(program);
    // SAFETY: between fork and exec, `signal` is one of the calls that are allowed.
    unsafe {
        command.pre_exec(|| {
            libc::signal(libc::SIGINT, libc::SIG_DFL);
            Ok(())
        });
    }
    command
}

fn assert_answers(demo: &Demo) {
    for address in [demo.page, demo.chain] {
        assert!(TcpStream::connect(address).is_ok(), "{address} answers");
    }
}

#[test]
fn ctrl_c_on_a_terminal_takes_the_chain_down() {
    let demo = Demo::start();
    assert_answers(&demo);
    // A terminal sends it to the whole group: to anvil and its guard too.
    kill_process_group(demo.pid(), Signal::INT).expect("it runs");
    demo.assert_gone_by(Signal::INT);
}

#[test]
fn an_interrupt_for_the_demo_alone_takes_the_chain_down() {
    let demo = Demo::start();
    kill_process(demo.pid(), Signal::INT).expect("it runs");
    demo.assert_gone_by(Signal::INT);
}

#[test]
fn a_killed_demo_takes_the_chain_down() {
    let demo = Demo::start();
    kill_process(demo.pid(), Signal::KILL).expect("it runs");
    demo.assert_gone_by(Signal::KILL);
}
