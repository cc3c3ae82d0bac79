//! All kernels there are, for those who choose, check or measure them.

use crate::Kernel;

/// Sees kernels one after the other; they are types, so a closure cannot.
pub trait Visitor {
    /// Called once with each kernel.
    fn visit<K: Kernel + Send + 'static>(&mut self);
}

/// Shows `visitor` every kernel of this build that this machine can run, the one that should be the
/// fastest last.
pub fn visit_kernels(visitor: &mut impl Visitor) {
    // Where there are vectors, this is only weight to download: it never was the faster one, and has a build of its own.
    #[cfg(not(target_feature = "simd128"))]
    visitor.visit::<crate::Portable>();
    #[cfg(target_feature = "simd128")]
    visitor.visit::<crate::Simd128>();
    #[cfg(target_arch = "x86_64")]
    {
        use crate::x86::{Avx2, Avx512, Sse2};
        visitor.visit::<Sse2>();
        if std::arch::is_x86_feature_detected!("avx2") {
            visitor.visit::<Avx2>();
        }
        if std::arch::is_x86_feature_detected!("avx512f") {
            visitor.visit::<Avx512>();
        }
    }
}
