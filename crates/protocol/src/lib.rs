//! The rules of mineable Atoms: what every miner, page and contract must agree on, exactly.
#![no_std]

mod attribute;
mod element;
mod palette;
mod periodic_table;
mod rules;
mod shells;
mod traits;
mod types;
mod v3;
mod work;

pub use alloy_primitives::{Address, U256};
pub use attribute::{Attribute, AttributeValue, IonLabel};
pub use element::{Category, Counter, Element};
pub use palette::{Palette, Rgb};
pub use rules::{Rules, div_rem};
pub use shells::Shells;
pub use traits::{Atom, Traits};
pub use types::{AtomHash, Nonce, PrevHash, Target, TokenId, WorkHash};
pub use v3::{PrevHashSource, V3Supply, WithdrawError, Withdrawal};
pub use work::{PREIMAGE_LEN, atom_hash, atom_hash_at, preimage, work_hash};
