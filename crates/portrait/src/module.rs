//! The C interface.
// Neither it nor an allocator can be had without.
#![allow(unsafe_code)]

use crate::{Dot, OUTLINE, Portrait};
use alloc::string::String;
use atomine_art::Part;
use atomine_protocol::{Atom, AtomHash, TokenId};
use core::ptr::{addr_of, addr_of_mut, null};
use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};

// SAFETY: this module is built without threads.
#[global_allocator]
static ALLOCATOR: AssumeSingleThreaded<FreeListAllocator> =
    unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) };

static mut HASH: [u8; 32] = [0; 32];
static mut PORTRAIT: Option<Portrait> = None;
static mut LINES: [f32; OUTLINE] = [0.0; OUTLINE];
static mut DRAWING: String = String::new();
static mut DOTS: *const Dot = null();

/// Where the Atom's hash is to be written before [`prepare`].
#[unsafe(no_mangle)]
pub extern "C" fn hash() -> *mut u8 {
    addr_of_mut!(HASH).cast()
}

/// Gets ready to draw the Atom with this number and the hash written before; nothing where the number is 0.
#[unsafe(no_mangle)]
pub extern "C" fn prepare(id: u64) {
    if let Some(id) = TokenId::new(id) {
        // SAFETY: there is one thread, and no reference into these statics outlives a call.
        unsafe {
            let hash = AtomHash::from(*addr_of!(HASH));
            let portrait = Portrait::of(&Atom { id, hash });
            addr_of_mut!(LINES).write(portrait.outline());
            *addr_of_mut!(PORTRAIT) = Some(portrait);
        }
    }
}

/// Where the numbers of [`OUTLINE`] lie.
#[unsafe(no_mangle)]
pub extern "C" fn outline() -> *const f32 {
    addr_of!(LINES).cast()
}

/// Writes what stands still as SVG: 0 what is behind, 1 the orbits, 2 the nucleus. Returns how many bytes lie at
/// [`drawing`]: 0 before [`prepare`].
#[unsafe(no_mangle)]
pub extern "C" fn part(number: u32) -> u32 {
    let part = match number {
        0 => Part::Ground,
        1 => Part::Wreaths,
        _ => Part::Nucleus,
    };
    // SAFETY: as in `prepare`.
    unsafe {
        let portrait = &*addr_of!(PORTRAIT);
        let svg = portrait
            .as_ref()
            .map(|portrait| portrait.part(part))
            .unwrap_or_default();
        let length = svg.len();
        *addr_of_mut!(DRAWING) = svg;
        u32::try_from(length).unwrap_or(0)
    }
}

/// Where the drawing lies that was written last.
#[unsafe(no_mangle)]
pub extern "C" fn drawing() -> *const u8 {
    // SAFETY: as in `prepare`.
    unsafe {
        let drawing = &*addr_of!(DRAWING);
        drawing.as_ptr()
    }
}

/// Draws the Atom so many ms after rest while this frame of its music is heard; none is below 0. Returns how many dots
/// there are: 0 before [`prepare`].
#[unsafe(no_mangle)]
pub extern "C" fn draw(ms: u32, frame: i32) -> u32 {
    // SAFETY: as in `prepare`.
    unsafe {
        let Some(portrait) = &mut *addr_of_mut!(PORTRAIT) else {
            return 0;
        };
        let dots = portrait.draw(ms, u32::try_from(frame).ok());
        addr_of_mut!(DOTS).write(dots.as_ptr());
        u32::try_from(dots.len()).unwrap_or(0)
    }
}

/// Where the dots lie that were drawn last: nine numbers each, as [`Dot`] has them.
#[unsafe(no_mangle)]
pub extern "C" fn dots() -> *const Dot {
    // SAFETY: as in `prepare`.
    unsafe { *addr_of!(DOTS) }
}

/// How large all that is to be drawn, 0.8 to 1.
#[unsafe(no_mangle)]
pub extern "C" fn size() -> f32 {
    // SAFETY: as in `prepare`.
    unsafe { (*addr_of!(PORTRAIT)).as_ref().map_or(1.0, Portrait::size) }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
