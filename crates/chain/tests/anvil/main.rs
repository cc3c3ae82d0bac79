//! Both kinds of collection on a real chain: the contracts as compiled, in a real EVM, behind a real node.
//!
//! Each test starts an anvil of its own, the binary that `ATOMINE_ANVIL` names.

mod atomine;
mod node;
mod pownft_v3;

use alloy_primitives::{Address, U256};
use atomine_chain::CollectionState;
use atomine_protocol::{Nonce, work_hash};

/// Nonces that are enough work for this account and state, lowest first.
fn strong_nonces(state: &CollectionState, account: Address) -> impl Iterator<Item = Nonce> {
    nonces().filter(move |&nonce| meets(state, account, nonce))
}

/// A nonce that is not.
fn weak_nonce(state: &CollectionState, account: Address) -> Nonce {
    let mut weak = nonces().filter(|&nonce| !meets(state, account, nonce));
    weak.next().expect("most nonces are weak")
}

fn nonces() -> impl Iterator<Item = Nonce> {
    (0..u64::MAX).map(|nonce| Nonce::from(U256::from(nonce)))
}

fn meets(state: &CollectionState, account: Address, nonce: Nonce) -> bool {
    work_hash(account, state.prev_hash, nonce).meets(state.target)
}
