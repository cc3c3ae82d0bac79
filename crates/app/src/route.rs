//! Which page is shown: read from and written to the URL's fragment.

use atomine_chain::CollectionKey;
use atomine_protocol::{AtomHash, TokenId};
use core::fmt;

/// A page of the app. Its text form is the URL's fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// `#/` – the mining panel.
    Mine,
    /// `#/atoms` – my Atoms and the newest of the collection.
    Atoms,
    /// `#/gallery` – every Atom of the collection, by element and in a grid.
    Gallery,
    /// `#/bench` – how fast this browser hashes.
    Bench,
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
        hash: AtomHash,
    },
    /// Anything else: says so and leads back.
    NotFound,
}

impl Route {
    /// The page that a URL's fragment names, with or without its `#`; an empty one is the mining panel.
    pub fn parse(fragment: &str) -> Self {
        let path = fragment.strip_prefix('#').unwrap_or(fragment);
        let path = path.strip_prefix('/').unwrap_or(path);
        let path = path.strip_suffix('/').unwrap_or(path);
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            [""] => Some(Self::Mine),
            ["atoms"] => Some(Self::Atoms),
            ["gallery"] => Some(Self::Gallery),
            ["bench"] => Some(Self::Bench),
            ["atom", chain_id, address, id] => parse_atom(chain_id, address, id),
            ["practice", id, hash] => parse_practice_atom(id, hash),
            _ => None,
        }
        .unwrap_or(Self::NotFound)
    }
}

fn parse_atom(chain_id: &str, address: &str, id: &str) -> Option<Route> {
    let collection = CollectionKey {
        chain_id: chain_id.parse().ok()?,
        address: address.parse().ok()?,
    };
    Some(Route::Atom {
        collection,
        id: parse_id(id)?,
    })
}

fn parse_practice_atom(id: &str, hash: &str) -> Option<Route> {
    Some(Route::PracticeAtom {
        id: parse_id(id)?,
        hash: hash.parse().ok()?,
    })
}

fn parse_id(id: &str) -> Option<TokenId> {
    id.parse().ok().and_then(TokenId::new)
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mine | Self::NotFound => f.write_str("#/"),
            Self::Atoms => f.write_str("#/atoms"),
            Self::Gallery => f.write_str("#/gallery"),
            Self::Bench => f.write_str("#/bench"),
            Self::Atom { collection, id } => {
                let CollectionKey { chain_id, address } = collection;
                write!(f, "#/atom/{chain_id}/{address}/{id}")
            }
            Self::PracticeAtom { id, hash } => write!(f, "#/practice/{id}/{hash}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HASH: &str = "0x00000000000000000000000000000000000000000000000000000000000000ff";

    #[test]
    fn every_page_is_found_again_by_its_own_address() {
        let address = "0x9Abb7BdDc43FA67c76a62d8C016513827f59bE1b";
        for fragment in [
            "#/".to_owned(),
            "#/atoms".to_owned(),
            "#/gallery".to_owned(),
            "#/bench".to_owned(),
            format!("#/atom/1/{address}/17"),
            format!("#/practice/1024/{HASH}"),
        ] {
            let route = Route::parse(&fragment);
            assert_ne!(route, Route::NotFound, "{fragment}");
            assert_eq!(route.to_string(), fragment);
        }
    }

    #[test]
    fn no_fragment_is_the_mining_panel() {
        assert_eq!(Route::parse(""), Route::Mine);
        assert_eq!(Route::parse("#"), Route::Mine);
    }

    #[test]
    fn anything_else_is_not_found() {
        for fragment in [
            "#/elsewhere",
            "#/atoms/3",
            "#/atom/1/0x12/17",
            "#/atom/one/0x9Abb7BdDc43FA67c76a62d8C016513827f59bE1b/17",
            "#/atom/1/0x9Abb7BdDc43FA67c76a62d8C016513827f59bE1b/0",
            "#/atom/1/0x9Abb7BdDc43FA67c76a62d8C016513827f59bE1b/-1",
            "#/atom/1/0x9Abb7BdDc43FA67c76a62d8C016513827f59bE1b/99999999999999999999",
            "#/practice/5/0x12",
            "#/practice/0/0x00000000000000000000000000000000000000000000000000000000000000ff",
            "#///atoms",
        ] {
            assert_eq!(Route::parse(fragment), Route::NotFound, "{fragment}");
        }
    }

    proptest! {
        #[test]
        fn any_fragment_is_a_page_that_its_own_address_names(text: String) {
            let route = Route::parse(&text);
            if route != Route::NotFound {
                prop_assert_eq!(Route::parse(&route.to_string()), route);
            }
        }

        #[test]
        fn any_path_is_a_page_that_its_own_address_names(
            parts in prop::collection::vec(prop_oneof![
                Just("atom".to_owned()), Just("practice".to_owned()), Just("gallery".to_owned()), Just(HASH.to_owned()),
                Just("0x9Abb7BdDc43FA67c76a62d8C016513827f59bE1b".to_owned()),
                any::<u64>().prop_map(|number| number.to_string()), "[^/]{0,8}",
            ], 0..6),
        ) {
            let route = Route::parse(&format!("#/{}", parts.join("/")));
            if route != Route::NotFound {
                prop_assert_eq!(Route::parse(&route.to_string()), route);
            }
        }
    }
}
