//! The smallest allocator that will do: it hands out memory and takes it all back at once.

use core::{
    alloc::{GlobalAlloc, Layout},
    arch::wasm32::{memory_grow, memory_size},
    ptr::{addr_of_mut, null_mut},
};

const PAGE: usize = 65_536;

/// Memory from the end of the module's statics upwards.
struct Arena;

#[global_allocator]
static ARENA: Arena = Arena;

unsafe extern "C" {
    /// Where the linker says free memory begins.
    static mut __heap_base: u8;
}

/// The first free address; 0 before anything was asked for.
static mut FREE: usize = 0;

// SAFETY: each block lies above all blocks before it, within memory that has been grown to hold it. There is one
// thread.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe {
            if FREE == 0 {
                forget_everything();
            }
            let start = FREE.next_multiple_of(layout.align());
            let end = start + layout.size();
            let pages = end.div_ceil(PAGE);
            let present = memory_size(0);
            if pages > present && memory_grow(0, pages - present) == usize::MAX {
                return null_mut();
            }
            FREE = end;
            start as *mut u8
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // The newest block can be had back, which makes growing a vector cheap.
        unsafe {
            if block as usize + layout.size() == FREE {
                FREE = block as usize;
            }
        }
    }
}

/// Makes all memory free again; whatever was allocated must not be used afterwards.
pub(crate) fn forget_everything() {
    // SAFETY: the address of the symbol is all that is used of it.
    unsafe { FREE = addr_of_mut!(__heap_base) as usize }
}
