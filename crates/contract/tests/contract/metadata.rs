//! The token URI, read by real parsers, says of every Atom what the protocol crate says.

use crate::evm::{Evm, for_all, parameters};
use alloy_primitives::{B256, U256};
use atomine_contract::{Atomine, deploy_code};
use atomine_protocol::{Atom, AtomHash, Element, Rules, TokenId, Traits};
use base64::{Engine, prelude::BASE64_STANDARD};
use proptest::prelude::*;
use roxmltree::{Document, Node};
use serde_json::{Value, json};

fn token(id: u64) -> TokenId {
    TokenId::new(id).expect("not 0")
}

/// The base64 payload of a data URI of this type, as text.
fn payload(uri: &str, media_type: &str) -> String {
    let prefix = format!("data:{media_type};base64,");
    let encoded = uri.strip_prefix(&prefix).expect("a data URI");
    let bytes = BASE64_STANDARD.decode(encoded).expect("base64");
    String::from_utf8(bytes).expect("UTF-8")
}

fn metadata(evm: &mut Evm, atom: Atom) -> Value {
    evm.place(atom.id, atom.hash.0);
    let id = U256::from(atom.id.get());
    let uri = evm.call(&Atomine::tokenURICall { id }).expect("minted");
    serde_json::from_str(&payload(&uri, "application/json")).expect("JSON")
}

fn text<'a>(json: &'a Value, key: &str) -> &'a str {
    json[key].as_str().expect("a string")
}

/// The attributes as the contract should write them.
fn attributes(traits: &Traits) -> Value {
    traits
        .attributes()
        .map(|attribute| {
            let mut line = json!({
                "trait_type": attribute.name,
                "value": attribute.value.to_string(),
            });
            if let Some(counter) = attribute.counter {
                line["counter"] = counter.to_string().into();
            }
            line
        })
        .collect()
}

fn assert_describes(evm: &mut Evm, atom: Atom) {
    let traits = atom.traits();
    let json = metadata(evm, atom);
    assert_eq!(text(&json, "name"), atom.title().to_string());
    assert_eq!(json["attributes"], attributes(&traits), "{atom:?}");
    assert!(text(&json, "description").contains(&parameters(&Rules::POWNFT).name));
    let link = format!(
        "https://example.org/atomine/#/atom/1/{:#x}/{}",
        evm.contract, atom.id
    );
    assert_eq!(text(&json, "animation_url"), link);
    assert_eq!(text(&json, "external_url"), link);
    assert_draws(&payload(text(&json, "image"), "image/svg+xml"), atom);
}

/// The picture is well formed and shows the Atom's colours, electrons, symbol, charge and name.
fn assert_draws(svg: &str, atom: Atom) {
    let traits = atom.traits();
    let document = Document::parse(svg).expect("well-formed SVG");
    let root = document.root_element();
    assert!(root.has_tag_name(("http://www.w3.org/2000/svg", "svg")));
    let stops: Vec<_> = elements(root, "stop")
        .filter_map(|stop| stop.attribute("stop-color"))
        .collect();
    for colour in traits.palette.0 {
        assert!(
            stops.contains(&colour.to_string().as_str()),
            "{colour} of {atom:?}"
        );
    }
    assert_eq!(electrons(root), occupied_shells(&traits), "{atom:?}");
    let captions: Vec<String> = elements(root, "text")
        .map(|node| {
            node.descendants()
                .filter_map(|part| part.text().filter(|_| part.is_text()))
                .collect()
        })
        .collect();
    let title = atom.title().to_string();
    let (number, name) = title.split_once(' ').expect("a number and a name");
    let symbol = (traits.element.z != 0).then(|| traits.element.symbol.to_owned());
    let charge = traits
        .ion_label()
        .map(|label| label.to_string().replace('-', "−"));
    let expected = [
        symbol,
        charge,
        Some(name.to_owned()),
        Some(number.to_owned()),
    ];
    assert_eq!(captions, expected.into_iter().flatten().collect::<Vec<_>>());
}

fn elements<'a>(root: Node<'a, 'a>, tag: &'static str) -> impl Iterator<Item = Node<'a, 'a>> {
    root.descendants()
        .filter(move |node| node.has_tag_name(tag))
}

/// How many dots each dashed circle shows, innermost first (counting their bodies, not glow or core).
fn electrons(root: Node<'_, '_>) -> Vec<u32> {
    elements(root, "circle")
        .filter(|circle| circle.attribute("stroke-width") == Some("7"))
        .map(|circle| {
            let number = |name: &str| circle.attribute(name).expect("drawn with it");
            let radius: f64 = number("r").parse().expect("a number");
            let dashes = circle
                .ancestors()
                .find_map(|node| node.attribute("stroke-dasharray"));
            let (_, gap) = dashes
                .and_then(|dashes| dashes.split_once(' '))
                .expect("dash and gap");
            let gap: f64 = gap.parse().expect("a number");
            let dots = std::f64::consts::TAU * radius / gap;
            assert!(
                (dots - dots.round()).abs() < 0.01,
                "no whole number of dots: {dots}"
            );
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let dots = dots.round() as u32;
            dots
        })
        .collect()
}

fn occupied_shells(traits: &Traits) -> Vec<u32> {
    traits
        .shells()
        .into_iter()
        .filter(|&electrons| electrons > 0)
        .map(u32::from)
        .collect()
}

/// An Atom of generation 13, where all elements occur, that is this element; `rest` are hash bytes 5 to 31.
fn atom_of(element: &Element, id: u64, rest: [u8; 27]) -> Atom {
    let one = (1_u64 << 40) - 1;
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss
    )]
    let h = ((f64::from(element.z) / 118.0).sqrt() * one as f64) as u64;
    let mut hash = [0; 32];
    hash[..5].copy_from_slice(&h.to_be_bytes()[3..]);
    hash[5..].copy_from_slice(&rest);
    let atom = Atom {
        id: token(id),
        hash: AtomHash::from(hash),
    };
    assert_eq!(atom.traits().element, element, "a hash for the element");
    atom
}

/// Bytes 5 and up with this ion byte and choice, and this palette.
fn rest(ion: u8, choice: u8, palette: [u8; 3]) -> [u8; 27] {
    let mut rest = [0x5a; 27];
    rest[..5].copy_from_slice(&[ion, choice, palette[0], palette[1], palette[2]]);
    rest
}

#[test]
fn every_element_neutral_and_ionised() {
    let mut evm = Evm::atomine(&Rules::POWNFT);
    for element in Element::all() {
        for (ion, choice) in [(1, 0), (0, 0), (255, 1), (3, 254)] {
            let id = 8192 + u64::from(element.z);
            assert_describes(
                &mut evm,
                atom_of(element, id, rest(ion, choice, [200, 100, 50])),
            );
        }
    }
}

#[test]
fn every_kind_of_palette() {
    let mut evm = Evm::atomine(&Rules::POWNFT);
    let carbon = Element::get(6).expect("carbon");
    for hi in [0, 84, 85, 169, 170, 254, 255] {
        for lo in [0, 127, 128, 254, 255] {
            for mid in [0, 1, 128, 254, 255] {
                assert_describes(&mut evm, atom_of(carbon, 9000, rest(1, 0, [hi, lo, mid])));
            }
        }
    }
}

#[test]
fn the_first_and_last_hash_of_every_generation() {
    let mut evm = Evm::atomine(&Rules::POWNFT);
    for generation in 1..64 {
        for byte in [0, 255] {
            let hash = AtomHash(B256::repeat_byte(byte));
            for id in [1 << generation, u64::MAX >> (63 - generation)] {
                assert_describes(
                    &mut evm,
                    Atom {
                        id: token(id),
                        hash,
                    },
                );
            }
        }
    }
}

#[test]
fn genesis() {
    let mut evm = Evm::atomine(&Rules::POWNFT);
    assert_describes(
        &mut evm,
        Atom {
            id: TokenId::GENESIS,
            hash: AtomHash::default(),
        },
    );
}

#[test]
fn random_atoms() {
    let strategy = (1..u64::MAX, 0..64_u32, any::<[u8; 32]>());
    let evm = Evm::atomine(&Rules::POWNFT);
    for_all(512, &strategy, evm, |evm, (number, shift, hash)| {
        let id = token((number >> shift).max(2));
        assert_describes(
            evm,
            Atom {
                id,
                hash: AtomHash::from(hash),
            },
        );
    });
}

#[test]
fn without_a_player_there_is_no_link() {
    let mut parameters = parameters(&Rules::POWNFT);
    parameters.playerBaseUrl = String::new();
    let mut evm = Evm::deploy(deploy_code(&parameters));
    let json = metadata(
        &mut evm,
        Atom {
            id: token(5),
            hash: AtomHash(B256::repeat_byte(9)),
        },
    );
    assert!(json.get("animation_url").is_none() && json.get("external_url").is_none());
}

#[test]
fn a_player_url_cannot_break_out_of_the_json() {
    let mut parameters = parameters(&Rules::POWNFT);
    parameters.playerBaseUrl = "https://example.org/\",\"image\":\"x\n\\".into();
    let mut evm = Evm::deploy(deploy_code(&parameters));
    let json = metadata(
        &mut evm,
        Atom {
            id: token(5),
            hash: AtomHash(B256::repeat_byte(9)),
        },
    );
    assert!(text(&json, "animation_url").starts_with(&parameters.playerBaseUrl));
    assert!(text(&json, "image").starts_with("data:image/svg+xml;base64,"));
}
