//! Which page is shown: read from and written to the URL's fragment.

use atomine_chain::CollectionKey;
use atomine_protocol::TokenId;

/// A page of the app. Its text form is the URL's fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// `#/` – the mining panel.
    Mine,
    /// `#/atoms` – my Atoms and the newest of the collection.
    Atoms,
    /// `#/atom/<chain>/<address>/<id>` – one Atom.
    Atom {
        /// Of which collection.
        collection: CollectionKey,
        /// Which one.
        id: TokenId,
    },
    /// `#/practice/<id>/<hash>` – one Atom found in Practice; the hash is all there is to it, so the link can be shared.
    PracticeAtom {
        /// Its number.
        id: TokenId,
        /// Its hash.
        hash: atomine_protocol::AtomHash,
    },
    /// Anything else: says so and leads back.
    NotFound,
}
