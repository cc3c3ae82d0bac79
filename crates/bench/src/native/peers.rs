//! Other crates' Keccak-256, each as a miner would call it.

use sha3::Digest;
use tiny_keccak::Hasher;

/// The crate `sha3`.
pub(super) fn sha3(message: &[u8]) -> [u8; 32] {
    sha3::Keccak256::digest(message).into()
}

/// The crate `tiny-keccak`, which create2crunch mines with.
pub(super) fn tiny_keccak(message: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    let mut keccak = tiny_keccak::Keccak::v256();
    keccak.update(message);
    keccak.finalize(&mut hash);
    hash
}

/// The crate `keccak-asm`: OpenSSL's assembly.
#[cfg(unix)]
pub(super) fn keccak_asm(message: &[u8]) -> [u8; 32] {
    keccak_asm::Keccak256::digest(message).into()
}
