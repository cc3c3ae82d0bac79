//! The picture as XML, as a strict page takes it, and as a function of the Atom alone.
#![allow(missing_docs)]

use alloy_primitives::{Keccak256, b256};
use atomine_art::{Part, Scene, svg};
use atomine_protocol::{Atom, AtomHash, Element, TokenId};
use proptest::prelude::*;
use roxmltree::{Document, Node};
use std::collections::HashSet;

fn atom(id: u64, hash: [u8; 32]) -> Atom {
    Atom {
        id: TokenId::new(id).expect("not 0"),
        hash: AtomHash::from(hash),
    }
}

/// An Atom of generation 13 whose element is `z`.
fn atom_of_element(z: u8, rest: u8) -> Atom {
    let mut atoms = (0..=u16::MAX).step_by(16).map(|h| {
        let mut hash = [rest; 32];
        hash[..5].fill(0);
        hash[..2].copy_from_slice(&h.to_be_bytes());
        atom(8192, hash)
    });
    atoms
        .find(|atom| atom.traits().element.z == z)
        .expect("every element occurs")
}

fn real_atoms() -> Vec<Atom> {
    let csv = include_str!("../../../tests/vectors/pownft-atoms.csv");
    let atom = |line: &str| {
        let (id, rest) = line.split_once(',')?;
        let hash = rest.split(',').next()?.parse().ok()?;
        Some(Atom {
            id: TokenId::new(id.parse().ok()?)?,
            hash,
        })
    };
    csv.lines()
        .skip(1)
        .map(|line| atom(line).expect("a row"))
        .collect()
}

const ALLOWED: [(&str, &[&str]); 8] = [
    ("svg", &["viewBox", "role", "fill"]),
    ("title", &[]),
    ("defs", &[]),
    ("radialGradient", &["id", "cx", "cy", "r"]),
    ("stop", &["offset", "stop-color", "stop-opacity"]),
    ("rect", RECT),
    ("circle", CIRCLE),
    ("path", PATH),
];
const RECT: &[&str] = &[
    "x",
    "y",
    "width",
    "height",
    "rx",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-opacity",
];
const CIRCLE: &[&str] = &[
    "cx",
    "cy",
    "r",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "opacity",
];
const PATH: &[&str] = &[
    "d",
    "fill",
    "fill-rule",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-dasharray",
    "stroke-linecap",
];

/// Parses the picture and checks that it holds nothing but plain shapes and references into itself.
fn check(atom: &Atom) {
    let picture = svg(atom);
    let document = Document::parse(&picture).unwrap_or_else(|error| panic!("{error}: {picture}"));
    let root = document.root_element();
    assert_eq!(
        root.tag_name().namespace(),
        Some("http://www.w3.org/2000/svg")
    );
    let ids: Vec<_> = root
        .descendants()
        .filter_map(|node| node.attribute("id"))
        .collect();
    assert_eq!(
        ids.iter().collect::<HashSet<_>>().len(),
        ids.len(),
        "ids are unique"
    );
    for node in root.descendants().filter(Node::is_element) {
        check_element(node, &ids);
    }
    let title = root
        .children()
        .find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "title")));
    let title = title.and_then(|title| title.text()).expect("a title");
    assert!(title.starts_with(&atom.title().to_string()), "{title}");
    let electrons: u8 = atom.traits().shells().iter().sum();
    let key = Scene::of(atom).key;
    let filled = |node: &Node, letter: &str| {
        let light = node
            .attribute("fill")
            .and_then(|fill| fill.strip_prefix(&format!("url(#{key}-{letter}")));
        light.is_some_and(|light| light.starts_with(|digit: char| digit.is_ascii_digit()))
    };
    let drawn = |letter| {
        root.descendants()
            .filter(|node| filled(node, letter))
            .count()
    };
    assert_eq!(drawn(""), usize::from(electrons), "electrons of {title}");
    let z = atom.traits().element.z;
    assert_eq!(
        drawn("p"),
        usize::from(z.max(1)),
        "protons of {title}, or Creation's light"
    );
    let rings = root
        .descendants()
        .filter(|node| node.tag_name().name() == "circle" && node.has_attribute("stroke"));
    assert_eq!(
        rings.count(),
        usize::from(atom.traits().charge.unsigned_abs()),
        "each charge of {title} is ringed"
    );
}

fn check_element(node: Node, ids: &[&str]) {
    let name = node.tag_name().name();
    let (_, attributes) = ALLOWED
        .iter()
        .find(|row| row.0 == name)
        .unwrap_or_else(|| panic!("no {name} here"));
    for attribute in node.attributes() {
        assert!(
            attributes.contains(&attribute.name()),
            "{} of {name}",
            attribute.name()
        );
        if let Some(reference) = attribute.value().strip_prefix("url(#") {
            let id = reference.strip_suffix(')').expect("closed");
            assert!(ids.contains(&id), "{id} is defined");
        } else {
            assert!(
                !attribute.value().contains("url"),
                "only references into itself"
            );
        }
    }
}

#[test]
fn every_element_and_ion_is_well_formed() {
    for element in Element::all() {
        for rest in [0, 1, 85, 102, 255] {
            check(&atom_of_element(element.z, rest));
        }
    }
    check(&atom(1, [0; 32]));
    check(&atom(u64::MAX, [0xff; 32]));
}

#[test]
fn electrons_stay_on_the_tile() {
    for atom in real_atoms() {
        let scene = Scene::of(&atom);
        for shell in &scene.shells {
            assert!(
                shell.radius.0 + scene.electron_radius.0 * 4 / 3 <= 25_600,
                "{}",
                scene.title
            );
        }
        assert!(
            scene
                .shells
                .windows(2)
                .all(|pair| pair[0].radius < pair[1].radius)
        );
    }
}

#[test]
fn a_lost_shell_stays_as_an_empty_orbit() {
    let creation = Scene::of(&atom(2, [0; 32]));
    assert_eq!(creation.shells.len(), 7, "Creation has them all");
    assert!(
        creation
            .shells
            .iter()
            .all(|shell| shell.electrons.is_empty() && shell.lost.is_empty())
    );
    assert!(!creation.to_svg().contains("stroke-dasharray"));
    let mut hash = [0; 32];
    hash[4] = 1;
    let scene = Scene::of(&atom(2, hash));
    assert_eq!(scene.title, "#2 Hydrogen 1+");
    assert_eq!(scene.shells.len(), 1);
    assert!(scene.shells[0].electrons.is_empty());
    assert_eq!(scene.shells[0].lost.len(), 1);
    assert!(scene.to_svg().contains("stroke-dasharray"));
}

#[test]
fn electrons_of_a_shell_are_apart_and_clear_of_the_nucleus() {
    for atom in real_atoms() {
        let scene = Scene::of(&atom);
        for shell in &scene.shells {
            assert!(shell.minor_radius > scene.nucleus_radius, "{}", scene.title);
            let places: Vec<_> = shell
                .electrons
                .iter()
                .map(|&electron| shell.place(electron))
                .collect();
            let distinct: HashSet<_> = places
                .iter()
                .map(|place| (place.x.0 / 100, place.y.0 / 100, place.depth > 0))
                .collect();
            assert_eq!(distinct.len(), places.len(), "{}", scene.title);
        }
    }
}

#[test]
fn the_parts_are_drawn_as_in_the_whole() {
    for atom in [
        atom(1, [0; 32]),
        atom_of_element(26, 85),
        atom_of_element(118, 3),
    ] {
        let scene = Scene::of(&atom);
        let whole = scene.to_svg();
        for part in [Part::Ground, Part::Wreaths, Part::Nucleus] {
            let drawn = scene.part_to_svg(part);
            let document = Document::parse(&drawn).expect("well formed");
            let shapes: Vec<_> = document
                .root_element()
                .children()
                .filter(|node| {
                    node.is_element() && !node.has_tag_name(("http://www.w3.org/2000/svg", "title"))
                })
                .collect();
            assert!(shapes.len() > 1, "{part:?}");
            for shape in shapes {
                assert!(
                    whole.contains(&drawn[shape.range()]),
                    "{part:?} of {}",
                    scene.title
                );
            }
        }
    }
}

/// Every real Atom's picture, byte for byte. This changes only when the picture is meant to.
#[test]
fn the_pictures_of_all_real_atoms() {
    let mut hasher = Keccak256::new();
    for atom in real_atoms() {
        hasher.update(svg(&atom));
    }
    assert_eq!(
        hasher.finalize(),
        b256!("0x2e6ed33199b24a6abaf1e0fb19b8b117333390b3cd4f8c86b156190a3db49316"),
    );
}

proptest! {
    #[test]
    fn any_atom_is_well_formed(id in 1..=u64::MAX, shift in 0..64_u32, hash in any::<[u8; 32]>()) {
        check(&atom((id >> shift).max(1), hash));
    }
}
