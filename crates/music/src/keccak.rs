//! Keccak-256 of a few bytes, a fifth of the size of the library's: the synth has no room for that.

/// Rounds of the permutation; the bits of each round's constant, which stand at 2^j - 1 only.
#[rustfmt::skip]
const CONSTANTS: [u8; 24] = [
    0x01, 0x1a, 0x5e, 0x70, 0x1f, 0x21, 0x79, 0x55, 0x0e, 0x0c, 0x35, 0x26,
    0x3f, 0x4f, 0x5d, 0x53, 0x52, 0x48, 0x16, 0x66, 0x79, 0x58, 0x21, 0x74,
];

/// Keccak-256 (padding 0x01, as Ethereum uses it) of `head` and `tail` together, at most 134 bytes.
#[inline(never)]
pub(crate) fn keccak256(head: &[u8; 32], tail: &[u8]) -> [u8; 32] {
    let mut bytes = [0; 200];
    bytes[..32].copy_from_slice(head);
    bytes[32..32 + tail.len()].copy_from_slice(tail);
    bytes[32 + tail.len()] = 1;
    bytes[135] = 0x80;
    let mut lanes = [0; 25];
    for (lane, chunk) in lanes.iter_mut().zip(bytes.as_chunks::<8>().0) {
        *lane = u64::from_le_bytes(*chunk);
    }
    for constant in CONSTANTS {
        round(&mut lanes, constant);
    }
    let mut hash = [0; 32];
    for (bytes, lane) in hash.as_chunks_mut::<8>().0.iter_mut().zip(lanes) {
        *bytes = lane.to_le_bytes();
    }
    hash
}

/// Where ρ and π carry lane after lane, beginning with lane 1; the rotations on the way are the triangular numbers.
#[rustfmt::skip]
const WALK: [u8; 24] = [
    10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4,
    15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1,
];

fn round(a: &mut [u64; 25], constant: u8) {
    // θ, with the columns once more at either end.
    let mut parity = [0; 7];
    for row in a.as_chunks::<5>().0 {
        for (sum, lane) in parity[1..].iter_mut().zip(row) {
            *sum ^= lane;
        }
    }
    parity[0] = parity[5];
    parity[6] = parity[1];
    for row in a.as_chunks_mut::<5>().0 {
        for (x, lane) in row.iter_mut().enumerate() {
            *lane ^= parity[x] ^ parity[x + 2].rotate_left(1);
        }
    }
    // ρ and π
    let mut moved = a[1];
    let mut rotation = 0;
    for (step, &place) in (1..).zip(&WALK) {
        rotation += step;
        let rotated = moved.rotate_left(rotation);
        moved = core::mem::replace(&mut a[usize::from(place)], rotated);
    }
    // χ, with the row's beginning once more at its end.
    for row in a.as_chunks_mut::<5>().0 {
        let mut b = [0; 7];
        b[..5].copy_from_slice(row);
        b[5] = b[0];
        b[6] = b[1];
        for (x, lane) in row.iter_mut().enumerate() {
            *lane ^= !b[x + 1] & b[x + 2];
        }
    }
    // ι
    for bit in 0..7 {
        a[0] ^= u64::from(constant >> bit & 1) << ((1 << bit) - 1);
    }
}

#[cfg(test)]
mod tests {
    use super::keccak256;
    use alloc::vec::Vec;

    #[test]
    fn it_is_the_librarys() {
        for length in [0, 4, 7, 40, 101, 102] {
            let head = [length as u8 ^ 0xa5; 32];
            let tail: Vec<u8> = (0..length as u8).collect();
            let whole = [&head[..], &tail].concat();
            assert_eq!(
                keccak256(&head, &tail),
                alloy_primitives::keccak256(whole).0
            );
        }
    }
}
