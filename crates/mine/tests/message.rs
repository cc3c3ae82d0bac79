//! Messages arrive as they were sent, and what is no message is refused.

use atomine_mine::message::{FromWorker, Job, MessageError, ToWorker, decode, encode};
use proptest::prelude::*;

fn job() -> Job {
    Job {
        number: 3,
        sender: [1; 20],
        prev_hash: [2; 32],
        target: [3; 32],
    }
}

#[test]
fn every_message_survives_the_way() {
    for message in [
        ToWorker::Start(job()),
        ToWorker::Power(70),
        ToWorker::Stop,
        ToWorker::Keep("simd128".into()),
    ] {
        assert_eq!(decode(&encode(&message)), Ok(message));
    }
    let (best, nonce) = ([9; 32], [8; 32]);
    for message in [
        FromWorker::Ready {
            kernel: "portable".into(),
        },
        FromWorker::Progress {
            job: 3,
            hashes: u64::MAX,
            best,
        },
        FromWorker::Measured {
            kernel: "portable".into(),
            hashes_per_s: 5_600_000,
        },
        FromWorker::Found { job: 3, nonce },
        FromWorker::Failed {
            reason: "why".into(),
        },
    ] {
        assert_eq!(decode(&encode(&message)), Ok(message));
    }
}

#[test]
fn other_versions_and_damage_are_refused() {
    let bytes = encode(&ToWorker::Start(job()));
    let mut other_version = bytes.clone();
    other_version[0] += 1;
    assert_eq!(decode::<ToWorker>(&other_version), Err(MessageError));
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(decode::<ToWorker>(&longer), Err(MessageError));
    for length in 0..bytes.len() {
        assert_eq!(decode::<ToWorker>(&bytes[..length]), Err(MessageError));
    }
    assert_eq!(decode::<ToWorker>(&[bytes[0], 99]), Err(MessageError));
}

/// A message with some bytes changed, its version mostly left alone.
fn damaged(message: Vec<u8>, damage: &[(usize, u8)]) -> Vec<u8> {
    let mut bytes = message;
    for (at, byte) in damage {
        let length = bytes.len();
        bytes[at % length] ^= byte;
    }
    bytes
}

proptest! {
    #[test]
    fn any_bytes_are_a_message_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..120), version: bool) {
        let mut bytes = bytes;
        if let (true, Some(lead)) = (version, bytes.first_mut()) {
            *lead = 1;
        }
        // What is taken is a message whose own bytes say the same.
        if let Ok(message) = decode::<FromWorker>(&bytes) {
            prop_assert_eq!(decode(&encode(&message)), Ok(message));
        }
        if let Ok(message) = decode::<ToWorker>(&bytes) {
            prop_assert_eq!(decode(&encode(&message)), Ok(message));
        }
    }

    #[test]
    fn a_damaged_message_is_another_message_or_refused(
        job: u32, hashes: u64, nonce: [u8; 32], reason: String,
        damage in prop::collection::vec((any::<usize>(), 1_u8..), 1..4),
    ) {
        for message in [
            FromWorker::Ready { kernel: reason.clone() },
            FromWorker::Progress { job, hashes, best: nonce },
            FromWorker::Found { job, nonce },
            FromWorker::Failed { reason },
        ] {
            let bytes = damaged(encode(&message), &damage);
            if let Ok(other) = decode::<FromWorker>(&bytes) {
                prop_assert_eq!(decode(&encode(&other)), Ok(other));
            }
            prop_assert_eq!(decode(&encode(&message)), Ok(message));
        }
    }
}
