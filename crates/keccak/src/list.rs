//! All kernels there are, for those who choose, check or measure them.

use crate::Kernel;

// Where there are vectors, the scalar kernel is only weight to download: it has a build of its own.
/// The kernel that runs wherever this build runs.
#[cfg(not(target_feature = "simd128"))]
pub type Baseline = crate::Portable;
/// The kernel that runs wherever this build runs.
#[cfg(target_feature = "simd128")]
pub type Baseline = crate::Simd128;

/// Sees kernels one after the other; they are types, so a closure cannot.
pub trait Visitor {
    /// Called once with each kernel.
    fn visit<K: Kernel + Send + 'static>(&mut self);
}

/// Shows `visitor` every kernel of this build that this machine can run, [`Baseline`] first and the one that should be
/// the fastest last.
pub fn visit_kernels(visitor: &mut impl Visitor) {
    visitor.visit::<Baseline>();
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
