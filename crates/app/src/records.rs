//! What is kept across reloads, and the small identities that messages and effects carry.

use crate::Kernel;
use alloy_primitives::{Address, B256};
use atomine_chain::{Collection, CollectionKey};
use atomine_mine::codec;
use atomine_protocol::{AtomHash, Nonce, PrevHash, TokenId, WorkHash};
use core::mem::discriminant;
use core::ops::RangeInclusive;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Leads every stored record; counts up when the form of one changes.
const RECORD_VERSION: u8 = 1;
/// Hashing all the time, percent.
const FULL_POWER: u8 = 100;
/// Loudness of a first visit, percent.
const USUAL_VOLUME: u8 = 80;
/// The generations whose difficulty Practice offers: from a blink to some minutes on one machine.
pub(crate) const PRACTICE_GENERATIONS: RangeInclusive<u32> = 5..=13;

/// A [`FindRecord`], [`PracticeAtom`] or [`Settings`] as bytes, for this browser's storage and its other tabs.
pub fn encode_record<T: Serialize>(record: &T) -> Vec<u8> {
    codec::encode(RECORD_VERSION, record)
}

/// What [`encode_record`] wrote; `None` for another version or anything else that is not a `T`.
pub fn decode_record<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    codec::decode(RECORD_VERSION, bytes)
}

/// One Web Worker of this page; numbers are never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkerId(pub u32);

/// What a worker mines with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkerKind {
    /// One core of the processor, with this kernel, or with all of these in turns.
    Cpu(&'static [Kernel]),
    /// The GPU.
    Gpu,
    /// A program that imitates a GPU, for tests: only where the address line says `?gpu=software`.
    SoftwareGpu,
}

impl WorkerKind {
    /// Whether it mines with a GPU, real or not.
    pub(crate) fn is_gpu(self) -> bool {
        !matches!(self, Self::Cpu(_))
    }

    /// Whether it tries several kernels.
    pub(crate) fn tries(self) -> bool {
        matches!(self, Self::Cpu(kernels) if kernels.len() > 1)
    }

    /// Whether it mines on the same device as another.
    pub(crate) fn is_beside(self, other: Self) -> bool {
        discriminant(&self) == discriminant(&other)
    }
}

/// A find's identity: its nonce is 256 bits of which at least 128 are random, so it names the find.
pub type FindId = Nonce;

/// An EIP-6963 provider's uuid, or `"injected"` for a bare `window.ethereum`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WalletId(pub String);

/// A wallet as it announced itself: untrusted text, and an icon only as a `data:image/…` URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletInfo {
    /// Names it for this page load.
    pub id: WalletId,
    /// Shown as text.
    pub name: String,
    /// Reverse domain name; the same wallet after a reload.
    pub rdns: String,
    /// A `data:image/…` URL, for `<img>` only.
    pub icon: Option<String>,
}

/// How far a find has come. Kept with it, so that a reload goes on from there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FindStage {
    /// Not sent: being checked, on offer, or declined in the wallet before.
    Waiting,
    /// In the wallet's dialog; the answer may come in hours or, after a reload, never.
    Asked,
    /// Sent; the transaction's hash is known.
    Pending {
        /// The transaction.
        transaction: B256,
    },
    /// Settled, as far as the chain tells. It is kept all the same: a chain can take back what it told, and a node can
    /// lie.
    SetAside(SetAside),
}

/// What settled a find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SetAside {
    /// Somebody else's Atom has its number.
    Overtaken,
    /// The Atom that it builds on was replaced.
    Uprooted,
    /// It became an Atom.
    Minted {
        /// The Atom's own hash.
        hash: AtomHash,
        /// The transaction that made it, where it is known.
        transaction: Option<B256>,
        /// The block it is in, as a receipt told, or one in which it was seen.
        block: Option<u64>,
    },
}

/// A found nonce as it is stored: somebody's electricity, kept until the visitor throws it away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindRecord {
    /// Whose contract it is for.
    pub collection: CollectionKey,
    /// The account it was mined for; only that account can submit it.
    pub account: Address,
    /// The id it was mined for.
    pub token_id: TokenId,
    /// The hash it builds on.
    pub prev_hash: PrevHash,
    /// The nonce, and the find's identity.
    pub nonce: Nonce,
    /// Its work hash, hashed again by the reference before it is stored.
    pub work_hash: WorkHash,
    /// Unix time in ms when it was found.
    pub found_at_ms: u64,
    /// How far it has come.
    pub stage: FindStage,
}

/// An Atom found in Practice: nobody's but this browser's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticeAtom {
    /// Its number, which also gives its generation.
    pub id: TokenId,
    /// Its hash, from which all traits come.
    pub hash: AtomHash,
    /// Unix time in ms when it was found.
    pub found_at_ms: u64,
}

/// What the visitor chose, kept in this browser.
#[expect(
    clippy::struct_excessive_bools,
    reason = "choices that have nothing to do with each other"
)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Workers to run; `None` until chosen, then `hardwareConcurrency - 1`, at least 1.
    pub cores: Option<u32>,
    /// Share of time each worker hashes, percent, 10..=100.
    pub power: u8,
    /// The collection last selected; `None` is Practice, or the first of the list on a first visit.
    pub selected: Option<CollectionKey>,
    /// Practice was selected.
    pub practice: bool,
    /// The generation whose difficulty Practice uses, 5..=13.
    pub practice_generation: u32,
    /// A short sound when a nonce is found and when an Atom is confirmed.
    pub sound: bool,
    /// Notifications of the operating system, where the browser allowed them.
    pub notifications: bool,
    /// The `rdns` of the wallet connected last, to connect again silently; cleared by "forget".
    pub wallet_rdns: Option<String>,
    /// Hashes computed by this browser so far, ever.
    pub total_hashes: u64,
    /// A collection of the visitor's own, brought by `?collection=`.
    pub custom: Option<Collection>,
    /// Mine with the GPU too, where there is one.
    pub gpu: bool,
    /// Share of time the GPU hashes, percent, 10..=100.
    pub gpu_power: u8,
    /// How loud music is played, percent.
    pub volume: u8,
    /// A piece begins again after its end.
    pub repeat: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            cores: None,
            power: FULL_POWER,
            selected: None,
            practice: false,
            practice_generation: 10,
            sound: true,
            notifications: false,
            wallet_rdns: None,
            total_hashes: 0,
            custom: None,
            gpu: true,
            gpu_power: FULL_POWER,
            volume: USUAL_VOLUME,
            repeat: false,
        }
    }
}

impl Settings {
    /// What was stored, with what the visitor chose before that could be read.
    pub(crate) fn with_choices(self, chosen: &Self) -> Self {
        fn newer<T: Clone + PartialEq>(stored: T, chosen: &T, unchosen: &T) -> T {
            if chosen == unchosen {
                stored
            } else {
                chosen.clone()
            }
        }
        let unchosen = Self::default();
        let place = |settings: &Self| (settings.selected, settings.practice);
        let (selected, practice) = newer(place(&self), &place(chosen), &place(&unchosen));
        Self {
            cores: newer(self.cores, &chosen.cores, &unchosen.cores),
            power: newer(self.power, &chosen.power, &unchosen.power),
            selected,
            practice,
            practice_generation: newer(
                self.practice_generation,
                &chosen.practice_generation,
                &unchosen.practice_generation,
            ),
            sound: newer(self.sound, &chosen.sound, &unchosen.sound),
            notifications: newer(
                self.notifications,
                &chosen.notifications,
                &unchosen.notifications,
            ),
            wallet_rdns: newer(self.wallet_rdns, &chosen.wallet_rdns, &unchosen.wallet_rdns),
            total_hashes: self.total_hashes.saturating_add(chosen.total_hashes),
            custom: newer(self.custom, &chosen.custom, &unchosen.custom),
            gpu: newer(self.gpu, &chosen.gpu, &unchosen.gpu),
            gpu_power: newer(self.gpu_power, &chosen.gpu_power, &unchosen.gpu_power),
            volume: newer(self.volume, &chosen.volume, &unchosen.volume),
            repeat: newer(self.repeat, &chosen.repeat, &unchosen.repeat),
        }
    }

    /// Moves what was stored by hand or by another version into the ranges above.
    pub(crate) fn clamped(mut self) -> Self {
        self.power = clamp_power(self.power);
        self.gpu_power = clamp_power(self.gpu_power);
        self.volume = self.volume.min(100);
        self.practice_generation = clamp_generation(self.practice_generation);
        self
    }
}

/// Percent of the time, in the range that a worker accepts.
pub(crate) fn clamp_power(percent: u8) -> u8 {
    percent.clamp(10, FULL_POWER)
}

/// A generation that Practice offers.
pub(crate) fn clamp_generation(generation: u32) -> u32 {
    generation.clamp(*PRACTICE_GENERATIONS.start(), *PRACTICE_GENERATIONS.end())
}

/// Everything read back from this browser's storage at start. Damaged parts are left out and counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// `None` when there was nothing, or it could not be read.
    pub settings: Option<Settings>,
    /// Finds, those set aside among them, oldest first.
    pub finds: Vec<FindRecord>,
    /// Atoms found in Practice, oldest first.
    pub practice: Vec<PracticeAtom>,
    /// Records that could not be read; they are left where they are.
    pub damaged: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use atomine_chain::{Chain, Kind};
    use proptest::prelude::*;

    fn find() -> FindRecord {
        FindRecord {
            collection: CollectionKey {
                chain_id: 1,
                address: Address::repeat_byte(0xc0),
            },
            account: Address::repeat_byte(0xac),
            token_id: TokenId::GENESIS,
            prev_hash: PrevHash(B256::repeat_byte(1)),
            nonce: Nonce(B256::repeat_byte(2)),
            work_hash: WorkHash(B256::repeat_byte(3)),
            found_at_ms: 1_700_000_000_000,
            stage: FindStage::Pending {
                transaction: B256::repeat_byte(4),
            },
        }
    }

    #[test]
    fn records_come_back_as_they_were_written() {
        let custom = Collection {
            name: "My own".into(),
            kind: Kind::Atomine,
            address: Address::repeat_byte(5),
            chain: Chain {
                id: 31_337,
                name: "Here".into(),
                currency: "ETH".into(),
                rpcs: vec!["http://127.0.0.1:8545".into()],
                explorer: None,
            },
            marketplace: Some("https://example.org".into()),
        };
        let settings = Settings {
            custom: Some(custom),
            selected: Some(find().collection),
            ..Settings::default()
        };
        assert_eq!(decode_record(&encode_record(&find())), Some(find()));
        assert_eq!(decode_record(&encode_record(&settings)), Some(settings));
    }

    #[test]
    fn what_is_no_record_is_refused() {
        let good = encode_record(&find());
        let mut other_version = good.clone();
        other_version[0] += 1;
        let mut longer = good.clone();
        longer.push(0);
        let cut = good.split_last().unwrap().1.to_vec();
        for bytes in [other_version, longer, cut, Vec::new()] {
            assert_eq!(decode_record::<FindRecord>(&bytes), None);
        }
        // An Atom of Practice with number 0, which no Atom has.
        let mut practice = encode_record(&PracticeAtom {
            id: TokenId::GENESIS,
            hash: AtomHash::default(),
            found_at_ms: 1,
        });
        assert_eq!(practice[1], 1, "the number comes first");
        practice[1] = 0;
        assert_eq!(decode_record::<PracticeAtom>(&practice), None);
    }

    proptest! {
        #[test]
        fn any_stored_bytes_are_a_record_or_refused(
            bytes in prop::collection::vec(any::<u8>(), 0..300),
            damage in prop::collection::vec((any::<prop::sample::Index>(), 1_u8..), 1..4),
        ) {
            let mut damaged = encode_record(&find());
            for (at, byte) in &damage {
                let at = at.index(damaged.len());
                damaged[at] ^= byte;
            }
            let foreign = [&[RECORD_VERSION], bytes.as_slice()].concat();
            for bytes in [bytes, foreign, damaged] {
                if let Some(record) = decode_record::<FindRecord>(&bytes) {
                    prop_assert_eq!(decode_record(&encode_record(&record)), Some(record));
                }
                if let Some(settings) = decode_record::<Settings>(&bytes) {
                    prop_assert_eq!(decode_record(&encode_record(&settings)), Some(settings));
                }
                if let Some(atom) = decode_record::<PracticeAtom>(&bytes) {
                    prop_assert_eq!(decode_record(&encode_record(&atom)), Some(atom));
                }
            }
        }
    }
}
