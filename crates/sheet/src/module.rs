//! The C interface.
// Neither it nor an allocator can be had without.
#![allow(unsafe_code)]

use crate::why;
use alloc::{
    string::{String, ToString},
    vec::Vec,
};
use alloy_primitives::Keccak256;
use atomine_music::{compose, midi, wav_header};
use atomine_protocol::{Atom, AtomHash, TokenId};
use core::ptr::{addr_of, addr_of_mut};
use lol_alloc::{AssumeSingleThreaded, LeakingAllocator};

/// Bytes that [`absorb`] takes at once.
const CAPACITY: usize = 65_536;

// SAFETY: this module is built without threads.
#[global_allocator]
static ALLOCATOR: AssumeSingleThreaded<LeakingAllocator> =
    unsafe { AssumeSingleThreaded::new(LeakingAllocator::new()) };

static mut HASH: [u8; 32] = [0; 32];
static mut SAMPLES: [u8; CAPACITY] = [0; CAPACITY];
static mut WORDS: String = String::new();
static mut MIDI: Vec<u8> = Vec::new();
static mut HEADER: [u8; 44] = [0; 44];
static mut SOUND: Option<Keccak256> = None;

/// Where the Atom's hash is to be written before [`write`], and where [`digest`] leaves the sound's.
#[unsafe(no_mangle)]
pub extern "C" fn hash() -> *mut u8 {
    addr_of_mut!(HASH).cast()
}

/// Writes the music of the Atom with this number and the hash written before. Returns the length of the MIDI file in
/// bytes; 0 where the number is 0.
#[unsafe(no_mangle)]
pub extern "C" fn write(id: u64) -> u32 {
    let Some(id) = TokenId::new(id) else {
        return 0;
    };
    // SAFETY: there is one thread, and no reference into these statics outlives a call.
    unsafe {
        let hash = AtomHash::from(*addr_of!(HASH));
        let atom = Atom { id, hash };
        let score = compose(&atom);
        addr_of_mut!(WORDS).write(why(atom, &score).join("\n"));
        if let Some(header) = wav_header(score.frames()) {
            addr_of_mut!(HEADER).write(header);
        }
        let file = midi(&score, &atom.title().to_string());
        let length = file.len();
        addr_of_mut!(MIDI).write(file);
        u32::try_from(length).unwrap_or(0)
    }
}

/// Where the sentences of [`why`] lie, a line each, in UTF-8.
#[unsafe(no_mangle)]
pub extern "C" fn words() -> *const u8 {
    // SAFETY: as in `write`.
    unsafe { (&*addr_of!(WORDS)).as_ptr() }
}

/// How many bytes they have.
#[unsafe(no_mangle)]
pub extern "C" fn words_length() -> u32 {
    // SAFETY: as in `write`.
    unsafe { u32::try_from((&*addr_of!(WORDS)).len()).unwrap_or(0) }
}

/// Where the MIDI file lies.
#[unsafe(no_mangle)]
pub extern "C" fn midi_file() -> *const u8 {
    // SAFETY: as in `write`.
    unsafe { (&*addr_of!(MIDI)).as_ptr() }
}

/// Where the 44 bytes before a WAV file's samples lie.
#[unsafe(no_mangle)]
pub extern "C" fn header() -> *const u8 {
    addr_of!(HEADER).cast()
}

/// Where samples are to be left for [`absorb`], at most 65,536 bytes.
#[unsafe(no_mangle)]
pub extern "C" fn samples() -> *mut u8 {
    addr_of_mut!(SAMPLES).cast()
}

/// Takes so many bytes of [`samples`] into the sound's hash.
#[unsafe(no_mangle)]
pub extern "C" fn absorb(bytes: u32) {
    // SAFETY: as in `write`.
    unsafe {
        let sound = (*addr_of_mut!(SOUND)).get_or_insert_default();
        let samples = &*addr_of!(SAMPLES);
        let bytes = usize::try_from(bytes).unwrap_or(CAPACITY);
        sound.update(samples.get(..bytes).unwrap_or(samples));
    }
}

/// Leaves the Keccak-256 of all that was taken in since the last at [`hash`].
#[unsafe(no_mangle)]
pub extern "C" fn digest() {
    // SAFETY: as in `write`.
    unsafe {
        let sound = (*addr_of_mut!(SOUND)).take().unwrap_or_default();
        addr_of_mut!(HASH).write(sound.finalize().0);
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
