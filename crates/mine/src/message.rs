//! What the page and its workers say to each other: versioned postcard bytes.

use crate::codec;
use alloc::{string::String, vec::Vec};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Leads every message; both sides refuse another's version (a stale cached worker, say).
const VERSION: u8 = 2;

/// Work to be done: find a nonce so that `keccak256(sender ‖ prev_hash ‖ nonce) < target`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Counts up with each job; results that carry an older number are dropped.
    pub number: u32,
    /// The account that will submit the nonce.
    #[serde(with = "bytes")]
    pub sender: [u8; 20],
    /// The newest Atom's hash.
    #[serde(with = "bytes")]
    pub prev_hash: [u8; 32],
    /// Big-endian bound, exclusive.
    #[serde(with = "bytes")]
    pub target: [u8; 32],
}

/// From the page to a worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToWorker {
    /// Drop the current job and start this one.
    Start(Job),
    /// Share of the time to spend hashing, in percent, 10..=100.
    Power(u8),
    /// Stop hashing; the worker stays and waits for the next job.
    Stop,
    /// The trial of the kernels is over: only the one of this name mines on, others that share its worker fall silent.
    Keep(String),
}

/// From a worker to the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FromWorker {
    /// The worker has loaded and waits for a job.
    Ready {
        /// The name of its kernel, for the details line, for example `simd128`.
        kernel: String,
    },
    /// Sent about every 250 ms while mining.
    Progress {
        /// The job these hashes were for.
        job: u32,
        /// Hashes since the last progress message of this job.
        hashes: u64,
        /// The smallest work hash of this job so far, big-endian; all 0xff before the first.
        #[serde(with = "bytes")]
        best: [u8; 32],
    },
    /// Sent once, after the first tenth of a second of hashing.
    Measured {
        /// The name of the kernel.
        kernel: String,
        /// How fast it is here, rests not counted.
        hashes_per_s: u64,
    },
    /// A nonce below the target, already hashed again by the reference; the worker then waits for its next job.
    Found {
        /// The job it solves.
        job: u32,
        /// The nonce, big-endian.
        #[serde(with = "bytes")]
        nonce: [u8; 32],
    },
    /// The worker cannot go on (no randomness, a kernel that failed its self-test).
    Failed {
        /// What happened, in plain words.
        reason: String,
    },
}

/// A message that is not one of ours, or of another version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the mining worker and the page are of different versions: reload the page")]
pub struct MessageError;

/// `message` as bytes for `postMessage`.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    codec::encode(VERSION, message)
}

/// Reads what [`encode`] wrote.
///
/// # Errors
/// [`MessageError`] for another version, trailing bytes or anything else that is not a `T`.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, MessageError> {
    codec::decode(VERSION, bytes).ok_or(MessageError)
}

/// Byte arrays, as serde writes them, in loops: serde's own code for arrays is unrolled, several kB in every module.
mod bytes {
    use core::fmt;
    use serde::{
        Deserializer, Serializer,
        de::{Error, SeqAccess, Visitor},
        ser::SerializeTuple,
    };

    pub(super) fn serialize<S: Serializer, const N: usize>(
        bytes: &[u8; N],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(N)?;
        for byte in bytes {
            tuple.serialize_element(byte)?;
        }
        tuple.end()
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>, const N: usize>(
        deserializer: D,
    ) -> Result<[u8; N], D::Error> {
        deserializer.deserialize_tuple(N, ByteArray)
    }

    struct ByteArray<const N: usize>;

    impl<'de, const N: usize> Visitor<'de> for ByteArray<N> {
        type Value = [u8; N];

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{N} bytes")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut bytes: A) -> Result<Self::Value, A::Error> {
            let mut array = [0; N];
            for (i, byte) in array.iter_mut().enumerate() {
                let next = bytes.next_element()?;
                *byte = next.ok_or_else(|| Error::invalid_length(i, &self))?;
            }
            Ok(array)
        }
    }
}
