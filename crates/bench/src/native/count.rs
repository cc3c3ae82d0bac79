//! Hashing for an instruction counter: nothing but one kernel's search.

use atomine_keccak::{PREIMAGE_BYTES, Work};

use crate::kernels;

/// The names of the kernels that this machine can run, a line each.
pub fn names() -> String {
    let names: Vec<&str> = kernels::kernels()
        .iter()
        .map(|kernel| kernel.name)
        .collect();
    names.join("\n")
}

/// Hashes `count` counters from 0 with the kernel of this name, for a target that none meets. `false` when this
/// machine has no such kernel, or it claims to have found something.
pub fn hash(name: &str, count: u64) -> bool {
    let message: [u8; PREIMAGE_BYTES] = std::array::from_fn(|i| i.to_le_bytes()[0]);
    let work = Work::new(&message, [0; 32]);
    let mut kernels = kernels::kernels();
    let kernel = kernels.iter_mut().find(|kernel| kernel.name == name);
    kernel.is_some_and(|kernel| (kernel.search)(&work, 0, count).is_none())
}

#[cfg(test)]
mod tests {
    use super::{hash, names};

    #[test]
    fn every_kernel_can_be_counted() {
        assert!(names().lines().count() > 0);
        assert!(names().lines().all(|name| hash(name, 1_000)));
        assert!(!hash("no such kernel", 1));
    }
}
