//! The music alone, as a wasm module that imports nothing: the same bytes that play in the page could live on chain.
//!
//! How it is used: write the hash's 32 bytes at `hash()`, call `start(id, layers)`, then `render(n)` as often as one
//! likes; each call leaves `n` stereo frames of little-endian 16-bit samples at `frames()`. Everything happens in one
//! thread, as wasm has it.
#![cfg_attr(target_arch = "wasm32", no_std)]
#![cfg(target_arch = "wasm32")]
// A C interface, its memory and its allocator cannot be had without.
#![allow(unsafe_code)]

mod memory;

use atomine_music::{Synth, compose};
use atomine_protocol::{Atom, AtomHash, TokenId};
use core::ptr::{addr_of, addr_of_mut};

/// The most frames that one call of [`render`] makes.
const CAPACITY: usize = 4096;

static mut HASH: [u8; 32] = [0; 32];
static mut FRAMES: [[i16; 2]; CAPACITY] = [[0; 2]; CAPACITY];
static mut SYNTH: Option<Synth> = None;

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
/// set (255: all). Returns the length of the piece in frames; 0 where the number is 0.
#[unsafe(no_mangle)]
pub extern "C" fn start(id: u64, layers: u32) -> u32 {
    let Some(id) = TokenId::new(id) else {
        return 0;
    };
    // SAFETY: there is one thread, and no reference into these statics outlives a call.
    unsafe {
        // What it held is taken back at once, not piece by piece.
        core::mem::forget((*addr_of_mut!(SYNTH)).take());
        memory::forget_everything();
        let hash = AtomHash::from(*addr_of!(HASH));
        let synth = Synth::with_layers(compose(&Atom { id, hash }), layers as u8);
        let length = synth.frames();
        addr_of_mut!(SYNTH).write(Some(synth));
        length
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
