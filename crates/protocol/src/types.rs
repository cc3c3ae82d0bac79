//! The protocol's nouns as newtypes, so that a target is never passed where a hash is meant.

use alloy_primitives::{B256, U256};
use core::{fmt, num::NonZeroU64, str::FromStr};
use serde::{Deserialize, Serialize};

/// The number of an Atom within its collection: 1 (Genesis) and up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TokenId(NonZeroU64);

impl TokenId {
    /// Genesis, the Atom that was never mined.
    pub const GENESIS: Self = Self(NonZeroU64::MIN);

    /// `id` as a token id; `None` for 0, which no Atom has.
    pub const fn new(id: u64) -> Option<Self> {
        match NonZeroU64::new(id) {
            Some(id) => Some(Self(id)),
            None => None,
        }
    }

    /// The number itself, never 0.
    pub const fn get(self) -> u64 {
        self.0.get()
    }

    /// The Atom's generation: `bit_length(id) - 1`, in 0..=63. Genesis alone is generation 0.
    pub const fn generation(self) -> u32 {
        self.0.ilog2()
    }
}

impl fmt::Display for TokenId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Defines a 32-byte newtype that reads and prints as `0x` and 64 hex digits.
macro_rules! word {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub B256);

        impl $name {
            /// The value as a big-endian 256-bit number.
            pub const fn to_u256(self) -> U256 {
                U256::from_be_bytes(self.0.0)
            }
        }

        impl From<U256> for $name {
            fn from(value: U256) -> Self {
                Self(B256::new(value.to_be_bytes()))
            }
        }

        impl From<[u8; 32]> for $name {
            fn from(bytes: [u8; 32]) -> Self {
                Self(B256::new(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:#x}", self.0)
            }
        }

        impl FromStr for $name {
            type Err = <B256 as FromStr>::Err;

            /// Reads 64 hex digits, with or without `0x`.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                B256::from_str(text).map(Self)
            }
        }
    };
}

word! {
    /// What a miner varies: a big-endian `uint256`, the last 32 bytes of the preimage.
    Nonce
}
word! {
    /// The bound a work hash must stay below (strictly), as a big-endian `uint256`.
    Target
}
word! {
    /// The hash that the next work builds on: the newest Atom's own hash.
    PrevHash
}
word! {
    /// Keccak-256 of the preimage: the proof of work, not yet an Atom's hash.
    WorkHash
}
word! {
    /// An Atom's own hash, from which its traits, picture and music come.
    AtomHash
}

impl From<AtomHash> for PrevHash {
    /// The newest Atom's hash is the next work's previous hash.
    fn from(hash: AtomHash) -> Self {
        Self(hash.0)
    }
}
