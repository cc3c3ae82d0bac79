//! A plain allocator: the standard one would be a fifth of the module, for a worker that allocates a message at a time.

use lol_alloc::{AssumeSingleThreaded, FreeListAllocator};

#[global_allocator]
#[expect(unsafe_code)]
// SAFETY: this module is built without threads; no other one shares its memory.
static ALLOCATOR: AssumeSingleThreaded<FreeListAllocator> =
    unsafe { AssumeSingleThreaded::new(FreeListAllocator::new()) };
