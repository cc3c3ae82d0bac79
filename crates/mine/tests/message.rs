//! Messages arrive as they were sent, and what is no message is refused.

use atomine_mine::message::{FromWorker, Job, MessageError, ToWorker, decode, encode};

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
    for message in [ToWorker::Start(job()), ToWorker::Power(70), ToWorker::Stop] {
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
    assert_eq!(decode::<ToWorker>(&[1, 99]), Err(MessageError));
}
