//! `atomine render` and `atomine verify`: an Atom as sound, score and picture, the same bytes as in the page.

use crate::{
    args::{RenderArgs, VerifyArgs},
    error::CliError,
};
use atomine_music::{SAMPLE_RATE, Synth, compose, midi, pcm_hash, wav_header};
use atomine_protocol::Atom;
use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

/// Writes the files asked for.
pub(crate) fn files(args: &RenderArgs) -> Result<(), CliError> {
    let atom = atom(&args.atom);
    let score = compose(&atom);
    if let Some(path) = &args.midi {
        let title = atom.title().to_string();
        create(path, |file| file.write_all(&midi(&score, &title)))?;
    }
    if let Some(path) = &args.svg {
        create(path, |file| {
            file.write_all(atomine_art::svg(&atom).as_bytes())
        })?;
    }
    if let Some(path) = &args.png {
        let png = atomine_print::png(&atom, args.width)?;
        create(path, |file| file.write_all(&png))?;
    }
    if let Some(path) = &args.wav {
        let frames = args
            .seconds
            .map_or(score.frames(), |seconds| seconds * SAMPLE_RATE);
        create(path, |file| wav(file, Synth::new(score), frames))?;
    }
    Ok(())
}

/// Prints the hash of the sound.
pub(crate) fn verify(args: &VerifyArgs, out: &mut impl Write) -> Result<(), CliError> {
    writeln!(out, "{}", pcm_hash(compose(&atom(args))))?;
    Ok(())
}

fn atom(args: &VerifyArgs) -> Atom {
    Atom {
        id: args.id,
        hash: args.hash,
    }
}

fn create(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<(), CliError> {
    File::create(path)
        .map(BufWriter::new)
        .and_then(|mut file| {
            write(&mut file)?;
            file.flush()
        })
        .map_err(|source| CliError::Create {
            path: path.to_path_buf(),
            source,
        })
}

fn wav(file: &mut impl Write, mut synth: Synth, frames: u32) -> io::Result<()> {
    let header = wav_header(frames).ok_or(io::ErrorKind::FileTooLarge)?;
    file.write_all(&header)?;
    let mut left = frames as usize;
    let mut buffer = [[0; 2]; 4096];
    while left > 0 {
        let count = left.min(buffer.len());
        let frames = &mut buffer[..count];
        synth.render(frames);
        for sample in frames.as_flattened() {
            file.write_all(&sample.to_le_bytes())?;
        }
        left -= count;
    }
    Ok(())
}
