//! Running other programs, with errors that say what was run and what it answered.

use crate::error::Error;
use std::{
    ffi::OsStr,
    io,
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Lines from either end of a failed program's output that an error repeats: some programs name the cause first,
/// others last.
const SHOWN_LINES: usize = 15;

/// Cargo itself: the one that runs us, so that a `+toolchain` on the command line is kept.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs `command` with its output on the screen.
pub(crate) fn run(command: &mut Command) -> Result<(), Error> {
    let status = command
        .status()
        .map_err(|source| not_started(command, source))?;
    if status.success() {
        return Ok(());
    }
    Err(Error::Command {
        command: line(command),
        status: status.to_string(),
        output: String::new(),
    })
}

/// Runs the program of one of this workspace's packages, built where need be.
pub(crate) fn run_package(
    package: &str,
    arguments: impl IntoIterator<Item: AsRef<OsStr>>,
) -> Result<(), Error> {
    let mut program = cargo();
    program.args(["run", "--quiet", "--package", package, "--"]);
    run(program.args(arguments))
}

/// Runs `command` silently and returns what it wrote to stdout; a failure shows the end of its output.
pub(crate) fn capture(command: &mut Command) -> Result<String, Error> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|source| not_started(command, source))?;
    finish(command, &output)
}

/// Like [`capture`], but ends the program after `limit`.
///
/// The output is read only after the end: for programs that write less than a pipe holds.
pub(crate) fn capture_within(command: &mut Command, limit: Duration) -> Result<String, Error> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|source| not_started(command, source))?;
    let started = Instant::now();
    while let Ok(None) = child.try_wait() {
        if started.elapsed() > limit {
            // Gone already is as good as ended by us.
            let _ = child.kill();
            let _ = child.wait();
            let status = format!("no end within {} s", limit.as_secs());
            return Err(Error::Command {
                command: line(command),
                status,
                output: String::new(),
            });
        }
        thread::sleep(Duration::from_millis(50));
    }
    let output = child
        .wait_with_output()
        .map_err(|source| not_started(command, source))?;
    finish(command, &output)
}

/// Whether `program` answers `--version`.
pub(crate) fn exists(program: &str) -> bool {
    let mut command = Command::new(program);
    command
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn finish(command: &Command, output: &Output) -> Result<String, Error> {
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    let said = String::from_utf8_lossy(&said);
    Err(Error::Command {
        command: line(command),
        status: output.status.to_string(),
        output: excerpt(&said),
    })
}

/// Both ends of `text`, indented, each line led by a newline.
fn excerpt(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let last = lines.len().saturating_sub(SHOWN_LINES);
    let gap = SHOWN_LINES..last;
    let shown = lines
        .iter()
        .enumerate()
        .filter(|(index, _)| !gap.contains(index));
    shown
        .flat_map(|(index, line)| {
            [
                if index == last && last > SHOWN_LINES {
                    "\n    …\n    "
                } else {
                    "\n    "
                },
                line,
            ]
        })
        .collect()
}

/// The command line as a person would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

fn not_started(command: &Command, source: io::Error) -> Error {
    let program = command.get_program().to_string_lossy().into_owned();
    let remedy = match program.as_str() {
        "npm" | "node" => "install Node 20 or newer, which brings npm",
        "apt-get" | "dpkg-deb" => "this step needs Debian or Ubuntu",
        _ => "check that it is installed and on the PATH",
    };
    Error::Start {
        program,
        source,
        remedy,
    }
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn an_excerpt_keeps_both_ends() {
        assert_eq!(excerpt(""), "");
        assert_eq!(excerpt("a\nb"), "\n    a\n    b");
        let long: Vec<String> = (0..40).map(|line| line.to_string()).collect();
        let shown = excerpt(&long.join("\n"));
        assert!(shown.starts_with("\n    0\n    1"));
        assert!(shown.contains("    14\n    …\n    25\n"));
        assert!(shown.ends_with("    39"));
    }
}
