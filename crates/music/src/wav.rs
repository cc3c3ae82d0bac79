//! The header of a WAV file.

use crate::SAMPLE_RATE;

/// The 44 bytes before `frames` stereo frames of 16-bit samples. `None` where the file would exceed 4 GiB.
pub fn wav_header(frames: u32) -> Option<[u8; 44]> {
    let data = frames.checked_mul(4)?;
    let riff = data.checked_add(36)?;
    let mut header = [0; 44];
    let fields: [(usize, &[u8]); 13] = [
        (0, b"RIFF"),
        (4, &riff.to_le_bytes()),
        (8, b"WAVE"),
        (12, b"fmt "),
        (16, &16_u32.to_le_bytes()),
        // Plain PCM, two channels.
        (20, &1_u16.to_le_bytes()),
        (22, &2_u16.to_le_bytes()),
        (24, &SAMPLE_RATE.to_le_bytes()),
        (28, &(SAMPLE_RATE * 4).to_le_bytes()),
        (32, &4_u16.to_le_bytes()),
        (34, &16_u16.to_le_bytes()),
        (36, b"data"),
        (40, &data.to_le_bytes()),
    ];
    for (at, bytes) in fields {
        header[at..at + bytes.len()].copy_from_slice(bytes);
    }
    Some(header)
}
