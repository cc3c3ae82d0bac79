//! The native part of the benchmarks. Without arguments it answers what it is asked on its input, line by line; `names`
//! lists the kernels; `hash <kernel> <count>` does just that, for an instruction counter.

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    use atomine_bench::native::count;
    use std::process::ExitCode;

    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        [] => serve().is_ok(),
        ["names"] => {
            println!("{}", count::names());
            true
        }
        ["hash", name, hashes] => hashes.parse().is_ok_and(|hashes| count::hash(name, hashes)),
        _ => false,
    };
    if done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn serve() -> std::io::Result<()> {
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
