//! Ends a program when this one ends, however that happens.
//!
//! The program runs under a guard: this same executable again, with a pipe from us as its input. The system closes the
//! pipe when we are gone, even killed, and the guard then ends its program.

use crate::error::Error;
use std::{
    env,
    ffi::OsString,
    io::{self, Read},
    path::Path,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

/// How often the guard looks whether its program has ended by itself.
const LOOK: Duration = Duration::from_millis(100);

/// A running program that ends with this value, or with this process.
pub(crate) struct Guarded {
    guard: Child,
}

impl Guarded {
    /// Starts `program` under a guard; only its errors are shown.
    pub(crate) fn start(program: &Path, arguments: &[String]) -> Result<Self, Error> {
        let executable = env::current_exe().map_err(Error::file("find", "this program"))?;
        let guard = Command::new(executable)
            .arg("guard")
            .arg(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .map_err(|source| start_error(program, source))?;
        Ok(Self { guard })
    }

    /// Whether the program has ended by itself.
    pub(crate) fn has_ended(&mut self) -> bool {
        !matches!(self.guard.try_wait(), Ok(None))
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        drop(self.guard.stdin.take());
        // Nothing can be done about a guard that cannot be waited for.
        let _ = self.guard.wait();
    }
}

/// The guard's own work: runs `command` until it ends or our input does.
pub(crate) fn run(mut command: impl Iterator<Item = OsString>) -> Result<(), Error> {
    let program = command.next().unwrap_or_default();
    let mut child = Command::new(&program)
        .args(command)
        .stdin(Stdio::null())
        .spawn()
        .map_err(|source| start_error(Path::new(&program), source))?;
    let (sender, closed) = mpsc::channel();
    thread::spawn(move || {
        // An input that cannot be read is as good as closed.
        let _ = io::stdin().read_to_end(&mut Vec::new());
        let _ = sender.send(());
    });
    while let Err(RecvTimeoutError::Timeout) = closed.recv_timeout(LOOK) {
        if !matches!(child.try_wait(), Ok(None)) {
            return Ok(());
        }
    }
    // Gone already is as good as ended by us.
    let _ = child.kill();
    let _ = child.wait();
    Ok(())
}

fn start_error(program: &Path, source: io::Error) -> Error {
    let remedy = "remove tests/node_modules and try again";
    Error::Start {
        program: program.display().to_string(),
        source,
        remedy,
    }
}
