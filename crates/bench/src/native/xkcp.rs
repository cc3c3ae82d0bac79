//! XKCP's Keccak-f[1600] on four states at a time in AVX2, as a miner would use it.

use std::{mem::MaybeUninit, ptr};

use atomine_keccak::{PREIMAGE_BYTES, counter_bytes};
use xkcp_sys::{
    KeccakP1600times4_AddBytes, KeccakP1600times4_ExtractLanesAll, KeccakP1600times4_InitializeAll,
    KeccakP1600times4_PermuteAll_24rounds, KeccakP1600times4_states,
};

use super::task::COUNTER;

/// Hashes at a time.
pub(super) const WIDTH: u64 = 4;

/// Four padded messages whose counters are zero, to start from.
pub(super) struct Times4 {
    start: Box<KeccakP1600times4_states>,
}

impl Times4 {
    /// For `message`, whatever is in its counter's place.
    pub(super) fn new(mut message: [u8; PREIMAGE_BYTES]) -> Self {
        message[COUNTER].fill(0);
        let mut padded = [0; 136];
        padded[..PREIMAGE_BYTES].copy_from_slice(&message);
        padded[PREIMAGE_BYTES] = 0x01;
        padded[135] |= 0x80;
        let mut start = Box::new(MaybeUninit::uninit());
        #[expect(unsafe_code)]
        // SAFETY: `InitializeAll` writes the whole state, which has C's layout; the bytes added lie within it.
        let start = unsafe {
            KeccakP1600times4_InitializeAll(start.as_mut_ptr());
            for instance in 0..4 {
                KeccakP1600times4_AddBytes(start.as_mut_ptr(), instance, padded.as_ptr(), 0, 136);
            }
            start.assume_init()
        };
        Self { start }
    }

    /// The first 8 bytes of the hashes at `counter` and the three after it, as big-endian numbers.
    pub(super) fn first_words(&self, counter: u64) -> [u64; 4] {
        let mut states = MaybeUninit::<KeccakP1600times4_states>::uninit();
        let mut lanes = [0; 32];
        #[expect(unsafe_code)]
        // SAFETY: the state is copied whole before it is used, and is plain numbers; a counter's 8 bytes lie within
        // the message; one lane of each of four states is 32 bytes.
        unsafe {
            ptr::copy_nonoverlapping(&raw const *self.start, states.as_mut_ptr(), 1);
            for (instance, counter) in (0..).zip(counter..counter + WIDTH) {
                let bytes = counter_bytes(counter);
                KeccakP1600times4_AddBytes(states.as_mut_ptr(), instance, bytes.as_ptr(), 72, 8);
            }
            KeccakP1600times4_PermuteAll_24rounds(states.as_mut_ptr());
            KeccakP1600times4_ExtractLanesAll(states.as_ptr(), lanes.as_mut_ptr(), 1, 1);
        }
        let mut words = lanes
            .as_chunks::<8>()
            .0
            .iter()
            .copied()
            .map(u64::from_be_bytes);
        std::array::from_fn(|_| words.next().unwrap_or_default())
    }
}
