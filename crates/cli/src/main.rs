//! `atomine`: what Atoms are, what they take, and mining them, without a browser.

mod args;
mod atom;
mod bench;
mod csv_file;
mod error;
mod mine;
mod number;
mod render;
mod work;

use args::{Args, Command};
use clap::Parser;
use error::CliError;
use std::{
    io::{self, Write},
    process::ExitCode,
};

fn main() -> ExitCode {
    let args = Args::parse();
    let mut out = io::BufWriter::new(io::stdout().lock());
    let result = run(args.command, &mut out).and_then(|()| Ok(out.flush()?));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever reads the output has seen enough.
        Err(CliError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            error.exit_code().into()
        }
    }
}

fn run(command: Command, out: &mut impl Write) -> Result<(), CliError> {
    match command {
        Command::Atom(args) => atom::run(&args, out),
        Command::Work(args) => work::hash(&args, out),
        Command::Target(args) => work::target(&args, out),
        Command::Render(args) => render::files(&args),
        Command::Verify(args) => render::verify(&args, out),
        Command::Mine(args) => mine::run(&args, out),
        Command::Bench(args) => bench::run(&args, out),
    }
}
