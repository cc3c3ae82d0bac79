//! The music alone, as a wasm module that imports nothing: the same bytes that play in the page could live on chain.
//!
//! How it is used: write the hash's 32 bytes at `hash()`, call `start(id, layers)`, then `render(n)` as often as one
//! likes; each call leaves `n` stereo frames of little-endian 16-bit samples at `frames()`. `seek(frame)` goes on from
//! elsewhere. From `start` on, `note_count()` records of eight bytes lie at `notes()`, for those who show what they
//! hear: [`Event`]. One module plays one Atom at a time; calls that make memory grow are `start` and `seek`, and views
//! of it must be taken anew after them. Everything happens in one thread, as wasm has it.
#![cfg_attr(target_arch = "wasm32", no_std)]
#![cfg(target_arch = "wasm32")]
// A C interface, its memory and its allocator cannot be had without.
#![allow(unsafe_code)]
// Addresses and lengths have 32 bits there; of a mask of layers only the lowest eight count.
#![allow(clippy::cast_possible_truncation)]

mod memory;

extern crate alloc;

use alloc::vec::Vec;
use atomine_music::{Synth, compose};
use atomine_protocol::{Atom, AtomHash, TokenId};
use core::ptr::{addr_of, addr_of_mut};

/// The most frames that one call of [`render`] makes.
const CAPACITY: usize = 4096;

static mut HASH: [u8; 32] = [0; 32];
static mut FRAMES: [[i16; 2]; CAPACITY] = [[0; 2]; CAPACITY];
static mut SYNTH: Option<Synth> = None;
static mut EVENTS: Vec<Event> = Vec::new();

/// A note as who shows it needs it.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Event {
    /// When it begins, in frames.
    frame: u32,
    /// The layer's number, 0 (bell) to 7 (hat).
    layer: u8,
    /// How hard it is played, 1 to 127.
    velocity: u8,
    /// The shell of the electron that plays it, 0 (K) to 6 (Q); 255: the nucleus plays it.
    shell: u8,
    /// Which electron of that shell, counted from 0.
    electron: u8,
}

/// Where the Atom's hash is to be written before [`start`].
#[unsafe(no_mangle)]
pub extern "C" fn hash() -> *mut u8 {
    addr_of_mut!(HASH).cast()
}

/// Where [`render`] leaves its frames.
#[unsafe(no_mangle)]
pub extern "C" fn frames() -> *const i16 {
    addr_of!(FRAMES).cast()
}

/// Composes the Atom with this number and the hash written before, and gets ready to play the layers whose bits are
/// set (bit 0: bell … bit 7: hat; 255: all), as loud as they are in the whole. Returns the length of the piece in
/// frames; 0 where the number is 0.
#[unsafe(no_mangle)]
pub extern "C" fn start(id: u64, layers: u32) -> u32 {
    let Some(id) = TokenId::new(id) else {
        return 0;
    };
    // SAFETY: there is one thread, and no reference into these statics outlives a call.
    unsafe {
        // What was there before is overwritten unseen: its memory is taken back at once, not piece by piece.
        memory::forget_everything();
        let hash = AtomHash::from(*addr_of!(HASH));
        let score = compose(&Atom { id, hash });
        let events = score.notes.iter().map(|note| Event {
            frame: note.tick * score.samples_per_tick,
            layer: note.layer as u8,
            velocity: note.velocity,
            shell: note.electron.map_or(u8::MAX, |electron| electron.shell),
            electron: note.electron.map_or(0, |electron| electron.index),
        });
        addr_of_mut!(EVENTS).write(events.collect());
        let synth = Synth::with_layers(score, layers as u8);
        let length = synth.frames();
        addr_of_mut!(SYNTH).write(Some(synth));
        length
    }
}

/// Where the notes of the piece lie, by their time, as [`Event`]s.
#[unsafe(no_mangle)]
pub extern "C" fn notes() -> *const Event {
    // SAFETY: as in `start`.
    unsafe { (*addr_of!(EVENTS)).as_ptr() }
}

/// How many notes the piece has; 0 before [`start`].
#[unsafe(no_mangle)]
pub extern "C" fn note_count() -> u32 {
    // SAFETY: as in `start`.
    unsafe { (*addr_of!(EVENTS)).len() as u32 }
}

/// Goes on from a frame, counted round and round. It sounds as if all that comes before had been played; the bits that
/// count are those of a straight run from [`start`].
#[unsafe(no_mangle)]
pub extern "C" fn seek(frame: u32) {
    // SAFETY: as in `start`.
    unsafe {
        if let Some(synth) = &mut *addr_of_mut!(SYNTH) {
            synth.seek(frame);
        }
    }
}

/// Makes the next `count` frames, at most 4,096, and returns how many it made: 0 before [`start`]. After the last
/// frame of the piece comes the first.
#[unsafe(no_mangle)]
pub extern "C" fn render(count: u32) -> u32 {
    // SAFETY: as in `start`.
    unsafe {
        let Some(synth) = &mut *addr_of_mut!(SYNTH) else {
            return 0;
        };
        let count = (count as usize).min(CAPACITY);
        synth.render(&mut (&mut *addr_of_mut!(FRAMES))[..count]);
        count as u32
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
