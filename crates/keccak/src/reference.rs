//! Keccak-256 of one block, written like the specification (FIPS 202 with the older padding byte 0x01): slow, plain,
//! and the judge of what the kernels find.

use crate::work::PREIMAGE_BYTES;

/// The 25 lanes of the state: lane (x, y) is at `x + 5 * y`.
pub(crate) type Block = [u64; 25];

/// The round constants of ι, as FIPS 202 generates them.
pub const ROUND_CONSTANTS: [u64; 24] = [
    0x0000_0000_0000_0001,
    0x0000_0000_0000_8082,
    0x8000_0000_0000_808a,
    0x8000_0000_8000_8000,
    0x0000_0000_0000_808b,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8009,
    0x0000_0000_0000_008a,
    0x0000_0000_0000_0088,
    0x0000_0000_8000_8009,
    0x0000_0000_8000_000a,
    0x0000_0000_8000_808b,
    0x8000_0000_0000_008b,
    0x8000_0000_0000_8089,
    0x8000_0000_0000_8003,
    0x8000_0000_0000_8002,
    0x8000_0000_0000_0080,
    0x0000_0000_0000_800a,
    0x8000_0000_8000_000a,
    0x8000_0000_8000_8081,
    0x8000_0000_0000_8080,
    0x0000_0000_8000_0001,
    0x8000_0000_8000_8008,
];

/// Keccak-256 (padding 0x01, as Ethereum uses it) of a preimage.
pub fn keccak256(preimage: &[u8; PREIMAGE_BYTES]) -> [u8; 32] {
    hash_block(pad(preimage))
}

/// `preimage` as the state that the permutation starts from: padded to the rate of 136 bytes, capacity zero.
pub(crate) fn pad(preimage: &[u8; PREIMAGE_BYTES]) -> Block {
    let mut bytes = [0; 136];
    bytes[..PREIMAGE_BYTES].copy_from_slice(preimage);
    bytes[PREIMAGE_BYTES] ^= 0x01;
    bytes[135] ^= 0x80;
    let mut block = [0; 25];
    for (lane, chunk) in block.iter_mut().zip(bytes.as_chunks::<8>().0) {
        *lane = u64::from_le_bytes(*chunk);
    }
    block
}

/// Permutes `block` and reads the hash from its first four lanes.
#[inline(never)]
pub(crate) fn hash_block(mut block: Block) -> [u8; 32] {
    for constant in ROUND_CONSTANTS {
        block = round(&block, constant);
    }
    let mut hash = [0; 32];
    for (bytes, lane) in hash.as_chunks_mut::<8>().0.iter_mut().zip(block) {
        *bytes = lane.to_le_bytes();
    }
    hash
}

fn round(a: &Block, constant: u64) -> Block {
    let mut out = chi(&theta_rho_pi(a));
    out[0] ^= constant;
    out
}

/// θ, ρ and π: the linear part of a round, up to the input of χ.
#[inline(never)]
pub(crate) fn theta_rho_pi(a: &Block) -> Block {
    let mut parity = [0; 5];
    for (i, lane) in a.iter().enumerate() {
        parity[i % 5] ^= lane;
    }
    let mut b = [0; 25];
    b[0] = a[0] ^ parity[4] ^ parity[1].rotate_left(1);
    // ρ's offsets are the triangular numbers along the walk (x, y) → (y, 2x + 3y), which is also π.
    let (mut x, mut y) = (1, 0);
    for t in 0..24 {
        let mixed = a[x + 5 * y] ^ parity[(x + 4) % 5] ^ parity[(x + 1) % 5].rotate_left(1);
        let offset = (t + 1) * (t + 2) / 2;
        (x, y) = (y, (2 * x + 3 * y) % 5);
        b[x + 5 * y] = mixed.rotate_left(offset % 64);
    }
    b
}

#[inline(never)]
pub(crate) fn chi(b: &Block) -> Block {
    core::array::from_fn(|i| {
        let (x, row) = (i % 5, i - i % 5);
        b[i] ^ (!b[row + (x + 1) % 5] & b[row + (x + 2) % 5])
    })
}
