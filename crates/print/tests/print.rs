//! The picture in pixels is the drawing: dark tile, round corners, light in the middle.
#![allow(missing_docs)]

use atomine_print::{PrintError, pixels, png};
use atomine_protocol::{Atom, AtomHash, TokenId};

fn iron() -> Atom {
    let mut hash = [0x5a; 32];
    hash[..7].copy_from_slice(&[0x8b, 0, 0, 0, 0, 3, 1]);
    Atom {
        id: TokenId::new(4_096).expect("not 0"),
        hash: AtomHash::from(hash),
    }
}

#[test]
fn the_tile_is_dark_with_round_corners_and_the_nucleus_shines() {
    let picture = pixels(&iron(), 128).expect("drawn");
    let at = |x, y| picture.pixel(x, y).expect("inside").demultiply();
    assert!(at(0, 0).alpha() < 128, "the corner is round");
    assert_eq!(at(64, 2).alpha(), 255, "the edge is not");
    let light = |x, y| {
        let pixel = at(x, y);
        u32::from(pixel.red()) + u32::from(pixel.green()) + u32::from(pixel.blue())
    };
    assert!(light(64, 3) < 150, "dark without: {}", light(64, 3));
    assert!(light(63, 63) > 300, "bright within: {}", light(63, 63));
}

#[test]
fn a_size_that_cannot_be_is_refused() {
    assert!(matches!(png(&iron(), 0), Err(PrintError::Size(0))));
    assert!(png(&iron(), 16).expect("drawn").starts_with(b"\x89PNG"));
}
