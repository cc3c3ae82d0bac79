//! What a person sees on a terminal: a real one, as far as the command can tell.

use crate::{
    mine::{EASY, HOPELESS, assert_solves, mining},
    support::text,
};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use std::{
    fs::{File, OpenOptions},
    io::Read,
    process::{Child, Command, Stdio},
};

/// A command whose errors go to a terminal.
struct Session {
    child: Child,
    /// The side of the terminal on which a person would sit.
    screen: File,
}

impl Session {
    fn start(args: &[&str]) -> Self {
        let screen = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&screen).expect("it is ours");
        unlockpt(&screen).expect("it can be opened");
        let name = ptsname(&screen, Vec::new()).expect("it has a name");
        let name = name.to_str().expect("a plain path");
        let terminal = OpenOptions::new().read(true).write(true).open(name);
        // Our own handle of the terminal ends with the builder, so that the screen ends with the command.
        let child = Command::new(env!("CARGO_BIN_EXE_atomine"))
            .args(args)
            .stdout(Stdio::piped())
            .stderr(terminal.expect("it opens"))
            .spawn()
            .expect("it starts");
        Self {
            child,
            screen: screen.into(),
        }
    }

    /// What appears on the screen until `seen` is content, or the command has ended.
    fn read_until(&mut self, seen: impl Fn(&str) -> bool) -> String {
        let (mut bytes, mut part) = (Vec::new(), [0; 4096]);
        // Where the last writer of a terminal is gone, some systems report an error and others an end.
        while let Ok(length @ 1..) = self.screen.read(&mut part) {
            bytes.extend_from_slice(&part[..length]);
            if seen(&String::from_utf8_lossy(&bytes)) {
                break;
            }
        }
        text(&bytes)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_terminal_shows_rate_and_odds_in_a_line_that_is_written_over() {
    let mut session = Session::start(&mining(HOPELESS, &[]));
    let screen = session.read_until(|screen| screen.contains("on average\x1b[K\r"));
    let lines: Vec<&str> = screen.split('\r').collect();
    let progress = lines.iter().find(|line| line.contains("MH/s"));
    let progress = progress.unwrap_or_else(|| panic!("a rate is in {screen:?}"));
    assert!(
        progress.contains(" MH/s · 0 % chance so far · one takes "),
        "{progress}"
    );
    assert!(!screen.contains('\n'), "{screen:?}");
}

#[test]
fn the_line_is_gone_once_a_nonce_is_found() {
    let mut session = Session::start(&mining(EASY, &["--threads", "1"]));
    let screen = session.read_until(|_| false);
    assert!(screen.ends_with("\r\x1b[K"), "{screen:?}");
    let mut printed = String::new();
    let stdout = session.child.stdout.as_mut().expect("a pipe");
    stdout.read_to_string(&mut printed).expect("UTF-8");
    assert_solves(&printed);
    assert!(session.child.wait().expect("it ended").success());
}
