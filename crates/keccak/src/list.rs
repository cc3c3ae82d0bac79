//! All kernels there are, for those who choose, check or measure them.

use crate::{Kernel, Portable};

/// Sees kernels one after the other; they are types, so a closure cannot.
pub trait Visitor {
    /// Called once with each kernel.
    fn visit<K: Kernel + 'static>(&mut self);
}

/// Shows `visitor` every kernel of this build that this machine can run, the plainest first.
pub fn visit_kernels(visitor: &mut impl Visitor) {
    visitor.visit::<Portable>();
    #[cfg(target_feature = "simd128")]
    visitor.visit::<crate::Simd128>();
}
