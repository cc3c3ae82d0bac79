//! One number for a whole piece.

use crate::{Score, Synth};
use alloy_primitives::{B256, Keccak256};

/// Keccak-256 of the piece, played once: its 16-bit samples, left and right in turn, little-endian. Equal hashes mean
/// equal sound, to the last bit.
pub fn pcm_hash(score: Score) -> B256 {
    let mut left = score.frames() as usize;
    let mut synth = Synth::new(score);
    let mut hasher = Keccak256::new();
    let mut frames = [[0; 2]; 4096];
    while left > 0 {
        let count = left.min(frames.len());
        synth.render(&mut frames[..count]);
        for sample in frames[..count].as_flattened() {
            hasher.update(sample.to_le_bytes());
        }
        left -= count;
    }
    hasher.finalize()
}
