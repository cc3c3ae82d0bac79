//! Traits at their edges and against big-integer arithmetic, and the table they draw from.
#![allow(missing_docs)]

use atomine_protocol::{Atom, AtomHash, Category, Element, Palette, TokenId, Traits};
use num_bigint::BigUint;
use proptest::prelude::*;
use std::collections::HashSet;

fn traits(id: u64, hash: [u8; 32]) -> Traits {
    Atom {
        id: TokenId::new(id).expect("not 0"),
        hash: AtomHash::from(hash),
    }
    .traits()
}

/// A hash of zeros but for the bytes from `start` on.
fn hash_with(start: usize, bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    hash[start..start + bytes.len()].copy_from_slice(bytes);
    hash
}

const HEAVIEST: [(u32, u8); 15] = [
    (0, 0),
    (1, 2),
    (2, 2),
    (3, 10),
    (4, 10),
    (5, 18),
    (6, 18),
    (7, 36),
    (8, 36),
    (9, 54),
    (10, 54),
    (11, 86),
    (12, 86),
    (13, 118),
    (14, 118),
];

fn heaviest(generation: u32) -> u8 {
    HEAVIEST
        .into_iter()
        .find(|row| row.0 == generation.min(14))
        .expect("a row")
        .1
}

/// Z in big integers: the least z with z · (2^40 - 1)^e >= max · h^e.
fn least_z(generation: u32, h: u64) -> u8 {
    let power = if generation < 8 { 1 } else { 2 };
    let reach = BigUint::from(heaviest(generation)) * BigUint::from(h).pow(power);
    let one = BigUint::from((1_u64 << 40) - 1).pow(power);
    (0..=118)
        .find(|&z| BigUint::from(z) * &one >= reach)
        .expect("at most 118")
}

fn hash_of_h(h: u64) -> [u8; 32] {
    hash_with(0, &h.to_be_bytes()[3..])
}

#[test]
fn the_heaviest_element_of_every_generation() {
    for generation in 0..64 {
        let first = 1_u64 << generation;
        for id in [first, first + (first - 1)] {
            assert_eq!(
                traits(id, [0xff; 32]).element.z,
                heaviest(generation),
                "id {id}"
            );
            assert_eq!(traits(id, [0xff; 32]).generation, generation);
        }
    }
}

#[test]
fn the_smallest_hash_is_creation_and_the_next_hydrogen() {
    for generation in 1..64 {
        let id = 1 << generation;
        assert_eq!(traits(id, [0; 32]).element.name, "Creation");
        assert_eq!(traits(id, hash_of_h(1)).element.name, "Hydrogen");
    }
}

#[test]
fn steps_between_elements_are_exact() {
    // Generation 1: hydrogen up to exactly half of 2^40 - 1, helium from there on.
    let half = (1 << 39) - 1;
    assert_eq!(traits(2, hash_of_h(half)).element.symbol, "H");
    assert_eq!(traits(2, hash_of_h(half + 1)).element.symbol, "He");
    // Generation 3, a tenth of it: (2^40 - 1) / 10 is no whole number; a fifth is.
    let fifth = ((1 << 40) - 1) / 5;
    assert_eq!(traits(8, hash_of_h(fifth)).element.z, 2);
    assert_eq!(traits(8, hash_of_h(fifth + 1)).element.z, 3);
}

#[test]
fn genesis_is_white_whatever_its_hash() {
    for hash in [[0; 32], [0xff; 32], [0x5a; 32]] {
        let genesis = traits(1, hash);
        assert_eq!(genesis.palette, Palette::WHITE);
        assert_eq!((genesis.element.z, genesis.charge), (0, 0));
        assert_eq!(
            (genesis.nucleus_rate, genesis.zoom1, genesis.zoom2),
            (1.0 / 30.0, 1.0, 1.0)
        );
    }
}

fn colours(bytes: [u8; 3]) -> [String; 2] {
    traits(2, hash_with(7, &bytes))
        .palette
        .0
        .map(|colour| colour.to_string())
}

#[test]
fn each_order_of_the_channels() {
    assert_eq!(colours([0, 0, 255]), ["#ff46ff", "#ff4646"]);
    assert_eq!(colours([84, 127, 0]), ["#ff4646", "#ffff46"]);
    assert_eq!(colours([0, 128, 0]), ["#ff4646", "#ff46ff"]);
    assert_eq!(colours([85, 0, 255]), ["#46ffff", "#46ff46"]);
    assert_eq!(colours([169, 254, 0]), ["#46ff46", "#46ffff"]);
    assert_eq!(colours([170, 127, 255]), ["#46ffff", "#4646ff"]);
    assert_eq!(colours([254, 128, 51]), ["#6b46ff", "#46daff"]);
}

#[test]
fn choosing_one_past_the_end_sets_nothing() {
    // No high channel: one low channel of all three, the others 0.
    assert_eq!(colours([255, 0, 0]), ["#460000", "#ff0000"]);
    assert_eq!(colours([255, 127, 255]), ["#460000", "#460000"]);
    assert_eq!(colours([255, 128, 51]), ["#004600", "#00da00"]);
    assert_eq!(colours([255, 255, 0]), ["#000046", "#0000ff"]);
    // No low channel: only the high one.
    assert_eq!(colours([0, 255, 99]), ["#ff0000", "#ff0000"]);
    assert_eq!(colours([84, 255, 0]), ["#ff0000", "#ff0000"]);
    assert_eq!(colours([85, 255, 0]), ["#00ff00", "#00ff00"]);
    assert_eq!(colours([254, 255, 7]), ["#0000ff", "#0000ff"]);
}

#[test]
fn one_ion_in_three_by_its_list() {
    // Iron (generation 12, max 86): choose h so that Z is 26.
    let h = (1_u64..1 << 40)
        .step_by(1 << 32)
        .find(|&h| least_z(12, h) == 26)
        .expect("iron");
    let charge = |ion: u8, choice: u8| {
        let mut hash = hash_of_h(h);
        hash[5..7].copy_from_slice(&[ion, choice]);
        traits(4096, hash).charge
    };
    assert_eq!(
        (charge(0, 0), charge(0, 1), charge(3, 255), charge(255, 2)),
        (2, 3, 3, 2)
    );
    assert_eq!((charge(1, 0), charge(2, 0), charge(254, 1)), (0, 0, 0));
}

#[test]
fn titles_and_attributes() {
    let told = |id: u64, hash: [u8; 32]| {
        let atom = Atom {
            id: TokenId::new(id).expect("not 0"),
            hash: hash.into(),
        };
        let mut words = vec![atom.title().to_string()];
        words.extend(atom.traits().ion_label().map(|label| label.to_string()));
        words.extend(atom.traits().attributes().map(|attribute| {
            let counter = attribute.counter.map(|counter| format!(" ({counter})"));
            format!(
                "{}: {}{}",
                attribute.name,
                attribute.value,
                counter.unwrap_or_default()
            )
        }));
        words.join("; ")
    };
    assert_eq!(told(1, [0; 32]), "#1 Genesis; Generation: 0");
    assert_eq!(told(9, [0; 32]), "#9 Creation; Generation: 3");
    assert_eq!(
        told(2, hash_of_h(1)),
        "#2 Hydrogen; 1+; Generation: 1; Ion Charge: +1; Period: 1 (1/2); Group: 1 (1/7); \
         Category: Reactive nonmetal (1/11)"
    );
    let oganesson = "#8192 Oganesson; Generation: 13; Period: 7 (32/32); Group: 18 (7/7); \
                     Category: Unknown (10/10)";
    assert_eq!(told(8192, [0xff; 32]), oganesson);
    let fluorine = hash_of_h(((1 << 40) - 1) / 10 * 9);
    assert!(told(8, fluorine).contains("#8 Fluorine; 1-; Generation: 3; Ion Charge: -1"));
    let lanthanum = (1_u64..1 << 40)
        .step_by(1 << 30)
        .find(|&h| least_z(12, h) == 57);
    let told = told(4096, hash_of_h(lanthanum.expect("lanthanum")));
    assert!(
        told.contains("Period: 6 (3/32); Category: Lanthanide (1/15)"),
        "{told}"
    );
}

#[test]
fn the_table_is_whole() {
    let all = Element::all();
    assert_eq!(all.len(), 119);
    for (z, element) in (0_u8..).zip(all) {
        assert_eq!(Element::get(z), Some(element));
        assert_eq!(element.z, z);
    }
    assert_eq!(Element::get(119), None);
    assert_eq!(
        all.iter()
            .map(|element| element.symbol)
            .collect::<HashSet<_>>()
            .len(),
        119
    );
    assert_eq!(
        all.iter()
            .map(|element| element.name)
            .collect::<HashSet<_>>()
            .len(),
        119
    );
    let name = |z| Element::get(z).map(|element| element.name);
    assert_eq!(
        (name(13), name(16), name(55)),
        (Some("Aluminium"), Some("Sulphur"), Some("Caesium"))
    );
}

#[test]
fn periods_groups_and_categories_have_their_sizes() {
    let count =
        |alike: &dyn Fn(&Element) -> bool| Element::all().iter().filter(|e| alike(e)).count();
    let periods = [1, 2, 8, 8, 18, 18, 32, 32];
    for (period, size) in (0..).zip(periods) {
        assert_eq!(
            count(&|element| element.period == period),
            size,
            "period {period}"
        );
    }
    // Group 0: Creation and twice fourteen of the f-block.
    let groups = [29, 7, 6, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 6, 6, 6, 6, 7];
    for (group, size) in (0..).zip(groups) {
        assert_eq!(
            count(&|element| element.group == group),
            size,
            "group {group}"
        );
    }
    let categories = [
        (Category::ReactiveNonmetal, 11),
        (Category::NobleGas, 6),
        (Category::AlkaliMetal, 6),
        (Category::AlkalineEarthMetal, 6),
        (Category::Metalloid, 7),
        (Category::PostTransitionMetal, 8),
        (Category::TransitionMetal, 34),
        (Category::Lanthanide, 15),
        (Category::Actinide, 15),
        (Category::Unknown, 10),
    ];
    for (category, size) in categories {
        assert_eq!(
            count(&|element| element.category == Some(category)),
            size,
            "{category}"
        );
    }
    assert_eq!(categories.iter().map(|(_, size)| size).sum::<usize>(), 118);
}

#[test]
fn counters_count_through_the_table() {
    for element in Element::all().iter().filter(|element| element.z > 0) {
        let rank = |alike: &dyn Fn(&Element) -> bool| {
            let members: Vec<_> = Element::all().iter().filter(|other| alike(other)).collect();
            let place = members
                .iter()
                .position(|other| other.z == element.z)
                .expect("a member");
            format!("{}/{}", place + 1, members.len())
        };
        let period = rank(&|other| other.period == element.period);
        let category = rank(&|other| other.category == element.category);
        assert_eq!(
            element.period_counter().map(|counter| counter.to_string()),
            Some(period)
        );
        assert_eq!(
            element
                .category_counter()
                .map(|counter| counter.to_string()),
            Some(category)
        );
        let group = (element.group != 0).then(|| rank(&|other| other.group == element.group));
        assert_eq!(
            element.group_counter().map(|counter| counter.to_string()),
            group
        );
    }
}

proptest! {
    #[test]
    fn atomic_number_matches_big_integers(generation in 0_u32..64, h in 0_u64..1 << 40) {
        let z = traits(1 << generation, hash_of_h(h)).element.z;
        prop_assert_eq!(z, least_z(generation, h));
    }

    #[test]
    fn any_atom_stays_within_bounds(id in 2..=u64::MAX, hash in any::<[u8; 32]>()) {
        let traits = traits(id, hash);
        prop_assert!((-3..=7).contains(&traits.charge));
        prop_assert!((1.0 / 30.0..=0.1).contains(&traits.nucleus_rate));
        prop_assert!((0.7..=1.0).contains(&traits.zoom1));
        prop_assert!((0.8..=1.0).contains(&traits.zoom2));
        prop_assert!(traits.element.z <= heaviest(traits.generation));
    }
}
