//! The native part of the benchmark: answers what it is asked on its input, line by line.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::io::Result<()> {
    use std::io::{BufRead, Write, stdin, stdout};

    let mut bench = atomine_bench::native::Bench::default();
    let mut out = stdout().lock();
    for line in stdin().lock().lines() {
        match bench.answer(&line?) {
            Ok(answer) => writeln!(out, "{answer}")?,
            // Names and requests hold nothing that JSON would escape.
            Err(error) => writeln!(out, r#"{{"error":"{error}"}}"#)?,
        }
        out.flush()?;
    }
    Ok(())
}

#[cfg(target_arch = "wasm32")]
fn main() {}
